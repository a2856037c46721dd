"""Statements: all that filters let by, and one with all that is known of it."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from onrecord.exports.answers_json import StatementEntry, statement_entry
from onrecord.record.hits import FoundStatement, as_found, read_hits
from onrecord.record.ids import parse_statement_id
from onrecord.record.lookup import look_up
from onrecord.record.paging import statements_after
from onrecord.web.api.answering import answer, answer_list, answers_with, new_router
from onrecord.web.api.asking import ListPlace, StatementFilters, reading_list
from onrecord.web.api.cursors import cursor_behind
from onrecord.web.site import reading

router: Final = new_router("Statements")


@router.get("/statements", **answers_with([FoundStatement], "Statements with their citations."))
def list_statements(request: Request, filters: StatementFilters, place: ListPlace) -> Response:
    """List statements.

    In the order of their addition: for all of them, or all that filters let by. A page may be short, or empty, with
    more to come: go on while there is a `next`. For the best or the newest first, see `/search`.
    """
    with reading_list(request, place.limit) as record:
        page = statements_after(record.connection, filters, place.after("statements"), most=place.limit)
        found = read_hits(record.connection, page.items)
    return answer_list(map(as_found, found), cursor_behind("statements", page))


@router.get("/statements/{statement}", **answers_with(StatementEntry, "The statement."))
def show_statement(request: Request, statement: str) -> Response:
    """Show a statement with all that is known of it.

    Its words, speaker and spans, the paragraph that it stands in, the entities that it names, and corrections.
    """
    parse_statement_id(statement)
    with reading(request) as record:
        return answer(statement_entry(look_up(record.connection, statement)))
