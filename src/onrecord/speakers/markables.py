"""Markables: the runs of text that may refer to somebody, before it is known to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.document import Span

MarkableForm = Literal["name", "nominal", "pronoun"]
MarkableKind = Literal["person", "organization", "place", "group", "document", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Markable:
    """One run of the text that may refer to somebody (the term of MUC-7)."""

    span: Span
    """The run: a name without its title, a description from its article to its last noun, a pronoun."""
    form: MarkableForm
    kind: MarkableKind
    confidence: float = 1.0
    """Probability that the heads give to the run and its kind, 0 to 1."""
