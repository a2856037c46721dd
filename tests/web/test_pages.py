"""The overview, and what all pages have in common."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.record import Record
from onrecord.web import addresses
from onrecord.web.app import Edits, create_app
from reading_pages import elements_of

PAGES = ("/", "/search?words=levy", "/people", "/stories", "/verify", "/nothing")


def test_the_overview_says_what_is_in_the_record(client):
    page = client.get("/").text
    assert "28 reports" in page
    assert "Besides, a copy of one and 1 text that was revised later count for nothing" in page
    for words in ("Who is quoted most", "Outlets", "How it is framed", "Added last", "When it was published"):
        assert words in page


def test_the_overview_names_the_last_additions_and_what_does_not_fit_in_them(client, levy):
    page = client.get("/").text
    assert f'href="/report/{levy}"' in page
    assert "1 thing that does not fit" in page
    assert "a copy, counts for nothing" in page
    assert "revised since, counts for nothing" in page


def test_the_overview_tells_of_problems(client):
    page = client.get("/").text
    assert "The last <code>onrecord add</code> has not ended" in page
    assert "1 report could not be read, twice, and was set aside" in page
    assert '<bdi>reports/bad.html</bdi> <span class="soft">killed</span>' in page


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_heading_a_title_its_language_and_a_way_to_its_content(client, path):
    page = client.get(path).text
    names = [each.name for each in elements_of(page)]
    assert names.count("h1") == 1
    assert names.count("main") == 1
    assert '<html lang="en">' in page
    assert '<a class="skip" href="#main">' in page
    assert re.search(r"<title>.+ · news\.db</title>", page)


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_a_page_leads_somewhere(client, path):
    page = client.get(path).text
    for element in elements_of(page):
        address = dict(element.attributes).get("href") or ""
        if address.startswith("/"):
            assert client.get(address).status_code == 200, address


def test_the_overview_leads_to_every_page_that_needs_no_more_words(client):
    page = client.get("/").text
    paths = {getattr(route, "path", "/api") for route in client.app.routes}
    pages = {path for path in paths if "{" not in path and not path.startswith("/api")}
    to_change = {path for path in pages if path.startswith((addresses.ADD, addresses.CHANGES))}
    assert {addresses.OUTLETS, addresses.FRAMING} < pages
    assert [path for path in sorted(pages - to_change) if f'href="{path}"' not in page] == []


def test_a_page_is_the_same_whenever_it_is_asked_for(client, levy):
    for path in (*PAGES, f"/report/{levy}"):
        assert client.get(path).text == client.get(path).text


@pytest.mark.parametrize("path", ["/", "/search", "/people"])
def test_an_empty_record_leads_to_where_reports_are_added(tmp_path, path):
    Record.open(tmp_path / "empty.db", create=True).close()
    for edits, in_page in ((None, 0), (Edits(token="a token of the tests"), 1)):
        with TestClient(create_app(tmp_path / "empty.db", edits=edits)) as client:
            main = client.get(path).text.partition("<main")[2]
        assert main.count('href="/add"') == in_page
        assert "<code>onrecord add reports/ --to empty.db</code>" in main


@pytest.mark.parametrize("words", ["//e.example", "..", "/../x", "a b", "ä", "\0", "\ud800", "?x=1#y", ""])
def test_addresses_of_our_pages_stay_on_this_server(words):
    for address in (
        addresses.report(words, statement=words),
        addresses.statement(words),
        addresses.person(words),
        addresses.story(words),
        addresses.search(words=words),
        addresses.verify(words),
    ):
        assert re.fullmatch(r"/[a-z]+(/[A-Za-z0-9%._~-]*)?(\?[A-Za-z0-9%=+&._~-]*)?(#s-[A-Za-z0-9%._~-]*)?", address)


def test_templates_have_no_style_no_script_and_no_address_of_another_site():
    folder = Path(addresses.__file__).parent / "templates"
    for template in folder.glob("*.html"):
        written = template.read_text(encoding="utf-8")
        for element in elements_of(re.sub(r"{[{%#].*?[}%#]}", "", written, flags=re.DOTALL)):
            assert element.name not in {"script", "style", "iframe", "img"}, template.name
            assert not {name for name, _ in element.attributes if name == "style" or name.startswith("on")}, (
                template.name
            )
            links = [value or "" for name, value in element.attributes if name in {"href", "src", "action"}]
            assert not [each for each in links if each.startswith(("http", "//"))], template.name
