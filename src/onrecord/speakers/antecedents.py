"""Descriptions and pronouns to whom they refer, by the heads' scores, within what grammar allows.

Mention ranking (Durrett and Klein 2013): each occurrence asks, every earlier one within reach may answer, and so
may nobody. The chances of the answers that refer to the same are added up.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from onrecord.attribution.decoding import softmax
from onrecord.model.manifest import Pairing
from onrecord.model.scores import Floats
from onrecord.speakers.discourse import Animacy, Discourse, Occurrence, Referent
from onrecord.speakers.namewords import Gender
from onrecord.speakers.vectors import Vectors

REACH: Final = 120
"""Earlier occurrences that may answer: as in training."""
AHEAD: Final = 3
"""Later occurrences of the same sentence that may answer a pronoun ("When he came, Ilven said")."""
TOLD: Final = 1.5
"""Chances of pronouns, added up, that tell somebody's gender."""
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


def allows(asked: Asked, animacy: Animacy | None, gender: Gender | None, plural: bool | None) -> bool:
    """Tell whether grammar allows somebody as the antecedent."""
    if asked.gender and gender and asked.gender != gender:
        return False
    match asked.pronoun:
        case "he" | "she" | "i":
            return animacy in ("person", None) and plural is not True
        case "it":
            return animacy != "person" and plural is not True
        case "who":
            return animacy != "thing"
        case "which":
            return animacy != "person"
        case "they" | "we":
            return plural is not False or animacy != "person"
    if asked.animacy and animacy and asked.animacy != animacy:
        return False
    return asked.plural is None or plural is None or asked.plural == plural


class Antecedents:
    """Scores of antecedents over one report."""

    def __init__(self, discourse: Discourse, vectors: Vectors, pairing: Pairing) -> None:
        self.discourse = discourse
        self.vectors = vectors
        self.pairing = pairing
        self._none = np.array(pairing.none, dtype=np.float32)

    def scores(self, occurrence: Occurrence, asked: Asked | None = None) -> list[tuple[Referent, float, float]]:
        """Return the referents within reach that grammar allows, each with its probability and best score.

        The score is that of its best occurrence over that of nobody; the probabilities leave room for nobody.
        """
        occurrences = self.discourse.occurrences
        at = self.discourse.index_at(occurrence.span.start)
        asked = asked or Asked.by(occurrence)
        candidates = [index for index in self._within_reach(at, occurrence) if self._may_answer(asked, index)]
        if not candidates:
            return []
        asking = self.vectors.asking(occurrence.span)
        answering = self.vectors.answering([occurrences[index].span for index in candidates])
        scores = answering @ asking * np.float32(self.vectors.size**-0.5)
        form = 2 if occurrence.form == "pronoun" else 1
        scores += self._bias(form, at, candidates)
        none = float(asking @ self._none) + self.pairing.none_bias
        chances = softmax(np.append(scores, np.float32(none)))
        total: dict[int, float] = defaultdict(float)
        best: dict[int, float] = {}
        for index, chance, score in zip(candidates, chances.tolist(), scores.tolist(), strict=False):
            referent = occurrences[index].referent
            assert referent is not None
            total[referent] += chance
            best[referent] = max(best.get(referent, -99.0), score - none)
        referents = self.discourse.referents
        return sorted(
            ((referents[key], total[key], best[key]) for key in total), key=lambda row: (-row[1], row[0].index)
        )

    def _within_reach(self, at: int, occurrence: Occurrence) -> Iterator[int]:
        occurrences = self.discourse.occurrences
        yield from range(max(0, at - REACH), at)
        if occurrence.form == "pronoun":
            for index in range(at, min(len(occurrences), at + AHEAD + 1)):
                if occurrences[index].sentence == occurrence.sentence and occurrences[index] is not occurrence:
                    yield index

    def _may_answer(self, asked: Asked, index: int) -> bool:
        other = self.discourse.occurrences[index]
        if other.referent is None:
            return False
        referent = self.discourse.referents[other.referent]
        return allows(asked, referent.animacy, referent.gender, referent.plural)

    def _bias(self, form: int, at: int, candidates: list[int]) -> Floats:
        gaps = np.maximum(1, at - np.array(candidates))
        buckets = np.minimum((2 * np.log2(gaps)).astype(np.int64), len(self.pairing.distance) - 1)
        forms = [_form(self.discourse.occurrences[index]) for index in candidates]
        distance = np.array(self.pairing.distance, dtype=np.float32)[buckets]
        by_form = np.array(self.pairing.forms, dtype=np.float32)[[3 * form + other for other in forms]]
        bias: Floats = distance + by_form
        return bias


