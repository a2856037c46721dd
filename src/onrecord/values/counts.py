"""Counts: what a bare number counts, and the numbers that count nothing.

"The 28 member states" is 28 of "member states"; "Article 5", "No. 10", "a 2-1 vote", "45-year-old" and "1600 Orrin
Avenue" are no amounts.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from onrecord.document import Span
from onrecord.speakers.headnouns import CONJUNCTIONS, IRREGULAR, POSSESSIVES, PREPOSITIONS, PRONOUNS, RELATIVES, VERBS
from onrecord.wordlists import word_set

PLURALS: Final = frozenset(IRREGULAR) | word_set(
    """people persons men women children police troops personnel cattle aircraft clergy feet teeth fish sheep deer
    others lives wives selves halves leaves shelves staff youth refugees servicemen servicewomen lawmen
    congressmen congresswomen policemen gunmen firemen fishermen spokesmen sportsmen workmen clergymen policewomen
    countrymen freshmen craftsmen assemblymen councilmen councilwomen midshipmen infantrymen airmen seamen
    grandchildren schoolchildren sperm offspring series species headquarters crossroads means bacteria
    criteria phenomena alumni fungi nuclei syllabi referenda memoranda crises analyses theses hypotheses oxen geese mice
    salmon trout bison homeless unemployed"""
)
"""Plurals that do not end in -s."""
_NO_PLURALS: Final = word_set(
    """was is has does his its this thus us yes plus always perhaps besides less across towards previous various
    serious religious as says goes gets makes takes comes seems shows wants needs looks knows thinks includes remains
    becomes means gives turns leads runs calls holds keeps lets puts sees sits stands starts stays tells tries
    uses wins works lies dies lives's pays news politics economics physics ethics athletics mathematics
    whereas hers ours yours theirs alas else's dealt afterwards backwards forwards upwards downwards sometimes
    nowadays overseas indoors outdoors unless regardless nevertheless nonetheless doubtless
    washington's gas bus bias texas arkansas kansas illinois paris dallas minneapolis indianapolis annapolis brussels
    athens sanders james jones williams davis adams harris roberts hughes thomas lewis evans carlos jesus moses
    christmas massachusetts netherlands honduras cyprus laos damascus los las des des_moines vegas orleans angeles
    congress's st_louis louis lucas nicholas douglas marcus dennis francis chris travis curtis"""
)
"""Words in -s that are no plurals, and names in -s."""
TIMES: Final = word_set(
    """year years month months week weeks day days hour hours minute minutes second seconds decade decades century
    centuries fortnight fortnights nights mornings evenings afternoons weekends quarters semesters weekdays
    moment moments yrs yr hrs hr mins min secs sec generations"""
)
"""What durations are told in: the times' business."""
NOTHING: Final = word_set("times time fold am pm a.m p.m o'clock gmt est edt pst pdt utc ways sides days' halves")
"""Words behind a number that make it no count: "three times", "both ways"."""
_REPORTING: Final = word_set(
    """said say saying told asked added wrote went came made took got gave found left saw began became kept held
    stood ran let meant set met paid sent lost won led built died fell grew felt thought knew called used
    needed wanted voted gathered attended marched arrived turned remained rose fled showed seemed according just still
    also already not never now then there here ago later earlier today yesterday tomorrow very too so"""
)
STOPS: Final = (
    PREPOSITIONS | RELATIVES | CONJUNCTIONS | VERBS | (PRONOUNS - word_set("others other")) | POSSESSIVES | _REPORTING
) | word_set("a an the")
MEMBERS: Final = word_set(
    """member person seat nation country page room bed story man woman vote delegate count justice judge team bedroom
    car vehicle strong game candidate state"""
)
"""Nouns that are counted in the singular behind a hyphen: "a 12-member panel"."""
# Words before a number that make it a name or a place in a list: "Article 5", "No. 10", "Flight 370".
LABELS: Final = word_set(
    """No Nos Number Numbers Article Articles Section Sections Chapter Page Pages Title Rule Resolution Proposition Prop
    Amendment Channel Route Highway Interstate Flight Room Apt Apartment Suite Level Phase Part Tier Class Grade Group
    Division District Precinct Ward Lot Windows Boeing Airbus Bowl War Type Pier Gate Exit Door Stage Game Episode
    Season Volume Vol Bill Form Schedule Catch Area Fox Apollo Line Verse Psalm Psalms Paragraph Para Clause Item Step
    Stop Track Platform Terminal Unit Building Block Floor Box Figure Fig Table Appendix Annex Exhibit Count Question
    Ch Pp Sec Art Region Zone Sector Model Version Formula Falcon Studio Camp Site Order Act Day Week Year Quarter Age
    Aged Size Xbox PlayStation Galaxy Directive Regulation Measure Issue Edition Round Corinthians Luke Matthew Romans
    Genesis Exodus Agenda Vision Expo Euro Mission Soyuz Voyager USC CNN ABC I Ginbot
    Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec January February March April May June July August September October
    November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday
    no nos number numbers article articles section sections chapter page pages paragraph paragraphs clause room flight
    channel route grade grades age ages aged phase verse item jan feb mar apr jun jul aug sept oct nov dec"""
)
_TIGHT_LABELS: Final = frozenset("#§@№_")
_LABEL: Final = re.compile(r"(?<![\w])(?P<word>[A-Za-z]{1,12})(?P<mark>\.?)[\s(-]{1,2}\Z")
_YEAR: Final = re.compile(r"(?:1[4-9]|20)\d\d\Z")
_STREET: Final = re.compile(
    r"(?:\s(?:[NSEW]\.?|North|South|East|West))?(?:\s[A-Z0-9][\w.’']{0,20}){1,3}?\s"
    r"(?:Avenue|Ave|Street|St|Road|Rd|Boulevard|Blvd|Drive|Dr|Lane|Ln|Way|Place|Square|Court|Terrace|Parkway)\b"
)
# A word with what joins it to the last one: white space, a hyphen, an opening quotation mark.
_WORD: Final = re.compile(
    r"(?P<join>\s{1,2}|-)[\"“‘']?(?P<word>(?:[A-Z]\.){2,4}|[^\W\d_](?:[\w’']|-(?=\w)|&(?=\w)){0,40})(?P<close>[\"”]?)"
)
_OF: Final = re.compile(r"\s(?:of|in|worth\sof)\s{1,2}", re.IGNORECASE)
_DETERMINERS: Final = re.compile(
    r"(?:(?:the|its|their|his|her|our|my|your|all|those|these|that|this|a|an|every|each)\s{1,2}){1,2}", re.IGNORECASE
)
_HARMED: Final = word_set("dead killed wounded injured missing died hurt slain")
MOST_WORDS: Final = 7


