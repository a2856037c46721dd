"""Descriptions and pronouns to whom they refer, by the heads' scores, within what grammar allows.

Mention ranking (Durrett and Klein 2013): each occurrence asks, every earlier one within reach may answer, and so
may nobody. The chances of the answers that refer to the same are added up.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final

import numpy as np

from onrecord.attribution.decoding import softmax
from onrecord.document import Span
from onrecord.model.manifest import Pairing
from onrecord.model.scores import Floats
from onrecord.speakers.discourse import Animacy, Discourse, Occurrence, Referent, ReferentKind
from onrecord.speakers.markables import MarkableForm
from onrecord.speakers.namewords import Gender
from onrecord.speakers.vectors import Vectors

REACH: Final = 120
"""Earlier occurrences that may answer: as in training."""
COMMA: Final = re.compile(r",\s+")
APPOSED_ON: Final = re.compile(r" (?:of|for|who|whose|at|in|from|with|behind|[a-z]{2,20}ing) ")
"""What a description behind a name goes on with: "Ada Ilven, the lawyer running for mayor"."""
RELATIVE_REACH: Final = 60
"""Code points between a relative pronoun and whom it stands behind: "Ada Ilven, the mayor of Belvar, who"."""
AHEAD: Final = 3
"""Later occurrences of the same sentence that may answer a pronoun ("When he came, Ilven said")."""
TOLD: Final = 1.5
"""Chances of pronouns, added up, that tell somebody's gender."""
FORMS: Final[tuple[MarkableForm, ...]] = ("name", "nominal", "pronoun")
"""In the order of the manifest's values for pairs of forms."""
WORST: Final = -99.0
"""Score that everybody has at least."""
HELD: Final = 0.8
"""Confidence of a title that only one of the report's people has."""
LINKED: Final = 0.6
"""A description that is no source refers to somebody met before only at this probability."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is known of the antecedent that an occurrence asks for."""

    animacy: Animacy | None
    gender: Gender | None
    plural: bool | None
    pronoun: str | None = None

    @classmethod
    def by(cls, occurrence: Occurrence) -> Asked:
        """Return what an occurrence asks for."""
        return cls(
            animacy=occurrence.animacy,
            gender=occurrence.gender,
            plural=occurrence.plural,
            pronoun=occurrence.pronoun.kind if occurrence.pronoun else None,
        )

    def allows(self, referent: Referent) -> bool:
        """Tell whether grammar allows somebody as the antecedent; what is not known speaks against nobody."""
        animacy, plural = referent.animacy, referent.plural
        match self.pronoun:
            case "he" | "she" | "i":
                agrees = animacy in ("person", None) and plural is not True
            case "it":
                agrees = animacy != "person" and plural is not True
            case "who":
                agrees = animacy != "thing"
            case "which":
                agrees = animacy != "person"
            case "they" | "we":
                agrees = plural is not False or animacy != "person"
            case _:
                agrees = _same_or_unknown(self.animacy, animacy) and _same_or_unknown(self.plural, plural)
        return agrees and _same_or_unknown(self.gender, referent.gender)


def _same_or_unknown(asked: object, known: object) -> bool:
    return asked is None or known is None or asked == known


_Answer = tuple[Occurrence, int, int]
"""An occurrence that may answer, its referent, and how many before the one that asks it stands: 1 behind that, too."""


