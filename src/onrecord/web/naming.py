"""Who has some words in a name: offered where somebody typed a name and nobody, or not the one, was found by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from starlette.requests import Request

from onrecord.errors import BadQuery, SlowQuery
from onrecord.record.namesakes import tell_apart
from onrecord.record.narrowing import PersonFilter
from onrecord.record.roll import Listed, list_people
from onrecord.web.site import site_of

NAMED: Final = 5
"""People who are offered."""
NAMED_SECONDS: Final = 0.25
"""For them: all entities are asked, more than a second in a record of a million statements."""


@dataclass(frozen=True, slots=True)
class Named:
    """People whose names have the words, and what tells those of one name apart, by their ids."""

    people: Sequence[Listed] = ()
    apart: Mapping[str, str] = field(default_factory=dict)


def people_named(request: Request, words: str, *, besides: str | None = None) -> Named:
    """Return who has words in a name, but for one person; nobody where that takes long: there is the page of people."""
    name = words.replace('"', " ").strip()
    if not name:
        return Named()
    try:
        with site_of(request).readers.record(NAMED_SECONDS) as record:
            found = list_people(record.connection, PersonFilter(names=(name,)), limit=NAMED + 1).people
            people = [each for each in found if each.id != besides][:NAMED]
            return Named(people, tell_apart(record.connection, ((each.id, each.name) for each in found)))
    except (BadQuery, SlowQuery):
        return Named()
