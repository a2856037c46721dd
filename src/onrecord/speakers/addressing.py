"""Whom a statement is said to, by rule: "told reporters", "in an interview with X", "asked by X".

Only the sentence of the cue is read, and of it only what lies near the cue and the content and in neither
source nor content: an addressee is never part of what is said. Rules, the surest first:

- ``told``: the object of a verb that takes its hearer (told, asked, assured X), in the cue or just after it;
- ``passive``: the subject of such a verb ("X was asked", "asked why, X said");
- ``said-to``: the phrase after "to" beside a verb of saying ("said to X", "replied to X");
- ``carried``: whom its source has told something just before ("X told reporters that ..., adding that ...");
- ``talk``: the other side of an interview, a letter, a speech, in the cue or in a phrase beside the statement;
- ``speaking``: whom the speaker addresses in a clause beside it ("Speaking to X, she said");
- ``asked-by``: who put the question that the statement answers ("Asked by X, she said").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.attribution.cuewords import BREAKS, Word, words_in
from onrecord.attribution.hearers import hears
from onrecord.attribution.inflection import lemmas_of
from onrecord.document import Span, merge_spans
from onrecord.reading import Statement
from onrecord.speakers.nounphrases import (
    DETERMINERS,
    OPENS_TIME,
    STOPS,
    SUBJECT_PRONOUNS,
    is_name,
    parted,
    phrase_before,
    phrase_from,
)
from onrecord.wordlists import word_set

NEAR: Final = 240
"""Code points read on each side of a cue or content; of 1,032 addressees in PolNeAR train the farthest lies at 198."""

HEARER_VERBS: Final = word_set(
    """tell ask assure warn remind inform urge advise notify implore beg beseech instruct order command persuade
    convince encourage caution counsel exhort lecture brief email e-mail text thank address greet question press
    challenge invite quiz grill"""
)
SAYING_VERBS: Final = word_set(
    """say speak write tweet announce insist proclaim boast admit explain complain suggest confide declare confess
    mention repeat reply respond talk shout yell scream whisper recount relate describe reveal disclose joke testify
    report present recommend concede acknowledge add deliver pitch apologize
    apologise signal outline stress emphasize emphasise express introduce"""
)
TELLING_VERBS: Final = SAYING_VERBS | HEARER_VERBS
PASSIVE_VERBS: Final = word_set("tell ask warn inform assure remind advise urge notify press question brief quiz")
WITH_NOUNS: Final = word_set(
    """interview interviews conversation conversations call calls meeting meetings exchange exchanges chat chats
    discussion discussions sit-down q&a session sessions talk talks breakfast lunch dinner"""
)
TO_NOUNS: Final = word_set(
    """letter letters email emails e-mail e-mails message messages memo memos note notes statement statements speech
    speeches address addresses remarks testimony text texts reply response presentation appeal tweet tweets pitch
    comments interview interviews plea warning answer"""
)
BEFORE_NOUNS: Final = word_set("speech speeches address remarks testimony appearance presentation")
SPEAKING_TO: Final = {
    "addressing": (),
    "speaking": ("to", "with", "before"),
    "talking": ("to", "with"),
    "writing": ("to",),
    "testifying": ("before", "to"),
    "replying": ("to",),
    "responding": ("to",),
}
PLACED_BY: Final = word_set("in during at through via by over began opened gave delivered")
AUXILIARIES: Final = word_set(
    """be am is are was were been being 's 're have has had do does did will would also then first later often
    repeatedly even now just got"""
)
TALKS: Final = ((WITH_NOUNS, "with"), (TO_NOUNS, "to"), (BEFORE_NOUNS, "before"))
TALK_NOUNS: Final = WITH_NOUNS | TO_NOUNS | BEFORE_NOUNS
PHRASES: Final = (("call", "on"), ("call", "upon"), ("appeal", "to"), ("plead", "with"), ("lie", "to"))
PARTICIPLES: Final = word_set(
    "told asked warned informed assured reminded advised urged notified pressed questioned quizzed"
)
ASKED: Final = word_set("asked pressed questioned pushed quizzed grilled challenged interviewed")
PASSIVES: Final = word_set("be is are was were been being got")
OPENS_CLAUSE: Final = word_set("when if after once until as while")
OPENS_ANOTHER: Final = word_set(
    "and but or who which when while because as after before whose though although where that"
)
RELATIVES: Final = word_set("that who which and")
LEADS_AWAY: Final = OPENS_ANOTHER - RELATIVES
HEARD_AFTER: Final = {
    "to": SAYING_VERBS,
    "with": word_set("speak talk"),
    "at": word_set("shout yell scream"),
}
AFTER_TO: Final = word_set(
    """be draw make show prove push boost help win raise take give get defend attack support keep let use build bring
    become appeal attract see find run stop end start try vote do have go put turn work"""
)
"""Verbs that stand after "to" where no hearer does: "her speech to draw contrasts"."""
NO_HEARERS: Final = TELLING_VERBS | AFTER_TO
NO_INTERVIEWERS: Final = word_set("tv q&a twitter facebook skype television radio telephone")
ENDS: Final = frozenset(".;:?!")
PLACE_ENDS: Final = BREAKS - {"-", ","}
BESIDE: Final = 80
"""Farthest that a phrase begins after the role that it belongs to, in code points."""
OPENING: Final = 160
"""Farthest that the first role begins after a phrase that opens the sentence, in code points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """One phrase that names whom a statement is said to, as the report writes it."""

    span: Span
    by: str
    """The name of the rule that found it."""