class Counted(NamedTuple):
    """What stands behind a number."""

    span: Span
    head: str
    """The noun itself, in lower case."""


def read_counted(text: str, at: int, limit: int) -> Counted | None:
    """Return the plural noun, with what describes it, that stands right behind a number; None where none does.

    >>> read_counted("12 armed men in boats", 2, 21).span.of("12 armed men in boats")
    'armed men'
    """
    start = head_end = 0
    head, opened = "", False
    for step in range(MOST_WORDS):
        found = _WORD.match(text, at, limit)
        if found is None or (found["join"] == "-" and not step):
            break
        word = found["word"].rstrip("’'")
        plain = word.lower().replace("’", "'")
        if plain in STOPS or plain in NOTHING or (plain in TIMES and not head):
            break
        possessive = plain.endswith("'s") or (word != found["word"] and plain.endswith("s"))
        if step == 0:
            start = found.start("word")
        if not possessive and is_plural(plain):
            head, head_end = plain, found.start("word") + len(word)
        elif head:
            break
        opened = opened or text[found.start("word") - 1] in '"“‘'
        at = found.end()
        if found["close"] and (head or not opened):
            break
    if not head or head.rsplit("-", 1)[-1] in TIMES:
        return None
    if text[start - 1] in '"“' and any(mark in text[start:head_end] for mark in '"”'):
        start -= 1  # both marks of "nine “random” samples", or none
    return Counted(Span(start, head_end), head)


