"""Whom the content of a statement is about, and whom its cue accuses or praises."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from onrecord.attribution.cues import MOST_WORDS, deciding_match
from onrecord.attribution.cuewords import BREAKS, Word, words_in, words_of
from onrecord.document import Span, merge_spans
from onrecord.reading import CueClass, Entity, MentionForm, Statement
from onrecord.speakers.nounphrases import STOPS, parted, phrase_before, phrase_from
from onrecord.wordlists import word_set

TARGETING: Final[frozenset[CueClass]] = frozenset({"accusing", "praising"})
THIRD_PERSON: Final = word_set(
    "he him his himself she her hers herself they them their theirs themselves it its itself"
)
"""Pronouns by which a statement may be about its own speaker: "She said they blamed her", but not "I did it"."""
OBJECT_AFTER: Final = word_set("on of for against at to with about behind toward towards into over around by in from")
NOT_OBJECTS: Final = word_set("he she they i we that if whether what how why when where who")
WITHOUT_OBJECT: Final = word_set(
    "complain gripe grumble rant rage fume lament protest object grouse whinge carp quibble fulminate"
)
"""Verbs whose object, if no preposition stands before it, is a clause or the thing complained of."""
FINITE: Final = word_set(
    """is are was were has had have will would can could should may might must does did do n't been wants said
    says lied"""
)
STOPS_A_SUBJECT: Final = STOPS - FINITE
RELATIVES: Final = word_set("who whom which that he she they him her them it")
POSSESSIVES: Final = word_set("his her its their")
NEAR: Final = 200
"""Code points read behind a cue: of 1,719 objects in PolNeAR train the farthest begins 87 behind it."""
RELATED: Final = word_set(
    """administration adviser advisers advisor advisors aide aides allies ally attorney attorneys backers base brother
    campaign child children colleagues companies company critic critics daughter daughters delegates detractors
    donors employees enemies family fans father foes followers friend friends government husband lawyer lawyers mate
    mother nominee opponent opponents opposition parents party pick predecessor rallies rally rival rivals running
    running-mate sister son sons spokesman spokeswoman staff successor supporter supporters team victims voter
    voters wife"""
)
SUFFERED: Final = word_set(
    """abuse arrest assassination conviction death deaths defeat deportation detention execution firing impeachment
    imprisonment indictment injury killing loss murder opponent ouster prosecution removal shooting torture
    treatment"""
)
QUALITIES: Final = word_set(
    """actions ambitions behavior behaviour bid candidacy character comments conduct honesty integrity judgement
    judgment leadership legacy nomination performance plan plans policies presidency proposal proposals record
    remarks rhetoric statements temperament words"""
)


SURE: Final = 0.6
"""From this probability on 81 of 100 of the heads' ties of "he" and "she" are right, in all 77 (704 in GUM's news)."""
CERTAIN: Final = 1.0
NEVER_SURE: Final = word_set("it its itself they them their theirs themselves")
"""Pronouns whose ties by the heads are right in at most 30 of 100 cases, whatever their probability."""


class IndexedMention(NamedTuple):
    """A mention, with the entity that it refers to."""

    span: Span
    entity: str
    form: MentionForm
    tied: float = CERTAIN
    """How sure the heads are that it means the entity, where they alone say so."""


class MentionIndex:
    """All mentions of a document by where they stand; made once, asked in logarithmic time.

    Args:
        entities: the entities of one document, each with its mentions.
    """

    __slots__ = ("_ends", "_mentions", "_starts")

    def __init__(self, entities: Iterable[Entity]) -> None:
        found = (
            IndexedMention(each.span, entity.id, each.form, each.confidence if each.by == "heads" else CERTAIN)
            for entity in entities
            for each in entity.mentions
        )
        self._mentions = sorted(found, key=_position)
        self._starts = [mention.span.start for mention in self._mentions]
        self._ends = list(accumulate((mention.span.end for mention in self._mentions), max))

    def within(self, span: Span) -> list[IndexedMention]:
        """Return the mentions that lie wholly inside ``span``, by start, the longer before the shorter."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return [mention for mention in self._mentions[first:last] if mention.span.end <= span.end]

    def at(self, span: Span) -> list[IndexedMention]:
        """Return the mentions of exactly this span."""
        return [mention for mention in self.within(span) if mention.span == span]

    def covering(self, span: Span) -> list[IndexedMention]:
        """Return the mentions that hold all of ``span``, the shortest first."""
        index = bisect_left(self._starts, span.start + 1) - 1
        found = []
        while index >= 0 and self._ends[index] >= span.end:
            if self._mentions[index].span.contains(span):
                found.append(self._mentions[index])
            index -= 1
        return sorted(found, key=lambda mention: (mention.span.size, mention.entity))

    def named_by(self, text: str, phrase: Span) -> IndexedMention | None:
        """Return the mention that a noun phrase comes down to, or None if it is nobody known.

        That is the longest mention that ends where the phrase, or its part before "of", ends ("host [Ada Ilven]",
        "[Ada Ilven] of Orrin Radio", but nobody in "critics of Ada Ilven"), else the shortest that holds the phrase.

        >>> MentionIndex(()).named_by("the mayor", Span(0, 9)) is None
        True
        """
        head = _head_end(text, phrase)
        for mention in self.within(phrase):
            if mention.span.end in (head, phrase.end) and mention.span.start < head:
                return mention
        return next(iter(self.covering(phrase)), None)


