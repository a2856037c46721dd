"""Who may change the record in the browser: whoever types in the token, on a page of this server.

There are no cookies, and no password that the browser sends by itself, so that a page of another site has nothing to
borrow: the token travels in the body of a form, never in an address. Typed in once it is handed on from page to page
in a hidden field; a browser that is let keeps it for the next day. On top, a form that says by its headers that it
comes from elsewhere is refused.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from secrets import compare_digest
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from onrecord.errors import BadChange, LockedRecord, MissingRecord, RefusedRequest, SlowQuery, WrongToken
from onrecord.record import By
from onrecord.web.failing import beside_form, status_of
from onrecord.web.senders import FORM, check_sender
from onrecord.web.site import site_of

MOST_FIELDS: Final = 2_000
"""A split names each report."""
WRONG_SECONDS: Final = 0.3
"""How long a wrong token waits for its answer."""
LONGEST: Final = 2_000
"""Characters of who and why."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form that was sent from a page of this server; whether its token is right is told by :meth:`by`."""

    data: FormData
    token: str
    is_trusted: bool

    def __getitem__(self, name: str) -> str:
        """Return a field, empty if it is not there."""
        value = self.data.get(name, "")
        return value if isinstance(value, str) else ""

    def several(self, name: str) -> list[str]:
        """Return all values of a field."""
        return [value for value in self.data.getlist(name) if isinstance(value, str)]

    def files(self, name: str) -> list[UploadFile]:
        """Return the files of a field."""
        return [value for value in self.data.getlist(name) if isinstance(value, UploadFile) and value.filename]

    def by(self) -> By:
        """Return who changes something, and why.

        Raises:
            WrongToken: the token is not the server's.
        """
        if not self.is_trusted:
            raise WrongToken(
                "the token is missing" if not self.token else "this is not the token",
                advice="'onrecord serve --allow-edits' prints it when it starts",
            )
        return By(who=self["who"].strip()[:LONGEST] or None, why=self["why"].strip()[:LONGEST] or None)


def check_edits(request: Request) -> str:
    """Return the token of a server that may be changed.

    Raises:
        RefusedRequest: nothing may be changed here.
    """
    edits = site_of(request).edits
    if edits is None:
        raise RefusedRequest("nothing may be changed here", advice="start it with: onrecord serve FILE --allow-edits")
    return edits.token


def takes_form(answer: Callable[[Request, Form], Response]) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint that reads a form and has it answered in a thread of its own."""

    async def endpoint(request: Request) -> Response:
        token = check_edits(request)
        check_sender(request, FORM)
        most = site_of(request).settings.web_body_bytes  # a pasted text may be all of it
        async with request.form(max_fields=MOST_FIELDS, max_files=MOST_FIELDS, max_part_size=most) as data:
            given = data.get("token", "")
            given = given.strip() if isinstance(given, str) else ""
            is_trusted = compare_digest(given.encode("utf-8", "replace"), token.encode())
            if given and not is_trusted:
                await asyncio.sleep(WRONG_SECONDS)
            return await run_in_threadpool(answer, request, Form(data, given, is_trusted))

    return endpoint


# ---- pages ---------------------------------------------------------------------------------------------------

Problem = BadChange | LockedRecord | MissingRecord | SlowQuery | WrongToken
"""What somebody who typed can put right, or send again: the form comes back with it, and nothing typed is lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """What takes a change back."""

    kind: str
    """``correction`` or ``change``."""
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Where to go on."""

    address: str
    words: str
    is_form: bool = False
    """It leads to another form, which is handed the token."""


def show_form(
    request: Request, template: str, *, form: Form | None, problem: Problem | None, **values: Any
) -> Response:
    """Return a page with a form; one that holds the token is kept nowhere."""
    # 400 for who is nobody: it was typed, and is not what the address names.
    status = 200 if problem is None else 400 if isinstance(problem, MissingRecord) else status_of(problem)
    return site_of(request).pages.render(
        request,
        template,
        status=status,
        headers={"Cache-Control": "no-store"},
        problem=problem and beside_form(problem),
        token=form.token if form and form.is_trusted else "",
        who=form["who"] if form else "",
        why=form["why"] if form else "",
        **values,
    )


def show_done(
    request: Request, form: Form, done: Sequence[str], *, undo: Sequence[Undo] = (), links: Sequence[Link] = ()
) -> Response:
    """Return the page that says what was changed, how to take it back, and where to go on."""
    return show_form(request, "changed.html", form=form, problem=None, done=done, undo=undo, links=links)
