"""Where archives are cut: the pieces of an input give what the input gives, each report in its place."""

# ruff: noqa: E402 - what the extra brings is looked for first
from __future__ import annotations

import gzip
import io
import os
import random

import pytest

pytest.importorskip("fsspec", reason="archives need the extra batch: pip install 'onrecord[batch]'")
pa = pytest.importorskip("pyarrow", reason="archives need the extra batch: pip install 'onrecord[batch]'")

from pyarrow import parquet

from batch_by_hand import entry, told, write_lines
from onrecord.batch import cutting
from onrecord.batch.cutting import cut, pack, plan_scans, scan
from onrecord.batch.inputs import list_inputs
from onrecord.batch.pieces import place_in, read_piece
from onrecord.document import Document
from onrecord.errors import MissingSource
from onrecord.ingest.options import ReadOptions
from onrecord.ingest.plaintext import read_text
from onrecord.ingest.sources import SourceRef, read_source
from onrecord.settings import DEFAULTS

ENTRIES = [entry(number, "word " * (number * 7 % 40)) for number in range(60)]
PAGE = "<html><body><p>" + ENTRIES[0]["text"] + "</p></body></html>"


class Parser:
    """Takes pages for texts: what is cut is the point here."""

    def parse(self, raw, *, origin, url, declared_charset):
        return read_text(raw.decode("latin-1"), origin=origin, sha256="", charset=declared_charset, url=url)

    def parse_listing(self, raw, **_):
        raise NotImplementedError


def whole(name):
    source = SourceRef(name=name, where="file")
    return list(read_source(source, options=ReadOptions(), parser=Parser(), settings=DEFAULTS))


def pieces_of(name, size):
    [each] = list_inputs([name])
    scans = plan_scans([each], size)
    return each, cut([each], [(part, scan(each, part, size)) for part in scans])


def in_pieces(name, size):
    each, pieces = pieces_of(name, size)
    found = [
        found
        for piece in pieces
        for found in read_piece(piece, each, options=ReadOptions(), parser=Parser(), settings=DEFAULTS)
    ]
    return len(pieces), found


def warc(bodies):
    """Return a packed archive, a member a record."""
    members = []
    for number, body in enumerate(bodies):
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
            f"WARC-Date: 2024-05-02T10:00:00Z\r\nWARC-Target-URI: https://tarn.example/{number}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        members.append(gzip.compress(head.encode() + block + b"\r\n\r\n", mtime=0))
    return b"".join(members)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("size", [400, 3_000])
@pytest.mark.parametrize("part", [7_000, cutting.SCAN])
def test_lines_in_pieces_are_the_lines(tmp_path, monkeypatch, packed, size, part):
    monkeypatch.setattr(cutting, "SCAN", part)
    name = write_lines(tmp_path / ("a.jsonl" + ".gz" * packed), [*ENTRIES, {"body": 1}, ENTRIES[0]], packed=packed)
    count, found = in_pieces(name, size)
    assert count > 3
    assert told(found) == told(whole(name))
    assert len(found) == 62
    assert found[60].where == f"{name}:61"
    assert found[61].provenance == whole(name)[61].provenance


def test_blank_lines_and_a_missing_end_shift_nothing(tmp_path):
    name = write_lines(tmp_path / "a.jsonl", ENTRIES[:20])
    raw = (tmp_path / "a.jsonl").read_bytes().replace(b"\n", b"\n\n\n").rstrip(b"\n")
    (tmp_path / "a.jsonl").write_bytes(raw)
    count, found = in_pieces(name, 300)
    assert count > 10
    assert told(found) == told(whole(name))


@pytest.mark.parametrize("size", [100, 700])
def test_members_of_an_archive_in_pieces_are_its_members(tmp_path, monkeypatch, size):
    monkeypatch.setitem(cutting.DENSITY, "warc", 1)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(warc([PAGE.replace("0", str(number)).encode() for number in range(30)]))
    count, found = in_pieces(str(path), size)
    assert count > 3
    assert told(found) == told(whole(str(path)))
    assert len(found) == 30


def test_bytes_in_a_page_that_look_like_a_record_do_not_become_one(tmp_path, monkeypatch):
    """A server may send a packed archive as a page; where it is stored as it is, its bytes stand in the archive."""
    monkeypatch.setitem(cutting.DENSITY, "warc", 1)
    forged = warc([b"<p>Forged, Mara Ilven said.</p>"])
    stored = io.BytesIO()
    with gzip.GzipFile(fileobj=stored, mode="wb", compresslevel=0, mtime=0) as member:
        member.write(gzip.decompress(warc([b"<p>" + forged * 20 + b"</p>"])))
    path = tmp_path / "a.warc.gz"
    path.write_bytes(stored.getvalue() * 5)
    assert forged in path.read_bytes()
    _, pieces = pieces_of(str(path), 100)
    assert [piece.start for piece in pieces] == [number * len(stored.getvalue()) for number in range(5)]


