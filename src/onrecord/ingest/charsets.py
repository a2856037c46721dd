"""Bytes to characters: which encoding, by the rules that browsers follow, and never a guess without need.

Labels mean what the WHATWG Encoding Standard says: ``latin1`` is windows-1252, ``gb2312`` is GB 18030.
UTF-7 is in no browser's table, because markup can hide in it, and is not decoded here either.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Final

import webencodings

from onrecord.errors import UndecodableSource
from onrecord.ingest.kinds import check_no_binary

_ADVICE: Final = "save it as UTF-8"
_BOMS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: it begins with that one's mark
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Where the standard's encoding holds more characters than Python's codec of that name.
_SUPERSETS: Final = {"gbk": "gb18030", "big5": "big5hkscs", "euc-kr": "cp949", "shift_jis": "cp932"}
# What the standard refuses to decode (its "replacement"), and what is no encoding of text.
_NOT_DECODED: Final = ("replacement", "x-user-defined")
# The standard looks at 1,024 bytes; 18 of 110 real pages name their encoding further on, one at byte 13,107.
_HEAD: Final = 16_384
_META = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,500}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_SAMPLE: Final = 65_536  # bytes that the encoding is detected from: the detector is slow
_NON_ASCII = re.compile(r"[^\x00-\x7f]")


def decode(raw: bytes, *, declared: str | None, html: bool) -> tuple[str, str]:
    """Return the text of ``raw`` and the name of its encoding; the text is valid Unicode, without a byte order mark.

    Tried in turn: byte order mark, ``declared`` (the label that HTTP gave), for a page its ``meta`` element, UTF-8,
    detection. Bytes that are no characters become U+FFFD where nearly all others fit. A label of a single-byte
    encoding is not believed over bytes that are valid UTF-8: other text hardly ever is.

    >>> decode("café".encode("cp1252"), declared="latin1", html=False)
    ('café', 'windows-1252')

    Raises:
        BinarySource: these are no characters at all.
        UndecodableSource: no encoding fits.
    """
    check_no_binary(raw[:4_096], where="")
    for mark, name in _BOMS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(name, "replace"), name
    wide = _wide_without_mark(raw)
    if wide:
        return raw.decode(wide, "replace"), wide
    named = list(_named(raw, declared, html=html))
    return _strictly(raw, named) or _nearly(raw, [*named, "utf-8"]) or _detected(raw)


def codec_of(label: str) -> tuple[str, str] | None:
    """Return the standard's name and Python's codec for a label; None for one that browsers don't know.

    >>> codec_of(" ISO-8859-1 "), codec_of("utf-7")
    (('windows-1252', 'cp1252'), None)
    """
    try:
        encoding = webencodings.lookup(label)
    except (UnicodeError, ValueError, LookupError):
        return None
    if encoding is None or encoding.name in _NOT_DECODED:
        return None
    return encoding.name, _SUPERSETS.get(encoding.name, encoding.codec_info.name)


def _named(raw: bytes, declared: str | None, *, html: bool) -> Iterator[str]:
    """Yield the names of the encodings that HTTP and the page itself give."""
    known = codec_of(declared) if declared else None
    if known:
        yield known[0]
    match = _META.search(raw[:_HEAD]) if html else None
    known = codec_of(match[1].decode("ascii")) if match else None
    if known:
        # A page that could be read up to its label is in no 16-bit encoding.
        yield "utf-8" if known[0].startswith("utf-16") else known[0]


def _strictly(raw: bytes, named: list[str]) -> tuple[str, str] | None:
    names = ["utf-8", *named] if not raw.isascii() else [*named, "utf-8"]
    if any(_is_multibyte(name) for name in named):
        names = [*named, "utf-8"]
    for name in names:
        try:
            return raw.decode(_codec(name)), name
        except UnicodeDecodeError:
            continue
    return None


def _nearly(raw: bytes, named: list[str], *, one_in: int = 10) -> tuple[str, str] | None:
    """Try encodings that fit all but one in ten characters beyond ASCII: a page cut short, a line from elsewhere."""
    for name in named:
        text = raw.decode(_codec(name), "replace")
        if text.count("\ufffd") * one_in <= len(_NON_ASCII.findall(text)):
            return text, name
    return None


def _detected(raw: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes  # 50 ms, and few sources need it

    best = from_bytes(raw[:_SAMPLE]).best()
    known = codec_of(best.encoding.replace("_", "-")) if best else None
    if known:
        return raw.decode(known[1], "replace"), known[0]
    if sum(byte >= 0x80 for byte in raw[:_SAMPLE]) * 10 > len(raw[:_SAMPLE]):
        damaged = _nearly(raw, ["utf-8"], one_in=2)
        if damaged:
            return damaged
        raise UndecodableSource("no character encoding fits its bytes", advice=_ADVICE)
    return raw.decode("cp1252", "replace"), "windows-1252"


def _codec(name: str) -> str:
    known = codec_of(name)
    return known[1] if known else "utf-8"


def _is_multibyte(name: str) -> bool:
    return name in ("gbk", "gb18030", "big5", "euc-kr", "shift_jis", "euc-jp", "iso-2022-jp")


def _wide_without_mark(raw: bytes) -> str | None:
    """Recognise UTF-16 without a mark by its zeros, which stand in every second byte of Western text."""
    head = raw[:_SAMPLE]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) * 4 <= len(head) // 2 or min(even, odd) * 20 >= max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"