def _position(mention: IndexedMention) -> tuple[int, int, str]:
    return mention.span.start, -mention.span.end, mention.entity


def _head_end(text: str, phrase: Span) -> int:
    """Return where the part of a phrase before its first "of" ends."""
    of = text.find(" of ", phrase.start, phrase.end)
    return phrase.end if of < 0 else of


def find_about(text: str, statements: Sequence[Statement], mentions: MentionIndex) -> tuple[tuple[str, ...], ...]:
    """Return for each statement the entities that its content mentions, the most often first, then the first.

    Its own speakers count only where they are mentioned by name or a pronoun of the third person.
    """
    return tuple(_about(text, statement, mentions) for statement in statements)


def _about(text: str, statement: Statement, mentions: MentionIndex) -> tuple[str, ...]:
    speakers = frozenset(statement.speakers)
    counted = Counter(
        mention.entity
        for span in merge_spans(statement.content)
        for mention in mentions.within(span)
        if not _is_guess(text, mention) and (mention.entity not in speakers or _names_speaker(text, mention))
    )
    # Counter keeps the order of first mention, and most_common is stable.
    return tuple(entity for entity, _ in counted.most_common())


def _is_guess(text: str, mention: IndexedMention) -> bool:
    """Tell whether a pronoun may as well mean somebody else: of these too many would be wrong to be told of."""
    if mention.form != "pronoun" or mention.tied == CERTAIN:
        return False
    return mention.tied < SURE or mention.span.of(text).lower() in NEVER_SURE


def _names_speaker(text: str, mention: IndexedMention) -> bool:
    return mention.form == "name" or (mention.form == "pronoun" and mention.span.of(text).lower() in THIRD_PERSON)


def find_targets(text: str, statement: Statement, mentions: MentionIndex) -> tuple[str, ...]:
    """Return the entities that an accusing or praising cue is aimed at, by position; none if it was not made.

    The target is what the object of the cue comes down to ("slammed [X]", "attacks on [X]", "blamed it on [X]"), or
    whose it is ("mocked [X]'s speech"). Never the speaker, and nobody where the object is somebody unknown.

    Args:
        text: the document's text.
        statement: the statement, its speakers already known if they ever will be.
        mentions: the index of the document's mentions.
    """
    if statement.cue_class not in TARGETING or statement.negated or not (statement.cue and statement.content):
        return ()
    aimed = (_target(text, part, mentions) for phrase in _objects(text, statement) for part in parted(text, phrase))
    found = dict.fromkeys(mention.entity for mention in aimed if mention is not None)
    return tuple(entity for entity in found if entity not in statement.speakers)


