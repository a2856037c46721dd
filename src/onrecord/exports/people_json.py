"""The people of one report as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from onrecord.reading import Reading
from onrecord.speakers.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleRecord:
    """One line of ``onrecord people --jsonl``."""

    document: str
    """The document's id, the same as in the JSON of its reading."""
    origin: str
    title: str | None
    people: tuple[Person, ...]


def to_people_json(reading: Reading, people: Sequence[Person]) -> bytes:
    """Encode the people of a reading as one line of UTF-8 JSON, in the order given."""
    document = reading.document
    return msgspec.json.encode(
        PeopleRecord(
            document=document.id, origin=document.provenance.origin, title=document.title, people=tuple(people)
        )
    )
