"""What becomes of a report that is to be added, and how many there are of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from onrecord.document import Document
from onrecord.errors import SourceError
from onrecord.reading import DocumentRecord
from onrecord.record.runs import Aside
from onrecord.record.writing import Added, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A report that the record holds now, on the disk: nothing that follows takes it away."""

    origin: str
    """The file, address or place in a source that it was read from."""
    outcome: Outcome
    """``added``; ``revision``, of another text; ``reread`` by a newer reader; ``skipped``, it was there."""
    document: str
    """The contract's ``document.id``."""
    statements: int = 0
    """How many were written; 0 where it was skipped, or is an earlier text that counts again."""
    copy_of: str | None = None
    """The ``document.id`` of the report that it repeats."""
    revises: str | None = None
    """The ``document.id`` of the text that stood under its address."""
    adrift: tuple[str, ...] = ()
    """Statements with a correction that this reading has not found again."""
    published: str | None = None
    """The date of publication, ISO 8601; None where it is not known: no day, month or year that is asked for has it."""
    warnings: tuple[str, ...] = ()
    """What was not understood of the report, or left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """A report that the record does not hold, because somebody had it taken out."""

    origin: str
    document: str
    """The contract's ``document.id``."""
    removal: int
    """The number of the removal."""

    @property
    def cause(self) -> str:
        """Why it is not in the record."""
        return f"was taken out of this record before (removal {self.removal})"

    def __str__(self) -> str:
        """Return one line that says what, where and what to do."""
        return f"{self.origin}: passed over: {self.cause}; to have it again: onrecord remove --allow {self.removal}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A report that the record does not hold, because its readers or the page parser did not come through it."""

    aside: Aside
    when: Literal["now", "before"]
    """In this run, or in an earlier one: then it was not tried again."""

    def __str__(self) -> str:
        """Return one line that says what, where and what to do."""
        aside = self.aside
        tried = "twice" if aside.tries == 2 else "once" if aside.tries == 1 else f"{aside.tries} times"
        done = f"set aside, tried {tried}" if self.when == "now" else "was set aside before"
        return f"{aside.origin}: {done}: {with_culprit(aside.cause)}; try again with --retry"


def with_culprit(cause: str) -> str:
    """Return why a report was set aside as a clause: of its readers the cause says only what they did.

    >>> with_culprit("took more than 60 seconds"), with_culprit("the page parser died")
    ('the reader took more than 60 seconds', 'the page parser died')
    """
    return cause if cause.startswith("the ") else f"the reader {cause}"


Outcomes = Kept | PassedOver | SetAside | SourceError
_KINDS: Final[dict[type, str]] = {PassedOver: "removed before", SetAside: "set aside"}
"""What the counts call reports that the record does not hold; all others failed."""
_NOT_KEPT: Final = ("removed before", "set aside", "failed")


def outcome_of(origin: str, added: Added, document: Document | DocumentRecord) -> Kept | PassedOver:
    """Return what the record said of a reading of a document from somewhere."""
    if added.removal is not None:
        return PassedOver(origin=origin, document=added.document, removal=added.removal)
    return Kept(
        origin=origin,
        outcome=added.outcome,
        document=added.document,
        statements=added.statements,
        copy_of=added.copy_of,
        revises=added.revises,
        adrift=added.adrift,
        published=document.published,
        warnings=tuple(document.warnings),
    )


class Counts:
    """How many reports became what."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, outcome: Outcomes) -> None:
        """Count one more."""
        if isinstance(outcome, Kept):
            self._counts[outcome.outcome] += 1
            self._counts["statements"] += outcome.statements
            if outcome.outcome != "skipped":
                self._counts["copies"] += outcome.copy_of is not None
                self._counts["undated"] += outcome.published is None
        else:
            self._counts[_KINDS.get(type(outcome), "failed")] += 1

    @property
    def is_complete(self) -> bool:
        """Tell whether everything that was asked for is in the record, but for what somebody had taken out of it."""
        return not self._counts["set aside"] and not self._counts["failed"]

    @property
    def written(self) -> int:
        """How many reports were written."""
        return self._counts["added"] + self._counts["revision"] + self._counts["reread"]

    def as_dict(self) -> dict[str, int]:
        """Return all counts by name, zeros among them."""
        names = ("added", "revision", "reread", "skipped", "copies", "undated", *_NOT_KEPT, "statements")
        return {name.replace(" ", "_"): self._counts[name] for name in names}

    def __str__(self) -> str:
        """Return the counts as a clause, without those that are zero.

        Reports without a date are told where others have one: they are in no span of days, and are easily missed.

        >>> counts = Counts()
        >>> counts.add(Kept(origin="a.txt", outcome="added", document="3f9a1c2b7d8e4f60", statements=3))
        >>> str(counts)
        '1 added, 3 statements'
        >>> counts.add(
        ...     Kept(origin="b.txt", outcome="added", document="4a0b2d3c8e9f5071", statements=1, published="2024-05-02")
        ... )
        >>> str(counts)
        '2 added, 1 of them undated, 4 statements'
        """
        words = {
            "revision": "revised",
            "reread": "read again",
            "copies": "of them copies",
            "undated": "of them undated",
        }
        shown = {**self._counts, "undated": self._counts["undated"] if self._counts["undated"] < self.written else 0}
        told = [
            f"{shown.get(name, 0):,} {words.get(name, name)}"
            for name in ("added", "revision", "reread", "copies", "undated", "skipped", *_NOT_KEPT)
            if shown.get(name) or name == "added"
        ]
        if statements := self._counts["statements"]:
            told.append(f"{statements:,} statement{'' if statements == 1 else 's'}")
        return ", ".join(told)


def as_builtins(outcome: Outcomes) -> dict[str, Any]:
    """Return an outcome as what JSON can hold."""
    if isinstance(outcome, Kept):
        return asdict(outcome)
    if isinstance(outcome, PassedOver):
        return {"outcome": "removed before", **asdict(outcome), "cause": outcome.cause}
    if isinstance(outcome, SetAside):
        return {"outcome": "set aside", **asdict(outcome.aside)}
    return {"outcome": "failed", "origin": outcome.where, "cause": outcome.what}
