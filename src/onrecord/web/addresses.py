"""Addresses of the web reader's own pages, all of them: whatever a report holds, they begin with one slash.

>>> report("3f9a1c2b7d8e4f60", statement="9c01d2e7")
'/report/3f9a1c2b7d8e4f60#s-9c01d2e7'
>>> with_query("/search", [("words", "levy & quay"), ("outlet", None)])
'/search?words=levy+%26+quay'
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from urllib.parse import quote, urlencode

OVERVIEW: Final = "/"
SEARCH: Final = "/search"
PEOPLE: Final = "/people"
STORIES: Final = "/stories"
VERIFY: Final = "/verify"
ADD: Final = "/add"
CHANGES: Final = "/changes"
OUTLETS: Final = "/outlets"
FRAMING: Final = "/framing"


def with_query(path: str, pairs: Iterable[tuple[str, str | None]]) -> str:
    """Return a path with a query; pairs without a value are left out."""
    query = urlencode([(name, value) for name, value in pairs if value], errors="replace")
    return f"{path}?{query}" if query else path


def search(**pairs: str | None) -> str:
    """Return the address of a search, such as ``search(speaker="Ada Quill")``."""
    return with_query(SEARCH, pairs.items())


def report(document: str, *, statement: str | None = None, show: Iterable[str] = ()) -> str:
    """Return the address of a report, at one of its statements.

    Args:
        document: the contract's ``document.id``.
        statement: a record-wide id, or its part behind the hyphen.
        show: what else to show: ``events``, ``times``, ``amounts``.
    """
    path = with_query(f"/report/{_segment(document)}", [("show", name) for name in show])
    return f"{path}#{statement_anchor(statement)}" if statement else path


def statement_anchor(statement: str) -> str:
    """Return the name of the place where a statement is shown on its report's page."""
    return f"s-{_segment(statement.rpartition('-')[2])}"


def statement(statement: str) -> str:
    """Return the address of a quotation: one statement with all its appearances."""
    return f"/statement/{_segment(statement)}"


def correct(statement: str) -> str:
    """Return the address where a statement is corrected."""
    return f"/correct/{_segment(statement)}"


def person(person: str) -> str:
    """Return the address of a person or organization, by its id."""
    return f"/person/{_segment(person)}"


def people(**pairs: str | None) -> str:
    """Return the address of a list of people, such as ``people(name="quill")``."""
    return with_query(PEOPLE, pairs.items())


def stories(**pairs: str | None) -> str:
    """Return the address of the stories of some days, such as ``stories(since="2024-05")``."""
    return with_query(STORIES, pairs.items())


def missed(document: str) -> str:
    """Return the address where a statement is put in that the reader missed in a report."""
    return f"/report/{_segment(document)}/missed"


def run(run: str) -> str:
    """Return the address that shows how far an addition is."""
    return f"/add/{_segment(run)}"


def change_person(person: str) -> str:
    """Return the address where people are merged and split."""
    return f"/person/{_segment(person)}/change"


def story(story: str) -> str:
    """Return the address of a story, by its id."""
    return f"/story/{_segment(story)}"


def verify(quotation: str) -> str:
    """Return the address of a quotation being verified."""
    return with_query(VERIFY, [("quotation", quotation)])


def static(name: str, tag: str) -> str:
    """Return the address of a file of ``static/``; another one whenever the file changes."""
    return with_query(f"/static/{_segment(name)}", [("v", tag)])


def _segment(words: str) -> str:
    return quote(words, safe="", errors="replace")
