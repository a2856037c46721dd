"""Web archives (WARC 0.17 to 1.1, plain or gzip): the pages that a crawler captured, each with its offset.

The records are cut out here, and FastWARC reads their heads. Its own iterator (2.0.1) takes most records that end
early for whole ones, a length of ``-5`` or ``0x10`` for 0, and reads nothing after a damaged place.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, Final

from onrecord.errors import DamagedSource, HostileSource, OversizedSource, SourceError
from onrecord.ingest.captures import Capture, is_page, read_capture
from onrecord.ingest.inflating import GZIP_MAGIC, SLICE, STEP, PieceReader, begins_in_gzip, gunzip_member, oversized
from onrecord.ingest.kinds import WARC_MAGIC
from onrecord.settings import Settings

LONGEST_HEAD: Final = 32_768  # bytes: FastWARC's own limit
FIRST_LOOK: Final = 65_536  # bytes of a response that tell whether it is a page
MOST_DAMAGES: Final = 1_000
# How far before the place where a member broke the next is looked for: damage can make zlib read past a member's end.
STEP_BACK: Final = 1_048_576
_VERSION: Final = re.compile(rb"WARC/(?:0\.1[78]|1\.[01])\r?\n")
_PLAIN_START: Final = re.compile(rb"(?<=\n)WARC/\d\.\d{1,2}\r?\n")
_PACKED_START: Final = re.compile(rb"\x1f\x8b\x08")
_LONGEST_START: Final = 16  # bytes, at least those of what the two patterns find
_FIELD: Final = re.compile(rb"[!-9;-~]{1,200}+[ \t]{0,20}:|[ \t]")
_LENGTH: Final = re.compile(rb"^content-length[ \t]*:(.*)$", re.IGNORECASE | re.MULTILINE)
_DIGITS: Final = re.compile(rb"[ \t]{0,20}(\d{1,18})[ \t]{0,20}\r?")
_TYPE: Final = re.compile(rb"^warc-type[ \t]*:[ \t]*([a-z0-9_-]+)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_END: Final = b"\r\n\r\n"
_BLANK_LINES: Final = (b"\r\n", b"\n")
_PADDING: Final = b"\r\n \0"
_ADVICE: Final = "get the archive again"


def read_warc(stream: BinaryIO, *, where: str, settings: Settings) -> Iterator[Capture | SourceError]:
    """Yield the captured pages of an archive in order: responses with status 200 that hold HTML.

    What is damaged is yielded as an error with its offset, and reading goes on at the next record, in gzip at the
    next member. One record at a time is held, of at most ``settings.max_source_bytes``.

    Args:
        stream: the archive; it is wound back, so it must be a file or in memory.
        where: its name, for origins and errors: ``where:OFFSET``.
        settings: the limits.
    """
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    archive = _Archive(stream=stream, where=where, settings=settings, size=size, packed=stream.read(2) == GZIP_MAGIC)
    start, damages, damaged = 0, 0, False
    while start < size:
        begins = archive.find(start)
        if begins > start and not damaged and not archive.is_padding(start, begins):
            yield DamagedSource("no record begins here", where=f"{where}:{start}", advice=_ADVICE)
        if begins == size:
            return
        damaged = False
        try:
            yield from archive.read_unit(begins)
            start = stream.tell()
        except (DamagedSource, OversizedSource) as error:
            yield error
            damaged, damages = True, damages + 1
            start = max(begins + 1, stream.tell() - STEP_BACK if archive.packed else 0)
        if damages == MOST_DAMAGES:
            yield HostileSource(f"damaged in {MOST_DAMAGES:,} places; the rest is not read", where=where)
            return


@dataclass(frozen=True, slots=True, kw_only=True)
class _Archive:
    """An open archive: a row of records, or of gzip members that mostly hold one each."""

    stream: BinaryIO
    where: str
    settings: Settings
    size: int
    packed: bool

    def find(self, start: int) -> int:
        """Return where the next record or member begins, at ``start`` or later; the archive's size if none does."""
        pattern = _PACKED_START if self.packed else _PLAIN_START
        kept = b"\n"  # a record begins a line; so does whatever stands after a record
        self.stream.seek(start)
        if pattern.match(kept + self.stream.read(_LONGEST_START), 1):
            return start
        self.stream.seek(start)
        while piece := self.stream.read(STEP):
            window = kept + piece
            for match in pattern.finditer(window):
                begins = self.stream.tell() - len(window) + match.start()
                if begins >= start and (not self.packed or self._holds_records(begins, self.stream.tell())):
                    return begins
            kept = window[-_LONGEST_START:]
        return self.size

    def is_padding(self, start: int, end: int) -> bool:
        """Tell whether nothing but line ends and zeros stands between two records."""
        self.stream.seek(start)
        return not self.stream.read(min(end - start, STEP)).strip(_PADDING)

    def read_unit(self, start: int) -> Iterator[Capture | SourceError]:
        """Yield the pages of the record or member that begins here; the stream then stands at its end.

        Raises:
            DamagedSource: with the offset.
            OversizedSource: a gzip bomb.
        """
        place = f"{self.where}:{start}"
        self.stream.seek(start)
        if not self.packed:
            yield from self._read_record(self.stream, place)
            return
        yield from self._read_member(place)

    def _read_member(self, place: str) -> Iterator[Capture | SourceError]:
        """Yield what a gzip member holds, each record when the next has begun: a checksum stands at the end."""
        member = io.BufferedReader(PieceReader(gunzip_member(self.stream, where=place)), STEP)
        held: list[Capture | SourceError] = []
        number = 0
        try:
            while member.peek(1):
                yield from held
                held.clear()
                for found in self._read_record(member, f"{place}+{number}" if number else place):
                    held.append(found)  # noqa: PERF402 - of a record cut short, its page is held when the error comes
                number += 1
        except (DamagedSource, OversizedSource):
            yield from (_doubted(found) for found in held)
            raise
        yield from held

    def _holds_records(self, start: int, back_to: int) -> bool:
        """Tell whether gzip bytes are a member with records, and not chance; the stream returns to ``back_to``."""
        self.stream.seek(start)
        head = self.stream.read(SLICE)
        self.stream.seek(back_to)
        # A member that ends before it tells what it holds is one that is cut short.
        return begins_in_gzip(head, WARC_MAGIC) or (start + len(head) == self.size and len(head) < 32)

    def _read_record(self, reader: BinaryIO, place: str) -> Iterator[Capture | SourceError]:
        head = _read_head(reader, place)
        if not head:
            return
        length = _length(head, place)
        if reader is self.stream:
            self._check_end(length, place)
        first = _exactly(reader, min(length, FIRST_LOOK), place) if _is_response(head, place) else b""
        if not first or not is_page(head + first):
            _skip(reader, length - len(first), place)
            _check_whole(reader.read(len(_END)), place)
        elif length > self.settings.max_source_bytes:
            _skip(reader, length - len(first), place)
            _check_whole(reader.read(len(_END)), place)
            yield oversized(self.settings, place)
        else:
            content = first + _exactly(reader, length - len(first), place)
            end = reader.read(len(_END))
            if _END.startswith(end):
                yield read_capture(head + content, content, origin=place, whole=end == _END, settings=self.settings)
            _check_whole(end, place)

    def _check_end(self, length: int, place: str) -> None:
        """Look ahead, in an archive that is not packed, whether the record ends where its length says.

        Without reading it: a length that is wrong may be that of all the rest.
        """
        begins = self.stream.tell()
        if begins + length > self.size:
            raise _cut(place)
        self.stream.seek(begins + length)
        end = self.stream.read(len(_END))
        self.stream.seek(begins)
        if not _END.startswith(end):
            raise _damaged("the record does not end where its length says", place)


