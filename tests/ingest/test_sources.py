import gzip
import hashlib
import http.server
import io
import json
import os
import random
import socket
import stat
import sys
import threading
from functools import partial
from pathlib import Path
from types import MappingProxyType

import pytest

from onrecord.document import Document, document_id
from onrecord.errors import (
    BadLine,
    BinarySource,
    DamagedSource,
    EmptySource,
    ForeignLanguage,
    HostileSource,
    MissingSource,
    NoArticle,
    OversizedSource,
    RefusedAddress,
    SourceError,
)
from onrecord.ingest.fetching import Network
from onrecord.ingest.options import ReadOptions
from onrecord.ingest.sandbox import PageParser
from onrecord.ingest.sources import SourceRef, expand, read_source
from onrecord.reading import Reader, Reading, to_json
from onrecord.settings import DEFAULTS, Settings

squeeze = partial(gzip.compress, mtime=0)
"""As gzip, but the same bytes whenever: they name tests."""

BODY = (
    "The mayor of Tarn said on Monday that the bridge would open in May, two years after it was closed.\n\n"
    "“We have kept our promise,” she told reporters, and thanked those who had waited for it."
)
GERMAN = (
    "Die Bürgermeisterin von Tarn sagte am Montag, die Brücke werde im Mai wieder geöffnet, zwei Jahre nach ihrer "
    "Sperrung. Sie dankte allen, die so lange gewartet hatten, und versprach ein Fest für die ganze Stadt."
)
PAGE = f"""<!doctype html><html lang="en"><head><title>Bridge to open in May</title>
<meta property="article:published_time" content="2024-05-02T08:00:00Z">
<meta property="og:site_name" content="The Tarn Mail"></head><body><article><h1>Bridge to open in May</h1>
{"".join(f"<p>{paragraph}</p>" for paragraph in BODY.split(chr(10) * 2))}
<p>The council of Tarn voted for the new bridge in March, after a long debate about its cost and its colour.</p>
</article></body></html>"""
PUBLIC = "93.184.215.14"


@pytest.fixture(scope="module")
def parser():
    with PageParser(DEFAULTS) as parser:
        yield parser


@pytest.fixture
def read(parser):
    def read(name, *, where="file", settings=DEFAULTS, network=None, stdin=None, **options):
        source = SourceRef(name=str(name), where=where)
        reading = read_source(
            source,
            options=ReadOptions(**options),
            parser=parser,
            settings=settings,
            network=network,
            stdin=None if stdin is None else io.BytesIO(stdin),
        )
        return list(reading)

    return read


def names(*given):
    return [found.name if isinstance(found, SourceRef) else type(found) for found in expand(map(str, given))]


# What names stand for.


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in (
        "b.html", "a.txt", "c.md", "d.csv", ".hidden.txt", "e.jsonl.gz", "sub/g.NDJSON", "sub/f.HTM", "sub/deep/h.json",
        ".git/i.txt", "other/j.pdf", "bare/k.png",
    ):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(BODY)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_a_name_may_be_a_path_and_one_by_itself_is_not_taken_for_its_letters():
    assert [found.name for found in expand("a.txt")] == [found.name for found in expand(Path("a.txt"))] == ["a.txt"]
    assert [found.name for found in expand(Path("sub").iterdir())]


@pytest.mark.usefixtures("folder")
def test_names_stand_for_files_standard_input_and_addresses_in_the_order_given():
    assert list(expand(["d.csv", "-", "HTTP://tarnmail.example/a", "a.txt"])) == [
        SourceRef(name="d.csv", where="file"),
        SourceRef(name="-", where="stdin"),
        SourceRef(name="HTTP://tarnmail.example/a", where="address"),
        SourceRef(name="a.txt", where="file"),
    ]


def test_a_folder_is_searched_through_in_order_for_reports(folder):
    expected = ["a.txt", "b.html", "c.md", "e.jsonl.gz", "sub/f.HTM", "sub/g.NDJSON", "sub/deep/h.json"]
    assert names(folder) == [*(str(folder / name) for name in expected), SourceError]


def test_files_of_a_folder_that_are_not_read_are_counted_in_one_line(folder):
    for name in ("sub/k.PDF", "l.docx", "m.parquet", "n.jsonl.zst", "cover.png", ".hidden.pdf"):
        (folder / name).write_bytes(b"")
    *found, told = expand(str(folder))
    assert all(isinstance(each, SourceRef) for each in found)
    assert str(told) == (
        f"{folder}: 6 files in it are not read: 2 .pdf, 1 .docx, 1 .csv, 1 .parquet, 1 .zst; save each as text or as a"
        " web page (.pdf .docx); save their rows as JSON Lines (.csv); onrecord batch reads those (.parquet); unpack"
        " those (.zst)"
    )


