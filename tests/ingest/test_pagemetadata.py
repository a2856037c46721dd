"""What a page says about its report."""

from __future__ import annotations

import json

import pytest

from onrecord.ingest.pagemarkup import parse_markup
from onrecord.ingest.pagemetadata import read_metadata


def metadata(head: str, *, url: str | None = None, html: str = "<html>"):
    return read_metadata(parse_markup(f"{html}<head>{head}</head><body><p>x"), url=url)


def linked(value) -> str:
    return f'<script type="application/ld+json">{value if isinstance(value, str) else json.dumps(value)}</script>'


ARTICLE = {"@type": "NewsArticle", "headline": "Mayor resigns", "datePublished": "2024-05-02"}


@pytest.mark.parametrize(
    "value",
    [
        ARTICLE,
        [{"@type": "WebSite"}, ARTICLE],
        {"@graph": [{"@type": "Person", "name": "Ana Ruizola"}, ARTICLE]},
        {"@type": "WebPage", "mainEntity": ARTICLE},
        ARTICLE | {"@type": ["ReportageNewsArticle", "Thing"]},
        f"<!-- {json.dumps(ARTICLE)} -->",
    ],
)
def test_the_report_is_found_wherever_json_ld_puts_it(value):
    found = metadata(linked(value) + "<title>Something else</title>")
    assert (found.title, found.published) == ("Mayor resigns", "2024-05-02")


@pytest.mark.parametrize(
    "broken",
    [
        "{",
        "[" * 100_000,
        '{"a":' * 100_000,
        '"' * 1_000,
        '"' + '\\"' * 100_000,
        '"' + '\\"' * 100_000 + "\\",
        "null",
        "[[1]]",
        '{"@type": {"a": 1}}',
        '{"@type":"NewsArticle","author":[[[]]]}',
    ],
)
def test_broken_json_ld_is_passed_over(broken):
    found = metadata(linked(broken) + linked(ARTICLE | {"headline": None}) + "<title>Mayor resigns | Vel Echo</title>")
    assert found.title == "Mayor resigns"


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Ana Ruizola", ("Ana Ruizola",)),
        ("By Ana Ruizola", ("Ana Ruizola",)),
        ({"name": "Ana Ruizola"}, ("Ana Ruizola",)),
        ([{"name": "Ana Ruizola"}, "Jo Leeman", {"name": "Ana Ruizola"}], ("Ana Ruizola", "Jo Leeman")),
        ("https://velecho.example/ana", ()),
        ([None, 1, {"name": ["x"]}], ()),
    ],
)
def test_writers_are_names(author, names):
    assert metadata(linked(ARTICLE | {"author": author})).authors == names


def test_half_a_character_in_json_ld_is_replaced():
    found = metadata(linked(r'{"@type": "NewsArticle", "headline": "Mayor \ud83d", "author": "Ana \ud83d"}'))
    assert (found.title, found.authors) == ("Mayor \ufffd", ("Ana \ufffd",))


def test_meta_elements_speak_where_json_ld_is_silent():
    found = metadata(
        '<meta property="og:title" content="Mayor resigns"><meta name="author" content="By Ana Ruizola and Jo Leeman">'
        '<meta property="og:site_name" content="Vel Echo"><meta property="article:section" content="Local">'
        '<meta property="article:published_time" content="2024-05-02T10:00:00Z">',
        html='<html lang="en-GB">',
    )
    assert (found.title, found.outlet, found.section, found.language) == ("Mayor resigns", "Vel Echo", "Local", "en")
    assert found.authors == ("Ana Ruizola", "Jo Leeman")
    assert found.published == "2024-05-02T10:00:00+00:00"


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("https://velecho.example/a", "https://velecho.example/a"),
        ("/a", "https://velecho.example/a"),
        ("javascript:alert(1)", "https://velecho.example/b?x=1"),
        ("http://[", "https://velecho.example/b?x=1"),
        ("", "https://velecho.example/b?x=1"),
    ],
)
def test_the_canonical_address_is_one_of_the_web(href, address):
    assert metadata(f'<link rel="canonical" href="{href}">', url="https://velecho.example/b?x=1").url == address


def test_dates_that_stand_for_unknown_are_unknown():
    assert metadata(linked(ARTICLE | {"datePublished": "0001-01-01T00:00:00"})).published is None


def test_a_date_with_an_offset_that_there_is_not_is_unknown():
    assert metadata("<meta property='article:published_time' content='2024-05-02T10:00:00+99:99'>").published is None


def test_what_a_page_does_not_say_is_unknown():
    found = metadata("")
    assert (found.title, found.outlet, found.url, found.published, found.language, found.section) == (None,) * 6
    assert found.authors == ()