@dataclass(frozen=True, slots=True)
class _Run:
    """An unbroken run of words that lie in neither source nor content."""

    words: Sequence[Word]
    plain: Sequence[str]
    """The same, each in lower case with straight apostrophes."""
    cue: range
    """The indexes of the first to the last word of the cue in this run; empty where it has none."""

    def reach(self, at: int) -> Sequence[Word]:
        """Return the words that a phrase from ``at`` may take: none of the cue, unless it begins there."""
        return self.words[: self.cue.start] if self.cue and at < self.cue.start else self.words


@dataclass(frozen=True, slots=True)
class _Scene:
    """What the rules look at: a statement and the runs around it."""

    statement: Statement
    whole: Span
    runs: Sequence[_Run]
    roles: Sequence[Span]
    """Source, cue and content, joined, by start."""

    @property
    def cued(self) -> Iterator[tuple[Sequence[Word], int]]:
        """Every word of the cue: the run that it stands in and its index there."""
        return ((run.words, index) for run in self.runs for index in run.cue)


def find_addressees(text: str, statement: Statement, sentence: Span | None) -> tuple[Addressed, ...]:
    """Return whom the report says that ``statement`` is said to, by position; mostly nobody, or one.

    Args:
        text: the document's text.
        statement: the statement; it needs no speaker yet. One without a cue has no addressee of its own.
        sentence: the sentence of the cue; None for the line that it stands in.
    """
    if not statement.cue:
        return ()
    scene = _scene(text, statement, sentence or _line(text, statement.cue[0]))
    found: list[Addressed] = []
    for rule, find in RULES:
        if rule in WEAK and found:
            continue
        spans = [span for span in find(scene) if not any(span.overlaps(other.span) for other in found)]
        if spans:  # mostly there are none
            found += [Addressed(span=part, by=rule) for span in merge_spans(spans) for part in parted(text, span)]
    return tuple(sorted(found, key=lambda each: each.span))


def _line(text: str, span: Span) -> Span:
    """Return the run around ``span`` without a line end, as far as anything is read at all."""
    floor, ceiling = max(0, span.start - NEAR), min(len(text), span.end + NEAR)
    start = max(floor, text.rfind("\n", floor, span.start) + 1)
    end = text.find("\n", span.end, ceiling)
    return Span(start, ceiling if end < 0 else end)


def _scene(text: str, statement: Statement, whole: Span) -> _Scene:
    taken = merge_spans((*statement.source, *statement.content))
    runs = [
        _Run(words, [word.plain for word in words], _cued(words, statement.cue))
        for window in _windows(statement, whole)
        for run in _without(window, taken)
        if (words := words_in(text, run.start, run.end))
    ]
    return _Scene(statement, whole, runs, merge_spans((*statement.cue, *taken)))


