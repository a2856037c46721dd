"""Feeds of every dialect, whole, broken and hostile (reliability row IN9)."""

import contextlib
import json
import time
import tracemalloc
from functools import partial
from html import escape

import pytest

from clock import takes_at_most
from onrecord.errors import HostileSource, SourceError
from onrecord.ingest.feeds import read_feed
from onrecord.ingest.feedtext import BAD_LINK
from onrecord.settings import DEFAULTS, Settings

STORY = "<p>The mayor of Tarn said the bridge would open in May.</p><p>“We have kept our promise,” she added.</p>"
TEASER = "The mayor of Tarn said the bridge would open in May. …"
NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
)
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" {NAMESPACES}><channel><title>The Tarn Mail</title><link>https://tarnmail.example/</link>
<atom:link rel="self" href="https://tarnmail.example/feed"/><language>en-gb</language><managingEditor>x@y.example</managingEditor>
%s
</channel></rss>"""
ITEM = f"""<item><title>Bridge &amp;amp; toll</title><link>https://tarnmail.example/bridge</link>
<guid isPermaLink="false">4711</guid><dc:creator><![CDATA[Ana Belt]]></dc:creator><media:title>A picture</media:title>
<pubDate>Thu, 02 May 2024 10:00:00 GMT</pubDate><description>{TEASER}</description>
<content:encoded><![CDATA[{STORY}]]></content:encoded></item>"""
RSS_091 = f"""<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
"http://my.netscape.example/rss-0.91.dtd"><rss version="0.91"><channel><title>The Tarn Mail</title>
<link>https://tarnmail.example/</link><language>en-gb</language><item><title>Bridge &amp; toll</title>
<link>/bridge</link><pubDate>Thu, 02 May 2024 10:00:00 GMT</pubDate><author>ana@tarnmail.example (Ana Belt)</author>
<description><div>{STORY}</div>{"<p>The council voted again.</p>" * 50}</description></item></channel></rss>"""
RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" {NAMESPACES}>
<channel rdf:about="x"><title>The Tarn Mail</title><link>https://tarnmail.example/</link>
<dc:language>en-gb</dc:language></channel><item rdf:about="y"><title>Bridge &amp; toll</title>
<link>https://tarnmail.example/bridge</link><dc:date>Thu, 02 May 2024 10:00:00 GMT</dc:date>
<dc:creator>Ana Belt</dc:creator><content:encoded><![CDATA[{STORY}]]></content:encoded></item></rdf:RDF>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-gb" xml:base="https://tarnmail.example/">
<title>The Tarn Mail</title><link rel="self" href="/atom.xml"/><link href="/"/><author><name>Ana Belt</name></author>
<entry><id>tag:1</id><title type="html">Bridge &amp;amp; toll</title><link rel="enclosure" href="/sound.mp3"/>
<link rel="alternate" type="text/html" href="bridge"/><updated>2024-05-09T10:00:00Z</updated>
<published>Thu, 02 May 2024 10:00:00 GMT</published><summary>{TEASER}</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{STORY}</div></content></entry></feed>"""
ATOM_03 = f"""<feed version="0.3" xmlns="http://purl.org/atom/ns#" xml:lang="en-gb"><title>The Tarn Mail</title>
<link rel="alternate" type="text/html" href="https://tarnmail.example/"/><entry><title>Bridge &amp; toll</title>
<link rel="alternate" type="text/html" href="https://tarnmail.example/bridge"/><author><name>Ana Belt</name></author>
<issued>Thu, 02 May 2024 10:00:00 GMT</issued><content type="text/html" mode="escaped"><![CDATA[{STORY}]]></content>
</entry></feed>"""
JSON = json.dumps({
    "title": "The Tarn Mail", "home_page_url": "https://tarnmail.example/", "language": "en-gb", "items": [{
        "id": "4711", "url": "/bridge", "title": "Bridge & toll", "authors": [{"name": "Ana Belt"}, {}, 7],
        "date_published": "Thu, 02 May 2024 10:00:00 GMT", "content_html": STORY, "summary": TEASER,
    }], "version": "https://jsonfeed.org/version/1.1",
})  # fmt: skip


def read(text, *, url=None, settings=DEFAULTS, charset=None):
    raw = text if isinstance(text, bytes) else text.encode()
    return read_feed(raw, url=url, declared_charset=charset, settings=settings)


