"""Who says each statement: the parts of its source, or its lack, to the referents that are meant.

Statements are read in order, those inside others' contents after all the rest. What a name or a rule settles is
settled so; everything else is asked of the ranker, and what nobody answers stays open, with the reason.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from onrecord.document import Span
from onrecord.reading import OpenReason, SourceForm
from onrecord.speakers.answering import ANSWERED, answerer
from onrecord.speakers.antecedents import HELD, Antecedents
from onrecord.speakers.asking import (
    Ask,
    Said,
    candidates_for,
    depth_of,
    is_quoted,
    owners_of,
    pairs_of,
    query_of_part,
    query_without_source,
)
from onrecord.speakers.described import look_before
from onrecord.speakers.discourse import NEW_KINDS, Discourse, Occurrence, Referent
from onrecord.speakers.features import Featuriser, History, Query, Turn
from onrecord.speakers.headnouns import look_up as look_up_noun
from onrecord.speakers.markables import Markable, MarkableForm
from onrecord.speakers.mentions import speaks_by_name
from onrecord.speakers.offices import holder_of
from onrecord.speakers.pronouns import pronoun_of
from onrecord.speakers.register import look_up, metonym
from onrecord.speakers.relatives import RELATIVES, clause_behind, is_apposition, phrase_before_relative
from onrecord.speakers.sightings import sightings_of
from onrecord.speakers.sources import SourcePart, analyse_source, find_agent, is_impersonal
from onrecord.speakers.together import (
    counted_together,
    family_together,
    listed_before,
    named_together,
    pollsters_together,
    subjects_together,
)
from onrecord.speakers.turnlabels import is_letter
from onrecord.speakers.voices import find_voices, voice_at

RELATIVE_REACH: Final = 200
CERTAIN_NAME: Final = 0.98
DOUBTED_NAME: Final = 0.9
FIRST_PERSON: Final = 0.75
TOGETHER: Final = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was answered to a query."""

    index: int | None
    """Which of the candidates; None for "left open"."""
    confidence: float
    ranked: tuple[int, ...]
    """The candidates' indices, the likeliest first; none in training, where the gold chooses."""


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


