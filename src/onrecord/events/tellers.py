"""Who only tells of an event: the source of a statement, whose clause names others as those who did it.

"Officials in Sel said that 14 people were killed" and "Ilven called the raid a crime" have one name each, and it is not
that of who did it. The network takes whoever is near for the actor; those who tell are no choice for it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from onrecord.attribution.inflection import lemmas_of
from onrecord.document import Span
from onrecord.events.asserting import CHARGING, FINITE, LINKS, NAMING, RELATIVE, words_of
from onrecord.reading import Statement
from onrecord.wordlists import word_set

WITH_CLAUSE: Final = word_set("say tell add note insist argue believe think according know")
"""Words of saying whose content is a clause, also where no finite verb of it is known here."""
OWN: Final = word_set("his her its their my our")
"""What makes a deed that somebody judges their own: "Ilven praised her raid"."""
WORDS_READ: Final = 12


class Tellers:
    """The sources of a report's statements whose content tells what others did, to be asked by place."""

    def __init__(self, text: str, statements: Sequence[Statement]) -> None:
        told = [each for each in statements if each.source and each.cue and tells_of_others(text, each)]
        self._told = sorted((span, each.source) for each in told for span in each.content)
        self._starts = [span.start for span, _ in self._told]
        self._ends: list[int] = []
        """The furthest end of the contents up to each: none before can hold what lies beyond it."""
        for span, _ in self._told:
            self._ends.append(max(span.end, self._ends[-1] if self._ends else 0))

    def of(self, trigger: Span) -> Iterator[tuple[Span, tuple[Span, ...]]]:
        """Yield the contents that hold a trigger, each with the source of whoever tells it."""
        for at in range(bisect_right(self._starts, trigger.start) - 1, -1, -1):
            if self._ends[at] < trigger.end:
                return
            content, source = self._told[at]
            if content.end >= trigger.end:
                yield content, source


def tells_of_others(text: str, statement: Statement) -> bool:
    """Tell whether who does something in a content is named in it, or is at least not the speaker.

    Not of a deed, whose speaker does it ("denied shelling", "vowed to seize"), nor of a thing put forward ("announced a
    raid"). Of a quotation, a clause, and what is judged or charged ("called the raid a crime", "accused Norland of").
    """
    if statement.form == "direct":
        return True
    verbs = {lemma for span in statement.cue for word in words_of(text, span) for lemma in lemmas_of(word)}
    words = [word for span in statement.content for word in words_of(text, span)][:WORDS_READ]
    if not words or words[0] == "to" or words[0].endswith("ing") or words_of(text, statement.cue[-1])[-1:] == ["to"]:
        return False
    if words[0] in LINKS:
        return False
    if statement.cue_class in CHARGING or not NAMING.isdisjoint(verbs):
        return OWN.isdisjoint(words)
    if not WITH_CLAUSE.isdisjoint(verbs) or words[0] == "that":
        return True
    end = next((at for at, word in enumerate(words) if at and word in RELATIVE), len(words))
    return any(word in FINITE and words[at - 1] != "to" for at, word in enumerate(words[:end]) if at)
