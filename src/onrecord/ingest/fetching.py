"""One bounded GET of one public address: the only place where onrecord opens a connection.

A name is resolved here, every address it has is checked, and the connection goes to the checked address
itself, so that a second DNS answer can't lead elsewhere. Redirects are followed here, each checked the same
way. One deadline covers everything: resolving, connecting, TLS, every redirect, headers and body. Proxy
settings of the environment are not used: behind a proxy no address could be checked.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import Message
from importlib.metadata import version
from typing import Protocol

from onrecord.errors import (
    BadResponse,
    DamagedSource,
    FetchError,
    FetchTimeout,
    HostileSource,
    RefusedAddress,
    Unreachable,
)
from onrecord.ingest import inflating
from onrecord.ingest.addresses import Target, follow, is_public, parse_target, shown
from onrecord.settings import Settings

ACCEPTED = frozenset({200, 203})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
ASKED_FOR = "text/html, application/xhtml+xml, text/plain;q=0.9, text/markdown;q=0.9, */*;q=0.5"
# Status line, headers and chunk marks beside the body; http.client itself takes at most 100 headers of 64 KB.
MOST_OVERHEAD = 1_000_000  # bytes
STEP = 65_536  # bytes


class Connector(Protocol):
    """Opens a TCP connection to an IP address within some seconds."""

    def __call__(self, address: tuple[str, int], timeout: float) -> socket.socket:
        """Return the connected socket or raise OSError."""


def resolve_by_system(host: str) -> list[str]:
    """Return the IP addresses of a name, in the system's order of preference.

    Raises:
        OSError: there is no such name, or no answer.
    """
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def trust_by_system() -> ssl.SSLContext:
    """Return TLS settings that check certificates and names: the system's authorities and certifi's."""
    import certifi  # needed only when something is fetched

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """How the net is reached. The defaults are the only ones for use; tests bring servers of their own."""

    resolve: Callable[[str], Sequence[str]] = resolve_by_system
    allows: Callable[[str], bool] = is_public
    connect: Connector = socket.create_connection
    trust: Callable[[], ssl.SSLContext] = trust_by_system


INTERNET = Network()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """The body of an answer, its content encodings undone."""

    raw: bytes
    url: str
    """The address that answered, after redirects."""
    content_type: str | None
    """Media type in lower case, without parameters."""
    charset: str | None


def fetch(url: str, *, settings: Settings, network: Network = INTERNET) -> Fetched:
    """GET one address and return its body, at most ``settings.max_source_bytes`` of it.

    Raises:
        RefusedAddress: not http(s), malformed, with a password, or not public, also after a redirect.
        Unreachable: no such host, or no connection.
        FetchTimeout: not complete after ``settings.fetch_seconds``.
        BadResponse: status, certificate, redirect, length or encoding is not acceptable.
        OversizedSource: the body, packed or unpacked, is larger than allowed.
    """
    deadline = _Deadline(settings.fetch_seconds, where=shown(url))
    target = parse_target(url)
    for _ in range(settings.max_redirects + 1):
        answer = _get(target, deadline=deadline, settings=settings, network=network)
        if isinstance(answer, Fetched):
            return answer
        target = follow(target, answer)
    raise BadResponse(f"redirects more than {settings.max_redirects} times", where=shown(url))


class _Deadline:
    """The moment at which one fetch ends, whatever is going on."""

    def __init__(self, seconds: float, *, where: str) -> None:
        self.where = where
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds left, more than 0, or raise FetchTimeout."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.passed()
        return left

    def passed(self) -> FetchTimeout:
        return FetchTimeout(
            f"no whole answer within {self._seconds:g} seconds", where=self.where, advice="try again later"
        )


def _get(target: Target, *, deadline: _Deadline, settings: Settings, network: Network) -> Fetched | str:
    """Send one request; return the body, or where it is to be found instead."""
    # 1. Resolve and check, 2. connect to what was checked, 3. ask, 4. read.
    addresses = _checked_addresses(target, deadline=deadline, network=network)
    sock = _connect(target, addresses, deadline=deadline, network=network)
    try:
        if target.scheme == "https":
            sock = _encrypt(sock, target, deadline=deadline, trust=network.trust())
        return _ask(sock, target, deadline=deadline, settings=settings)
    except TimeoutError as error:
        raise deadline.passed() from error
    except OSError as error:
        raise BadResponse(f"the connection broke off: {_reason(error)}", where=target.url) from error
    finally:
        sock.close()


def _checked_addresses(target: Target, *, deadline: _Deadline, network: Network) -> list[str]:
    addresses = _resolve(target, deadline=deadline, network=network)
    for address in addresses:
        # One private address is enough: an attacker's name has a public one beside it.
        if not network.allows(address):
            raise RefusedAddress(
                f"{shown(address)} is not an address of the public internet",
                where=target.url,
                advice="save the page and read the file",
            )
    return addresses


def _resolve(target: Target, *, deadline: _Deadline, network: Network) -> list[str]:
    """Resolve in a thread that is left behind at the deadline: the system's resolver can't be interrupted."""
    found: list[str] = []
    failures: list[OSError] = []

    def run() -> None:
        try:
            found.extend(network.resolve(target.host))
        except (OSError, UnicodeError) as error:
            failures.append(error if isinstance(error, OSError) else OSError(str(error)))

    thread = threading.Thread(target=run, name="onrecord-resolve", daemon=True)
    thread.start()
    thread.join(deadline.left())
    deadline.left()
    if failures or not found:
        cause = failures[0] if failures else None
        raise Unreachable(
            f"the host {target.host} was not found", where=target.url, advice="check the address and the connection"
        ) from cause
    return list(found)


def _connect(target: Target, addresses: Sequence[str], *, deadline: _Deadline, network: Network) -> socket.socket:
    failure: OSError | None = None
    for number, address in enumerate(addresses):
        # A dead IPv6 route must leave time for the IPv4 one behind it.
        share = deadline.left() / (len(addresses) - number)
        try:
            return network.connect((address, target.port), timeout=share)
        except OSError as error:
            failure = error
    deadline.left()
    if isinstance(failure, TimeoutError):
        raise deadline.passed() from failure
    reason = _reason(failure) if failure else "no address"
    raise Unreachable(f"no connection: {reason}", where=target.url, advice="try again later") from failure


def _encrypt(sock: socket.socket, target: Target, *, deadline: _Deadline, trust: ssl.SSLContext) -> socket.socket:
    sock.settimeout(deadline.left())
    try:
        return trust.wrap_socket(sock, server_hostname=target.host)
    except ssl.SSLCertVerificationError as error:
        raise BadResponse(
            f"the certificate is not acceptable: {error.verify_message}",
            where=target.url,
            advice="it is not read unchecked; save the page in a browser if you trust it",
        ) from error
    except ssl.SSLError as error:
        raise BadResponse(f"no encrypted connection: {_reason(error)}", where=target.url) from error


def _ask(sock: socket.socket, target: Target, *, deadline: _Deadline, settings: Settings) -> Fetched | str:
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.sock = _BoundedSocket(sock, deadline=deadline, most=settings.max_source_bytes + MOST_OVERHEAD)
    try:
        connection.request("GET", target.path, headers=_headers(target))
        with connection.getresponse() as response:
            return _read_response(response, target, settings=settings)
    except (http.client.HTTPException, ValueError) as error:
        # ValueError: a chunk length that is no number, or below zero.
        raise BadResponse(f"the answer is no valid HTTP: {_reason(error)}", where=target.url) from error
    except _TooMuchError as error:
        raise inflating.oversized(settings, target.url) from error


def _headers(target: Target) -> dict[str, str]:
    return {
        "Host": target.authority,
        "User-Agent": f"onrecord/{version('onrecord')}",
        "Accept": ASKED_FOR,
        "Accept-Encoding": inflating.OFFERED,
        "Connection": "close",
    }


def _read_response(response: http.client.HTTPResponse, target: Target, *, settings: Settings) -> Fetched | str:
    location = response.getheader("Location")
    if response.status in REDIRECTS and location:
        # Headers come as Latin-1; servers that don't encode an address send UTF-8.
        return location.encode("latin-1").decode("utf-8", "replace")
    if response.status not in ACCEPTED:
        raise _refusal(response, target)
    packed = _read_body(response, target, settings=settings)
    encodings = [name for header in response.headers.get_all("Content-Encoding", []) for name in header.split(",")]
    try:
        raw = inflating.undo_encodings(packed, encodings, settings=settings, where=target.url)
    except (DamagedSource, HostileSource) as error:
        raise BadResponse(error.what, where=target.url, advice=error.advice) from error
    content_type, charset = _content_type(response.getheader("Content-Type"))
    return Fetched(raw=raw, url=target.url, content_type=content_type, charset=charset)


def _refusal(response: http.client.HTTPResponse, target: Target) -> FetchError:
    reason = "".join(character for character in response.reason if character.isprintable())[:60]
    advice = "save the page in a browser and read the file" if response.status in {401, 402, 403, 406, 429} else ""
    return BadResponse(f"answered {response.status} {reason}".rstrip(), where=target.url, advice=advice)


def _read_body(response: http.client.HTTPResponse, target: Target, *, settings: Settings) -> bytes:
    if response.length is not None and response.length > settings.max_source_bytes:
        raise inflating.oversized(settings, target.url)
    packed = inflating.gather(iter(lambda: response.read(STEP), b""), settings=settings, where=target.url)
    if response.length:
        raise BadResponse(
            f"the answer is cut short, {response.length:,} bytes are missing", where=target.url, advice="try again"
        )
    return packed


def _content_type(header: str | None) -> tuple[str | None, str | None]:
    if not header:
        return None, None
    message = Message()
    message["Content-Type"] = " ".join(header.split())
    charset = message.get_content_charset()
    return message.get_content_type(), charset


def _reason(error: BaseException) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    printable = "".join(character if character.isprintable() else " " for character in text)
    return printable[:120].strip()


class _TooMuchError(Exception):
    """More bytes came than may come, whatever they are."""


class _BoundedSocket:
    """What http.client needs of a socket, with one deadline and one bound for all its reads."""

    def __init__(self, sock: socket.socket, *, deadline: _Deadline, most: int) -> None:
        self._sock = sock
        self._deadline = deadline
        self._most = most

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._deadline.left())
        self._sock.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_BoundedReader(self._sock, deadline=self._deadline, most=self._most), STEP)

    def close(self) -> None:
        """Leave the socket to whoever opened it."""


class _BoundedReader(io.RawIOBase):
    """Reads a socket until the deadline of the whole fetch, not of one read, and up to a bound.

    The bound holds for whatever http.client does: a chunk of length -1 makes it read without end.
    """

    def __init__(self, sock: socket.socket, *, deadline: _Deadline, most: int) -> None:
        self._sock = sock
        self._deadline = deadline
        self._left = most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # what io gives
        self._sock.settimeout(self._deadline.left())
        count = self._sock.recv_into(buffer)
        self._left -= count
        if self._left < 0:
            raise _TooMuchError
        return count
