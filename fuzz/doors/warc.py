"""A web archive, plain or gzip."""

from __future__ import annotations

import gzip

from onrecord.errors import OnrecordError
from reading_in_process import documents

__all__ = ["SEEDS", "TOKENS", "OnrecordError", "take"]

_PAGE = (
    b"<html lang=en><title>Bridge closed</title><article><p>The council of Belvar closed the bridge on Monday after "
    b"an engineer found cracks in two of its piers, and said so.</p></article></html>"
)


def _record(block: bytes, fields: bytes = b"", kind: bytes = b"response") -> bytes:
    length = str(len(block)).encode()
    return (
        b"WARC/1.0\r\nWARC-Type: " + kind + b"\r\nWARC-Record-ID: <urn:uuid:7>\r\nWARC-Date: 2024-05-02T10:00:00Z\r\n"
        b"WARC-Target-URI: http://tarnmail.example/a\r\n" + fields + b"Content-Length: " + length + b"\r\n\r\n"
        + block + b"\r\n\r\n"
    )  # fmt: skip


_PLAIN = _record(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + _PAGE)
_CHUNKED = _record(
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    + b"%x\r\n%b\r\n0\r\n\r\n" % (len(_PAGE), _PAGE)
)
_PACKED = _record(
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(_PAGE, mtime=0),
    b"WARC-Block-Digest: sha1:AAAA\r\nWARC-Truncated: length\r\n",
)
SEEDS = [
    _PLAIN,
    _CHUNKED,
    _PACKED,
    _PLAIN + _record(b"software: x\r\n", kind=b"warcinfo") + _CHUNKED,
    gzip.compress(_PLAIN, mtime=0) + gzip.compress(_PACKED, mtime=0),
]
TOKENS = [
    b"WARC/1.1\r\n", b"WARC-Type: response\r\n", b"Content-Length: ", b"0x10", b"-5", b"999999999999999999",
    b"\r\n\r\n",
    b"WARC-Payload-Digest: sha1:", b"WARC-Block-Digest: md5:", b"Content-Encoding: br\r\n",
    b"Content-Encoding: zstd\r\n",
    b"Content-Encoding: deflate\r\n", b"Transfer-Encoding: chunked\r\n", b"ffffffff\r\n", b"\x1f\x8b\x08",
    b"HTTP/1.1 200 OK",
    b"charset=", b"utf-16", b"WARC-Date: ", b"WARC-Target-URI: ", b"<urn:uuid:>",
]  # fmt: skip


def take(data: bytes) -> None:
    """Read the archive."""
    list(documents(data, "crawl.warc"))
