"""Who says each statement: the parts of its source, or its lack, to the referents that are meant.

Statements are read in order, those inside others' contents after all the rest. What a name or a rule settles is
settled so; everything else is asked of the ranker, and what nobody answers stays open, with the reason.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from onrecord.attribution.cuewords import words_in
from onrecord.document import Span
from onrecord.reading import OpenReason, SourceForm
from onrecord.speakers.antecedents import Antecedents
from onrecord.speakers.asking import (
    Ask,
    Said,
    candidates_for,
    is_quoted,
    owners_of,
    pairs_of,
    query_of_part,
    query_without_source,
)
from onrecord.speakers.discourse import Discourse, Occurrence, Referent, ReferentKind
from onrecord.speakers.features import Featuriser, History, Query, Turn
from onrecord.speakers.headnouns import look_up as look_up_noun
from onrecord.speakers.markables import Markable, MarkableForm
from onrecord.speakers.mentions import speaks_by_name
from onrecord.speakers.nounphrases import phrase_before
from onrecord.speakers.pronouns import pronoun_of
from onrecord.speakers.register import look_up, metonym
from onrecord.speakers.sources import SourcePart, analyse_source, find_agent, is_impersonal

NEW_KINDS: Final[dict[str, tuple[ReferentKind, ReferentKind]]] = {
    "person": ("unnamed", "group"),
    "group": ("group", "group"),
    "organization": ("organization", "group"),
    "document": ("document", "document"),
    "country": ("country", "group"),
    "unknown": ("document", "group"),
}
"""What somebody never named is, by the category of the description: one, or several."""
RELATIVE: Final = frozenset(("who", "whom", "which", "that", "whose"))
RELATIVE_REACH: Final = 200
CERTAIN_NAME: Final = 0.98
DOUBTED_NAME: Final = 0.9
FIRST_PERSON: Final = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was answered to a query."""

    index: int | None
    """Which of the candidates; None for "left open"."""
    confidence: float
    ranked: tuple[int, ...]
    """The candidates' indices, the likeliest first."""


