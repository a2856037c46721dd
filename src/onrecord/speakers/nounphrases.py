"""Noun phrases by rule: where the one that begins, or ends, at a word of a sentence ends, or begins.

No part-of-speech tagger is asked. A phrase runs until a word that cannot go on with it: a preposition other
than "of", a conjunction, an adverb of time, a mark. What comes out must still read as somebody: a name, a
pronoun, a described person or group.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from onrecord.attribution.cuewords import Word, words_in
from onrecord.document import Span
from onrecord.wordlists import word_set

OPENING: Final = frozenset('"“„«‘')
CLOSING: Final = frozenset('"”“»’')
MARKS_NAME: Final = OPENING | {"'"}


MOST_WORDS: Final = 14
"""Longest phrase read: the longest of 1,032 addressees in PolNeAR train has 11 words."""
DETERMINERS: Final = word_set(
    """a an the this that these those his her its their my our your some any no many several more most another other all
    both each every few hundreds thousands dozens two three four five six seven eight nine ten"""
)
OBJECT_PRONOUNS: Final = word_set("him them me us everyone everybody someone somebody anyone anybody")
SUBJECT_PRONOUNS: Final = word_set("he she they i we")
PERSONAL_PRONOUNS: Final = OBJECT_PRONOUNS | SUBJECT_PRONOUNS | {"her"}
ARTICLES: Final = word_set("a an the this that these those his her its their my our your")
LY_NOUNS: Final = word_set("rally ally family assembly bully")
CALENDAR: Final = word_set(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december"""
)
OPENS_TIME: Final = CALENDAR | word_set(
    """last next late later early earlier recently again yesterday today tonight tomorrow afterward afterwards once
    then now ago shortly just here there"""
)
STOPS: Final = word_set(
    """about above across after against ahead along alongside amid among around as at because before behind between
    beyond but by despite during for from how if in inside into like near on onto or out outside over per since so than
    that though through throughout to toward towards under until up upon via what when where whether which while who
    whom whose why with within without is are was were be been being has have had do does did will would can could
    should may might must not n't he she they i we it's 'm 're 've 'd 'll"""
)
DOTTED: Final = word_set(
    "mr mrs ms dr sen rep gov gen lt col sgt capt prof st jr sr inc corp co rev hon sens reps pres atty det dist ald"
)
PLURALS: Final = word_set(
    """children clergy congress congressmen congresswomen countrymen crew faculty firefighters folks journalist media
    men people personnel police press staff townspeople women"""
)
INNER_MARKS: Final = frozenset("@#&$")
NOBODY: Final = word_set(
    """acclaim accusations advice allegations anecdote anecdotes another anything applause attack attacks boos calls
    cause chants charge charges cheer cheers chuckles claim claims comment comments concerns controversy crisis
    criticism criticisms dangers day days death deaths details difference doubts each effect email emails end
    everything fact facts fears gasps hand help herself himself hours inquiries inquiry interview interviews issue
    issues itself jeers joke jokes kind laughs laughter letter letters lie lies lot matters message messages minutes
    moment month months more much myself name names news nothing one order other ourselves ovation part permission
    place plans problem problems proposals question questioning questions reason reasons remarks report reports
    request requests risks screams shouts situation something sort speech start statement statements stories story
    subject subjects suggestions tale tales tens terms themselves thing things threats time times topic topics total
    truth truths tweet tweets way ways week weeks what whoops words year years"""
)
MANY: Final = word_set(
    """lot lots plenty chunk handful couple dozen dozens score scores hundreds thousands millions majority minority
    crowd series collection array range pair trio slew host bunch wave most many some several all one two three four
    five six seven number percent"""
)
"""What counts those behind "of", and is not who they are: "a handful of fishers"."""


def phrase_from(words: Sequence[Word], first: int) -> Span | None:
    """Return the noun phrase that begins at ``words[first]``, or None where no one is named or described there.

    ``words`` must be of one unbroken run of the text.

    >>> text = "told the crowd at a rally"
    >>> phrase_from(words_in(text, 0, len(text)), 1).of(text)
    'the crowd'
    """
    quoted = _quoted_name(words, first)
    if quoted is not None:
        return quoted
    last = first
    while last < len(words) and last - first < MOST_WORDS and not _stops(words, first, last):
        last += 1
        if words[last - 1].plain in OBJECT_PRONOUNS and last - first == 1:
            break
    last = _with_title(words, last)
    return _checked(words[first:last])