def _objects(text: str, statement: Statement) -> Iterator[Span]:
    """Yield the noun phrases that the cue is aimed at."""
    if max(span.end for span in statement.content) <= statement.cue[0].start:
        yield from _subject_of_passive(text, statement.content[0])
        return
    cue = words_of(text, statement.cue)[:MOST_WORDS]
    match = deciding_match(cue)
    if match is None:
        return
    verb = match.entry.words[0]
    for end in dict.fromkeys((cue[match.end - 1].end, cue[-1].end)):
        words = words_in(text, end, min(len(text), end + NEAR))
        starts = [_first_of_object(words, verb), *(_after_on(words) if verb == "blame" else ())]
        phrases = [phrase for start in starts if (phrase := _object_from(words, start, statement)) is not None]
        yield from phrases
        if phrases:
            return


def _first_of_object(words: Sequence[Word], verb: str) -> int:
    """Return where the object of ``verb`` begins, behind its prepositions; past the end where there can be none."""
    first = next((index for index, word in enumerate(words[:3]) if word.plain not in OBJECT_AFTER), len(words))
    return len(words) if first == 0 and verb in WITHOUT_OBJECT else first


def _object_from(words: Sequence[Word], first: int, statement: Statement) -> Span | None:
    """Return the phrase at ``first`` if it is an object, and not the subject of a clause: "complained X had lied"."""
    if first >= len(words) or words[first].plain in NOT_OBJECTS or not words[first].text[0].isalnum():
        return None
    phrase = phrase_from(words, first)
    if phrase is None or any(phrase.overlaps(source) for source in statement.source):
        return None
    after = next((word for word in words[first:] if word.start >= phrase.end), None)
    clause = after is not None and after.plain in FINITE and phrase.end not in {span.end for span in statement.content}
    return None if clause and first == 0 else phrase


def _after_on(words: Sequence[Word]) -> Iterator[int]:
    """Yield where the phrase begins that something is blamed on."""
    for index, word in enumerate(words[:20]):
        if word.text in BREAKS:
            return
        if word.plain == "on":
            yield index + 1


def _subject_of_passive(text: str, content: Span) -> Iterator[Span]:
    """Yield a content that is one phrase and no clause: "[X], who was criticised by", "[X] drew boos from"."""
    words = words_in(text, content.start, min(content.end, content.start + NEAR))
    if len(words) == 1 and words[0].plain in RELATIVES:
        yield content
        return
    if not words or not words[0].text[0].isalnum():
        return
    phrase = phrase_from(words, 0) or phrase_before(words, len(words))
    after = next((word for word in words if phrase is not None and word.start >= phrase.end), None)
    if phrase is not None and (after is None or after.text == "," or after.plain in STOPS_A_SUBJECT):
        yield phrase


def _target(text: str, phrase: Span, mentions: MentionIndex) -> IndexedMention | None:
    """Return the mention that a phrase comes down to, or whose it is."""
    named = mentions.named_by(text, phrase) or _owner(text, phrase, mentions)
    return None if named is not None and _is_guess(text, named) else named


def _owner(text: str, phrase: Span, mentions: MentionIndex) -> IndexedMention | None:
    """Return whose something is: "[X]'s record", "the record of [X]"; nobody's, where it is people or a mishap."""
    words = words_in(text, phrase.start, phrase.end)
    end = _head_end(text, phrase)
    head = next(word.plain for word in reversed(words) if word.start < end)
    inside = mentions.within(phrase)
    if end < phrase.end and head in QUALITIES:
        return next((mention for mention in inside if mention.span.start - end in (4, 8)), None)
    if head in RELATED or head in SUFFERED:
        return None
    owners = [mention for mention in inside if mention.span.end <= end and _owns(text, mention)]
    return owners[-1] if owners else None


def _owns(text: str, mention: IndexedMention) -> bool:
    """Tell whether a mention is a possessive."""
    following = text[mention.span.end : mention.span.end + 2].replace("’", "'")
    marked = following == "'s" or (following == "' " and text[mention.span.end - 1] == "s")
    return marked or mention.span.of(text).lower() in POSSESSIVES
