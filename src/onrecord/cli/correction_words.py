"""A correction of a statement in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.record import Correction


def describe(correction: Correction) -> str:
    """Return what a correction says on one line."""
    before, value = before_and_after(correction)
    state = "" if correction.state == "stands" else f" ({correction.state})"
    return f"correction {correction.id}: {correction.field} of {correction.statement}: {before} -> {value}{state}"


def before_and_after(correction: Correction) -> tuple[str, str]:
    """Return what was read and what it should be: nobody for no speaker, nothing for no words."""
    none = "nobody" if correction.field == "speaker" else "nothing"
    return correction.before or none, correction.value or none
