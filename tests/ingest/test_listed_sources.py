"""Feeds, sitemaps and web archives as sources: real files, a real server, the real parser in its process."""

import gzip
import http.server
import os
import socket
import threading
import time
from types import MappingProxyType
from typing import ClassVar
from unittest import mock

import pytest

from onrecord.document import Document, document_id
from onrecord.errors import (
    BadEntry,
    BadResponse,
    DamagedSource,
    EmptySource,
    FetchError,
    ForeignLanguage,
    NoArticle,
    OversizedSource,
    RefusedAddress,
    SourceError,
    Unreachable,
)
from onrecord.ingest.fetching import Network
from onrecord.ingest.following import Pages
from onrecord.ingest.options import ReadOptions
from onrecord.ingest.sandbox import PageParser
from onrecord.ingest.sources import SourceRef, expand, read_source
from onrecord.settings import DEFAULTS

PUBLIC = "93.184.215.14"
SITE = "http://tarnmail.example"
STORY = (
    "<p>The mayor of Tarn said on Monday that the bridge would open in May, two years after it was closed.</p>"
    "<p>“We have kept our promise,” she told reporters, and thanked those who had waited for it.</p>"
)
GERMAN = (
    "<p>Die Bürgermeisterin von Tarn sagte am Montag, die Brücke werde im Mai wieder geöffnet, zwei Jahre nach ihrer "
    "Sperrung. Sie dankte allen, die so lange gewartet hatten, und versprach ein Fest für die ganze Stadt.</p>"
)


def page(headline, story=STORY, head=""):
    body = f"<body><h1>{headline}</h1>{story}</body>"
    return f"<!doctype html><html><head><title>{headline}</title>{head}</head>{body}</html>".encode()


def feed(*items):
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>The Tarn Mail</title><link>{SITE}/</link><language>en</language>{''.join(items)}</channel></rss>"
    ).encode()


def enclosed(title="Bridge to open", name="a", story=STORY, date="Thu, 02 May 2024 10:00 EST"):
    return (
        f"<item><title>{title}</title><link>{SITE}/{name}</link><author>Ana Belt</author><pubDate>{date}</pubDate>"
        f"<content:encoded><![CDATA[{story}]]></content:encoded></item>"
    )


def linked(name, title="Told by the feed"):
    link = name if ":" in name else f"{SITE}/{name}"
    return f"<item><title>{title}</title><link>{link}</link><pubDate>2024-05-02</pubDate></item>"


def urls(*names, of="url", root="urlset"):
    return f"<{root}>{''.join(f'<{of}><loc>{SITE}/{name}</loc></{of}>' for name in names)}</{root}>".encode()


def captured(name, body, *, status="200 OK", kind="response"):
    block = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".encode() + body
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{name}>\r\nWARC-Date: 2024-05-03T08:00:00Z\r\n"
        f"WARC-Target-URI: {SITE}/{name}\r\nContent-Type: application/http;msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


JSON_FEED = b'{"items": [{"url": "/one"}], "version": "https:\\/\\/jsonfeed.org\\/version\\/1"}'
INSIDE = [f"http://{host}/" for host in ("127.0.0.1", "localhost", "169.254.169.254")]
INDEX = urls("s1.xml.gz", "one", "sitemap.xml", "deep.xml", of="sitemap", root="sitemapindex")
MAY_DAY = '<meta property="article:published_time" content="2024-05-01">'
FEED = feed(linked("one"), linked("gone"), enclosed(), linked("one"), linked("list"))