def test_a_folder_of_nothing_else_says_only_what_is_in_it(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"")
    (told,) = expand(str(tmp_path))
    assert str(told) == f"{tmp_path}: a file in it is not read: 1 .pdf; save each as text or as a web page"


def test_a_tape_archive_is_counted_as_one_also_where_it_is_compressed(tmp_path):
    for name in ("a.tar.gz", "b.tgz"):
        (tmp_path / name).write_bytes(b"")
    (told,) = expand(str(tmp_path))
    assert str(told) == f"{tmp_path}: 2 files in it are not read: 1 .tar, 1 .tgz; unpack those"


def test_pages_of_a_folder_whose_names_do_not_say_so_are_told(tmp_path):
    """As crawlers save them, by the last part of the address."""
    for name in ("levy-to-go", "mr.brandt-speaks", "story.php", "index.html?id=3", "plain", "news.db"):
        (tmp_path / name).write_text(BODY if name == "plain" else "\0\1" if name == "news.db" else PAGE)
    (told,) = expand(str(tmp_path))
    assert str(told) == (
        f"{tmp_path}: index.html?id=3 and 3 more files in it begin like reports, and are not read; give them names in"
        " .html, .xml or .warc, or name each"
    )


def test_what_is_saved_beside_a_page_is_not_told_however_it_begins(tmp_path):
    for name in ("a.html", "a_files/frame", "a_files/frame.php", "a.html~", "b.html.part", "c.svg", "d.js"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PAGE)
    assert names(tmp_path) == [str(tmp_path / "a.html")]


def test_a_script_beside_pages_that_has_markup_in_it_is_not_told(tmp_path):
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "crawl.py").write_text(f"PAGE = {PAGE!r}\n")
    assert names(tmp_path) == [str(tmp_path / "a.html")]


def test_a_link_to_a_page_outside_of_a_folder_is_not_told_as_a_misnamed_one(tmp_path):
    """A name would not have it read."""
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "in").mkdir()
    (tmp_path / "in/b.html").write_text(PAGE)
    (tmp_path / "in/story").symlink_to(tmp_path / "a.html")
    assert names(tmp_path / "in") == [str(tmp_path / "in/b.html")]


def test_mails_of_a_folder_are_told(tmp_path):
    for name in ("a.eml", "b.mbox"):
        (tmp_path / name).write_text(f"From: desk\n\n{BODY}")
    (told,) = expand(str(tmp_path))
    assert str(told) == (f"{tmp_path}: 2 files in it are not read: 1 .eml, 1 .mbox; save each as text or as a web page")


def test_a_glob_that_no_shell_expanded_is_expanded(folder):
    assert names("*.txt") == ["a.txt"]
    assert names("[a-c].*") == ["a.txt", "b.html", "c.md"]
    assert names("s*") == ["sub/f.HTM", "sub/g.NDJSON", "sub/deep/h.json"]
    assert names("**/*.json") == ["sub/deep/h.json"]
    assert names("**/deep") == ["sub/deep/h.json"]
    assert names("sub/**/") == ["sub/f.HTM", "sub/g.NDJSON", "sub/deep/h.json"]
    assert names(str(folder / "sub" / "*.HTM")) == [str(folder / "sub" / "f.HTM")]


