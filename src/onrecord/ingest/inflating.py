"""Compressed bytes undone in small bounded steps: the one place where anything is inflated.

1 MiB of gzip can hold 1 GiB. Nothing here asks zlib for more than :data:`STEP` bytes at once, so that
a limit is noticed at most one step after it is passed.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import BinaryIO

from onrecord.errors import DamagedSource, HostileSource, OversizedSource
from onrecord.settings import Settings

GZIP_MAGIC = b"\x1f\x8b"
STEP = 65_536
SLICE = 16_384  # bytes given to zlib at once
# Each member costs a new inflater; block gzip has one for each 64 KB, that is about 310 in 20 MB.
MOST_MEMBERS = 10_000
# Text packs 3 to 10 times, repetitive JSON up to 40; a bomb 1,000 times. A short file may be one line over and over.
HIGHEST_RATIO = 100
ALWAYS_UNPACKED = 1_000_000  # bytes
OFFERED = "gzip, deflate"
"""What ``Accept-Encoding`` may ask for: the encodings that Python's own zlib undoes; archives hold br and zstd too."""
WIDEST_ZSTD = 8 * 1024 * 1024  # bytes of window: the most that RFC 9659 lets a web server ask for

# zlib's window argument: +16 reads the gzip wrapping, negative reads bare deflate.
GZIP_WINDOW = 31
ZLIB_WINDOW = 15
BARE_WINDOW = -15


def undo_encodings(raw: bytes, encodings: Sequence[str], *, settings: Settings, where: str) -> bytes:
    """Undo the content encodings of a response body, the last applied first.

    Raises:
        DamagedSource: cut short, broken, or an encoding that was not offered.
        HostileSource: more layers than ``settings.max_encoding_layers``.
        OversizedSource: more than ``settings.max_source_bytes`` at any layer.
    """
    layers = [name for name in (encoding.strip().lower() for encoding in encodings) if name not in {"", "identity"}]
    _check_layers(len(layers), settings, where)
    for name in reversed(layers if raw else []):
        if name in {"gzip", "x-gzip"}:
            pieces = gunzip_pieces([raw], where=where)
        elif name == "deflate":
            pieces = _inflate_pieces([raw], window=_deflate_window(raw), where=where)
        elif name == "br":
            pieces = _brotli_pieces(raw, where=where)
        elif name == "zstd":
            pieces = _zstd_pieces(raw, where=where)
        else:
            raise DamagedSource(f"the encoding {name[:40]!r} can't be undone", where=where)
        raw = gather(pieces, settings=settings, where=where)
    return raw


def undo_gzip_layers(stream: io.BufferedReader, *, settings: Settings, where: str) -> io.BufferedReader:
    """Return the stream of what a possibly gzipped, possibly several times gzipped, stream holds.

    Nothing is read ahead; errors come while the result is read.

    Raises:
        HostileSource: more layers than ``settings.max_encoding_layers``.
    """
    layers = 0
    while stream.peek(2).startswith(GZIP_MAGIC):
        layers += 1
        _check_layers(layers, settings, where)
        pieces = gunzip_pieces(iter(_reads(stream), b""), where=where)
        stream = io.BufferedReader(PieceReader(pieces), buffer_size=STEP)
    return stream


def gunzip_pieces(packed: Iterable[bytes], *, where: str) -> Iterator[bytes]:
    """Yield what gzip bytes hold, in pieces of at most :data:`STEP`; bytes after the last member are passed over.

    Raises:
        DamagedSource: cut short or broken.
        HostileSource: more than :data:`MOST_MEMBERS` members.
        OversizedSource: unpacks to more than :data:`HIGHEST_RATIO` times its size, as only a bomb does.
    """
    return _inflate_pieces(packed, window=GZIP_WINDOW, where=where)


def gunzip_member(stream: BinaryIO, *, where: str) -> Iterator[bytes]:
    """Yield what the one gzip member that begins here holds, in pieces, and leave the stream where it ends.

    Args:
        stream: a stream that can be wound back: it is read in larger steps than the member.
        where: named in errors.

    Raises:
        DamagedSource: cut short or broken, its checksum included.
        OversizedSource: unpacks to more than :data:`HIGHEST_RATIO` times its size, as only a bomb does.
    """
    inflater, taken, given = zlib.decompressobj(GZIP_WINDOW), 0, 0
    while not inflater.eof:
        rest = inflater.unconsumed_tail or stream.read(SLICE)
        taken += 0 if inflater.unconsumed_tail else len(rest)
        if not rest:
            raise _cut_short(where)
        piece = _one_step(inflater, rest, where)
        given += len(piece)
        _check_ratio(taken, given, where)
        if piece:
            yield piece
    stream.seek(-len(inflater.unused_data), io.SEEK_CUR)


def begins_in_gzip(head: bytes, wanted: bytes) -> bool:
    """Tell whether gzip bytes, of which ``head`` is the beginning, hold what begins with ``wanted``."""
    try:
        return zlib.decompressobj(GZIP_WINDOW).decompress(head[:SLICE], len(wanted)) == wanted
    except zlib.error:
        return False


