"""A correction of a statement in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.record import Correction


def describe(correction: Correction) -> str:
    """Return what a correction says on one line."""
    before, value = before_and_after(correction)
    match correction.field:
        case "added":
            said = f"put in as {correction.statement}: {value}"
        case "deleted":
            said = f"no statement: {correction.statement}: {before}"
        case field:
            said = f"{field} of {correction.statement}: {before} -> {value}"
    state = "" if correction.state == "stands" else f" ({correction.state})"
    return f"correction {correction.id}: {said}{state}"


def before_and_after(correction: Correction) -> tuple[str, str]:
    """Return what was read and what it should be: nobody for no speaker, nothing for no words."""
    none = "nobody" if correction.field == "speaker" else "nothing"
    return correction.before or none, correction.value or none
