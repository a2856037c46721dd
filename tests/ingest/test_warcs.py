"""Web archives, written by FastWARC, warcio and by hand (reliability rows IN1, IN2, IN6, IN7, IN8, IN12).

``ONRECORD_HOSTILE_N`` sets how many damaged archives are read: 10,000 by default, at most 500,000.
"""

import base64
import gzip
import hashlib
import io
import os
import random
import time
import tracemalloc
import zlib
from functools import partial

import brotli
import pytest
import zstandard
from fastwarc.warc import WarcRecord, WarcRecordType
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from onrecord.errors import DamagedSource, HostileSource, OversizedSource, SourceError
from onrecord.ingest.captures import Capture
from onrecord.ingest.warcs import MOST_DAMAGES, read_warc
from onrecord.settings import DEFAULTS, Settings

squeeze = partial(gzip.compress, mtime=0)
"""As gzip, but the same bytes whenever: they name tests."""

COUNT = min(int(os.environ.get("ONRECORD_HOSTILE_N", "10000")), 500_000)
PAGE = b"<html><p>The mayor said the bridge would open in May.</p></html>"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1252\r\n"


def record(url=b"http://tarnmail.example/a", body=PAGE, *, answer=ANSWER, fields=b"", length=None, kind=b"response"):
    """Write a record by hand, so that a test can write it wrongly."""
    block = answer + b"\r\n" + body
    return b"".join([
        b"WARC/1.0\r\nWARC-Type: ", kind, b"\r\nWARC-Record-ID: <urn:uuid:7>\r\nWARC-Date: 2024-05-02T10:00:00Z\r\n",
        b"WARC-Target-URI: " + url + b"\r\n" if url else b"", fields,
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: ",
        str(len(block)).encode() if length is None else length, b"\r\n\r\n", block, b"\r\n\r\n",
    ])  # fmt: skip


A, B, C = (record(b"http://tarnmail.example/" + name) for name in (b"a", b"b", b"c"))


def read(raw, settings=DEFAULTS):
    return list(read_warc(io.BytesIO(raw), where="w", settings=settings))


def shown(raw):
    """Return what is read as short words: the last letter of a page's address, or the place of an error."""
    return [found.url[-1:] if isinstance(found, Capture) else found.where for found in read(raw)]


def only(raw):
    [found] = read(raw)
    return found


def by_warcio(*, packed, pages=2):
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("crawl.warc", {"software": "a test"}))
    for number in range(pages):
        url = f"http://tarnmail.example/{number}"
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(PAGE), http_headers=head))
        asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "tarnmail.example")], is_http_request=True)
        writer.write_record(writer.create_warc_record(url, "request", http_headers=asked))
    return stream.getvalue()


def by_fastwarc():
    made = WarcRecord()
    made.init_headers(WarcRecordType.response)
    made.headers["WARC-Target-URI"] = "http://tarnmail.example/a"
    made.is_http = True
    made.set_bytes_content(ANSWER + b"\r\n" + PAGE)
    stream = io.BytesIO()
    made.write(stream, checksum_data=True)
    return stream.getvalue()


# What an archive holds.


@pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)  # warcio's files
@pytest.mark.parametrize("packed", [False, True])
def test_pages_come_with_address_date_and_offset(packed):
    raw = by_warcio(packed=packed)
    first, second = read(raw)
    assert (first.raw, first.url, first.charset, first.flaws) == (PAGE, "http://tarnmail.example/0", "utf-8", ())
    assert first.captured.startswith("20")
    assert first.record_id.startswith("<urn:uuid:")
    for capture in (first, second):
        offset = int(capture.origin.removeprefix("w:"))
        at = zlib.decompressobj(31).decompress(raw[offset:]) if packed else raw[offset:]
        assert at.startswith(b"WARC/1.0\r\n")
        assert capture.url.encode() in at[:600]


def test_what_fastwarc_writes_is_read():
    capture = only(by_fastwarc())
    assert (capture.raw, capture.url, capture.flaws) == (PAGE, "http://tarnmail.example/a", ())


