"""The statements of whoever goes by a name that somebody typed, listed in one pass over the entities of a record.

A filter by a name asks it of each statement's speaker, in Python. Where no word narrows a search, that is every
statement of the record, and a page asks three times. To list them first takes 0.6 s in a record of a million.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

from onrecord.record.corrected import answers_of_names
from onrecord.record.filtering import Filters, Named
from onrecord.record.naming import NameFilter, make_name_test

MOST: Final = 40_000
"""Statements that are listed. Of more, so many answer that whoever asks each one finds some at once."""


def list_named(connection: sqlite3.Connection, filters: Filters) -> Named:
    """Return the statements by whom, and about whom, the names of filters mean."""
    said = _list(connection, _SPOKEN, filters.speaker)
    if said is not None:
        answers = answers_of_names(connection, NameFilter(connection, filters.speaker))
        said = tuple(sorted(set(said).difference(answers.corrected).union(answers.answering)))
    return Named(speaker=said, about=_list(connection, _MENTIONED, filters.about))


_OF_ENTITIES: Final = """SELECT r.first_statement + part.value
    FROM entities e CROSS JOIN readings r ON r.document_id = e.document_id CROSS JOIN json_each(e.{column}) part
    WHERE e.{column} IS NOT NULL AND {{may_be}} AND goes_by(e.name, e.aliases, e.person_id)"""
_MENTIONED: Final = _OF_ENTITIES.format(column="about")
# A heading is written of a statement that several say, and may itself be what was asked for.
_SPOKEN: Final = (
    _OF_ENTITIES.format(column="says")
    + " UNION SELECT s.id FROM statements s WHERE s.speaker_name IS NOT NULL AND goes_by(s.speaker_name, NULL, NULL)"
)


def _list(connection: sqlite3.Connection, query: str, names: Sequence[str]) -> tuple[int, ...] | None:
    if not names:
        return None
    asked = query.format(may_be=make_name_test(connection, "goes_by", names).may_be())
    rows = connection.execute(f"{asked} LIMIT {MOST + 1}").fetchall()
    return tuple(sorted({row for (row,) in rows})) if len(rows) <= MOST else None