def test_a_file_whose_name_looks_like_a_glob_is_that_file(folder):
    (folder / "[a].txt").write_text(BODY)
    assert names("[a].txt") == ["[a].txt"]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", ["none.txt", "none/", "*.none", "bare", "other/*.txt", "", "a\0b", "x" * 5_000])
def test_a_name_that_stands_for_nothing_is_said(name):
    [missing] = expand([name])
    assert isinstance(missing, MissingSource)
    assert missing.where == name
    assert str(missing).isprintable()


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("www.orrin-echo.example", True),
        ("orrin-echo.example/news/levy", True),
        ("levy.txt", False),
        ("reports/levy.txt", False),
        ("../reports/levy.txt", False),
    ],
)
def test_an_address_without_its_beginning_is_told_what_it_lacks(name, hint):
    [missing] = expand([name])
    assert str(missing) == f"{name}: no such file or folder; check the name" + (
        "; an address begins with https://" if hint else ""
    )


@pytest.mark.parametrize("name", ["file:///etc/passwd", "ftp://tarnmail.example/a", "gopher://tarnmail.example/"])
def test_other_schemes_than_http_are_refused(name):
    assert names(name) == [RefusedAddress]


def test_who_names_a_store_or_a_path_as_an_address_is_told_what_to_do():
    [store], [path] = expand("s3://news/may.jsonl"), expand("file:///news/may.jsonl")
    assert store.advice == "onrecord batch reads stores, such as s3://"
    assert path.advice == "name the path alone"


def test_a_folder_that_links_to_itself_ends(folder):
    (folder / "sub" / "again").symlink_to(folder, target_is_directory=True)
    assert len(names(folder)) == 8


def test_links_in_a_folder_to_what_is_outside_are_left_out_and_told(folder):
    (folder / "bare" / "in.txt").symlink_to(folder / "bare" / "real.txt")
    (folder / "bare" / "real.txt").write_text(BODY)
    (folder / "bare" / "out.txt").symlink_to(folder / "a.txt")
    *found, told = expand("bare")
    assert [each.name for each in found] == ["bare/in.txt", "bare/real.txt"]
    assert str(told) == "bare: out.txt in it leads outside of it, and is not read; name what is to be read"
    (folder / "bare" / "sub").symlink_to(folder / "sub", target_is_directory=True)
    *_, told = expand("bare")
    assert told.what == "sub and 1 more link in it lead outside of it, and are not read"
    assert names("bare/*.txt") == ["bare/in.txt", "bare/out.txt", "bare/real.txt"]


def test_what_onrecord_batch_wrote_is_no_report_and_told(folder):
    for name in ("_onrecord/plan.json", "failures.jsonl", "documents/part.jsonl"):
        (folder / "sub" / "archive" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "sub" / "archive" / name).write_text("{}")
    *found, told = expand("sub")
    assert [each.name for each in found] == ["sub/f.HTM", "sub/g.NDJSON", "sub/deep/h.json"]
    assert str(told) == (
        "sub/archive: was written by onrecord batch, and is not read; onrecord load brings it into a record"
    )
    assert names("sub/archive") == names("sub/*/*.jsonl") == names("sub/arch*") == [SourceError]
    assert names("sub/**/*.js*") == ["sub/deep/h.json", SourceError]
    assert names("sub/archive/documents/*.jsonl") == ["sub/archive/documents/part.jsonl"]  # whoever names it wants it


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_said(folder, read):
    (folder / "a.txt").chmod(stat.S_IWUSR)
    [error] = read("a.txt")
    assert "Permission denied" in str(error)


def test_a_pipe_in_a_folder_is_no_report(folder):
    os.mkfifo(folder / "pipe.txt")
    assert str(folder / "pipe.txt") not in names(folder)


# What is in them.


def test_a_text_is_read_exactly(tmp_path, read):
    path = tmp_path / "report.txt"
    path.write_text(BODY)
    [document] = read(path)
    assert document.text == BODY
    assert (document.provenance.origin, document.provenance.method) == (str(path), "plaintext")
    assert document.provenance.sha256 == hashlib.sha256(BODY.encode()).hexdigest()
    assert (document.language, document.id) == ("en", document_id(BODY, None))


def test_a_page_is_read_as_a_page_whatever_its_name(tmp_path, read):
    for name in ("page.html", "page.txt", "page"):
        path = tmp_path / name
        path.write_text(PAGE)
        [document] = read(path)
        assert document.provenance.method == "webpage"
        assert (document.title, document.outlet) == ("Bridge to open in May", "The Tarn Mail")
        assert document.published.startswith("2024-05-02")
        assert (document.published_from, document.language) == ("metadata", "en")
        assert document.provenance.sha256 == hashlib.sha256(PAGE.encode()).hexdigest()


def test_markdown_is_read_as_markdown(tmp_path, read):
    path = tmp_path / "report.md"
    path.write_text(f"# Bridge to open in May\n\n{BODY}\n")
    [document] = read(path)
    assert document.provenance.method == "markdown"
    assert BODY in document.text


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_gzipped_reports_are_read(tmp_path, read, layers):
    for name, content, method in (
        ("r.html.gz", PAGE, "webpage"),
        ("r.txt.gz", BODY, "plaintext"),
        ("r", BODY, "plaintext"),
    ):
        raw = content.encode()
        for _ in range(layers):
            raw = squeeze(raw)
        (tmp_path / name).write_bytes(raw)
        [document] = read(tmp_path / name)
        assert document.provenance.method == method
        assert document.provenance.sha256 == hashlib.sha256(content.encode()).hexdigest()