UNMARKED: Final = Answer(referents=(), by=None, confidence=None, form="implicit", open="no antecedent")
"""The answer of a given statement of which no word is marked, as some of PolNeAR's are."""


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
        self.voices = find_voices(discourse)
        self._answered: dict[Span, _Part] = {}
        """Parts of sources that were asked about: "her council is divided and wary" is one source of two statements."""
        self._joint: dict[tuple[int, ...], Referent] = {}
        """Those who spoke together, by their members."""
        self._governments = {
            entry.name: referent
            for referent in discourse.referents
            if referent.kind in ("country", "organization")
            if (entry := look_up(referent.name)) is not None and entry.kind in ("country", "body")
        }
        """Countries and bodies of the report, by their English names."""

    def resolve(self, statements: Sequence[Said]) -> list[Answer]:
        """Return who says each statement."""
        answers: dict[int, Answer] = {}
        marked = (index for index, said in enumerate(statements) if said.source or said.cue or said.content)
        for index in sorted(marked, key=lambda index: (depth_of(statements, index), statements[index].position)):
            said = statements[index]
            answer = self._answer(said, index, answers)
            answers[index] = answer
            self._remember(said, answer)
        return [answers.get(index, UNMARKED) for index in range(len(statements))]

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
        asked = answerer(self.discourse, said)
        if asked is not None:
            return self._joined([_Part(referent=asked, by="asked", confidence=ANSWERED)], "implicit")
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
        voice = voice_at(self.voices, said.content[0].start) if said.content else None
        interview = any(each.asked for each in self.voices)  # a letter goes on about others
        if voice is not None and interview and not voice.asked and not impersonal:
            part = _Part(referent=voice.referent, by="first-person", confidence=FIRST_PERSON)
            return self._joined([part], "implicit")
        query = query_without_source(self.discourse, said, impersonal=impersonal)
        part = self._ask(query, index, 0, heading=None)
        return self._joined([part], "implicit")

    def _answer_part(self, said: Said, index: int, at: int, part: SourcePart, outer: Answer | None) -> _Part:
        named = self._answer_letter(part) or self._counted(part) or self._answer_by_name(part)
        if named is not None:
            return named
        if part.kind == "name":
            part = replace(part, kind="nominal", name=None)
        if part.kind == "pronoun":
            part = self._described_those(part)
        if part.kind == "pronoun":
            by_rule = self._answer_by_rule(part, outer)
            if by_rule is not None:
                return by_rule
            named = self._named_before(part)
            if named is not None:
                return named
            before = self._phrase_before(part)
            if before is not None:
                return self._answer_phrase(said, index, at, before, outer)
        if part.span not in self._answered:
            answer = self._ask_part(said, index, at, part)
            if answer.referent is None:
                return answer
            self._answered[part.span] = answer
        return self._answered[part.span]

    def _answer_by_rule(self, part: SourcePart, outer: Answer | None) -> _Part | None:
        """Return whom a pronoun means where its person, or the list before it, leaves no choice."""
        by_person = self._answer_first_person(part, outer) or self._answer_second_person(part)
        return by_person or self._subjects_together(part)

    def _answer_phrase(self, said: Said, index: int, at: int, before: SourcePart, outer: Answer | None) -> _Part:
        """Return whom a relative pronoun means: who is named or described right before it."""
        answer = self._answer_part(replace(said, source=(before.span,)), index, at, before, outer)
        return replace(answer, by="relative") if answer.by == "name" else answer

    def _ask_part(self, said: Said, index: int, at: int, part: SourcePart) -> _Part:
        """Ask the ranker who a description or a pronoun is."""
        voice = voice_at(self.voices, part.span.start)
        if part.kind == "pronoun":
            look_before(self.discourse, part)
        query = query_of_part(
            self.discourse,
            said,
            part,
            owners_of(self.discourse, part.owners),
            together=self._named_together(part),
            voice=voice.referent if voice else None,
        )
        answer = self._ask(query, index, at, heading=part)
        if answer.referent is not None:
            self._mark(part, query, self.discourse.referents[answer.referent])
        return answer

    def _named_together(self, part: SourcePart) -> tuple[int, ...]:
        """Return those named together near before a part that may mean several, made referents of their own."""
        if not part.plural and part.head.of(self.discourse.text).lower() not in ("who", "neither", "each"):
            return ()
        found = []
        for place, members in named_together(self.discourse, part.span.start):
            if any(self.discourse.referents[index].members for index in members):
                continue
            joint = self._together(members)
            if place not in joint.places:
                insort(joint.places, place)
            found.append(joint.index)
        return tuple(found)

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
        voice = voice_at(self.voices, part.span.start)
        if voice is not None and not voice.asked and pronoun.kind == "i":
            return _Part(referent=voice.referent, by="first-person", confidence=FIRST_PERSON)
        author = self.discourse.author
        if is_quoted(self.discourse, part.span.start) or (pronoun.kind == "we" and author.kind == "author"):
            return None
        return _Part(referent=author.index, by="first-person", confidence=FIRST_PERSON)

    def _answer_second_person(self, part: SourcePart) -> _Part | None:
        """Return whom an interviewer says "you" to."""
        voice = voice_at(self.voices, part.span.start)
        if voice is None or not voice.asked or part.head.of(self.discourse.text).lower() != "you":
            return None
        return _Part(referent=voice.referent, by="first-person", confidence=FIRST_PERSON)

    def _answer_letter(self, part: SourcePart) -> _Part | None:
        """Return whose answers "A:" stands before, and who asks; where the report presents nobody, that is open."""
        if not is_letter(part.span.of(self.discourse.text)):
            return None
        voice = voice_at(self.voices, part.span.start)
        who = None if voice is None else voice.asker if voice.asked else voice.referent
        if who is None:
            return _Part(referent=None, by="heads", confidence=0.0, open="no antecedent")
        return _Part(referent=who, by="first-person", confidence=FIRST_PERSON)

    def _phrase_before(self, part: SourcePart) -> SourcePart | None:
        """Return the phrase that a relative pronoun stands right behind, as if it were the source."""
        if part.head.of(self.discourse.text).lower() not in RELATIVES:
            return None
        text = self.discourse.text
        sentence = self.discourse.sentences[self.discourse.sentence_at(part.span.start)]
        start = max(sentence.start, part.span.start - RELATIVE_REACH)
        span = phrase_before_relative(text, start, part.span.start)
        if span is None:
            return None
        parts = analyse_source(text, (span,), self._names_in((span,)))
        if not parts:
            return None
        return self._those(parts[-1], sentence) if parts[-1].kind == "pronoun" else parts[-1]

    def _subjects_together(self, part: SourcePart) -> _Part | None:
        """Return those whom "they" means where a list of two or more is what the sentence before is about."""
        pronoun = pronoun_of(part.head.of(self.discourse.text))
        if pronoun is None or pronoun.kind != "they" or part.span != part.head:
            return None
        return self._all_of(subjects_together(self.discourse, part.span.start))

    def _counted(self, part: SourcePart) -> _Part | None:
        """Return whom "both", "the Ilvens" or "who" behind a list means, or who made a poll together."""
        means = (counted_together, pollsters_together, listed_before, family_together)
        return self._all_of(next((found for each in means if (found := each(self.discourse, part.span))), ()))

    def _all_of(self, members: Sequence[int]) -> _Part | None:
        """Return several who are meant as one; None for fewer than two, and where one of them is several already."""
        if len(members) < 2 or any(self.discourse.referents[index].members for index in members):
            return None
        return _Part(referent=self._together(members).index, by="together", confidence=TOGETHER)

    def _named_before(self, part: SourcePart) -> _Part | None:
        """Return whose name a relative pronoun stands behind, right there or with what describes them between."""
        word = part.head.of(self.discourse.text).lower()
        if word not in RELATIVES:
            return None
        text, start = self.discourse.text, part.span.start
        sentence = self.discourse.sentences[self.discourse.sentence_at(start)]
        reach = Span(max(sentence.start, start - RELATIVE_REACH), start)
        names = [each for each in self.discourse.within(reach) if each.form == "name" and each.span.end <= start]
        for name in reversed(names):
            fits = name.animacy == "person" if word in ("who", "whom", "whose") else name.animacy == "thing"
            if fits and name.referent is not None and is_apposition(text[name.span.end : start]):
                return _Part(referent=name.referent, by="relative", confidence=DOUBTED_NAME)
        return None

    def _described_those(self, part: SourcePart) -> SourcePart:
        """Return "those" as a description where a clause says who they are; any other pronoun as it is."""
        if part.head.of(self.discourse.text).lower() not in ("those", "these"):
            return part
        sentence = self.discourse.sentences[self.discourse.sentence_at(part.span.start)]
        return self._those(part, sentence) or part

    def _those(self, part: SourcePart, sentence: Span) -> SourcePart | None:
        """Return "those who were there" as the description that it is; None for a pronoun that describes nobody."""
        clause = clause_behind(self.discourse.text, part.span, sentence.end)
        if clause is None:
            return None
        heading = Span(part.span.start, clause)
        return replace(part, kind="nominal", heading=heading, category="group", plural=True, definite=False)

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
        seen = sightings_of(discourse, self.antecedents.vectors, query, candidates)
        ask = Ask(query=query, candidates=candidates, pairs=pairs, rows=rows, seen=seen)
        choice = self.chooser.choose(ask, statement, at)
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
        holder = holder_of(discourse, query, heading)
        if holder is not None and choice.ranked and candidates[choice.ranked[0]].referent in (None, holder):
            return _Part(referent=holder.index, by="role", confidence=HELD)
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
            joint = self._together(answer.referents)
            insort(joint.places, said.position)
            self.history.together.append(joint.index)
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

    def _together(self, members: Sequence[int]) -> Referent:
        """Return those who speak together as one, so that "they" may be them."""
        members = tuple(sorted(members))
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