class Chooser(Protocol):
    """Answers queries: the ranker, or in training the gold."""

    def choose(self, ask: Ask, statement: int, part: int) -> Choice:
        """Choose among the candidates of a query, asked by a part of a statement's source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Who says a statement."""

    referents: tuple[int, ...]
    by: str | None
    confidence: float | None
    form: SourceForm
    open: OpenReason | None = None
    candidates: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What one part of a source is answered with."""

    referent: int | None
    by: str
    confidence: float
    open: OpenReason | None = None
    candidates: tuple[int, ...] = ()


class Resolver:
    """Resolves the statements of one report."""

    def __init__(
        self, discourse: Discourse, antecedents: Antecedents, names: Sequence[Markable], chooser: Chooser
    ) -> None:
        self.discourse = discourse
        self.antecedents = antecedents
        self.names = names
        self.chooser = chooser
        self.featuriser = Featuriser(discourse)
        self.history = History()
        self._answered: dict[Span, _Part] = {}
        """Parts of sources that were asked about: "her council is divided and wary" is one source of two statements."""
        self._joint: dict[tuple[int, ...], Referent] = {}
        """Those who spoke together, by their members."""
        self._governments = {
            entry.name: referent
            for referent in discourse.referents
            if referent.kind in ("country", "organization")
            if (entry := look_up(referent.name)) is not None and entry.kind != "capital"
        }
        """Countries and bodies of the report, by their English names."""

    def resolve(self, statements: Sequence[Said]) -> list[Answer]:
        """Return who says each statement."""
        answers: dict[int, Answer] = {}
        order = sorted(
            range(len(statements)), key=lambda index: (_depth(statements, index), statements[index].position)
        )
        for index in order:
            said = statements[index]
            answer = self._answer(said, index, answers)
            answers[index] = answer
            self._remember(said, answer)
        return [answers[index] for index in range(len(statements))]

    def _answer(self, said: Said, index: int, answers: dict[int, Answer]) -> Answer:
        if not said.source and said.continues is not None and said.continues in answers:
            before = answers[said.continues]
            return replace(before, form="implicit", by="quotation-goes-on" if before.referents else before.by)
        outer = answers.get(said.within) if said.within is not None else None
        if not said.source:
            return self._answer_without_source(said, index)
        parts = analyse_source(self.discourse.text, said.source, self._names_in(said.source))
        answered = [self._answer_part(said, index, at, part, outer) for at, part in enumerate(parts)]
        form: SourceForm = parts[0].kind if parts else "nominal"
        if form == "name" and self._is_metonym(answered, parts):
            form = "metonym"
        return self._joined(answered, form)

    def _answer_without_source(self, said: Said, index: int) -> Answer:
        text = self.discourse.text
        impersonal = False
        if said.cue:
            sentence = self.discourse.sentences[self.discourse.sentence_at(said.cue[0].start)]
            impersonal = is_impersonal(text, said.cue, sentence)
            span = find_agent(text, said.cue, sentence)
            if span is not None:
                parts = analyse_source(text, (span,), self._names_in((span,)))
                answered = [self._answer_part(said, index, at, part, None) for at, part in enumerate(parts)]
                if answered:
                    return replace(self._joined(answered, "implicit"), by="agent")
        query = query_without_source(self.discourse, said, impersonal=impersonal)
        part = self._ask(query, index, 0, heading=None)
        return self._joined([part], "implicit")

    def _answer_part(self, said: Said, index: int, at: int, part: SourcePart, outer: Answer | None) -> _Part:
        named = self._answer_by_name(part)
        if named is not None:
            return named
        if part.kind == "name":
            part = replace(part, kind="nominal", name=None)
        if part.kind == "pronoun":
            first = self._answer_first_person(part, outer)
            if first is not None:
                return first
            before = self._phrase_before(part)
            if before is not None:
                answer = self._answer_part(replace(said, source=(before.span,)), index, at, before, outer)
                return replace(answer, by="relative") if answer.by == "name" else answer
        if part.span not in self._answered:
            answer = self._ask_part(said, index, at, part)
            if answer.referent is None:
                return answer
            self._answered[part.span] = answer
        return self._answered[part.span]

    def _ask_part(self, said: Said, index: int, at: int, part: SourcePart) -> _Part:
        """Ask the ranker who a description or a pronoun is."""
        query = query_of_part(self.discourse, said, part, owners_of(self.discourse, part.owners))
        answer = self._ask(query, index, at, heading=part)
        if answer.referent is not None:
            self._mark(part, query, self.discourse.referents[answer.referent])
        return answer

    def _answer_by_name(self, part: SourcePart) -> _Part | None:
        """Return whom a part names; None where it is no name, or only what those who speak belong to."""
        occurrence = self.discourse.name_at(part.head) if part.kind == "name" else None
        if occurrence is None or occurrence.referent is None or self._is_modified(part, occurrence):
            return None
        self.history.sources.add(occurrence.span.start)
        country = self._country_meant(occurrence)
        if country is not None:
            self.discourse.assign(occurrence, country, by="metonym")
            return _Part(referent=country.index, by="metonym", confidence=DOUBTED_NAME)
        doubted = occurrence.confidence < 0.5 or occurrence.name in self.discourse.doubted
        return _Part(referent=occurrence.referent, by="name", confidence=DOUBTED_NAME if doubted else CERTAIN_NAME)

    def _answer_first_person(self, part: SourcePart, outer: Answer | None) -> _Part | None:
        """Return who says "I" or "we": the speaker of the statement around it, or outside of any the author."""
        pronoun = pronoun_of(part.head.of(self.discourse.text))
        if pronoun is None or pronoun.kind not in ("i", "we"):
            return None
        if outer and outer.referents:
            return _Part(referent=outer.referents[0], by="first-person", confidence=outer.confidence or 0.0)
        author = self.discourse.author
        if is_quoted(self.discourse, part.span.start) or (pronoun.kind == "we" and author.kind == "author"):
            return None
        return _Part(referent=author.index, by="first-person", confidence=FIRST_PERSON)

    def _phrase_before(self, part: SourcePart) -> SourcePart | None:
        """Return the phrase that a relative pronoun stands right behind, as if it were the source."""
        if part.head.of(self.discourse.text).lower() not in RELATIVE:
            return None
        text = self.discourse.text
        sentence = self.discourse.sentences[self.discourse.sentence_at(part.span.start)]
        start = max(sentence.start, part.span.start - RELATIVE_REACH)
        words = words_in(text, start, start + len(text[start : part.span.start].rstrip(" ,\n\u2014\u2013-(")))
        span = phrase_before(words, len(words)) if words else None
        if span is None:
            return None
        parts = analyse_source(text, (span,), self._names_in((span,)))
        return parts[-1] if parts and parts[-1].kind != "pronoun" else None

    def _is_metonym(self, answered: Sequence[_Part], parts: Sequence[SourcePart]) -> bool:
        """Tell whether a source names a capital or a building for those who govern from it."""
        if answered[0].by == "metonym":
            return True
        entry = look_up(parts[0].head.of(self.discourse.text))
        return entry is not None and entry.kind == "government"

    def _is_modified(self, part: SourcePart, occurrence: Occurrence) -> bool:
        """Tell whether a name is only what those who speak belong to: "veteran Republicans", "a local PAC"."""
        if occurrence.animacy == "person":
            return False
        words = self.discourse.text[part.span.start : part.head.start].split()
        small = [word for word in words if word.islower() and word != "the"]
        return bool(small) and not any(look_up_noun(word.strip(",")) for word in small)

    def _country_meant(self, occurrence: Occurrence) -> Referent | None:
        """Return the country whose government a capital that speaks stands for."""
        discourse = self.discourse
        words = occurrence.span.of(discourse.text)
        if occurrence.referent is None or discourse.referents[occurrence.referent].kind not in ("place", "country"):
            return None
        entry, meant = look_up(words), metonym(words)
        if entry is None or entry.kind != "capital" or meant is None:
            return None
        if meant.name not in self._governments:
            self._governments[meant.name] = discourse.introduce(
                meant.name, "country" if meant.kind != "body" else "organization", named=True
            )
        return self._governments[meant.name]

    def _ask(self, query: Query, statement: int, at: int, *, heading: SourcePart | None) -> _Part:
        discourse = self.discourse
        candidates = candidates_for(discourse, query, self.history)
        pairs = pairs_of(self.antecedents, discourse, query)
        rows = self.featuriser.rows(query, candidates, self.history, pairs)
        choice = self.chooser.choose(Ask(query=query, candidates=candidates, pairs=pairs, rows=rows), statement, at)
        ranked = tuple(
            referent.index for index in choice.ranked if (referent := candidates[index].referent) is not None
        )[:3]
        if choice.index is None:
            reason: OpenReason = "ambiguous" if len(ranked) > 1 else "unsure"
            return _Part(referent=None, by="heads", confidence=choice.confidence, open=reason, candidates=ranked)
        chosen = candidates[choice.index]
        if chosen.nobody:
            reason = "impersonal" if query.asks == "implicit" else "no antecedent"
            return _Part(referent=None, by="heads", confidence=choice.confidence, open=reason, candidates=ranked)
        if chosen.referent is not None:
            return _Part(referent=chosen.referent.index, by="heads", confidence=choice.confidence)
        if heading is None:
            return _Part(referent=None, by="heads", confidence=choice.confidence, open="unsure", candidates=ranked)
        return _Part(referent=self._introduce(query, heading).index, by="description", confidence=choice.confidence)

    def _introduce(self, query: Query, part: SourcePart) -> Referent:
        one, several = NEW_KINDS[query.category]
        name = " ".join(part.heading.of(self.discourse.text).split())
        if part.kind == "pronoun":
            one, several = "unnamed", "group"
        return self.discourse.introduce(
            name, several if part.plural else one, gender=query.asked.gender, plural=part.plural
        )

    def _mark(self, part: SourcePart, query: Query, referent: Referent) -> None:
        """Put the source among the occurrences, so that later ones may refer to it."""
        discourse = self.discourse
        if referent.members:
            return
        occurrence = discourse.at(part.head) or discourse.at(part.span)
        if occurrence is not None and occurrence.form == "name":
            occurrence = None
        if occurrence is None:
            form: MarkableForm = "pronoun" if part.kind == "pronoun" else "nominal"
            occurrence = Occurrence(
                span=part.head,
                form=form,
                sentence=discourse.sentence_at(part.head.start),
                paragraph=discourse.paragraph_at(part.head.start),
                quoted=query.quoted,
                animacy=query.asked.animacy,
                gender=query.asked.gender,
                plural=query.asked.plural,
                pronoun=pronoun_of(part.head.of(discourse.text)) if form == "pronoun" else None,
            )
            discourse.insert(occurrence)
        discourse.assign(occurrence, referent, by="source")
        self.history.sources.add(occurrence.span.start)
        if part.kind != "pronoun":
            referent.words |= query.words | {query.description}
            referent.heads.add(query.head)

    def _joined(self, parts: Sequence[_Part], form: SourceForm) -> Answer:
        referents: dict[int, None] = {}
        for part in parts:
            if part.referent is not None:
                members = self.discourse.referents[part.referent].members
                referents.update(dict.fromkeys(members or (part.referent,)))
        answered = [part for part in parts if part.referent is not None]
        if not answered:
            part = parts[0] if parts else _Part(referent=None, by="heads", confidence=0.0, open="unsure")
            return Answer(referents=(), by=None, confidence=None, form=form, open=part.open, candidates=part.candidates)
        confidence = 1.0
        for part in answered:
            confidence *= part.confidence
        return Answer(referents=tuple(referents), by=answered[0].by, confidence=round(confidence, 4), form=form)

    def _remember(self, said: Said, answer: Answer) -> None:
        discourse = self.discourse
        if len(answer.referents) > 1:
            insort(self._together(answer.referents).places, said.position)
        if said.within is None:
            self.history.add(
                Turn(
                    position=said.position,
                    sentence=discourse.sentence_at(said.position),
                    paragraph=discourse.paragraph_at(said.position),
                    speakers=answer.referents,
                    content=said.content,
                    quoted=said.quoted,
                )
            )

    def _together(self, members: tuple[int, ...]) -> Referent:
        """Return those who speak together as one, so that "they" may be them."""
        if members not in self._joint:
            name = " and ".join(self.discourse.referents[index].name for index in members)
            self._joint[members] = self.discourse.introduce(name, "group", plural=True, members=members)
        return self._joint[members]

    def _names_in(self, source: Sequence[Span]) -> list[Markable]:
        """Return the names that overlap a source."""
        start, end = source[0].start, source[-1].end
        found = []
        for occurrence in self.discourse.within(Span(max(0, start - 100), end)):
            if occurrence.name is not None and occurrence.span.end > start:
                name = self.names[occurrence.name]
                if speaks_by_name(name) and any(name.span.overlaps(span) for span in source):
                    found.append(name)
        return found


def _depth(statements: Sequence[Said], index: int) -> int:
    """Return in how many contents a statement lies."""
    depth, outer = 0, statements[index].within
    while outer is not None and depth < 8:
        depth, outer = depth + 1, statements[outer].within
    return depth
