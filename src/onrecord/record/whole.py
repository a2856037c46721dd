"""A reading as the tables have it: what was read in a report, and behind it the statements that somebody put in."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from onrecord.reading import ReadingRecord


class Whole(NamedTuple):
    """A reading with what was put in behind it, which is found and counted like what was read."""

    reading: ReadingRecord
    statements: int
    """How many of its statements were read; those behind them were put in."""
    entities: int
    """How many of its entities were read; those behind them are speakers of what was put in whom the report does not
    name."""

    @property
    def as_read(self) -> ReadingRecord:
        """The reading alone."""
        if self.statements == len(self.reading.statements):
            return self.reading
        return replace(
            self.reading,
            statements=self.reading.statements[: self.statements],
            entities=self.reading.entities[: self.entities],
        )


def only_read(reading: ReadingRecord) -> Whole:
    """Return a reading behind which nothing was put in."""
    return Whole(reading, len(reading.statements), len(reading.entities))
