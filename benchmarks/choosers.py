"""What answers without the ranker: rules alone, and the heads' scores of antecedents alone.

Names, relative pronouns, the first person and quotations that go on are settled before anybody is asked, so they
are the same for both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.speakers.asking import Ask
from onrecord.speakers.discourse import Discourse
from onrecord.speakers.resolving import Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesAlone:
    """A pronoun is whoever was named last and grammar allows; a description is somebody new; no source is nobody."""

    discourse: Discourse

    def choose(self, ask: Ask, statement: int, part: int) -> Choice:  # noqa: ARG002 - the interface has them
        """Choose among the candidates of a query; the last two are "somebody new" and "nobody"."""
        new, nobody = len(ask.candidates) - 2, len(ask.candidates) - 1
        if ask.query.asks == "implicit":
            return answered(nobody)
        if ask.query.asks == "nominal":
            return answered(new)
        return answered(self._named_last(ask, nobody))

    def _named_last(self, ask: Ask, nobody: int) -> int:
        places = {each.referent.index: index for index, each in enumerate(ask.candidates) if each.referent is not None}
        occurrences = self.discourse.occurrences
        for at in range(self.discourse.index_at(ask.query.span.start) - 1, -1, -1):
            referent = occurrences[at].referent
            if occurrences[at].form != "name" or referent is None or referent not in places:
                continue
            if ask.query.asked.allows(self.discourse.referents[referent]):
                return places[referent]
        return nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadsAlone:
    """The antecedent that the heads give the best chance; the rest of the chance is nobody's, or somebody's new."""

    def choose(self, ask: Ask, statement: int, part: int) -> Choice:  # noqa: ARG002 - the interface has them
        """Choose among the candidates of a query; the last two are "somebody new" and "nobody"."""
        chances = [
            ask.pairs.get(each.referent.index, (0.0, 0.0))[0] if each.referent is not None else 0.0
            for each in ask.candidates
        ]
        none = -2 if ask.query.asks == "nominal" else -1
        chances[none] = max(0.0, 1.0 - sum(chance for chance, _ in ask.pairs.values()))
        return ranked_by(chances)


def answered(index: int) -> Choice:
    """Return an answer that nothing is weighed for."""
    return Choice(index=index, confidence=1.0, ranked=(index,))


def ranked_by(chances: Sequence[float]) -> Choice:
    """Return the candidate with the best chance, the others behind it."""
    ranked = tuple(sorted(range(len(chances)), key=lambda index: (-chances[index], index)))
    return Choice(index=ranked[0], confidence=chances[ranked[0]], ranked=ranked)