def test_records_in_one_gzip_member_are_told_apart():
    assert [capture.origin for capture in read(squeeze(A + B))] == ["w:0", "w:0+1"]


@pytest.mark.parametrize(
    "raw",
    [
        record(kind=b"request"),
        record(kind=b"resource"),
        record(kind=b"revisit"),
        record(answer=ANSWER.replace(b"200 OK", b"404 Not Found")),
        record(answer=ANSWER.replace(b"200 OK", b"301 Moved Permanently")),
        record(answer=b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n"),
        record(answer=b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"),
        record(answer=b"HTTP/1.1 200 OK\r\n", body=b"plain"),
        record(body=b"", answer=b""),
        record(answer=b"no HTTP at all\r\n"),
        A.replace(b"Content-Type: application/http; msgtype=response", b"Content-Type: text/dns"),
    ],
)
def test_what_is_no_page_is_passed_over(raw):
    assert shown(raw + C) == ["c"]
    assert shown(squeeze(raw) + squeeze(C)) == ["c"]


def test_an_answer_that_does_not_say_what_it_is_may_be_a_page():
    assert only(record(answer=b"HTTP/1.1 200 OK\r\n")).raw == PAGE


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (squeeze(PAGE), b"Content-Encoding: gzip\r\n"),
        (zlib.compress(PAGE), b"content-encoding: deflate\r\n"),
        (brotli.compress(PAGE), b"Content-Encoding: br\r\n"),
        (zstandard.compress(PAGE), b"Content-Encoding: zstd\r\n"),
        (brotli.compress(squeeze(PAGE)), b"Content-Encoding: gzip, br\r\n"),
        (b"5\r\n" + PAGE[:5] + b"\r\n%x;a=b\r\n" % len(PAGE[5:]) + PAGE[5:] + b"\r\n0\r\n\r\n",
         b"Transfer-Encoding: chunked\r\n"),
        (b"%x\r\n" % len(squeeze(PAGE)) + squeeze(PAGE) + b"\r\n0\r\n\r\n",
         b"Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"),
        # Crawlers that keep the header of what they have undone.
        (PAGE, b"Content-Encoding: gzip\r\n"),
        (PAGE, b"Transfer-Encoding: chunked\r\n"),
    ],
)  # fmt: skip
def test_encodings_of_content_and_transfer_are_undone(body, headers):
    capture = only(record(body=body, answer=ANSWER + headers))
    assert (capture.raw, capture.flaws) == (PAGE, ())


# What is wrong in it (IN8).


@pytest.mark.parametrize(
    ("raw", "flaw"),
    [
        (record(fields=b"WARC-Block-Digest: sha1:AAAA\r\n"), "WARC-Block-Digest"),
        (record(fields=b"WARC-Payload-Digest: sha1:" + b"A" * 32 + b"\r\n"), "WARC-Payload-Digest"),
        (record(fields=b"WARC-Truncated: length\r\n"), "the crawler cut the page off (length)"),
        (record(url=b"dns:tarnmail.example"), "the record names no http(s) address"),
        (A.replace(b"WARC-Date: 2024-05-02T10:00:00Z\r\n", b""), "the record has no WARC-Date"),
        (record(body=b"fff\r\n" + PAGE, answer=ANSWER + b"Transfer-Encoding: chunked\r\n"), "the record is cut short"),
    ],
)
def test_a_record_that_does_not_hold_is_flagged_and_the_run_goes_on(raw, flaw):
    first, second = read(raw + C)
    assert any(flaw in each for each in first.flaws)
    assert second.url.endswith("c")


@pytest.mark.parametrize("written", ["base 32", "hexadecimal", "of an unknown kind"])
def test_a_digest_that_fits_is_no_flaw(written):
    told = hashlib.sha1(PAGE, usedforsecurity=False).digest()
    digest = {"base 32": b"sha1:" + base64.b32encode(told), "hexadecimal": b"sha1:" + told.hex().encode()}
    fields = b"WARC-Payload-Digest: " + digest.get(written, b"blake9:x") + b"\r\n"
    assert only(record(fields=fields)).flaws == ()


