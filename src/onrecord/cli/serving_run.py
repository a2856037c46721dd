"""One run of ``onrecord serve``: the socket, the record, the server, what is said about it, and its end."""

from __future__ import annotations

import errno
import gc
import logging
import secrets
import socket
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import click

from onrecord.cli.ending import terminable
from onrecord.cli.messages import complain
from onrecord.cli.recordfile import open_record
from onrecord.errors import MissingExtra, ServingError

if TYPE_CHECKING:
    from onrecord.web.app import Edits

LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")
"""What a browser of this machine may call it."""
WAITING: Final = 128
"""Connections that wait to be taken."""
SWITCH_SECONDS: Final = 0.0005
"""How long a thread that makes a page keeps the interpreter from the one that takes requests and sends answers; with
Python's own 5 ms each of several readers waits for the others' pages many times over."""
GRACE_SECONDS: Final = 3
"""How long answers that are under way have once Ctrl-C was pressed."""
_ANOTHER_HOST: Final = "give an address of this machine, such as 127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a command was asked to serve, and where."""

    record: Path | None
    host: str
    port: int
    allow_edits: bool
    token: str | None


def run(order: Order) -> None:
    """Serve a record until Ctrl-C, or SIGTERM.

    Raises:
        MissingExtra: the packages of the extra ``web`` are not installed.
        ServingError: the address can't be listened at.
        RecordError: the record can't be opened.
    """
    uvicorn = _load_server()
    # With SIGTERM left as it is, the folder of the invented record would stay behind.
    with terminable(), ExitStack() as stack:
        listening = stack.enter_context(_listen(order.host, order.port))
        record, name = _record(order, stack)
        edits = _edits(order)
        app = _app(record, name, edits, order.host)
        _announce(order, listening.getsockname()[1], edits)
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            ws="none",
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        sys.setswitchinterval(SWITCH_SECONDS)
        gc.collect()
        gc.freeze()
        server = uvicorn.Server(config)
        # Whoever presses Ctrl-C twice waits for nothing: what is cancelled then is no error for a traceback to tell.
        logging.getLogger("uvicorn.error").addFilter(lambda _: not server.force_exit)
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            complain("ended")


def _load_server() -> Any:
    try:
        import fastapi  # noqa: F401 - looked for before anything is opened
        import jinja2  # noqa: F401 - as above
        import uvicorn
    except ImportError as error:
        raise MissingExtra(
            "the web reader needs packages that are not installed", advice='install them: pip install "onrecord[web]"'
        ) from error
    return uvicorn


def _listen(host: str, port: int) -> socket.socket:
    where = f"{host}:{port}"
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=WAITING)
    except UnicodeError as error:  # a name with a part that is empty or too long, or half a character
        raise ServingError("no name of a host", where=where, advice=_ANOTHER_HOST) from error
    except OSError as error:
        why, *_ = (error.strerror or str(error)).lower().split(" (while")  # Python repeats the address there
        what = f"can't listen there ({why})"
        raise ServingError(what, where=where, advice=_advice(error)) from error


def _advice(error: OSError) -> str:
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return _ANOTHER_HOST
    if error.errno == errno.EACCES:
        return "take a port from 1024 on, which need no permission"
    return "is another server running there? --port 0 takes a free port"


def _record(order: Order, stack: ExitStack) -> tuple[Path, str | None]:
    """Return the record and what it is called; make the invented one where none is named."""
    if order.record is not None:
        open_record(order.record, read_only=True).close()
        return order.record, None
    # Imported here: a missing extra or a taken port is told before half a second of loading.
    from onrecord.web.bundled import NAME, make_bundled

    complain("no record named: reading eight invented reports first")
    folder = stack.enter_context(TemporaryDirectory(prefix="onrecord-", ignore_cleanup_errors=True))
    return make_bundled(Path(folder)), NAME


def _edits(order: Order) -> Edits | None:
    if not order.allow_edits:
        return None
    from onrecord.web.app import Edits

    return Edits(token=order.token or secrets.token_urlsafe(12))


def _app(record: Path, name: str | None, edits: Edits | None, host: str) -> Any:
    from onrecord.web.app import create_app

    return create_app(record, name=name, edits=edits, hosts=(*LOOPBACK, _shown(host)) if _is_loopback(host) else ())


def _shown(host: str) -> str:
    """Return a host as it stands in an address."""
    return f"[{host}]" if ":" in host else host.lower()


def _is_loopback(host: str) -> bool:
    try:
        return host.lower() == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _announce(order: Order, port: int, edits: Edits | None) -> None:
    """Print the address on standard output, and all else that is to be known on standard error."""
    shown = _shown(order.host)
    if not _is_loopback(order.host):
        complain(f"everybody who can reach this machine at {shown} can read the record")
    if edits is not None and order.token is None:
        complain(f"to change something: the token is {edits.token}")
    click.echo(f"http://{shown}:{port}/")
    sys.stdout.flush()
    complain("open this address in a browser; Ctrl-C ends")