class Antecedents:
    """Scores of antecedents over one report."""

    def __init__(
        self, discourse: Discourse, vectors: Vectors, pairing: Pairing, *, silent: Sequence[Span] = ()
    ) -> None:
        """Learn all occurrences of a report; in ``silent`` runs nobody is named whom the story goes on about."""
        self.discourse = discourse
        self.vectors = vectors
        self.pairing = pairing
        self._none = np.array(pairing.none, dtype=np.float32)
        self._bias = _biases(pairing)
        self._credited = frozenset(_credited(discourse, silent))
        vectors.learn(each.span for each in discourse.occurrences)

    def scores(self, occurrence: Occurrence, asked: Asked | None = None) -> list[tuple[Referent, float, float]]:
        """Return the referents within reach that grammar allows, each with its probability and best score.

        The score is that of its best occurrence over that of nobody; the probabilities leave room for nobody.
        """
        answers = self._answers(occurrence, asked or Asked.by(occurrence))
        if not answers:
            return []
        scores, nobody = self._score(occurrence, answers)
        chances = softmax(np.concatenate((scores, (np.float32(nobody),))))
        total: dict[int, float] = defaultdict(float)
        best: dict[int, float] = defaultdict(lambda: WORST)
        for (_, referent, _), chance, score in zip(answers, chances.tolist(), scores.tolist(), strict=False):
            total[referent] += chance
            best[referent] = max(best[referent], score - nobody)
        referents = self.discourse.referents
        return sorted(
            ((referents[key], total[key], best[key]) for key in total), key=lambda row: (-row[1], row[0].index)
        )

    def _answers(self, occurrence: Occurrence, asked: Asked) -> list[_Answer]:
        """Return the occurrences that may answer."""
        referents, occurrences = self.discourse.referents, self.discourse.occurrences
        at = self.discourse.index_at(occurrence.span.start)
        allowed: dict[int, bool] = {}
        answers = []
        for index in self._within_reach(at, occurrence):
            other = occurrences[index]
            referent = other.referent
            if referent is None:
                continue
            allows = allowed.get(referent)
            if allows is None:
                allows = allowed[referent] = asked.allows(referents[referent])
            if allows and other.span not in self._credited:
                answers.append((other, referent, at - index if index < at else 1))
        return answers

    def _score(self, occurrence: Occurrence, answers: Sequence[_Answer]) -> tuple[Floats, float]:
        """Return the [N] scores of occurrences as the answer, and that of nobody."""
        asking = self.vectors.asking(occurrence.span)
        answering = self.vectors.answering([each.span for each, _, _ in answers])
        bias = self._bias["nominal" if occurrence.form == "name" else occurrence.form]  # the heads never saw a name ask
        scores: Floats = answering @ asking * np.float32(self.vectors.size**-0.5)
        scores += np.array([bias[each.form][gap] for each, _, gap in answers], np.float32)
        return scores, float(asking @ self._none) + self.pairing.none_bias

    def _within_reach(self, at: int, occurrence: Occurrence) -> Iterable[int]:
        before = range(max(0, at - REACH), at)
        if occurrence.form != "pronoun":
            return before
        occurrences = self.discourse.occurrences
        ahead = self.discourse.ahead(at, occurrence.sentence, AHEAD + 1)
        return chain(before, (index for index in ahead if occurrences[index] is not occurrence))


def _credited(discourse: Discourse, silent: Sequence[Span]) -> Iterator[Span]:
    """Yield where somebody is named for a picture or an agency only: "Photo: Ivo Lanter" is not "the minister"."""
    for run in silent:
        for each in discourse.within(run):
            if each.form == "name" and each.animacy == "person" and run.contains(each.span):
                yield each.span


@lru_cache(maxsize=1)  # the values are the loaded model's, the same for every report
def _biases(pairing: Pairing) -> dict[MarkableForm, dict[MarkableForm, list[float]]]:
    """Return what form and distance add to a score: by the form that asks, the one that answers, and how far before."""
    gaps = np.maximum(1, np.arange(REACH + 1))
    buckets = np.minimum((2 * np.log2(gaps)).astype(np.int64), len(pairing.distance) - 1)
    distance = np.array(pairing.distance, dtype=np.float32)[buckets]
    forms = np.array(pairing.forms, dtype=np.float32).reshape(len(FORMS), len(FORMS), 1)
    bias = (distance + forms).tolist()
    return {
        asks: {answers: bias[row][column] for column, answers in enumerate(FORMS)} for row, asks in enumerate(FORMS)
    }


def tie_all(discourse: Discourse, antecedents: Antecedents) -> None:
    """Give every description a referent, and every pronoun of the third person one if it has any."""
    offices = _offices(discourse)
    for index, occurrence in enumerate(discourse.occurrences):
        if occurrence.referent is not None:
            continue
        if occurrence.form == "nominal":
            _tie_nominal(discourse, antecedents, index, offices)
        elif occurrence.pronoun and occurrence.pronoun.kind not in ("i", "we"):
            _tie_pronoun(discourse, antecedents, index)
    _tell_gender(discourse)


def _tell_gender(discourse: Discourse) -> None:
    """Give people whose names tell no gender that of the pronouns tied to them, where these agree."""
    votes: dict[int, dict[Gender, float]] = {}
    for occurrence in discourse.occurrences:
        if occurrence.form == "pronoun" and occurrence.gender and occurrence.referent is not None:
            tally = votes.setdefault(occurrence.referent, {})
            tally[occurrence.gender] = tally.get(occurrence.gender, 0.0) + occurrence.confidence
    for index, tally in votes.items():
        referent = discourse.referents[index]
        best = max(tally, key=lambda gender: (tally[gender], gender))
        if referent.gender is None and tally[best] >= TOLD and tally[best] >= 4 * (sum(tally.values()) - tally[best]):
            referent.gender = best