def phrase_before(words: Sequence[Word], last: int) -> Span | None:
    """Return the noun phrase that ends just before ``words[last]``, or None where none does."""
    first = last
    while first > 0 and last - first < MOST_WORDS and not _stops_backwards(words, first - 1, last):
        first -= 1
        if words[first].plain in SUBJECT_PRONOUNS:
            break
    return _checked(words[first:last])


def parted(text: str, span: Span) -> list[Span]:
    """Return the phrases that "and" joins in a phrase, each for itself, where both stand alone.

    >>> [part.of("Ms. Ilven and Mr. Brandt") for part in parted("Ms. Ilven and Mr. Brandt", Span(0, 24))]
    ['Ms. Ilven', 'Mr. Brandt']
    """
    words = words_in(text, span.start, span.end)
    joints = [index for index, word in enumerate(words) if word.plain == "and"]
    quoted = text[max(0, span.start - 1) : span.start] in MARKS_NAME  # "Fox and Friends" in marks is one name
    if quoted or len(joints) != 1 or not 0 < joints[0] < len(words) - 1:
        return [span]
    left, right = words[: joints[0]], words[joints[0] + 1 :]
    head = next((at for at, word in enumerate(right) if at and word.plain == "of"), len(right)) - 1
    shared = is_name(left[-1]) and not is_name(right[head])  # "House and Senate leaders"
    title = len(right) == 1 and right[0].plain in ("friends", "sons", "co")  # "Fox and Friends"
    if shared or title or not (is_name(right[0]) or right[0].plain in DETERMINERS):
        return [span]
    return [Span(left[0].start, left[-1].end), Span(right[0].start, right[-1].end)]


def head_of(words: Sequence[Word]) -> Word:
    """Return the noun that a phrase is about: "|leaders of the party", but "a handful of |leaders"."""
    for at in range(1, len(words) - 1):
        if words[at].plain == "of" and words[at - 1].plain not in MANY:
            return words[at - 1]
    return words[-1]


def is_name(word: Word) -> bool:
    """Tell whether a word begins as names do."""
    return word.text[0].isupper()


def _stops(words: Sequence[Word], first: int, at: int) -> bool:
    """Tell whether the word at ``at`` cannot belong to the phrase that begins at ``first``."""
    word = words[at]
    if at == first:
        return (word.plain in STOPS and word.plain != "that") or not (word.text[0].isalnum() or word.text in ("@", "#"))
    if not word.text[0].isalnum():
        return not _is_inner_mark(words, at)
    if word.plain == "and":
        return not _joins(words, at)
    return _starts_another(words, at) or _is_participle(words, at)


def _starts_another(words: Sequence[Word], at: int) -> bool:
    """Tell whether the word at ``at`` begins something else: a preposition, a clause, a time, a phrase of its own."""
    word, named = words[at], is_name(words[at])
    described = words[at - 1].plain in DETERMINERS
    if word.plain in ARTICLES and not named:
        return not described and words[at - 1].plain not in ("of", "and")
    if word.plain in STOPS:
        return not (named and (described or _inside_name(words, at))) and not _counts(words, at)
    return word.plain in OPENS_TIME and not described and (word.plain in CALENDAR or not named)


def _stops_backwards(words: Sequence[Word], at: int, last: int) -> bool:
    """Tell whether the word at ``at`` cannot belong to the phrase that ends before ``last``."""
    word = words[at]
    if not word.text[0].isalnum():
        return at == 0 or at + 1 == last or not _is_inner_mark(words, at)
    if word.plain in SUBJECT_PRONOUNS:
        return at + 1 < last
    if word.plain == "and":
        # The last word of the text may be "and": then nothing is joined.
        return not 0 < at < len(words) - 1 or not (is_name(words[at - 1]) and is_name(words[at + 1]))
    return word.plain in STOPS or word.plain in OPENS_TIME


def _counts(words: Sequence[Word], at: int) -> bool:
    """Tell whether a stop word belongs to a number: "of about 500", "more than 3,000 people"."""
    before, after = words[at - 1].plain, words[at + 1].plain if at + 1 < len(words) else ""
    counted = after.isdigit() or after in DETERMINERS
    return counted and (words[at].plain, before) in {("about", "of"), ("than", "more"), ("than", "fewer")}


def _inside_name(words: Sequence[Word], at: int) -> bool:
    """Tell whether a capitalised stop word stands between capitalised words: "On the Record With Greta"."""
    return is_name(words[at - 1]) and at + 1 < len(words) and is_name(words[at + 1])


