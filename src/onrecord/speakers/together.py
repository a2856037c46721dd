"""Those whom a report names together, whom "they" and "both" may mean: "Mr. Ilven and Ms. Brandt", or two in turn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from onrecord.attribution.cuewords import Word, words_in
from onrecord.document import Span
from onrecord.speakers.discourse import Discourse, Occurrence
from onrecord.speakers.headnouns import is_personal, look_up
from onrecord.speakers.namewords import Gender
from onrecord.speakers.nounphrases import phrase_before
from onrecord.speakers.relatives import MARKS, OF_WHOM, after_verb, is_apposition, means_one

SENTENCES: Final = 2
"""Sentences back from "they" in which those whom it means are named."""
WALK: Final = 160
"""Mentions looked back over in sentences of any length."""
LONGEST_RUN: Final = 1500
"""Code points of a sentence that are read for groups and for the list that opens it."""
MOST: Final = 4
"""Pairs and lists that are offered, the nearest first."""
JOINT: Final = re.compile(
    r"""[^,.;:\n]{0,40}(?P<last>,?[ ](?:and|&|or|with))[ ](?:[\w.’'-]{1,30}[ ]){0,4}
    | [^.;:\n]{0,40},[ ](?:[\w.’'-]{1,30}[ ]){0,3}""",
    re.VERBOSE,
)
"""What stands between two of a list: a comma or "and", a party behind the one and a title before the other."""
LISTED: Final = re.compile(
    r"(?: \([^()\n]{1,20}\))?(?:(?P<last>,? and| &)|,) (?:(?:[A-Z][\w.]{1,15}|the|his|her|their) ){0,3}"
)
"""What stands between two of a list that a relative pronoun follows: a party, a comma or "and", and a title."""
PARTY: Final = re.compile(r"\A \([^()\n]{1,20}\)")
LONGEST_COUNTED: Final = 60
GENDERED: Final[dict[str, Gender]] = {"women": "feminine", "woman": "feminine", "men": "masculine", "man": "masculine"}
MOST_TITLES: Final = 4
"""Words of titles before the first of a list that opens a sentence: "Former Sen. Mara Ilven and"."""
COUNTED: Final = re.compile(
    r"""(?:both|neither|(?:(?:none|all|each)[ ]of[ ])?(?:all|the|those|these)[ ](?:two|(?P<three>three))|the[ ]pair)
    (?:[ ]of[ ](?:them|those|these))?
    (?:[ ](?:[\w-]{1,20}[ ])?(?P<noun>\w{1,20}))?""",
    re.VERBOSE | re.IGNORECASE,
)
"""A source that counts those named before: "both", "the two women", "all three candidates", "none of those three"."""
COUNTED_REACH: Final = 8
"""Sentences back in which those whom a source counts are named."""
FAMILY: Final = re.compile(r"(?:[Tt]he )?(?P<surname>[A-Z][\w'’-]{2,20})s")
POLLED: Final = re.compile(r"(?:[ ]\w{1,20}){0,3}[ ](?:polls?|polling|surveys?)\b", re.IGNORECASE)
"""What stands behind two names that are tied by a stroke or hyphen: "a Herald/Channel 4 News tracking poll"."""
REACH: Final = 120
"""Code points before a run in which a mention that overlaps it may begin."""


def named_together(discourse: Discourse, offset: int) -> list[tuple[int, tuple[int, ...]]]:
    """Return where and whom the sentences up to an offset name together, the nearest first."""
    sentence = discourse.sentence_at(offset)
    start = discourse.sentences[max(0, sentence - SENTENCES)].start if discourse.sentences else 0
    first, last = discourse.index_at(start), discourse.index_at(offset)
    first = max(first, last - WALK)
    known = [each for each in discourse.occurrences[first:last] if each.referent is not None and each.form != "pronoun"]
    found: dict[tuple[int, ...], int] = {}
    for place, members in [*_lists(discourse, known), *_pairs(known)]:
        found[members] = max(place, found.get(members, 0))
    nearest = sorted(((place, members) for members, place in found.items()), reverse=True)
    return nearest[:MOST]


def _lists(discourse: Discourse, known: Sequence[Occurrence]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield the lists that "and" closes: "Ada Ilven, Teo Brandt and Jo Karsh"."""
    run: list[Occurrence] = []
    for each in known:
        apart = run and run[-1].span.end < each.span.start
        link = JOINT.fullmatch(discourse.text, run[-1].span.end, each.span.start) if apart else None
        if link is None or run[-1].animacy != each.animacy:
            run = [each]
            continue
        run.append(each)
        if link["last"]:
            members = tuple(sorted({one.referent for one in run if one.referent is not None}))
            if len(members) > 1:
                yield each.span.start, members
            pair = tuple(sorted({one.referent for one in run[-2:] if one.referent is not None}))
            if len(pair) > 1 and pair != members:
                yield each.span.start, pair
            run = [each]


def _pairs(known: Sequence[Occurrence]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield the last two people named."""
    people: dict[int, int] = {}
    for each in reversed(known):
        if each.animacy == "person" and each.referent is not None:
            people.setdefault(each.referent, each.span.start)
        if len(people) == 2:
            yield max(people.values()), tuple(sorted(people))
            return


def subjects_together(discourse: Discourse, offset: int) -> tuple[int, ...]:
    """Return those whose list opens the sentence of an offset, or the one before a sentence that "they" opens.

    "Mr. Ilven and Ms. Brandt met. They said": nobody else is asked.
    """
    if not discourse.sentences:
        return ()
    sentence = discourse.sentence_at(offset)
    opens = offset - discourse.sentences[sentence].start <= len("“")
    span = discourse.sentences[max(0, sentence - opens)]
    run = Span(span.start, min(span.end, offset, span.start + LONGEST_RUN))
    inside = [each for each in discourse.within(run) if each.referent is not None]
    found = next(_lists(discourse, [each for each in inside if each.form == "name"]), None)
    if found is None:
        return ()
    place, members = found
    first = next(each for each in inside if each.form == "name")
    before = discourse.text[span.start : first.span.start]
    others = any(each.plural and each.span.start > place and each.form != "pronoun" for each in inside)
    titled = len(before.split()) <= MOST_TITLES and all(word[0].isupper() for word in before.split())
    return members if titled and first.referent in members and not others else ()


def listed_before(discourse: Discourse, source: Span) -> tuple[int, ...]:
    """Return those whom "who" means right behind a list of them: "Ilven and Brandt, who say"; of one, "who says"."""
    text, word = discourse.text, source.of(discourse.text).lower()
    some = OF_WHOM.fullmatch(text, source.start, source.end)
    if (some is None and word not in ("who", "which")) or (some and not some["all"]) or means_one(text, source.start):
        return ()
    sentence = discourse.sentences[discourse.sentence_at(source.start)]
    run = Span(max(sentence.start, source.start - LONGEST_RUN), source.start)
    inside = [each for each in discourse.within(run) if each.referent is not None and each.form != "pronoun"]
    listed = [each for each in inside if (each.animacy == "thing") == word.endswith("which")]
    if not listed or not _stands_before(text, listed[-1], source.start):
        return ()
    first = len(listed) - 1
    while first:
        before, after = listed[first - 1].span.end, listed[first].span.start
        link = LISTED.fullmatch(text, before, max(before, after))
        if link is None or (first == len(listed) - 1 and link["last"] is None):  # "and" before the last one
            break
        first -= 1
    members = tuple(sorted({each.referent for each in listed[first:] if each.referent is not None}))
    return members if first < len(listed) - 1 else ()


def _stands_before(text: str, last: Occurrence, start: int) -> bool:
    """Tell whether a list that ends in a mention ends right before an offset, or with what describes all of it."""
    between = PARTY.sub("", text[last.span.end : start], count=1)
    described = between.strip(MARKS)
    if not described:
        return "," in between or "\u2014" in between or " - " in between
    noun = look_up(described.rpartition(" ")[2])
    return noun is not None and noun.plural and is_apposition(between)


def counted_together(discourse: Discourse, source: Span) -> tuple[int, ...]:
    """Return those whom "both candidates" or "the three" means: the nearest list of so many, or the last ones named."""
    match = COUNTED.fullmatch(source.of(discourse.text)) if source.size <= LONGEST_COUNTED else None
    if match is None:
        return ()
    count, noun = 3 if match["three"] else 2, match["noun"]
    if noun and not is_personal(noun):
        return ()  # "both sides", "both parties": whoever they are, nobody in person
    near = () if noun else named_together(discourse, source.start)
    listed = next((members for _, members in near if len(members) == count), None)
    if listed is not None:
        return listed
    gender = GENDERED.get((noun or "").lower())
    sentence = discourse.sentence_at(source.start)
    start = discourse.sentences[max(0, sentence - COUNTED_REACH)].start if discourse.sentences else 0
    last = discourse.index_at(source.start)
    people: dict[int, None] = {}
    for each in reversed(discourse.occurrences[max(discourse.index_at(start), last - WALK) : last]):
        if each.person is None:
            continue
        referent = discourse.referents[each.person]
        if not referent.members and (gender is None or referent.gender in (None, gender)):
            people[each.person] = None
        if len(people) == count:
            return tuple(sorted(people))
    return ()


def family_together(discourse: Discourse, source: Span) -> tuple[int, ...]:
    """Return the people of one surname that a plural of it means: "the Ilvens"."""
    match = FAMILY.fullmatch(discourse.text, source.start, min(source.end, source.start + LONGEST_COUNTED))
    if match is None or match.end() != source.end:
        return ()
    last = {
        index: referent.name.rpartition(" ")[2]
        for index, referent in enumerate(discourse.referents)
        if referent.kind == "person" and " " in referent.name and not referent.members
    }
    whole = f"{match['surname']}s"  # "Roberts" is a surname of its own
    members = tuple(index for index, surname in last.items() if surname == match["surname"])
    return members if len(members) <= MOST and whole not in last.values() else ()


def pollsters_together(discourse: Discourse, source: Span) -> tuple[int, ...]:
    """Return those who made a poll together: "a new Belvar Herald/Channel 4 poll"."""
    run: list[Occurrence] = []
    for each in discourse.within(source):
        if each.form != "name" or each.referent is None or each.animacy == "person":
            continue
        tied = run and discourse.text[run[-1].span.end : each.span.start] in ("/", "-", "\u2013")
        run = [*run, each] if tied else [each]
        if len(run) > 1 and POLLED.match(discourse.text, each.span.end, source.end):
            return tuple(sorted({one.referent for one in run if one.referent is not None}))
    return ()


def described_before(discourse: Discourse, offset: int) -> None:
    """Put the groups that the sentences up to an offset describe, and the heads did not tag, among the occurrences.

    "Social conservatives say": whoever asks for "they" may mean them.
    """
    sentence = discourse.sentence_at(offset)
    for span in discourse.sentences[max(0, sentence - 1) : sentence + 1]:
        end = min(span.end, offset)
        for found in _groups(discourse, Span(max(span.start, end - LONGEST_RUN), max(span.start, end))):
            noun = discourse.nominal(found, "group")
            name = " ".join(found.of(discourse.text).split())
            discourse.insert(noun)
            discourse.assign(noun, discourse.introduce(name, "group", plural=True), by="description")


def _groups(discourse: Discourse, run: Span) -> Iterator[Span]:
    words = words_in(discourse.text, run.start, run.end)
    taken = [each.span for each in discourse.within(Span(max(0, run.start - REACH), run.end))]
    for at, word in enumerate(words):
        if not word.plain.endswith(("s", "people", "men", "women")) or word.text[0].isupper():
            continue
        noun = look_up(word.plain)
        if noun is None or not noun.plural or noun.category != "group":
            continue
        here = Span(word.start, word.end)
        goes_on = (at + 1 < len(words) and words[at + 1].plain in ("'s", "'")) or discourse.text[
            word.end : word.end + 1
        ] in ("'", "’")
        if goes_on or any(span.overlaps(here) for span in taken):
            continue
        phrase = phrase_before(words[: at + 1], at + 1)
        if phrase is None:
            continue
        first = after_verb(words[: at + 1], next(i for i, each in enumerate(words) if each.start >= phrase.start))
        first = _after_clause(words, first + (words[first].plain == "of"), at)
        yield Span(words[first].start, word.end)


def _after_clause(words: Sequence[Word], first: int, last: int) -> int:
    """Return where a phrase begins that was read back over a subject and its verb: "the ferrymen met councils"."""
    subjects = (at for at in range(last - 2, first - 1, -1) if (noun := look_up(words[at].plain)) and noun.plural)
    return next(subjects, first - 2) + 2
