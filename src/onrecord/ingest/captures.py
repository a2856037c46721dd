"""One record of a web archive to a captured page: what the server answered, its encodings undone."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fastwarc.warc import HeaderMap, WarcRecord

from onrecord.errors import DamagedSource, SourceError
from onrecord.ingest.addresses import LONGEST
from onrecord.ingest.inflating import undo_encodings
from onrecord.ingest.precheck import looks_like_html
from onrecord.settings import Settings

PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
# A chunk of HTTP: its size, perhaps an extension, and the line's end.
_CHUNK: Final = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
_ADDRESS: Final = re.compile(r"https?://\S+", re.IGNORECASE)
_ALGORITHMS: Final = frozenset({"md5", "sha1", "sha256", "sha384", "sha512"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """A page as an archive holds it."""

    origin: str
    """``archive:OFFSET`` of the record; further records of one gzip member have ``+NUMBER``."""
    raw: bytes
    """The page's bytes, transfer and content encodings undone."""
    url: str | None
    charset: str | None
    captured: str | None
    """When the crawler fetched it, ISO 8601: not when it was published."""
    record_id: str | None
    flaws: tuple[str, ...]
    """What does not hold in the record; for the document's warnings."""


def is_page(raw: bytes) -> bool:
    """Tell from the beginning of a response record whether it is an answer with status 200 that holds HTML."""
    record = _parse(raw)
    if record is None or record.http_headers.status_code != 200:
        return False
    media_type = (record.http_content_type or "").strip().lower()
    return media_type in PAGES or (not media_type and looks_like_html(record.reader.read(4_096)))


def read_capture(raw: bytes, content: bytes, *, origin: str, whole: bool, settings: Settings) -> Capture | SourceError:
    """Read a response record that :func:`is_page`.

    Args:
        raw: its head and its content.
        content: its content alone: what the server answered, status line first.
        origin: where it stands.
        whole: False if the archive ends before the record's last line ends.
        settings: the limits for what its encodings may grow to.
    """
    record = _parse(raw)
    if record is None:
        return DamagedSource("the record's head can't be read", where=origin)
    fields, http = record.headers, record.http_headers
    body = record.reader.read(len(content))
    try:
        payload, complete = _unchunked(body) if _is_chunked(http) else (body, True)
        page = _decoded(payload, http, origin=origin, settings=settings)
    except SourceError as error:
        return error
    url = _address(fields.get("WARC-Target-URI"))
    flaws = list(_flaws(fields, (content,), (body, payload)))
    if not (whole and complete):
        flaws.append("the record is cut short")
    if url is None:
        flaws.append("the record names no http(s) address")
    return Capture(
        origin=origin,
        raw=page,
        url=url,
        charset=record.http_charset,
        captured=_moment(fields.get("WARC-Date")),
        record_id=fields.get("WARC-Record-ID"),
        flaws=tuple(flaws),
    )


def _parse(raw: bytes) -> WarcRecord | None:
    """Return a record with its HTTP head read; None if it has none, or one that FastWARC can't read."""
    try:
        record = WarcRecord.from_bytes(raw)
        record.parse_http()
    except (OSError, ValueError):
        return None
    return record if record.is_http_parsed else None


def _is_chunked(http: HeaderMap) -> bool:
    return "chunked" in (http.get("Transfer-Encoding") or "").lower()


def _unchunked(body: bytes) -> tuple[bytes, bool]:
    """Return what chunks hold and whether the last one is there; many archives keep the header but not the chunks."""
    if not _CHUNK.match(body):
        return body, True
    joined, at = bytearray(), 0
    while chunk := _CHUNK.match(body, at):
        size = int(chunk[1], 16)
        if size == 0:
            return bytes(joined), True
        joined += body[chunk.end() : chunk.end() + size]
        at = chunk.end() + size
        at += 2 if body.startswith(b"\r\n", at) else 1
    return bytes(joined), False


def _decoded(payload: bytes, http: HeaderMap, *, origin: str, settings: Settings) -> bytes:
    encodings = [name for header in http.get_multiple("Content-Encoding") for name in header.split(",")]
    try:
        return undo_encodings(payload, encodings, settings=settings, where=origin)
    except DamagedSource:
        if looks_like_html(payload):  # many archives keep the header of what they have undone
            return payload
        raise


def _flaws(fields: HeaderMap, blocks: tuple[bytes, ...], payloads: tuple[bytes, ...]) -> Iterator[str]:
    if reason := fields.get("WARC-Truncated"):
        yield f"the crawler cut the page off ({reason[:40]})"
    # Crawlers differ in whether the payload is what was sent or what its chunks hold.
    for name, candidates in (("WARC-Block-Digest", blocks), ("WARC-Payload-Digest", payloads)):
        digest = fields.get(name)
        if digest and not any(_fits(digest, candidate) for candidate in candidates):
            yield f"the record's content does not fit its digest ({name})"
    yield from (f"the record has no {name}" for name in ("WARC-Record-ID", "WARC-Date") if not fields.get(name))


def _fits(digest: str, content: bytes) -> bool:
    """Tell whether a digest, in base 32 or hexadecimal, is that of the content; one of an unknown kind fits all."""
    algorithm, _, value = digest.strip().partition(":")
    algorithm = algorithm.lower().replace("-", "")
    if algorithm not in _ALGORITHMS:
        return True
    told = hashlib.new(algorithm, content, usedforsecurity=False).digest()
    return value.lower() == told.hex() or _from_base32(value) == told


def _from_base32(value: str) -> bytes | None:
    try:
        return base64.b32decode(value.upper() + "=" * (-len(value) % 8))
    except (binascii.Error, ValueError):
        return None


def _address(value: str | None) -> str | None:
    bare = (value or "").strip().removeprefix("<").removesuffix(">")
    return bare if len(bare) <= LONGEST and _ADDRESS.fullmatch(bare) else None


def _moment(value: str | None) -> str | None:
    try:
        return datetime.fromisoformat((value or "").strip()).isoformat()
    except ValueError:
        return None