def _offices(discourse: Discourse) -> dict[str, set[int]]:
    """Return who has each title, in lower case."""
    offices: dict[str, set[int]] = {}
    for index, roles in discourse.roles.items():
        for role in roles:
            offices.setdefault(role.title.lower(), set()).add(index)
    return offices


def _tie_nominal(discourse: Discourse, antecedents: Antecedents, index: int, offices: Mapping[str, set[int]]) -> None:
    occurrence = discourse.occurrences[index]
    apposed = find_apposed(discourse, index)
    if apposed is not None:
        discourse.assign(occurrence, apposed, by="apposition")
        return
    ranked = antecedents.scores(occurrence)
    if ranked and ranked[0][1] >= LINKED:
        discourse.assign(occurrence, ranked[0][0], by="heads", confidence=round(ranked[0][1], 4))
        return
    holder = _office_holder(discourse, occurrence, offices)
    if holder is not None:
        discourse.assign(occurrence, holder, by="role", confidence=HELD)
        return
    kind: ReferentKind = (
        "group" if occurrence.plural else "organization" if occurrence.animacy == "thing" else "unnamed"
    )
    name = occurrence.span.of(discourse.text)
    referent = discourse.introduce(name, kind, gender=occurrence.gender, plural=occurrence.plural)
    discourse.assign(occurrence, referent, by="description")


def _office_holder(discourse: Discourse, occurrence: Occurrence, offices: Mapping[str, set[int]]) -> Referent | None:
    """Return the only one of whom the report says just that: "the mayor", where one is "Mayor Ada Ilven"."""
    words = occurrence.span.of(discourse.text).lower()
    if not words.startswith("the ") or discourse.text.startswith((" of ", " for "), occurrence.span.end):
        return None
    holders = offices.get(words.removeprefix("the "), set())
    return discourse.referents[min(holders)] if len(holders) == 1 else None


def find_apposed(discourse: Discourse, index: int) -> Referent | None:
    """Return the person whose name stands right beside a description: "minister Ada Ilven", "Ada Ilven, a minister"."""
    occurrence = discourse.occurrences[index]
    if occurrence.plural or occurrence.animacy == "thing":
        return None
    return _named_after(discourse, index) or _named_before(discourse, index)


def _named_after(discourse: Discourse, index: int) -> Referent | None:
    occurrences = discourse.occurrences
    if index + 1 == len(occurrences):
        return None
    after = occurrences[index + 1]
    between = discourse.text[occurrences[index].span.end : after.span.start]
    return _person_named(discourse, after) if between == " " else None


def _named_before(discourse: Discourse, index: int) -> Referent | None:
    text, occurrence = discourse.text, discourse.occurrences[index]
    nearest = reversed(discourse.occurrences[max(0, index - 2) : index])
    before = next((other for other in nearest if other.form == "name"), None)
    if before is None or not COMMA.fullmatch(text, before.span.end, max(before.span.end, occurrence.span.start)):
        return None
    closes = text[occurrence.span.end : occurrence.span.end + 1] in ",.;"
    goes_on = APPOSED_ON.match(text, occurrence.span.end) is not None
    return _person_named(discourse, before) if closes or goes_on else None


def _person_named(discourse: Discourse, occurrence: Occurrence) -> Referent | None:
    return None if occurrence.person is None else discourse.referents[occurrence.person]


def _tie_pronoun(discourse: Discourse, antecedents: Antecedents, index: int) -> None:
    occurrence = discourse.occurrences[index]
    if occurrence.pronoun is not None and occurrence.pronoun.kind in ("who", "which"):
        before = find_before(discourse, index)
        if before is not None:
            discourse.assign(occurrence, before, by="relative")
        return
    ranked = antecedents.scores(occurrence)
    if ranked and ranked[0][1] > 1 - sum(chance for _, chance, _ in ranked):
        discourse.assign(occurrence, ranked[0][0], by="heads", confidence=round(ranked[0][1], 4))


def find_before(discourse: Discourse, index: int) -> Referent | None:
    """Return whom a relative pronoun stands right behind: "Ada Ilven, who"."""
    occurrence = discourse.occurrences[index]
    for other in reversed(discourse.occurrences[max(0, index - 3) : index]):
        if other.referent is None or other.span.end > occurrence.span.start:
            continue
        between = discourse.text[other.span.end : occurrence.span.start]
        if between.startswith(("'s ", "’s ")):
            return None  # "Ilven's chief of staff, who" is the chief of staff
        referent = discourse.referents[other.referent]
        near = len(between) <= RELATIVE_REACH and "." not in between
        return referent if near and Asked.by(occurrence).allows(referent) else None
    return None