class Handler(http.server.BaseHTTPRequestHandler):
    answers = MappingProxyType({
        "/feed": ("application/rss+xml", FEED),
        "/feed.json": ("application/json", JSON_FEED),
        "/feed-of-feeds": ("text/xml", feed(linked("feed"))),
        "/inside": ("text/xml", feed(*map(linked, INSIDE))),
        "/one": ("text/html", page("Told by the page")),
        "/two": ("text/html", page("Two", head=MAY_DAY)),
        "/list": ("text/html", b"<html><body><a href='/one'>Tides</a></body></html>"),
        "/sitemap.xml": ("application/xml", INDEX),
        "/s1.xml.gz": ("application/gzip", gzip.compress(urls("one", "two"))),
        "/deep.xml": ("text/xml", urls("deeper.xml", of="sitemap", root="sitemapindex")),
        "/deeper.xml": ("text/xml", urls("two", of="sitemap", root="sitemapindex")),
        "/crawl.warc.gz": ("application/octet-stream", gzip.compress(captured("one", page("Captured")))),
    })  # fmt: skip
    asked: ClassVar[list[str]] = []

    def do_GET(self):
        self.asked.append(self.path)
        content_type, body = self.answers.get(self.path, (None, b""))
        self.send_response(200 if content_type else 404)
        self.send_header("Content-Type", content_type or "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def parser():
    with PageParser(DEFAULTS) as parser:
        yield parser


@pytest.fixture(scope="module")
def network():
    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()

        def connect(address, timeout):
            assert address == (PUBLIC, 80)
            return socket.create_connection(server.server_address, timeout=timeout)

        def resolve(name):
            return [name if name[0].isdigit() else {"localhost": "127.0.0.1"}.get(name, PUBLIC)]

        yield Network(resolve=resolve, connect=connect)
        server.shutdown()
        thread.join()


@pytest.fixture
def asked():
    Handler.asked.clear()
    return Handler.asked


@pytest.fixture
def read(parser, network, tmp_path):
    def read(content, *, name="x", network=network, **options):
        """Read an address, or a file of this content and name."""
        if isinstance(content, str):
            source = SourceRef(name=content, where="address")
        else:
            (tmp_path / name).write_bytes(content)
            source = SourceRef(name=str(tmp_path / name), where="file")
        options = ReadOptions(**options)
        return list(read_source(source, options=options, parser=parser, settings=DEFAULTS, network=network))

    return read


def titles(found):
    return [each.title if isinstance(each, Document) else type(each) for each in found]


# Feeds.


@pytest.mark.parametrize("name", ["feed", "feed.xml", "feed.rss", "feed.txt", "feed.html", "feed.xml.gz"])
def test_a_report_that_a_feed_encloses_is_read_whatever_the_files_name(read, name, tmp_path):
    raw = feed(enclosed())
    [document] = read(gzip.compress(raw) if name.endswith(".gz") else raw, name=name)
    assert document.text.startswith("Bridge to open\n\nThe mayor of Tarn said")
    assert document.text.endswith("who had waited for it.")
    assert [zone.kind for zone in document.zones] == ["headline", "body"]
    assert (document.title, document.outlet, document.authors) == ("Bridge to open", "The Tarn Mail", ("Ana Belt",))
    assert (document.published, document.published_from) == ("2024-05-02T10:00:00-05:00", "metadata")
    assert (document.url, document.id) == (f"{SITE}/a", document_id(document.text, f"{SITE}/a"))
    assert (document.provenance.origin, document.provenance.method) == (f"{tmp_path / name}:1", "feed")
    assert (document.language, document.anchors, document.warnings) == ("en", (), ())


def test_a_plain_text_in_a_feed_keeps_its_lines(read):
    text = STORY.replace("</p><p>", "\n\n").removeprefix("<p>").removesuffix("</p>")
    [document] = read(
        f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{{"content_text": {text!r}}}]}}'.replace(
            "'", '"'
        ).encode()
    )
    assert document.text == text


def test_the_same_entry_has_the_same_hash_wherever_it_stands(read):
    [first] = read(feed(enclosed()))
    second = read(feed(enclosed("Toll", "b"), enclosed()))[1]
    assert first.provenance.sha256 == second.provenance.sha256
    assert first.id == second.id


def test_an_entry_that_stands_twice_is_read_once(read):
    assert titles(read(feed(enclosed(), enclosed(), enclosed("Changed")))) == ["Bridge to open", "Changed"]


def test_broken_entries_cost_only_themselves(read, tmp_path):
    found = read(
        feed(
            "<item/>",
            enclosed(),
            enclosed("Brücke", "b", GERMAN),
            enclosed("Empty", "c", "<p>No.</p>"),
            enclosed("Last", "d"),
        )
    )
    assert titles(found) == [BadEntry, "Bridge to open", ForeignLanguage, NoArticle, "Last"]
    assert [each.where for each in found if isinstance(each, SourceError)] == [
        f"{tmp_path / 'x'}:{n}" for n in (1, 3, 4)
    ]