def _is_inner_mark(words: Sequence[Word], at: int) -> bool:
    """Tell whether a mark belongs to a name or number: "Sen.", "U.S.", "3,000", "Fox News' ", "#Orrin"."""
    mark, before = words[at], words[at - 1]
    if mark.text in INNER_MARKS or mark.plain == "'s":
        return True
    if before.end != mark.start:
        return False
    after = words[at + 1] if at + 1 < len(words) else None
    if mark.text == "-":  # "the K-1 visa"
        return after is not None and after.start == mark.end and after.text[0].isalnum()
    if mark.text == ",":
        return before.text.isdigit() and after is not None and after.text.isdigit() and after.start == mark.end
    if mark.text in ("'", "’"):  # "Fox News' host", "O'Reilly"
        return before.plain.endswith("s") or (after is not None and after.start == mark.end and is_name(after))
    initial = len(before.text) == 1 and before.text.isupper()
    return mark.text == "." and (initial or (before.plain in DOTTED and after is not None and is_name(after)))


def _joins(words: Sequence[Word], at: int) -> bool:
    """Tell whether the "and" at ``at`` joins somebody else to the phrase, and not another verb."""
    before, after = words[at - 1], words[at + 1] if at + 1 < len(words) else None
    if after is None or after.plain in STOPS:
        return False
    return is_name(after) or after.plain in DETERMINERS or (_is_plural(before.plain) and _is_plural(after.plain))


def _is_participle(words: Sequence[Word], at: int) -> bool:
    """Tell whether a word says what those before it did: "reporters gathered", "the audience bathed in light"."""
    word, before = words[at], words[at - 1]
    if is_name(word) or not word.plain.endswith(("ed", "ing", "ly")) or word.plain in LY_NOUNS:
        return False
    after = words[at + 1].plain if at + 1 < len(words) else ""
    # "A crowded meeting at": after an article and what describes it comes the noun itself.
    awaited = before.plain in DETERMINERS or (
        at > 1 and words[at - 2].plain in DETERMINERS and before.plain.endswith("ed")
    )
    return is_name(before) or _is_plural(before.plain) or (after in STOPS and not awaited)


def _is_plural(word: str) -> bool:
    return word in PLURALS or (word.endswith("s") and not word.endswith(("ss", "us", "is", "'s")))


def _quoted_name(words: Sequence[Word], first: int) -> Span | None:
    """Return the name in quotation marks at ``first`` ("Fox and Friends"), without its marks, or None."""
    inner = first + 1
    if first + 1 < len(words) and words[first].text == "'" and words[inner].text == "'":
        inner += 1
    elif first >= len(words) or words[first].text not in OPENING:
        return None
    if inner >= len(words) or not is_name(words[inner]):
        return None
    last = inner
    while last < len(words) and last - inner < 8 and words[last].text not in CLOSING and words[last].text != "'":
        last += 1
    if last >= len(words) or last - inner == 8:
        return None
    last -= words[last - 1].text in (",", ".")
    names = [is_name(word) for word in words[inner:last]]
    return Span(words[inner].start, words[last - 1].end) if names and sum(names) * 2 >= len(names) else None


def _with_title(words: Sequence[Word], last: int) -> int:
    """Return where a phrase ends that goes on with a title in marks: ABC's "This Week"."""
    if last == 0 or last >= len(words) or words[last - 1].plain not in ("'s", "'"):
        return last
    quoted = _quoted_name(words, last)
    if quoted is None:
        return last
    return next((index + 1 for index in range(last, len(words)) if words[index].end == quoted.end), last)


def _checked(words: Sequence[Word]) -> Span | None:
    """Return the span of ``words`` if they read as somebody, without marks at the end."""
    kept = list(words)
    while kept and (kept[-1].plain in {"'s", "'", "’", ",", "and", "of", "&"} or kept[-1].text in "@#$"):
        kept.pop()
    if len(kept) > 1 and kept[-1].text == "." and len(kept[-2].text) > 1:
        kept.pop()
    return Span(kept[0].start, kept[-1].end) if kept and _is_somebody(kept) else None


def _is_somebody(words: Sequence[Word]) -> bool:
    plain = [word.plain for word in words]
    if len(words) == 1 and plain[0] in PERSONAL_PRONOUNS:
        return True
    head = head_of(words).plain
    unnamed = head in NOBODY and not is_name(words[plain.index(head)])
    adverb = plain[-1].endswith("ly") and plain[-1] not in LY_NOUNS and not is_name(words[-1])
    if unnamed or adverb or plain[-1] in DETERMINERS or plain[0] in ("it", "you"):
        return False
    if is_name(words[0]) or words[0].text in "@#" or plain[0].isdigit():
        return not (len(words) == 1 and plain[0] in OPENS_TIME)
    return (plain[0] in DETERMINERS and len(words) > 1) or _is_plural(head) or is_name(words[-1])
