import gzip
import io
import random
import time
import tracemalloc
import zlib
from functools import partial

import pytest

from onrecord.errors import DamagedSource, HostileSource, OversizedSource
from onrecord.ingest.inflating import gather, gunzip_pieces, readable, undo_encodings, undo_gzip_layers
from onrecord.settings import DEFAULTS, Settings

squeeze = partial(gzip.compress, mtime=0)
"""As gzip, but the same bytes whenever: they name tests."""

TEXT = b"The mayor said the bridge would open in May. " * 500
PACKED = squeeze(TEXT)
GIBIBYTE_IN_64 = 16 * 1024 * 1024


def bare_deflate(raw):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(raw) + packer.flush()


def unpack(raw, *encodings, settings=DEFAULTS):
    return undo_encodings(raw, encodings, settings=settings, where="x")


def unpack_file(raw, settings=DEFAULTS):
    stream = undo_gzip_layers(readable(io.BytesIO(raw)), settings=settings, where="x")
    return gather(iter(lambda: stream.read(65_536), b""), settings=settings, where="x")


@pytest.mark.parametrize(
    ("raw", "encodings"),
    [
        (TEXT, []),
        (TEXT, ["identity", ""]),
        (b"", ["gzip"]),
        (PACKED, ["gzip"]),
        (PACKED, [" X-GZIP "]),
        (zlib.compress(TEXT), ["deflate"]),
        (bare_deflate(TEXT), ["deflate"]),
        (zlib.compress(PACKED), ["gzip", "deflate"]),
        (squeeze(squeeze(PACKED)), ["gzip", "gzip", "gzip"]),
        (squeeze(TEXT[:99]) + squeeze(TEXT[99:]), ["gzip"]),
        (PACKED + b"\x00" * 512, ["gzip"]),
    ],
)
def test_what_was_packed_comes_out(raw, encodings):
    assert unpack(raw, *encodings) == (TEXT if raw else b"")


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 200_000])
def test_every_size_comes_out_whole(size):
    raw = random.Random(size).randbytes(size // 2) + b"a" * (size - size // 2)
    assert unpack(squeeze(raw), "gzip") == raw
    assert unpack(bare_deflate(raw), "deflate") == raw
    assert unpack_file(squeeze(raw)) == raw


def test_bytes_cut_short_anywhere_are_reported():
    packed = squeeze(TEXT[:300])
    for end in range(1, len(packed)):
        with pytest.raises(DamagedSource):
            unpack(packed[:end], "gzip")


def test_broken_bytes_are_reported():
    seeds, damaged = random.Random(1), 0
    for _ in range(300):
        broken = bytearray(PACKED)
        broken[seeds.randrange(10, len(broken) - 4)] ^= 1 << seeds.randrange(8)
        try:
            assert unpack(bytes(broken), "gzip") == TEXT  # a bit that pads the last byte
        except DamagedSource:
            damaged += 1
    assert damaged > 290


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "nonsense"])
def test_an_encoding_that_was_not_offered_is_refused(encoding):
    with pytest.raises(DamagedSource, match=encoding):
        unpack(TEXT, encoding)


def test_more_than_three_layers_are_refused():
    four = squeeze(squeeze(squeeze(PACKED)))
    with pytest.raises(HostileSource):
        unpack(four, "gzip", "gzip", "gzip", "gzip")
    with pytest.raises(HostileSource):
        unpack_file(four)
    assert unpack_file(squeeze(squeeze(PACKED))) == TEXT


def test_a_file_that_is_not_gzipped_comes_through():
    assert unpack_file(TEXT) == TEXT
    assert unpack_file(b"") == b""


def test_endless_empty_members_are_refused():
    with pytest.raises(HostileSource):
        unpack(squeeze(b"") * 20_000, "gzip")


def gzip_bomb():
    return squeeze(b"\x00" * GIBIBYTE_IN_64) * 64


def deflate_bomb():
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b"\x00" * GIBIBYTE_IN_64) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * 64


@pytest.mark.timed
@pytest.mark.parametrize("way", ["gzip body", "deflate body", "gzip in gzip", "file", "file in file", "JSON Lines"])
def test_a_bomb_of_one_gibibyte_costs_little(way):
    bomb = deflate_bomb() if way == "deflate body" else gzip_bomb()
    packed = squeeze(bomb) if way in {"gzip in gzip", "file in file"} else bomb
    tracemalloc.start()
    start = time.monotonic()
    with pytest.raises(OversizedSource):
        explode(packed, way)
    took, peak = time.monotonic() - start, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert took <= 2
    assert peak <= 100_000_000


def explode(packed, way):
    if way == "gzip in gzip":
        unpack(packed, "gzip", "gzip")
    elif way.endswith("body"):
        unpack(packed, way.split()[0])
    elif way == "JSON Lines":  # there is no bound on the whole, only on how much comes out of how little
        stream = undo_gzip_layers(readable(io.BytesIO(packed)), settings=DEFAULTS, where="x")
        while stream.read(1_000_000):
            pass
    else:
        unpack_file(packed)


def test_the_limit_is_the_one_in_the_settings():
    settings = Settings(max_source_bytes=len(TEXT))
    assert unpack(PACKED, "gzip", settings=settings) == TEXT
    with pytest.raises(OversizedSource):
        unpack(PACKED, "gzip", settings=Settings(max_source_bytes=len(TEXT) - 1))


def test_pieces_are_small():
    assert max(map(len, gunzip_pieces([squeeze(bytes(900_000))], where="x"))) <= 65_536


def test_what_packs_well_without_being_a_bomb_comes_out():
    raw = b"".join(
        b'{"id": %d, "text": "The mayor said the bridge would open in May."}\n' % number for number in range(50_000)
    )
    assert unpack_file(squeeze(raw)) == raw