def test_standard_input_is_sniffed(read):
    line = json.dumps({"text": BODY})
    methods = {
        PAGE: "webpage",
        BODY: "plaintext",
        line: "jsonlines",
        json.dumps({"text": BODY}, indent=2): "jsonlines",
        f"[{line}]": "jsonlines",
    }
    for content, method in methods.items():
        for raw in (content.encode(), squeeze(content.encode())):
            [document] = read("-", where="stdin", stdin=raw)
            assert document.provenance.method == method
            assert document.provenance.origin.startswith("-")


def test_a_text_in_another_encoding_is_read(tmp_path, read):
    for encoding in ("utf-16", "utf-8-sig", "cp1252"):
        (tmp_path / "report.txt").write_bytes(BODY.encode(encoding))
        [document] = read(tmp_path / "report.txt")
        assert document.text == BODY


@pytest.mark.parametrize(
    ("name", "raw", "kind"),
    [
        ("report.txt", b"", EmptySource),
        ("report.txt", b" \n\n\t", EmptySource),
        ("report.html", b"", EmptySource),
        ("report.jsonl", b"\n", EmptySource),
        ("report.txt.gz", squeeze(b""), EmptySource),
        ("report.pdf", b"%PDF-1.7 ...", BinarySource),
        ("report.html", b"\x89PNG\r\n\x1a\n" + bytes(99), BinarySource),
        ("report.jsonl", bytes(range(256)) * 99, BinarySource),
        ("report.txt.gz", squeeze(BODY.encode())[:-20], DamagedSource),
        ("report.txt.gz", squeeze(squeeze(squeeze(squeeze(b"a")))), HostileSource),
        ("report.txt.gz", squeeze(b"a" * 30_000_000), OversizedSource),
        ("report.jsonl.gz", squeeze(b"\n" * 50_000_000), OversizedSource),
        ("report.txt", b"a" * 20_000_001, OversizedSource),
        ("report.html", b"<html><body><a href='/'>Home</a></body></html>", NoArticle),
        ("report.txt", GERMAN.encode(), ForeignLanguage),
        ("report.json", b"{", BadLine),
        ("report.json", b"5", BadLine),
    ],
)  # fmt: skip
def test_what_cannot_be_read_gets_one_clear_line(tmp_path, read, name, raw, kind):
    path = tmp_path / name
    path.write_bytes(raw)
    [error] = read(path)
    assert type(error) is kind
    assert str(error).startswith(str(path))
    assert "\n" not in str(error)


@pytest.mark.parametrize("name", ["reports.csv", "reports.TSV", "reports.csv.gz"])
def test_a_table_of_reports_is_not_read_as_one_report(tmp_path, read, name):
    (tmp_path / name).write_text(f'title,text\nBridge to open,"{BODY}"\n', encoding="utf-8")
    (error,) = read(tmp_path / name)
    assert str(error).endswith('not a report; save its rows as JSON Lines, an object with "text" for each')


def test_a_missing_file_and_a_folder_are_said(tmp_path, read):
    assert [type(error) for error in read(tmp_path / "none.txt")] == [MissingSource]
    assert [type(error) for error in read(tmp_path)] == [SourceError]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no endless file here")
def test_an_endless_file_is_not_read_to_its_end(read):
    assert [type(error) for error in read("/dev/zero")] == [BinarySource]


# JSON.


def test_a_line_is_a_report_with_what_its_fields_say(tmp_path, read):
    path = tmp_path / "reports.jsonl"
    first = {
        "body": BODY,
        "headline": "Bridge",
        "url": "https://tarnmail.example/a",
        "date": "2024-05-02",
        "source": "Tarn Mail",
        "author": "Ana Belt",
        "topic": 3,
    }
    second = {"html": PAGE, "title": "Another title", "text": None}
    lines = [json.dumps(first), "nonsense", json.dumps(second), json.dumps({"text": " "}), json.dumps({"text": GERMAN})]
    path.write_text("\n".join(lines))
    text, bad, page, blank, german = read(path)
    assert (text.text, text.title, text.outlet, text.authors) == (BODY, "Bridge", "Tarn Mail", ("Ana Belt",))
    assert (text.published, text.published_from, text.url) == ("2024-05-02", "metadata", "https://tarnmail.example/a")
    assert (text.id, dict(text.extra)) == (document_id(BODY, "https://tarnmail.example/a"), {"topic": 3})
    assert (text.provenance.origin, text.provenance.method) == (f"{path}:1", "jsonlines")
    assert text.provenance.sha256 == hashlib.sha256(lines[0].encode()).hexdigest()
    assert isinstance(bad, BadLine)
    assert (page.title, page.outlet, page.provenance.method) == ("Another title", "The Tarn Mail", "jsonlines")
    assert page.anchors
    assert (type(blank), blank.where) == (BadLine, f"{path}:4")
    assert (type(german), german.where) == (ForeignLanguage, f"{path}:5")


