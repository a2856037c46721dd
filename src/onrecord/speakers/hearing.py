"""From the heads' scores and the statements of a report to who says each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.document import Span
from onrecord.layout.kickers import ASKING, find_kicker
from onrecord.model.manifest import Pairing
from onrecord.model.scores import MentionScores
from onrecord.model.windows import Window
from onrecord.speakers.antecedents import Antecedents, tie_all
from onrecord.speakers.asking import Said
from onrecord.speakers.authors import find_author
from onrecord.speakers.discourse import Discourse
from onrecord.speakers.genders import mend_genders
from onrecord.speakers.markables import Markable
from onrecord.speakers.mentions import Mentions, apart, find_mentions, lay_out
from onrecord.speakers.resolving import Answer, Chooser, Resolver
from onrecord.speakers.settling import settle
from onrecord.speakers.tagging import read_tags
from onrecord.speakers.vectors import Vectors


class Heads:
    """What the mention heads say of a report, window by window: of each is kept what is asked for later."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.tagged: list[Markable] = []
        """The names and descriptions, by window."""
        self.vectors = Vectors()

    def add(self, window: Window, scores: MentionScores) -> None:
        """Add what they say of the next window."""
        self.tagged.extend(read_tags(self._text, window, scores))
        self.vectors.add(window, scores)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """A report whose mentions are tied, ready to be asked who speaks."""

    discourse: Discourse
    mentions: Mentions
    antecedents: Antecedents
    said: Sequence[Said]

    def resolve(self, chooser: Chooser) -> list[Answer]:
        """Return who says each statement; by it are tied anew those that are sources, and pronouns around them."""
        answers = Resolver(self.discourse, self.antecedents, self.mentions.names, chooser).resolve(self.said)
        settle(self.discourse, self.said, answers)
        return answers


def hear(
    text: str,
    said: Sequence[Said],
    *,
    paragraphs: Sequence[Span],
    sentences: Sequence[Span],
    quoted: Sequence[Span],
    heads: Heads,
    pairing: Pairing,
    authors: Sequence[str] = (),
    silent: Sequence[Span] = (),
) -> Hearing:
    """Find who is mentioned in a report, and tie descriptions and pronouns to them.

    Args:
        text: the document's text.
        said: its statements, in order.
        paragraphs: the runs that are read, by start.
        sentences: their sentences, by start.
        quoted: the insides of its outermost quotations, by start.
        heads: what the mention heads said of its windows.
        pairing: the manifest's values for pairs of mentions.
        authors: who wrote it, as the document's metadata say.
        silent: its datelines, credits and kickers, by start; no name goes on from one into the story.
    """
    mentions = find_mentions(
        text, paragraphs, _without_kickers(text, heads.tagged, silent), [each.source for each in said if each.source]
    )
    discourse = lay_out(text, paragraphs, sentences, quoted, mentions)
    author = find_author(discourse, authors)
    if author is not None:
        discourse.author = author
    mend_genders(discourse)
    antecedents = Antecedents(discourse, heads.vectors, pairing, silent=silent)
    tie_all(discourse, antecedents)
    return Hearing(discourse=discourse, mentions=mentions, antecedents=antecedents, said=said)


def _without_kickers(text: str, tagged: Sequence[Markable], silent: Sequence[Span]) -> list[Markable]:
    """Return names and descriptions apart from silent runs, without those in a kicker, or that a headline asks for."""
    kickers = [run for run in silent if find_kicker(text, run.start) == run]
    kept = (apart(text, each, silent) for each in tagged if not any(run.contains(each.span) for run in kickers))
    ends = {run.end for run in kickers}
    return [each for each in kept if each.span.start not in ends or each.span.of(text) not in ASKING]