def _windows(statement: Statement, whole: Span) -> list[Span]:
    """Return what is read of the sentence: its start, and what is near cue and content."""
    if 0 < whole.size <= NEAR:
        return [whole]
    near = [Span(span.start - NEAR, min(span.size, NEAR) + span.start + NEAR) for span in statement.cue]
    near += [Span(span.end, span.end + NEAR) for span in (*statement.source, *statement.content)]
    near += [Span(span.start - NEAR, span.start) for span in (*statement.source, *statement.content)]
    near.append(Span(whole.start, whole.start + NEAR))
    clipped = (Span(max(span.start, whole.start), min(span.end, whole.end)) for span in near)
    return merge_spans(span for span in clipped if span.start < span.end)


def _without(window: Span, taken: Sequence[Span]) -> Iterator[Span]:
    start = window.start
    for span in taken:
        if span.end <= start or span.start >= window.end:
            continue
        if span.start > start:
            yield Span(start, span.start)
        start = span.end
    if start < window.end:
        yield Span(start, window.end)


def _cued(words: Sequence[Word], cue: Sequence[Span]) -> range:
    here = [span for span in cue if span.start <= words[-1].start and words[0].start < span.end]
    if not here:
        return range(0)
    inside = [at for at, word in enumerate(words) if any(span.start <= word.start < span.end for span in here)]
    return range(inside[0], inside[-1] + 1) if inside else range(0)


def _told(scene: _Scene) -> Iterator[Span]:
    """Find the object of a verb that takes its hearer: "told reporters", "called on the mayor"."""
    for words, at in scene.cued:
        after = at + 1
        if _is_verb(words, at, HEARER_VERBS) and not _is_passive(words, at):
            yield from _some(phrase_from(words, after))
        following = words[after].plain if after < len(words) else ""
        if any(following == to and _is_lemma(words[at], verb) for verb, to in PHRASES):
            yield from _some(phrase_from(words, after + 1))


def _passive(scene: _Scene) -> Iterator[Span]:
    """Find the subject of a passive: "X was asked", "asked why, X said", "said X, asked why"; and "the jury heard"."""
    for words, at in scene.cued:
        if _is_lemma(words[at], "hear") and not scene.statement.source:
            clause = _past_auxiliaries(words, at)
            if clause and hears(words[clause - 1].text):
                yield from _some(phrase_before(words, clause))
            continue
        if not (_is_verb(words, at, PASSIVE_VERBS) and words[at].plain in PARTICIPLES):
            continue
        clause = _past_auxiliaries(words, at)
        hangs = clause > 0 and words[clause - 1].plain in OPENS_CLAUSE
        if _is_passive(words, at) and not hangs:
            first = max((index + 1 for index in range(clause) if _is_verb(words, index, TELLING_VERBS)), default=0)
            yield from _some(phrase_before(words[first:], clause - first))
        elif hangs or _is_participle_clause(scene, words, at):
            yield from _some(_answerer(scene, words, clause))


def _is_participle_clause(scene: _Scene, words: Sequence[Word], at: int) -> bool:
    """Tell whether the verb at ``at`` opens the sentence, or is an "asked" behind a comma."""
    start = words[at].start
    opens = start - scene.whole.start <= 2 and start <= scene.roles[0].start  # a mark may stand before it
    return opens or (words[at].plain == "asked" and at > 0 and words[at - 1].text == ",")


def _answerer(scene: _Scene, words: Sequence[Word], clause: int) -> Span | None:
    """Return who answers what was asked in the clause at ``clause``: the subject of the verb it hangs on."""
    spoken = [index for index in range(clause) if _is_verb(words, index, TELLING_VERBS)]
    if spoken:
        return _subject(words, spoken[-1]) or phrase_from(words, spoken[-1] + 1)
    end = max(span.end for span in (*scene.statement.content, *scene.statement.source))
    after = next((run.words for run in scene.runs if run.words[0].start >= end), ())
    verb = next((index for index in range(len(after)) if _is_verb(after, index, SAYING_VERBS)), None)
    subject = None if verb is None else _subject(after, verb)
    return subject or _name_at_start(after)