def _form(occurrence: Occurrence) -> int:
    return {"name": 0, "nominal": 1, "pronoun": 2}[occurrence.form]


def tie_all(discourse: Discourse, antecedents: Antecedents) -> None:
    """Give every description a referent, and every pronoun of the third person one if it has any."""
    for index, occurrence in enumerate(discourse.occurrences):
        if occurrence.referent is not None:
            continue
        if occurrence.form == "nominal":
            _tie_nominal(discourse, antecedents, index)
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


def _tie_nominal(discourse: Discourse, antecedents: Antecedents, index: int) -> None:
    occurrence = discourse.occurrences[index]
    apposed = find_apposed(discourse, index)
    if apposed is not None:
        discourse.assign(occurrence, apposed, by="apposition")
        return
    ranked = antecedents.scores(occurrence)
    if ranked and ranked[0][1] >= LINKED:
        discourse.assign(occurrence, ranked[0][0], by="heads", confidence=round(ranked[0][1], 4))
        return
    kind = "group" if occurrence.plural else "organization" if occurrence.animacy == "thing" else "unnamed"
    referent = discourse.introduce(
        occurrence.span.of(discourse.text),
        kind,  # type: ignore[arg-type]
        gender=occurrence.gender,
        plural=occurrence.plural,
    )
    discourse.assign(occurrence, referent, by="description")


def find_apposed(discourse: Discourse, index: int) -> Referent | None:
    """Return the person whose name stands right beside a description: "minister Ada Ilven", "Ada Ilven, a minister"."""
    text, occurrences = discourse.text, discourse.occurrences
    occurrence = occurrences[index]
    if occurrence.plural or occurrence.animacy == "thing":
        return None
    if index + 1 < len(occurrences):
        after = occurrences[index + 1]
        between = text[occurrence.span.end : after.span.start]
        if after.form == "name" and after.animacy == "person" and between == " " and after.referent is not None:
            return discourse.referents[after.referent]
    before = next((other for other in reversed(occurrences[max(0, index - 2) : index]) if other.form == "name"), None)
    if before is None or before.animacy != "person" or before.referent is None:
        return None
    between = text[before.span.end : occurrence.span.start]
    closes = text[occurrence.span.end : occurrence.span.end + 1]
    if re.fullmatch(r",\s+", between) and (
        closes in ",.;" or text.startswith((" of ", " for ", " who ", " at "), occurrence.span.end)
    ):
        return discourse.referents[before.referent]
    return None


def _tie_pronoun(discourse: Discourse, antecedents: Antecedents, index: int) -> None:
    occurrence = discourse.occurrences[index]
    relative = occurrence.pronoun is not None and occurrence.pronoun.kind in ("who", "which")
    if relative:
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
    asked = Asked.by(occurrence)
    for other in reversed(discourse.occurrences[max(0, index - 3) : index]):
        if other.referent is None or other.span.end > occurrence.span.start:
            continue
        between = discourse.text[other.span.end : occurrence.span.start]
        referent = discourse.referents[other.referent]
        if (
            len(between) <= 60
            and "." not in between.strip()
            and allows(asked, referent.animacy, referent.gender, referent.plural)
        ):
            return referent
        return None
    return None
