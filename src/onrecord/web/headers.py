"""What every answer of the web reader carries, and what no request may exceed: one layer around everything else.

No answer runs a script or loads anything from elsewhere, none sets a cookie, and none tells another site that it was
read. An error that nobody foresaw becomes a page like any other here, so that its headers are the same.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from typing import Final
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy of every page."""
_ALL: Final = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
_LOG: Final = logging.getLogger("onrecord.web")

Failing = Callable[[Request, Exception], Response]


class Guard:
    """The outermost layer.

    Args:
        app: what answers.
        failing: makes an answer of an error.
        body_bytes: the largest request body.
        hosts: names under which the server may be addressed; empty for any. A page elsewhere whose name is pointed at
            this machine (DNS rebinding) could read the record otherwise.
    """

    def __init__(self, app: ASGIApp, *, failing: Failing, body_bytes: int, hosts: Collection[str] = ()) -> None:
        self._app = app
        self._failing = failing
        self._body_bytes = body_bytes
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = _Answer(send, has_body=scope["method"] != "HEAD")
        if scope["method"] == "HEAD":  # what GET answers, but for the body; routes of REST know GET alone
            scope = {**scope, "method": "GET"}
        try:
            self._look_at(scope)
            await self._app(scope, _Bounded(receive, self._body_bytes), answer)
        except ClientDisconnect:  # whoever sent it went away in between: nobody is there to be answered
            return
        except Exception as error:  # whatever it is: its reader gets a page, and the log the rest
            if not isinstance(error, HTTPException):
                _LOG.error("%s %s failed", scope["method"], quote(scope["path"]), exc_info=error)
            if answer.has_begun:
                raise
            response = self._failing(Request(scope), error)
            await response(scope, receive, answer)

    def _look_at(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        host = headers.get("host", "").rpartition("@")[2]
        name = host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]
        if self._hosts and name.lower() not in self._hosts:
            raise HTTPException(421, "this server has another name")
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()):
            raise HTTPException(400, "the length of the request is no number")
        if len(length) > 15 or int(length) > self._body_bytes:
            raise HTTPException(413, f"more than {self._body_bytes:,} bytes")


class _Answer:
    """Sends an answer with the headers that all have, and without its body where none was asked for."""

    def __init__(self, send: Send, *, has_body: bool) -> None:
        self._send = send
        self._has_body = has_body
        self.has_begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.has_begun = True
            headers = MutableHeaders(scope=message)
            headers.update(_ALL)
            if headers.get("content-type", "").startswith("text/html"):
                headers["Content-Security-Policy"] = POLICY
            headers.setdefault("Cache-Control", "no-cache")
        elif message["type"] == "http.response.body" and not self._has_body:
            message["body"] = b""
        await self._send(message)


class _Bounded:
    """Receives a request whose length nobody told, up to the largest body."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._most = most
        self._received = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._received += len(message.get("body", b""))
        if self._received > self._most:
            raise HTTPException(413, f"more than {self._most:,} bytes")
        return message