def _name_at_start(words: Sequence[Word]) -> Span | None:
    """Return the name or pronoun that a clause begins with, behind its comma: ", Ms. Ilven smiled and said"."""
    first = 1 if words and words[0].text == "," else 0
    last = first
    while last < len(words) and (is_name(words[last]) or words[last].text == "."):
        last += 1
    if last == first and last < len(words) and words[last].plain in SUBJECT_PRONOUNS:
        last += 1
    return phrase_before(words[:last], last)


def _subject(words: Sequence[Word], verb: int) -> Span | None:
    return phrase_before(words, _past_auxiliaries(words, verb))


def _past_auxiliaries(words: Sequence[Word], verb: int) -> int:
    """Return where the verb group that ends at ``verb`` begins: "had also [been asked]"."""
    first = verb
    while first and (words[first - 1].plain in AUXILIARIES or words[first - 1].plain.endswith("ly")):
        first -= 1
    return first


def _said_to(scene: _Scene) -> Iterator[Span]:
    """Find the phrase after "to" beside a verb of saying: "said to X", "insisted to the cameras"."""
    for words, at in scene.cued:
        if not _is_verb(words, at, SAYING_VERBS):
            continue
        lemmas = frozenset(lemmas_of(words[at].plain))
        for index in range(at + 1, min(at + 4, len(words))):
            if words[index].plain in HEARD_AFTER and not lemmas.isdisjoint(HEARD_AFTER[words[index].plain]):
                yield from _some(_hearer(words, index + 1))
            if words[index].text in BREAKS or words[index].plain in STOPS:
                break


def _hearer(words: Sequence[Word], at: int) -> Span | None:
    """Return the phrase after a preposition; "to" before a verb ("wrote to ask Congress") has none."""
    if at >= len(words) or (not is_name(words[at]) and _is_verb(words, at, NO_HEARERS)):
        return None
    return phrase_from(words, at)


def _carried(scene: _Scene) -> Iterator[Span]:
    """Find whom the same source just told something: "X told reporters that ..., adding [that ...]"."""
    if not any(_is_verb(words, at, SAYING_VERBS) for words, at in scene.cued):
        return
    for run in scene.runs:
        after_source = any(0 <= run.words[0].start - span.end <= 2 for span in scene.statement.source)
        cue_later = run.words[0].start < scene.statement.cue[0].start
        if after_source and cue_later and run.words[0].plain in ("told", "tells"):
            yield from _some(phrase_from(run.words, 1))


def _talk(scene: _Scene) -> Iterator[Span]:
    """Find the other side of an interview, a letter, a speech: "in an interview with X", "wrote a letter to X"."""
    for run in scene.runs:
        for at, word in enumerate(run.plain):
            if word not in TALK_NOUNS:
                continue
            governed = _governor(run.words, at)
            if at in run.cue or (governed is not None and _is_beside(scene, run, governed)):
                yield from _some(_other_side(run.reach(at), at))


def _other_side(words: Sequence[Word], at: int) -> Span | None:
    """Return whom the interview, letter or speech at ``at`` is with or to."""
    for nouns, preposition in TALKS:
        if words[at].plain in nouns:
            for index in range(at + 1, min(at + 8, len(words))):
                if words[index].plain == preposition:
                    return _hearer(words, index + 1)
                if words[index].text in BREAKS:
                    break
    if words[at].plain not in ("interview", "interviews"):
        return None
    if at + 2 < len(words) and words[at + 1].plain == "on" and is_name(words[at + 2]):
        return phrase_from(words, at + 2)
    return _interviewer(words, at)


def _interviewer(words: Sequence[Word], at: int) -> Span | None:
    """Return the name that stands just before "interview": "in a recent Fox News interview"."""
    first = at
    while first and (is_name(words[first - 1]) or (first < at and words[first - 1].plain in ("the", "and", "of"))):
        first -= 1
    while first < at and not is_name(words[first]):
        first += 1
    named = words[first:at]
    if any(word.plain in OPENS_TIME for word in named) or all(word.plain in NO_INTERVIEWERS for word in named):
        return None
    return Span(named[0].start, named[-1].end)