def read_single(text: str, at: int, limit: int) -> Counted | None:
    """Return the noun behind "one", as far as casualties go: "one person was killed"."""
    start = end = 0
    head = ""
    for step in range(3):
        found = _WORD.match(text, at, limit)
        if found is None or found["join"] == "-":
            break
        word = found["word"].rstrip("’'")
        if word.lower() in STOPS or word.lower() in _HARMED:
            break
        if step == 0:
            start = found.start("word")
        head, end, at = word.lower(), found.start("word") + len(word), found.end()
    return Counted(Span(start, end), head) if head else None


def read_members(text: str, at: int, limit: int) -> Counted | None:
    """Return the "member" of "a 12-member panel"."""
    found = _WORD.match(text, at, limit)
    if found is None or found["join"] != "-":
        return None
    word = found["word"].split("-", 1)[0]
    if word.lower() not in MEMBERS:
        return None
    start = found.start("word")
    return Counted(Span(start, start + len(word)), word.lower())


def read_whole(text: str, at: int, limit: int, *, among: bool = False) -> Span | None:
    """Return what an amount is a share or a quantity of: "38% of likely voters", "$30 billion in goods".

    Args:
        text: the report.
        at: where the amount ends.
        limit: where the paragraph ends.
        among: "in" counts as "of", as behind money.
    """
    found = _OF.match(text, at, limit)
    if found is None or (found.group().strip().lower() == "in" and not among):
        return None
    within = found.group().strip().lower() == "in"
    begin = found.end()
    determiner = _DETERMINERS.match(text, begin, limit)
    if determiner:
        if within:
            return None
        begin = determiner.end()
    start, end = begin, 0
    at = begin - 1
    for step in range(MOST_WORDS):
        word = _WORD.match(text, at, limit)
        if word is None or (word["join"] == "-" and not step):
            break
        plain = word["word"].lower().replace("’", "'").rstrip("'")
        if plain in STOPS or (within and (plain in TIMES or word["word"][0].isupper())):
            break
        if end and text[word.start("word") : word.end("word")].endswith("ed") and not text[start].isupper():
            break
        if step == 0:
            start = word.start("word")
        end = word.start("word") + len(word["word"].rstrip("’'"))
        at = word.end()
        if word["close"]:
            break
    return Span(start, end) if end else None


def is_plural(word: str) -> bool:
    """Tell whether a word in lower case is a plural noun, by its form.

    >>> is_plural("delegates"), is_plural("congress"), is_plural("women")
    (True, False, True)
    """
    if word in PLURALS:
        return True
    last = word.rsplit("-", 1)[-1]
    return (
        len(last) > 2 and last.endswith("s") and not last.endswith(("ss", "us", "is", "'s")) and last not in _NO_PLURALS
    ) or last in PLURALS


def is_year(text: str, start: int, end: int) -> bool:
    """Tell whether digits look like a year: four of them, without a comma."""
    return end - start == 4 and _YEAR.match(text, start, end) is not None


def is_labelled(text: str, start: int, floor: int) -> bool:
    """Tell whether the word before a number makes it a name or a place in a list: "Article 5", "#10", "Ginbot 7"."""
    if start > floor and text[start - 1] in _TIGHT_LABELS:
        return True
    found = _LABEL.search(text, max(floor, start - 15), start)
    return found is not None and found["word"] in LABELS


def is_address(text: str, end: int, limit: int) -> bool:
    """Tell whether a street follows a number."""
    return _STREET.match(text, end, limit) is not None