def only(text, **options):
    [entry] = read(text, **options).entries
    return entry


@pytest.mark.parametrize("dialect", [RSS % ITEM, RSS_091, RDF, ATOM, ATOM_03, JSON])
def test_every_dialect_says_the_same(dialect):
    listing = read(dialect)
    [entry] = listing.entries
    assert (listing.kind, listing.problems) == ("feed", ())
    assert (entry.number, entry.title, entry.outlet) == (1, "Bridge & toll", "The Tarn Mail")
    assert (entry.url, entry.authors) == ("https://tarnmail.example/bridge", ("Ana Belt",))
    assert (entry.date, entry.language) == ("Thu, 02 May 2024 10:00:00 GMT", "en-gb")
    assert "said the bridge would open in May" in entry.html
    assert entry.html.count("<p>") >= 2


def item(inner, **options):
    return only(RSS % f"<item>{inner}</item>", **options)


@pytest.mark.parametrize(
    ("inner", "enclosed"),
    [
        (f"<description>{'A short summary. ' * 10}</description>", False),
        (f"<description>{'A long report, told whole. ' * 40}</description>", True),
        (f"<description>{'A long report, told in part. ' * 40}...</description>", False),
        (f"<content:encoded>{'A report. ' * 9}</content:encoded>", True),
        (f"<content:encoded><![CDATA[{STORY}<a href='/x'>Read more »</a>]]></content:encoded>", False),
        (f"<content:encoded><![CDATA[{STORY}<p>Continue reading <a>Bridge</a></p>]]></content:encoded>", False),
        ("<content:encoded><![CDATA[<p>The mayor said on</p><p>Continue reading</p>]]></content:encoded>", False),
        (f"<content:encoded>{TEASER}</content:encoded><description>{'All of it. ' * 80}</description>", True),
        ("<title>Only a title</title>", False),
    ],
)  # fmt: skip
def test_what_only_begins_a_report_is_not_taken_for_it(inner, enclosed):
    entry = item(f"<link>https://tarnmail.example/a</link>{inner}")
    assert (entry.html is not None or entry.text is not None) == enclosed
    assert entry.url == "https://tarnmail.example/a"


def test_without_an_address_a_summary_is_all_there_is():
    entry = item(f"<description>{TEASER}</description>")
    assert (entry.text, entry.html, entry.url) == (TEASER, None, None)


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("<link> https://tarnmail.example/a?b=1&amp;copy=2 </link>", "https://tarnmail.example/a?b=1&copy=2"),
        ("<link>https://tarnmail.example/a?b=1&c=2</link>", "https://tarnmail.example/a?b=1&c=2"),
        ("<link>a/b</link>", "https://tarnmail.example/a/b"),
        ("<guid>https://tarnmail.example/g</guid>", "https://tarnmail.example/g"),
        ('<guid isPermaLink="false">https://tarnmail.example/g</guid>', None),
        ("<guid>4711</guid>", None),
        ('<atom:link rel="alternate" href="https://tarnmail.example/l"/>', "https://tarnmail.example/l"),
        ("<link>https://count.example/r</link><feedburner:origLink>https://tarnmail.example/o</feedburner:origLink>",
         "https://tarnmail.example/o"),
    ],
)  # fmt: skip
def test_links_lead_to_the_page(link, url):
    assert item(f"{link}<description>{STORY}</description>").url == url


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://x.example/",
        "http://", "https://ada:secret@tarnmail.example/", "http://[::1",
        "java\nscript:alert(1)", "mailto:x@y.example",
    ],
)  # fmt: skip
def test_bad_links_are_dropped_and_counted(link):
    bad, good = (f"<item><title>x</title><link>{each}</link>%s</item>" for each in (link, "https://tarnmail.example/a"))
    enclosed = f"<description>{STORY}</description>"
    listing = read(RSS % (bad % "" + good % "" + bad % enclosed))
    assert all(entry.url in {None, "https://tarnmail.example/a"} for entry in listing.entries)
    assert [problem.number for problem in listing.problems] == [1]
    assert listing.entries[-1].flaws == (BAD_LINK,)