def test_a_feed_without_entries_is_said(read):
    assert titles(read(feed())) == [EmptySource]


def test_a_date_that_can_be_read_in_two_ways_is_none_with_a_warning(read):
    [document] = read(feed(enclosed(date="05/02/2024 10:00")))
    assert document.published is None
    assert "05/02/2024" in document.warnings[0]


def test_a_feed_at_an_address_has_its_pages_fetched_once_each(read, asked):
    found = read(f"{SITE}/feed")
    assert titles(found) == ["Told by the page", BadResponse, "Bridge to open", NoArticle]
    assert asked == ["/feed", "/one", "/gone", "/list"]
    assert (found[0].provenance.origin, found[0].url) == (f"{SITE}/one", f"{SITE}/one")
    assert (found[0].outlet, found[0].published) == ("The Tarn Mail", "2024-05-02")
    assert found[0].anchors


def test_a_json_feed_at_an_address_is_told_from_other_json(read):
    assert titles(read(f"{SITE}/feed.json")) == ["Told by the page"]


def test_pages_that_a_file_names_are_fetched_only_when_asked_for(read, asked):
    raw = feed(linked("one"), enclosed(), linked("two"))
    document, left_out = read(raw)
    assert asked == []
    assert (document.title, type(left_out)) == ("Bridge to open", FetchError)
    assert str(left_out).endswith("x: 2 pages that it names were not fetched; add --fetch to fetch what a file names")
    assert titles(read(raw, fetch=True)) == ["Told by the page", "Bridge to open", "Two"]


def test_no_more_pages_are_fetched_than_allowed(read, asked):
    found = read(feed(linked("one"), linked("two"), linked("list")), fetch=True, max_pages=1)
    assert titles(found) == ["Told by the page", FetchError]
    assert "2 pages that it names were not fetched, after 1; raise --max-pages" in str(found[1])
    assert asked == ["/one"]


def test_no_page_inside_the_network_is_fetched(read, asked):
    assert titles(read(f"{SITE}/inside")) == [RefusedAddress] * 3
    assert titles(read(feed(linked("http://127.0.0.1:80/"), linked("file:///etc/passwd")), fetch=True)) == [
        BadEntry,
        RefusedAddress,
    ]
    assert asked == ["/inside"]


def test_a_feed_that_a_feed_names_is_not_followed(read, asked):
    assert titles(read(f"{SITE}/feed-of-feeds")) == [BadEntry]
    assert asked == ["/feed-of-feeds", "/feed"]


def test_a_host_that_is_down_is_given_up(read):
    tried = []

    def refuse(address, timeout):
        tried.append((address, timeout))
        raise ConnectionRefusedError

    down = Network(resolve=lambda _: [PUBLIC], connect=refuse)
    found = read(feed(*(linked(f"p{number}") for number in range(20))), fetch=True, network=down)
    assert titles(found) == [*[Unreachable] * 5, FetchError]
    assert "15 pages" in str(found[-1])
    assert len(tried) == 5


def test_a_page_that_is_gone_is_an_answer_between_those_that_do_not_come():
    def answer(url, **_):
        raise BadResponse("gone") if url.endswith("even") else Unreachable("no connection")

    pages = Pages(options=ReadOptions(), settings=DEFAULTS, network=None, allowed=True)
    with mock.patch("onrecord.ingest.fetching.fetch", answer):
        for number in range(20):
            with pytest.raises(FetchError):
                pages.fetch(f"{SITE}/{number}{'odd' if number % 2 else 'even'}")
    assert list(pages.left_out("x")) == []


# Sitemaps.


def test_a_sitemap_has_its_pages_fetched(read):
    found = read(urls("two", "one", "two"), name="sitemap.xml", fetch=True)
    assert titles(found) == ["Two", "Told by the page"]
    assert found[0].published == "2024-05-01"
    assert titles(read(urls("two", "one"), name="sitemap.xml")) == [FetchError]


def test_an_index_is_followed_to_its_pages_and_ends(read, asked):
    found = read(f"{SITE}/sitemap.xml")
    assert titles(found)[:2] == ["Told by the page", "Two"]
    assert len(asked) == len(set(asked)) + 1  # the index itself, which is named by itself
    assert [type(each) for each in found[2:]] == [BadEntry] * len(found[2:])