def _governor(words: Sequence[Word], at: int) -> int | None:
    """Return the index of the preposition that the noun at ``at`` hangs on: "in a telephone interview"."""
    for index in range(at - 1, max(-1, at - 8), -1):
        if words[index].plain in PLACED_BY:
            return index
        if words[index].text in PLACE_ENDS or words[index].plain in STOPS or words[index].plain == "'s":
            return None
    return None


def _is_beside(scene: _Scene, run: _Run, at: int) -> bool:
    """Tell whether the words from ``at`` belong to the statement: they open its sentence, or follow a role."""
    start = run.words[at].start
    before = [span for span in scene.roles if span.end <= start]
    between = [word for word in run.words[:at] if not before or word.start >= before[-1].end]
    if before:
        clear = not any(word.text in ENDS or word.plain in OPENS_ANOTHER for word in between)
        return clear and start - before[-1].end <= BESIDE
    opens = run.words[0].start <= scene.whole.start + 2 and len(between) <= 6
    return _is_followed(scene, run, at, opens=opens)


def _is_followed(scene: _Scene, run: _Run, at: int, *, opens: bool) -> bool:
    """Tell whether the statement follows the phrase from ``at`` at once, or after "in which"."""
    first = scene.roles[0].start
    between = [word.plain for word in run.words[at:] if word.start < first]
    if not opens and not (between[-1:] == ["which"] and between[-2] in PLACED_BY):
        return False
    return first - run.words[at].start <= OPENING and LEADS_AWAY.isdisjoint(between)


def _speaking(scene: _Scene) -> Iterator[Span]:
    """Find whom the speaker addresses in a participle clause: "Speaking to X, she said", "said Y, addressing X"."""
    for run in scene.runs:
        for at, word in enumerate(run.plain[:-1]):
            prepositions = SPEAKING_TO.get(word)
            if prepositions is None or not _is_clause_beside(scene, run, at):
                continue
            if not prepositions:
                yield from _some(phrase_from(run.reach(at), at + 1))
            elif run.plain[at + 1] in prepositions:
                yield from _some(_hearer(run.reach(at), at + 2))


def _asked_by(scene: _Scene) -> Iterator[Span]:
    """Find who put the question that the statement answers: "Asked by X whether ..., Y said"."""
    for run in scene.runs:
        for at, word in enumerate(run.plain[:-2]):
            asked = word in ASKED and run.plain[at + 1] == "by"
            if asked and _is_clause_beside(scene, run, at):
                yield from _some(phrase_from(run.reach(at), at + 2))


def _is_clause_beside(scene: _Scene, run: _Run, at: int) -> bool:
    """Tell whether a participle at ``at``, outside the cue, opens a clause beside the statement."""
    before = run.words[at - 1] if at else None
    opens = before is None or before.text in BREAKS or before.plain in OPENS_CLAUSE
    return opens and at not in run.cue and _is_beside(scene, run, at - (before is not None and opens))


def _is_lemma(word: Word, lemma: str) -> bool:
    return lemma in lemmas_of(word.plain)


def _is_verb(words: Sequence[Word], at: int, verbs: frozenset[str]) -> bool:
    """Tell whether the word at ``at`` is one of ``verbs``, and no noun: "warns", but not "a warning"."""
    before = words[at - 1].plain if at else ""
    return not verbs.isdisjoint(lemmas_of(words[at].plain)) and before not in DETERMINERS and before not in ("'s", "of")


def _is_passive(words: Sequence[Word], at: int) -> bool:
    """Tell whether a form of "be" stands before the verb, adverbs apart."""
    index = at - 1
    while index >= 0 and (words[index].plain.endswith("ly") or words[index].plain in ("also", "then", "first", "even")):
        index -= 1
    return index >= 0 and words[index].plain in PASSIVES and words[at].plain in PARTICIPLES


def _some(span: Span | None) -> Iterator[Span]:
    if span is not None:
        yield span


RULES: Final = (
    ("told", _told),
    ("passive", _passive),
    ("said-to", _said_to),
    ("carried", _carried),
    ("talk", _talk),
    ("speaking", _speaking),
    ("asked-by", _asked_by),
)
WEAK: Final = frozenset({"carried", "speaking", "asked-by"})
"""Rules that are asked only where none before has found anybody."""