def test_an_entry_of_a_collecting_feed_has_its_own_outlet():
    rss = item('<source url="https://vale.example/feed">The Vale Echo</source><link>/a</link>')
    atom = ATOM.replace("<id>tag:1</id>", "<source><title>The Vale Echo</title></source>")
    assert {rss.outlet, only(atom).outlet} == {"The Vale Echo"}


# Broken feeds.


def test_an_entry_without_anything_costs_only_itself():
    listing = read(RSS % ("<item><title>Nothing</title></item><item/>" + ITEM))
    assert [problem.number for problem in listing.problems] == [1, 2]
    assert [entry.number for entry in listing.entries] == [3]


@pytest.mark.parametrize(
    ("broken", "title"),
    [
        ("<title>Ruiz & Sons: caf&eacute; &bogus; &nbsp;open</title>", "Ruiz & Sons: café &bogus; open"),
        ("<title>A <b>bold</b> step<br></title>", "A bold step"),
        ("<title>Bell \x07 and \x00 null</title>", "Bell � and � null"),
        ("<title>Broken &#0; &#xD800; &#x110000; refs</title>", "Broken � � � refs"),
        ("<undeclared:thing/><title>Prefixes</title>", "Prefixes"),
        ("<title>Never closed", "Never closed"),
    ],
)
def test_what_is_usually_broken_is_mended(broken, title):
    listing = read(RSS % f"<item><link>/a</link>{broken}</item><item><link>/b</link></item>")
    assert listing.entries[0].title.startswith(title)
    assert [entry.url[-1] for entry in listing.entries] == ["a", "b"]


@pytest.mark.parametrize("before", ["\ufeff", "\n\n  ", "Warning: x() in <b>feed.php</b>\n"])
def test_what_stands_before_the_feed_is_passed_over(before):
    feed = RSS % ITEM
    if "Warning" in before:
        feed = feed.partition("?>")[2]
    assert read(before + feed).problems == ()


@pytest.mark.parametrize("end", range(500, len(RSS % (ITEM * 2)) - 20, 37))
def test_a_feed_cut_anywhere_gives_whole_entries_and_says_so(end):
    whole = RSS % (ITEM + ITEM)
    listing = read(whole[:end])
    finished = whole[:end].count("</item>")
    assert [entry.html for entry in listing.entries] == [STORY] * finished
    begun = whole[:end].count("<item>") > finished
    assert [problem.what for problem in listing.problems] == ["the feed is cut short in this entry"] * begun


def test_an_entry_that_is_cut_short_behind_an_empty_element_is_seen():
    listing = read(ATOM[: ATOM.rindex("</content>")])
    assert (listing.entries, [problem.number for problem in listing.problems]) == ((), [1])


@pytest.mark.parametrize("name", ["Jo Lee (Reuters)", "<b>Jo Lee</b>"])
def test_a_writer_without_a_mail_address_keeps_the_name_whole(name):
    [author] = item(f"<link>/a</link><author>{escape(name)}</author>").authors
    assert author == name.replace("<b>", "").replace("</b>", "")


def test_entries_that_the_parser_does_not_come_to_are_counted():
    listing = read(RSS % (ITEM + "<a>" * 300 + ITEM * 2))
    assert any("2 of its 3 entries" in problem.what for problem in listing.problems)


@pytest.mark.parametrize(
    ("said", "written", "charset"),
    [("", "cp1252", None), ("windows-1252", "utf-8", None), ("utf-8", "cp1252", "latin1"), ("utf-16", "utf-16", None)],
)
def test_a_wrong_charset_is_seen_through(said, written, charset):
    declaration = f"<?xml version='1.0' encoding='{said}'?>" if said else ""
    feed = f"{declaration}<rss><item><title>Café “Ö”</title><link>http://vale.example/</link></item></rss>"
    assert only(feed.encode(written), charset=charset).title == "Café “Ö”"


@pytest.mark.parametrize(
    "raw",
    [b"", b"nothing", b"<", b"<!-- x", b"{", b"{}", b'{"items": 7}', b'{"items": [1, null, {}]}', b'{"items":' * 5_000],
)
def test_what_is_no_feed_is_a_typed_error_or_empty(raw):
    with contextlib.suppress(SourceError):
        assert read(raw).entries == ()


def test_fields_of_other_types_count_as_missing():
    item = {
        "id": 7,
        "url": ["x"],
        "title": {"a": 1},
        "content_html": 7,
        "content_text": "The mayor said \ud800 no.",
        "author": "x",
    }
    entry = only(json.dumps({"items": [item], "title": 7, "language": []}))
    assert (entry.text, entry.title, entry.authors) == ("The mayor said \ufffd no.", None, ())