def test_a_text_field_that_holds_markup_is_read_as_a_page(read):
    [document] = read("-", where="stdin", stdin=json.dumps({"content": PAGE}).encode())
    assert "<p>" not in document.text
    assert document.anchors


def test_json_lines_may_be_longer_than_one_report_may(tmp_path, read):
    path = tmp_path / "reports.jsonl"
    path.write_text(json.dumps({"text": BODY}) + "\n")
    path.write_text(path.read_text() * 10)
    small = Settings(max_source_bytes=1_000)
    assert [type(found) for found in read(path, settings=small)] == [Document] * 10
    assert [type(found) for found in read("-", where="stdin", stdin=path.read_bytes(), settings=small)] == [
        Document
    ] * 10


def test_damaged_json_lines_give_documents_that_can_be_written_or_errors(read):
    seeds = random.Random(7)
    whole = (json.dumps({"text": BODY, "date": "2024-05-02", "x": [1, None, {"a": "b"}], "y": "\ud83d"}) + "\n") * 3
    for _ in range(200):
        raw = bytearray(whole.encode())
        for _ in range(seeds.choice([1, 2, 5, 20])):
            place = seeds.randrange(len(raw))
            raw[place : place + seeds.randrange(3)] = seeds.choice(
                [b"", b"\xff", b"\0", b"{", b'"', b"\\ud800", b"1e999", b"NaN"]
            )
        for found in read("-", where="stdin", stdin=bytes(raw), force=True):
            if isinstance(found, Document):
                to_json(Reading(document=found, reader=Reader(version="0", model="none"), statements=()))
            else:
                assert str(found).isprintable()


# What the user says on top.


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are text")
def test_a_page_whose_name_is_no_utf_8_is_read(tmp_path, read):
    """As archives that were packed long ago hold them: the parser runs in a process of its own."""
    for name, held in {"l\udce9vy.html": PAGE, "l\udce9vy.rss": "<rss>"}.items():
        (tmp_path / name).write_text(held)
    [document] = read(tmp_path / "l\udce9vy.html")
    assert document.provenance.origin == f"{tmp_path}/l\ufffdvy.html"
    [error] = read(tmp_path / "l\udce9vy.rss")
    assert isinstance(error, SourceError)


def test_what_the_user_says_outranks_what_the_report_says(tmp_path, read):
    (tmp_path / "page.html").write_text(PAGE)
    [document] = read(tmp_path / "page.html", date="2024-01-31", url="https://tarnmail.example/b")
    assert (document.published, document.published_from) == ("2024-01-31", "given")
    assert document.url == "https://tarnmail.example/b"
    assert document.id == document_id(document.text, "https://tarnmail.example/b")


def test_one_address_is_not_given_to_several_sources(tmp_path):
    for name in ("a.html", "b.txt"):
        (tmp_path / name).write_text(BODY)
    one, address = str(tmp_path / "a.html"), "https://tarnmail.example/b"
    assert [found.name for found in expand([one], url=address)] == [one]
    for several in (tmp_path, tmp_path / "*", [one, "-"]):
        (told,) = expand(str(several) if isinstance(several, Path) else several, url=address)
        what = f"{one}: is one of several sources, and one address was given for all; leave --url out"
        assert str(told) == what
    assert len(list(expand([one, "missing.txt"], url=address))) == 2


def test_a_line_is_read_before_the_next_one_comes(parser):
    class Pipe(io.RawIOBase):
        def __init__(self):
            self.given = [json.dumps({"text": BODY}).encode() + b"\n"]

        def readable(self):
            return True

        def readinto(self, buffer):
            written = self.given.pop()  # fails where more is asked for
            buffer[: len(written)] = written
            return len(written)

    source = SourceRef(name="-", where="stdin")
    pipe = io.BufferedReader(Pipe())
    reading = read_source(source, options=ReadOptions(), parser=parser, settings=DEFAULTS, stdin=pipe)
    assert next(reading).text == BODY.strip()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("whole", ['{"text": "a"}\r\n{"text": "b"}\r\n', '[\r\n  {"text": "a"}]'])