def _read_head(reader: BinaryIO, place: str) -> bytes:
    """Return a record's version and fields with the blank line after them; nothing at the end of the stream."""
    line = reader.readline(LONGEST_HEAD)
    while line in _BLANK_LINES:
        line = reader.readline(LONGEST_HEAD)
    if not line:
        return b""
    if not line.endswith(b"\n"):
        raise _cut(place)
    if not _VERSION.fullmatch(line):
        raise _damaged("no record of WARC 0.17 to 1.1 begins here", place)
    head = bytearray(line)
    while line not in _BLANK_LINES:
        line = reader.readline(LONGEST_HEAD)
        head += line
        if len(head) > LONGEST_HEAD:
            raise _damaged(f"the record's head is longer than {LONGEST_HEAD:,} bytes", place)
        if not line.endswith(b"\n"):
            raise _cut(place)
        if line not in _BLANK_LINES and not _FIELD.match(line):
            raise _damaged("the record's head has a line that is no field", place)
    return bytes(head)


def _length(head: bytes, place: str) -> int:
    lengths = _LENGTH.findall(head)
    digits = _DIGITS.fullmatch(lengths[0]) if len(lengths) == 1 else None
    if digits is None:
        raise _damaged("the record's Content-Length is missing or no number", place)
    return int(digits[1])


def _is_response(head: bytes, place: str) -> bool:
    kinds = _TYPE.findall(head)
    if len(kinds) != 1:
        raise _damaged("the record's WARC-Type is missing or unclear", place)
    return bool(kinds[0].lower() == b"response")


def _exactly(reader: BinaryIO, length: int, place: str) -> bytes:
    """Read so many bytes, in steps: a length may be a thousand times what there is."""
    read = bytearray()
    while len(read) < length:
        piece = reader.read(min(STEP, length - len(read)))
        if not piece:
            raise _cut(place)
        read += piece
    return bytes(read)


def _skip(reader: BinaryIO, length: int, place: str) -> None:
    if reader.seekable():  # its end was looked at before
        reader.seek(length, os.SEEK_CUR)
        return
    while length:
        piece = reader.read(min(STEP, length))
        if not piece:
            raise _cut(place)
        length -= len(piece)


def _check_whole(end: bytes, place: str) -> None:
    if end != _END:
        raise _cut(place) if _END.startswith(end) else _damaged("the record does not end where its length says", place)


def _doubted(found: Capture | SourceError) -> Capture | SourceError:
    if isinstance(found, SourceError):
        return found
    return replace(found, flaws=(*found.flaws, "the gzip member that holds the record is damaged"))


def _cut(place: str) -> DamagedSource:
    return _damaged("the record is cut short", place)


def _damaged(what: str, place: str) -> DamagedSource:
    return DamagedSource(what, where=place, advice=_ADVICE)