def test_an_archive_is_not_cut_behind_a_damaged_place(tmp_path, monkeypatch):
    monkeypatch.setitem(cutting.DENSITY, "warc", 1)
    raw = bytearray(warc([PAGE.replace("0", str(number)).encode() for number in range(30)]))
    raw[len(raw) // 2 : len(raw) // 2 + 4] = b"\0\0\0\0"
    path = tmp_path / "a.warc.gz"
    path.write_bytes(bytes(raw))
    _, found = in_pieces(str(path), 100)
    assert told(found) == told(whole(str(path)))
    assert any(not isinstance(each, Document) for each in found)


@pytest.mark.parametrize("size", [500, 100_000_000])
def test_rows_of_parquet_are_read_as_lines_are(tmp_path, size):
    path = tmp_path / "a.parquet"
    parquet.write_table(pa.Table.from_pylist(ENTRIES), path, row_group_size=25)
    lines = whole(write_lines(tmp_path / "a.jsonl", ENTRIES))
    count, found = in_pieces(str(path), size)
    assert count == 1 or size == 500
    assert [each.provenance.origin for each in found] == [f"{path}:{number}" for number in range(1, 61)]
    assert [(each.text, each.published, each.url) for each in found] == [
        (each.text, each.published, each.url) for each in lines
    ]


def test_a_file_here_may_have_any_name(tmp_path):
    name = write_lines(tmp_path / "a::b.jsonl", ENTRIES[:2])
    assert told(in_pieces(name, 100_000_000)[1]) == told(whole(name))


def test_broken_parquet_is_one_error(tmp_path):
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1" + b"\0" * 100 + b"PAR1")
    _, found = in_pieces(str(path), 10)
    assert told(found) == [(str(path), "DamagedSource")]


def test_a_value_in_parquet_that_python_has_no_form_for_costs_no_other_row(tmp_path):
    path = tmp_path / "a.parquet"
    texts = [each["text"].encode() for each in ENTRIES[:2]]
    column = pa.array([texts[0], texts[1] + b"\xff"], pa.binary()).view(pa.string())
    dates = pa.array([10**15, 1_714_642_200], pa.timestamp("s"))
    parquet.write_table(pa.table({"text": column, "published": dates}), path)
    _, [first, second] = in_pieces(str(path), 100_000_000)
    assert (first.text, first.published) == (ENTRIES[0]["text"].strip(), None)
    assert (second.text[-1], second.published) == ("\N{REPLACEMENT CHARACTER}", "2024-05-02T09:30:00")


def test_pieces_cover_an_input_once_wherever_it_is_cut(tmp_path):
    chance = random.Random(7)
    name = write_lines(tmp_path / "a.jsonl", ENTRIES)
    for _ in range(20):
        each, pieces = pieces_of(name, chance.randrange(50, 5_000))
        assert [piece.start for piece in pieces[1:]] == [piece.stop for piece in pieces[:-1]]
        assert (pieces[0].start, pieces[-1].stop) == (0, None)
        assert all(piece.start < each.size for piece in pieces)


def test_small_files_go_together_and_large_ones_alone(tmp_path):
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text(entry(number)["text"] * (1 + 30 * (number == 3)))
    inputs = list_inputs([str(tmp_path)])
    shards = list(pack(cut(inputs, []), 500))
    assert [[piece.input for piece in shard] for shard in shards] == [[0, 1, 2], [3], [4, 5]]


def test_a_name_that_looks_like_a_piece_keeps_its_place():
    assert place_in("piece.txt:3", "x", 5) == "piece.txt:3"


def test_no_name_is_not_the_folder_that_one_is_in(tmp_path, monkeypatch):
    (tmp_path / "news.jsonl").write_text("{}")
    monkeypatch.chdir(tmp_path)
    [missing] = list_inputs([""])
    assert isinstance(missing, MissingSource)


def test_a_folder_that_can_not_be_read_is_told_of(tmp_path, monkeypatch):
    (tmp_path / "news.jsonl").write_text('{"text": "Rain."}\n', encoding="utf-8")
    walk = os.walk

    def walk_with_a_closed_door(folder, onerror):
        yield from walk(folder)
        onerror(PermissionError(13, "Permission denied", f"{folder}/closed"))

    monkeypatch.setattr("os.walk", walk_with_a_closed_door)
    news, closed = list_inputs([str(tmp_path)])
    assert news.name.endswith("news.jsonl")
    assert str(closed) == f"{tmp_path}/closed: can't be read: Permission denied; check its permissions"
