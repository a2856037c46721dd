"""Sitemaps, news sitemaps, indexes."""

import pytest

from onrecord.errors import SourceError
from onrecord.ingest.sitemaps import read_sitemap
from onrecord.settings import DEFAULTS, Settings

URLS = "".join(
    f"<url><loc> https://tarnmail.example/{name}?a=1&amp;copy=2 </loc><lastmod>2024-05-09</lastmod></url>"
    for name in "ab"
)
PLAIN = f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{URLS}</urlset>'
NEWS = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://tarnmail.example/bridge</loc><news:news><news:publication><news:name>The Tarn Mail</news:name>
<news:language>en</news:language></news:publication><news:publication_date>2024-05-02T10:00:00Z</news:publication_date>
<news:title>Bridge &amp; toll</news:title></news:news><image:image><image:loc>https://tarnmail.example/p.jpg</image:loc>
<image:title>A picture</image:title></image:image></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://tarnmail.example/s1.xml.gz</loc></sitemap><sitemap><loc>/s2.xml</loc></sitemap></sitemapindex>"""


def read(text, *, url="https://tarnmail.example/sitemap.xml", settings=DEFAULTS):
    return read_sitemap(text.encode(), url=url, declared_charset=None, settings=settings)


def test_addresses_come_in_order_and_lastmod_is_no_date_of_publication():
    listing = read(PLAIN)
    assert (listing.kind, listing.problems) == ("sitemap", ())
    assert [entry.url for entry in listing.entries] == [f"https://tarnmail.example/{name}?a=1&copy=2" for name in "ab"]
    assert [entry.date for entry in listing.entries] == [None, None]


def test_a_news_sitemap_says_title_outlet_and_date():
    [entry] = read(NEWS).entries
    assert (entry.url, entry.title) == ("https://tarnmail.example/bridge", "Bridge & toll")
    assert (entry.outlet, entry.date, entry.language) == ("The Tarn Mail", "2024-05-02T10:00:00Z", "en")


def test_an_index_lists_sitemaps():
    listing = read(INDEX)
    assert listing.kind == "sitemap index"
    assert [entry.url[-9:] for entry in listing.entries] == ["s1.xml.gz", "le/s2.xml"]


def test_an_entry_without_an_address_costs_only_itself():
    listing = read(
        PLAIN.replace("</urlset>", "<url/><url><loc>javascript:x</loc></url><url><loc>/c</loc></url></urlset>")
    )
    assert [problem.number for problem in listing.problems] == [3, 4]
    assert listing.entries[-1].url == "https://tarnmail.example/c"


@pytest.mark.parametrize("end", range(60, len(PLAIN), 11))
def test_a_sitemap_cut_anywhere_gives_typed_errors_or_its_addresses(end):
    try:
        listing = read(PLAIN[:end])
    except SourceError:
        return
    assert len(listing.entries) + len(listing.problems) <= 2


def test_addresses_beyond_the_limit_are_named():
    listing = read(PLAIN, settings=Settings(max_listed_entries=1))
    assert len(listing.entries) == 1
    assert "2 entries" in listing.problems[0].what