# Hostile feeds (IN9).


def declarations(*entities):
    return f"<!DOCTYPE rss [{''.join(entities)}]>"


LAUGHS = ['<!ENTITY l0 "ha">', *(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))]


@pytest.mark.timed
@pytest.mark.parametrize(
    "declared",
    [
        declarations(*LAUGHS),
        declarations('<!ENTITY l9 SYSTEM "file:///etc/passwd">'),
        declarations('<!ENTITY l9 SYSTEM "http://127.0.0.1:9/">'),
        declarations('<!ENTITY % p SYSTEM "file:///etc/passwd">', "%p;"),
        declarations(f'<!ENTITY l9 "{"x" * 100_000}">'),
        '<!DOCTYPE rss SYSTEM "file:///etc/passwd">',
    ],
)
def test_entities_are_neither_grown_nor_fetched(declared):
    start = time.monotonic()
    entry = only(declared + RSS.partition("?>")[2] % "<item><title>&l9; and &l9;</title><link>/a</link></item>")
    assert entry.title == "&l9; and &l9;"
    assert time.monotonic() - start <= 3


@pytest.mark.timed
@pytest.mark.parametrize("link", ["https://tarnmail.example/", "javascript:"])
def test_a_hundred_thousand_entries_take_little(link):
    entries = "".join(f"<item><title>Story {n}</title><link>{link}{n}</link></item>" for n in range(100_000))
    feed = (RSS % entries).encode()
    listings = []
    assert takes_at_most(3, lambda: listings.append(read(feed)))
    listing = listings[-1]
    assert len(listing.entries) + len(listing.problems) == DEFAULTS.max_listed_entries + 1


@pytest.mark.timed
@pytest.mark.parametrize(
    "raw",
    [
        b"<rss>" + b"<item>" * 100_000,
        b"<rss>" + b"<a>" * 100_000,
        b"<rss>" + b"<![CDATA[" * 300_000,
        b"<rss>" + b"<!DOCTYPE [" * 300_000,
        b"<rss>" + b"<!--" * 300_000,
        b"<rss><item><title>" + b"&lt;b" * 200_000,
        b"<rss><item><title>" + b"x" * 15_000_000,
        b"<rss><item><link>/a</link><description>" + b"&lt;p &lt;/" * 100_000,
        b"<rss><item " + b"a" * 300_000,
    ],
    ids=["item", "depth", "cdata", "doctype", "comment", "title", "text", "description", "attribute"],
)
def test_feeds_built_to_exhaust_are_read_or_refused_in_little_time(raw):

    def refuse():
        with contextlib.suppress(SourceError):
            read(raw)

    assert takes_at_most(5, refuse)
    tracemalloc.start()
    refuse()
    assert tracemalloc.get_traced_memory()[1] <= 500_000_000
    tracemalloc.stop()


def test_a_tag_of_too_many_attributes_is_refused():
    with pytest.raises(HostileSource):
        read(b"<rss><item " + b'x="1" ' * 100_000 + b">")


def test_entries_beyond_the_limit_are_named():
    listing = read(RSS % (ITEM * 5), settings=Settings(max_listed_entries=3))
    assert len(listing.entries) == 3
    assert [(problem.number, "5 entries" in problem.what) for problem in listing.problems] == [(0, True)]
    feed = json.dumps({"items": [{"url": "https://tarnmail.example/a"}] * 5})
    assert len(read(feed, settings=Settings(max_listed_entries=3)).entries) == 3


@pytest.mark.timed
@pytest.mark.parametrize("field", ["author", "title", "link", "guid", "pubDate", "description", "source"])
def test_a_long_field_takes_little_time(field):
    """Hold the patterns of feeds to linear time (NO2)."""
    for piece in (
        "a",
        "&amp;amp;",
        "&lt;a ",
        "&lt;/",
        "@",
        "a@",
        ". ",
        "…",
        "[",
        "read the full ",
        "continue reading ",
    ):
        feed = RSS % f"<item><{field}>{(piece * 100_000)[:100_000]}</{field}><link>/a</link></item>"
        assert takes_at_most(1, partial(read, feed))