def test_a_record_without_an_address_is_read():
    capture = only(record(url=None))
    assert (capture.url, capture.raw) == (None, PAGE)


@pytest.mark.parametrize(
    "length", [b"-5", b"1000000000000000000", b"0x10", b"", b"abc", b"5", b"99", b"+53", b"5_3", b"999999"]
)
def test_a_length_that_is_none_costs_its_record(length):
    wrong = record(length=length)
    assert shown(A + wrong + C) == ["a", f"w:{len(A)}", "c"]
    packed = squeeze(A)
    assert shown(packed + squeeze(wrong) + squeeze(C)) == ["a", f"w:{len(packed)}", "c"]


@pytest.mark.parametrize(
    "wrong",
    [
        A.replace(b"WARC/1.0", b"WARC/9.9"),
        A.replace(b"WARC-Type: response\r\n", b""),
        A.replace(b"WARC-Date", b"WARC-Type: request\r\nWARC-Date"),
        A.replace(b"WARC-Date: ", b"WARC Date "),
        A.replace(b"WARC-Date", b"X: " + b"y" * 40_000 + b"\r\nWARC-Date"),
        A.replace(b"Content-Length", b"Content-Length: 7\r\nContent-Length"),
    ],
)
def test_a_head_that_breaks_the_rules_costs_its_record(wrong):
    assert shown(B + wrong + C) == ["b", f"w:{len(B)}", "c"]


def test_a_content_that_can_not_be_unpacked_costs_its_record():
    broken = record(body=b"\x1f\x8b\x08 nonsense", answer=ANSWER + b"Content-Encoding: gzip\r\n")
    assert shown(broken + C) == ["w:0", "c"]


# Damage (IN6, IN7).


@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_cut_anywhere_gives_what_it_holds_and_says_so(packed):
    parts = [squeeze(part) for part in (A, B)] if packed else [A, B]
    whole = b"".join(parts)
    for end in range(1, len(whole)):
        found = read(whole[:end])
        errors = [each for each in found if isinstance(each, SourceError)]
        captures = [each for each in found if isinstance(each, Capture)]
        assert len(errors) == (end != len(parts[0])), end
        assert all(isinstance(error, DamagedSource) and error.where.startswith("w:") for error in errors)
        assert len([capture for capture in captures if not capture.flaws]) == (end >= len(parts[0])), end


def test_what_stands_between_records_is_said():
    assert shown(A + b"garbage\r\n" + B) == ["a", f"w:{len(A)}", "b"]
    assert shown(A + b"\r\n\r\n" + B + b"\0" * 100) == ["a", "b"]


def test_gzip_members_after_a_broken_one_are_read():
    parts = [squeeze(part) for part in (A, B, C)]
    for place in range(10, len(parts[1])):
        broken = bytearray(parts[1])
        broken[place] ^= 0xFF
        whole = [each for each in read(parts[0] + bytes(broken) + parts[2]) if not getattr(each, "flaws", ())]
        assert [getattr(each, "url", None) or each.where for each in whole] == [
            "http://tarnmail.example/a", f"w:{len(parts[0])}", "http://tarnmail.example/c",
        ]  # fmt: skip


def mutated(seeds, raw):
    raw = bytearray(raw)
    for _ in range(seeds.randint(1, 8)):
        place = seeds.randrange(len(raw) or 1)
        piece = [
            bytes([seeds.randrange(256)]),
            b"",
            seeds.randbytes(seeds.randint(1, 30)),
            raw[seeds.randrange(len(raw) or 1) :][:300],
        ]
        raw[place : place + seeds.choice([0, 1, 1, seeds.randint(1, 60)])] = seeds.choice(piece)
    return bytes(raw)


@pytest.mark.timed
@pytest.mark.hostile
def test_damaged_archives_give_pages_or_typed_errors():
    seeds = random.Random(6)
    plain, packed = A + B + A, b"".join(map(gzip.compress, (A, B, A)))
    twice = squeeze(A + B) + squeeze(C)
    slowest = 0.0
    for number in range(COUNT):
        whole = (plain, packed, twice)[number % 3]
        raw = squeeze(mutated(seeds, A + B)) if number % 9 == 8 else mutated(seeds, whole)
        start = time.monotonic()
        found = read(raw)
        slowest = max(slowest, time.monotonic() - start)
        for each in found:
            assert isinstance(each, Capture | SourceError)
            assert isinstance(each, Capture) or each.where.startswith("w:")
    assert slowest < 5