def gather(pieces: Iterable[bytes], *, settings: Settings, where: str) -> bytes:
    """Join pieces up to ``settings.max_source_bytes``.

    Raises:
        OversizedSource: there is more.
    """
    gathered = bytearray()
    for piece in pieces:
        gathered += piece
        if len(gathered) > settings.max_source_bytes:
            raise oversized(settings, where)
    return bytes(gathered)


def oversized(settings: Settings, where: str) -> OversizedSource:
    """Return the error for a source beyond ``settings.max_source_bytes``."""
    megabytes = settings.max_source_bytes / 1_000_000
    return OversizedSource(
        f"more than {megabytes:g} MB, the most that is read", where=where, advice="is it one report? split it otherwise"
    )


def _check_layers(layers: int, settings: Settings, where: str) -> None:
    if layers > settings.max_encoding_layers:
        raise HostileSource(
            f"compressed more than {settings.max_encoding_layers} times over", where=where, advice="unpack it first"
        )


def _reads(stream: io.BufferedReader) -> Callable[[], bytes]:
    return lambda: stream.read1(STEP)


def _deflate_window(raw: bytes) -> int:
    """Tell zlib-wrapped deflate (the standard) from bare deflate (what some servers send)."""
    wrapped = len(raw) >= 2 and raw[0] & 0x0F == 8 and int.from_bytes(raw[:2], "big") % 31 == 0
    return ZLIB_WINDOW if wrapped else BARE_WINDOW


def _brotli_pieces(raw: bytes, *, where: str) -> Iterator[bytes]:
    import brotli  # few sources need it

    inflater, rest = brotli.Decompressor(), raw
    while not inflater.is_finished():
        try:
            piece = inflater.process(rest, output_buffer_limit=STEP)
        except brotli.error as error:
            raise DamagedSource("the compressed data (br) is broken", where=where) from error
        rest = b""
        if not piece and inflater.can_accept_more_data() and not inflater.is_finished():
            raise DamagedSource("the compressed data (br) is cut short", where=where)
        yield piece


def _zstd_pieces(raw: bytes, *, where: str) -> Iterator[bytes]:
    import zstandard  # few sources need it

    inflater = zstandard.ZstdDecompressor(max_window_size=WIDEST_ZSTD).decompressobj()
    try:
        # Its steps have no bound of their own: 3 bytes give up to 128 KB, and so 128 bytes 5.6 MB.
        for start in range(0, len(raw), 128):
            yield inflater.decompress(raw[start : start + 128])
            if inflater.eof:
                return
    except zstandard.ZstdError as error:
        raise DamagedSource("the compressed data (zstd) is broken", where=where) from error
    raise DamagedSource("the compressed data (zstd) is cut short", where=where)


def _inflate_pieces(packed: Iterable[bytes], *, window: int, where: str) -> Iterator[bytes]:
    inflater = zlib.decompressobj(window)
    members, taken, given = 1, 0, 0
    for chunk in _small(packed):
        taken += len(chunk)
        rest = chunk
        while rest:
            if inflater.eof:
                if window != GZIP_WINDOW or not rest.startswith(GZIP_MAGIC[: len(rest)]):
                    return
                members += 1
                if members > MOST_MEMBERS:
                    raise HostileSource("gzip of too many members", where=where, advice="unpack it first")
                inflater = zlib.decompressobj(window)
            piece = _one_step(inflater, rest, where)
            given += len(piece)
            _check_ratio(taken, given, where)
            if piece:
                yield piece
            rest = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
    # Bare deflate can end with all its bytes taken and some of its output still inside.
    while not inflater.eof:
        piece = _one_step(inflater, b"", where)
        if not piece:
            raise _cut_short(where)
        yield piece


def _check_ratio(taken: int, given: int, where: str) -> None:
    if given > max(ALWAYS_UNPACKED, HIGHEST_RATIO * taken):
        raise OversizedSource(
            f"unpacks to more than {HIGHEST_RATIO} times its size, as only a bomb does",
            where=where,
            advice="do not unpack it",
        )


def _cut_short(where: str) -> DamagedSource:
    return DamagedSource("the compressed data is cut short", where=where, advice="get the file again")


def _one_step(inflater: zlib._Decompress, rest: bytes, where: str) -> bytes:
    try:
        return inflater.decompress(rest, STEP)
    except zlib.error as error:
        raise DamagedSource("the compressed data is broken", where=where, advice="get the file again") from error


def _small(packed: Iterable[bytes]) -> Iterator[bytes]:
    """Cut into slices: zlib copies what it has not used, at every step and every member."""
    for chunk in packed:
        for start in range(0, len(chunk), SLICE):
            yield chunk[start : start + SLICE]


class PieceReader(io.RawIOBase):
    """A raw stream over pieces of bytes."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = memoryview(b"")

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # what io gives
        """Give as many bytes as the buffer takes and the piece at hand has."""
        if not self._left:
            self._left = memoryview(next(self._pieces, b""))
        count = min(len(buffer), len(self._left))
        buffer[:count] = self._left[:count]
        self._left = self._left[count:]
        return count


def readable(stream: BinaryIO) -> io.BufferedReader:
    """Return a buffered reader over any binary stream, so that its beginning can be looked at."""
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(_Whole(stream))


class _Whole(io.RawIOBase):
    """A raw stream over a binary stream that has only ``read``."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # what io gives
        piece = self._stream.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)