def test_json_in_utf_16_is_no_text(read, encoding, whole):
    (error,) = read("-", where="stdin", stdin=f"\ufeff{whole}".encode(encoding))
    assert str(error) == "-: is in UTF-16; save it as UTF-8"


def test_one_address_is_not_given_to_all_reports_of_a_source(tmp_path, read):
    line = json.dumps({"text": BODY})
    for name, text in {"one.jsonl": f"{line}\n\n", "one.json": f"[{line}]"}.items():
        (tmp_path / name).write_text(text)
        [document] = read(tmp_path / name, url="https://tarnmail.example/b")
        assert document.url == "https://tarnmail.example/b"
    two = f"{line}\n{line}\n"
    held = {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "a", "content_text": BODY}]}
    feed = json.dumps(held)
    archive = "WARC/1.0\r\n\r\n"
    for name, text in {"a.jsonl": two, "a.json": f"[{line},{line}]", "feed.json": feed, "a.warc": archive}.items():
        (tmp_path / name).write_text(text)
        [error] = read(tmp_path / name, url="https://tarnmail.example/b")
        assert str(error) == (
            f"{tmp_path / name}: may hold many reports, and one address was given for all; leave --url out"
        )


def test_a_foreign_report_is_read_by_force_with_a_warning(read):
    [document] = read("-", where="stdin", stdin=GERMAN.encode(), force=True)
    assert document.language == "de"
    assert any("German" in warning for warning in document.warnings)


def test_the_text_says_the_language_and_not_the_page(tmp_path, read):
    (tmp_path / "page.html").write_text(PAGE.replace('lang="en"', 'lang="de-DE"'))
    [document] = read(tmp_path / "page.html")
    assert document.language == "en"


# Addresses.


class Handler(http.server.BaseHTTPRequestHandler):
    answers = MappingProxyType({
        "/a": ("text/html; charset=utf-8", PAGE.encode()),
        "/b.txt": ("text/plain; charset=iso-8859-1", "“Café” was all that she said. ".encode("cp1252") * 5),
        "/c.jsonl": ("application/octet-stream", json.dumps({"text": BODY}).encode() + b"\nx\n"),
        "/d": ("application/pdf", b"%PDF-1.7"),
        "/e.gz": ("application/gzip", squeeze(PAGE.encode())),
        "/f": ("application/json", json.dumps({"text": BODY}, indent=1).encode()),
    })  # fmt: skip

    def do_GET(self):
        content_type, body = self.answers[self.path]
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def network():
    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()

        def connect(address, timeout):
            assert address == (PUBLIC, 80)
            return socket.create_connection(server.server_address, timeout=timeout)

        yield Network(resolve=lambda _: [PUBLIC], connect=connect)
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "method"),
    [("/a", "webpage"), ("/b.txt", "plaintext"), ("/e.gz", "webpage"), ("/f", "jsonlines")],
)
def test_an_address_is_read(read, network, path, method):
    url = f"http://tarnmail.example{path}"
    [document] = read(url, where="address", network=network)
    assert (document.provenance.origin, document.provenance.method) == (url, method)
    assert document.url == (None if method == "jsonlines" else url)


def test_a_servers_charset_is_used(read, network):
    [document] = read("http://tarnmail.example/b.txt", where="address", network=network)
    assert document.text.startswith("“Café” was")


def test_an_address_of_json_lines_and_one_of_a_pdf(read, network):
    document, bad = read("http://tarnmail.example/c.jsonl", where="address", network=network)
    assert document.provenance.origin == "http://tarnmail.example/c.jsonl:1"
    assert isinstance(bad, BadLine)
    assert [type(error) for error in read("http://tarnmail.example/d", where="address", network=network)] == [
        BinarySource
    ]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "2130706433", "[64:ff9b::7f00:1]"]
)
def test_no_source_is_read_from_a_private_address(read, host):
    connected = []
    network = Network(connect=lambda address, timeout: connected.append((address, timeout)))
    [source] = expand([f"http://{host}/"])
    [error] = read(source.name, where=source.where, network=network)
    assert isinstance(error, RefusedAddress)
    assert connected == []