def test_records_before_the_damage_are_kept():
    seeds = random.Random(7)
    for parts in ([A, B, C], [squeeze(part) for part in (A, B, C)]):
        for _ in range(100):
            damaged = mutated(seeds, parts[2])
            if not damaged.startswith(parts[2]):
                assert shown(b"".join(parts[:2]) + damaged)[:2] == ["a", "b"]


def test_damage_everywhere_ends():
    found = read(b"WARC/1.0\r\nContent-Length: 9\r\n\r\n" * (MOST_DAMAGES + 50))
    assert len(found) == MOST_DAMAGES + 1
    assert isinstance(found[-1], HostileSource)


# Size (IN1, IN2, IN12).


ZEROS = bytes(16 * 1024 * 1024)


def deflated(raw, *, wrapping):
    """Pack ``raw`` and a gibibyte of zeros; the end, with its checksum, is left off."""
    packer = zlib.compressobj(9, zlib.DEFLATED, wrapping)
    head = packer.compress(raw) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + (packer.compress(ZEROS) + packer.flush(zlib.Z_FULL_FLUSH)) * 64


def gibibyte(encoding):
    if encoding == "gzip":
        return squeeze(ZEROS) * 64
    if encoding == "deflate":
        return deflated(b"", wrapping=-15)
    if encoding == "br":
        packer = brotli.Compressor(quality=1)
        return b"".join(packer.process(ZEROS) for _ in range(64)) + packer.finish()
    packer = zstandard.ZstdCompressor(level=1).compressobj()
    return b"".join(packer.compress(ZEROS) for _ in range(64)) + packer.flush()


@pytest.mark.timed
@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_in_a_record_costs_little(encoding):
    raw = record(body=gibibyte(encoding), answer=ANSWER + b"Content-Encoding: " + encoding.encode() + b"\r\n")
    bombed, kept = weighed(raw + C)
    assert isinstance(bombed, OversizedSource)
    assert (bombed.where, kept.url[-1]) == ("w:0", "c")


@pytest.mark.timed
def test_a_bomb_of_a_member_costs_little():
    head = record(body=b"", length=str(1 << 30).encode()).removesuffix(b"\r\n\r\n")
    member = deflated(head, wrapping=31)
    bombed, kept = weighed(member + squeeze(C))
    assert isinstance(bombed, OversizedSource)
    assert (bombed.where, kept.url[-1]) == ("w:0", "c")


def weighed(raw):
    tracemalloc.start()
    start = time.monotonic()
    found = read(raw)
    took, peak = time.monotonic() - start, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert took <= 2
    assert peak <= 100_000_000
    return found


def test_more_than_three_layers_are_refused():
    layers = b"Content-Encoding: gzip, gzip, br, gzip\r\n"
    packed = squeeze(brotli.compress(squeeze(squeeze(PAGE))))
    assert isinstance(only(record(body=packed, answer=ANSWER + layers)), HostileSource)


def test_a_page_beyond_the_limit_is_refused_and_a_film_passed_over():
    big = b"<html><p>" + b"a " * 100_000
    film = record(body=big, answer=b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n")
    for raw in (film + record(body=big) + C, b"".join(map(gzip.compress, (film, record(body=big), C)))):
        oversized, kept = read(raw, Settings(max_source_bytes=150_000))
        assert isinstance(oversized, OversizedSource)
        assert kept.url.endswith("c")


def test_memory_is_flat_over_a_long_archive():
    packed = squeeze(record(body=PAGE + random.Random(1).randbytes(20_000)))
    peaks = []
    for times in (50, 1_000):
        stream = io.BytesIO(packed * times)
        tracemalloc.start()
        assert sum(1 for _ in read_warc(stream, where="w", settings=DEFAULTS)) == times
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 200_000
