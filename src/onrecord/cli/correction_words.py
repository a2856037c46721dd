"""A correction of a statement in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.record import Correction


def describe(correction: Correction) -> str:
    """Return what a correction says on one line."""
    before, value = correction.in_words
    match correction.field:
        case "added":
            said = f"put in as {correction.statement}: {value}"
        case "deleted":
            said = f"no statement: {correction.statement}: {before}"
        case field:
            said = f"{field} of {correction.statement}: {before} -> {value}"
    state = "" if correction.state == "stands" else f" ({correction.state})"
    return f"correction {correction.id}: {said}{state}"
