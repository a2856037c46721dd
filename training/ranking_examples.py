"""The speaker gold to what the ranker is trained on: for each query its candidates' features, and which are right."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from corpora import Spoken
from onrecord.document import Document, Span
from onrecord.given import hear_given
from onrecord.model import Model
from onrecord.model.scores import Sightings, WindowScores
from onrecord.model.windows import Window
from onrecord.speakers.asking import Ask, Said
from onrecord.speakers.discourse import Discourse
from onrecord.speakers.hearing import Hearing
from onrecord.speakers.resolving import Choice, Chooser

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "shared" / "eval"))


class StatesModel(Model):
    """A model whose windows come with the states that the ranker's network is to read, in place of what it read.

    It keeps what it said of each window: every report is read six times.
    """

    _kept: dict[bytes, WindowScores] | None = None

    def tag(self, window: Window) -> WindowScores:
        """Score a window; ``read`` is [T, 2 H], the last states and the lower ones."""
        kept = self._kept = {} if self._kept is None else self._kept
        key = window.ids.tobytes() + window.features.tobytes()
        if key not in kept:
            scores = super().tag(window)
            states = np.concatenate([scores.hidden[0], scores.lower], axis=1).astype(np.float16)
            nothing = np.zeros((1, 0, 0), np.float32)
            kept[key] = replace(scores, mentions=replace(scores.mentions, read=states), hidden=nothing, lower=nothing)
        return kept[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One query: a row a candidate, and which rows are right."""

    report: str
    statement: int
    asks: str
    rows: np.ndarray
    right: np.ndarray
    seen: Sightings


@dataclass(slots=True, kw_only=True)
class Oracle:
    """Writes down what was asked, with the gold's answer; answers with it, or with what a ranker says."""

    report: Spoken
    discourse: Discourse
    follow: Chooser | None = None
    """Answers in place of the gold, so that the ranker learns to go on from its own mistakes (DAgger, Ross 2011)."""
    meant: dict[int, str] = field(default_factory=dict)
    """For referents that the oracle introduced or tied: the gold entity."""
    groups: list[Group] = field(default_factory=list)
    _known: dict[str, str | None] = field(default_factory=dict)
    """For each name that was asked for: the gold entity that bears it."""

    def choose(self, ask: Ask, statement: int, part: int) -> Choice:
        """Choose what the gold says."""
        gold = self.report.speakers.get(statement, ())
        right = self._right(ask, gold, part)
        if right:
            marks = np.zeros(len(ask.candidates), dtype=bool)
            marks[right] = True
            self.groups.append(
                Group(
                    report=self.report.id,
                    statement=statement,
                    asks=ask.query.asks,
                    rows=np.array(ask.rows, dtype=np.float32),
                    right=marks,
                    seen=ask.seen,
                )
            )
        index = right[0] if right else None
        if self.follow is not None:
            index = self.follow.choose(ask, statement, part).index
        if index is not None and ask.candidates[index].referent is None and not ask.candidates[index].nobody and gold:
            self.meant[len(self.discourse.referents)] = gold[min(part, len(gold) - 1)]
        return Choice(index=index, confidence=1.0, ranked=())

    def _right(self, ask: Ask, gold: Sequence[str], part: int) -> list[int]:
        nobody = len(ask.candidates) - 1
        new = nobody - 1
        if not gold:
            return [nobody]
        if len(gold) > 1:
            joint = [
                index
                for index, each in enumerate(ask.candidates)
                if each.referent is not None
                and each.referent.members
                and {self._gold_of(member) for member in each.referent.members} == set(gold)
            ]
            if joint:
                return joint
            if part >= len(gold):
                return []
        wanted = gold[min(part, len(gold) - 1)]
        found = [
            index
            for index, each in enumerate(ask.candidates)
            if each.referent is not None and not each.referent.members and self._gold_of(each.referent.index) == wanted
        ]
        if found:
            return found
        exists = any(self._gold_of(referent.index) == wanted for referent in self.discourse.referents)
        return [] if exists or ask.query.asks == "implicit" else [new]

    def _gold_of(self, index: int) -> str | None:
        from score_speakers import same  # only where ../shared is

        if index in self.meant:
            return self.meant[index]
        referent = self.discourse.referents[index]
        if referent.kind == "author":
            found = [key for key, entity in self.report.entities.items() if entity["kind"] == "author"]
            return found[0] if found else None
        if not referent.named:
            return None
        if referent.name not in self._known:
            doc = {"entities": self.report.entities}
            fitting = (key for key, entity in self.report.entities.items() if same(referent.name, entity, doc))
            self._known[referent.name] = next(fitting, None)
        return self._known[referent.name]


def hear_gold(report: Spoken, model: Model) -> Hearing:
    """Read a report with its gold attributions."""
    given = [said_of(attribution) for attribution in report.attributions]
    return hear_given(Document.from_text(report.text), given, model)


def said_of(attribution: dict[str, list[list[int]]]) -> Said:
    """Return the spans of an attribution of the gold."""
    source, cue, content = (tuple(Span(*span) for span in attribution[role]) for role in ("source", "cue", "content"))
    return Said(source=source, cue=cue, content=content)


def groups_of(report: Spoken, model: Model, follow: Chooser | None = None) -> list[Group]:
    """Return the queries of a report, the earlier ones answered by the gold, or by a ranker."""
    hearing = hear_gold(report, model)
    oracle = Oracle(report=report, discourse=hearing.discourse, follow=follow)
    hearing.resolve(oracle)
    for group in oracle.groups[:1]:  # all of a report's have the same rows
        group.seen.read.close()
    return oracle.groups