# Web archives.

ARCHIVE = (
    captured("one", page("One")), captured("list", b"<html><a href='/'>Tides</a></html>"),
    captured("gone", page("Gone"), status="404 Not Found"), captured("q", b"", kind="request"),
    captured("two", page("Two")),
)  # fmt: skip


@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_gives_its_articles(read, packed, tmp_path):
    parts = [gzip.compress(part) if packed else part for part in ARCHIVE]
    first, second = read(b"".join(parts), name="crawl.warc.gz" if packed else "crawl")
    assert (first.title, second.title) == ("One", "Two")
    assert first.provenance.origin == f"{tmp_path / ('crawl.warc.gz' if packed else 'crawl')}:0"
    assert second.provenance.origin.endswith(f":{sum(map(len, parts[:-1]))}")
    assert (first.url, second.url) == (f"{SITE}/one", f"{SITE}/two")
    assert dict(first.extra) == {"warc_date": "2024-05-03T08:00:00+00:00", "warc_record_id": "<urn:uuid:one>"}
    assert (first.published, first.provenance.method) == (None, "webpage")


def test_a_cut_archive_gives_what_it_holds_and_one_line(read, tmp_path):
    whole = b"".join(map(gzip.compress, ARCHIVE))
    document, error = read(whole[:-30], name="crawl.warc.gz")
    assert (document.title, type(error)) == ("One", DamagedSource)
    place = len(whole) - len(gzip.compress(ARCHIVE[-1]))
    assert str(error).startswith(f"{tmp_path / 'crawl.warc.gz'}:{place}: ")


def test_an_archive_at_an_address_and_through_a_pipe(read, parser):
    assert titles(read(f"{SITE}/crawl.warc.gz")) == ["Captured"]
    out, into = os.pipe()
    with os.fdopen(into, "wb") as pipe:
        pipe.write(ARCHIVE[0])
    with os.fdopen(out, "rb") as pipe:
        source = SourceRef(name="-", where="stdin")
        [document] = read_source(source, options=ReadOptions(), parser=parser, settings=DEFAULTS, stdin=pipe)
    assert (document.title, document.provenance.origin) == ("One", "-:0")


def test_an_archive_without_articles_and_one_of_other_languages_say_so(read):
    assert titles(read(ARCHIVE[1] + ARCHIVE[2])) == [NoArticle]
    german = captured("d", page("Brücke", GERMAN))
    found = read(ARCHIVE[0] + german + german)
    assert titles(found) == ["One", ForeignLanguage]
    assert "2 of its articles are not in English; --force reads them" in str(found[1])
    assert len(read(ARCHIVE[0] + german, force=True)) == 2


def test_what_is_named_an_archive_and_is_none_is_said(read):
    twice = gzip.compress(gzip.compress(ARCHIVE[0]))
    for raw, name in ((b"nothing of the kind", "x.warc"), (twice, "x.warc.gz")):
        assert isinstance(read(raw, name=name)[0], DamagedSource)


# All of them.


def test_a_folder_is_searched_for_them(tmp_path):
    for name in ("a.rss", "b.atom", "c.xml", "d.warc", "e.warc.gz", "f.xml.gz", "g.zip"):
        (tmp_path / name).touch()
    *found, passed_over = expand([str(tmp_path)])
    assert [each.name[len(str(tmp_path)) + 1 :] for each in found] == [
        "a.rss", "b.atom", "c.xml", "d.warc", "e.warc.gz", "f.xml.gz",
    ]  # fmt: skip
    assert isinstance(passed_over, SourceError)


@pytest.mark.timed
@pytest.mark.parametrize("name", ["feed.xml.gz", "sitemap.xml.gz"])
def test_a_bomb_in_a_packed_list_costs_little(read, name):
    bomb = gzip.compress(feed() if "feed" in name else urls()) + gzip.compress(bytes(16 * 1024 * 1024)) * 64
    start = time.monotonic()
    [error] = read(bomb, name=name)
    assert isinstance(error, OversizedSource)
    assert time.monotonic() - start <= 2
