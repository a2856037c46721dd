"""People of one name: every page that lists two of them says which is which, and leads to the one that is chosen."""

from __future__ import annotations

import re
import shutil
from urllib.parse import quote_plus

import pytest
from starlette.testclient import TestClient

from onrecord.errors import SlowQuery
from onrecord.record import Record
from onrecord.record.namesakes import tell_apart
from onrecord.settings import Settings
from onrecord.web import people
from onrecord.web.app import create_app
from page_parts import Page


@pytest.fixture(scope="module")
def path(occasion_path, tmp_path_factory):
    """A record in which two people are called Mara Ilven."""
    path = shutil.copy(occasion_path, tmp_path_factory.mktemp("namesakes") / "news.db")
    with Record.open(path) as record:
        mara = next(each for each in record.people() if each.name == "Mara Ilven")
        record.split(mara.id, [mara.found_in[0].document])
    return path


@pytest.fixture(scope="module")
def apart(path):
    """Return what tells them apart, by their ids."""
    with Record.open(path, read_only=True) as record:
        return tell_apart(record.connection, [(each.id, each.name) for each in record.people()])


@pytest.fixture(scope="module")
def namesakes(path):
    with TestClient(create_app(path, settings=Settings(web_seconds=60.0))) as client:
        yield client


@pytest.mark.parametrize("address", ["/", "/search", "/people?name=ilven", "/framing?by=speaker", "/search?words=mara"])
def test_a_page_that_lists_both_says_which_is_which(namesakes, apart, address):
    words = Page(namesakes.get(address)).words
    assert len(set(apart.values())) == 2
    assert [f"Mara Ilven {told}" in words for told in apart.values()] == [True, True]


@pytest.mark.parametrize("address", ["/search", "/framing?by=speaker"])
def test_choosing_one_chooses_that_one(namesakes, apart, address):
    counts = []
    for person in apart:
        link = next(link for link in Page(namesakes.get(address)).links if f"person={person}" in link)
        assert quote_plus("Mara Ilven") not in link
        page = Page(namesakes.get(f"/search?person={person}"))
        assert {has["href"] for has in page.all("a") if has.get("class") == "speaker"} == {f"/person/{person}"}
        counts.append(int(re.search(r"(\d+) statements?", page.words)[1]))
    assert sum(counts) == int(re.search(r"(\d+) statements", Page(namesakes.get("/search?speaker=ilven")).words)[1])


def test_the_chips_of_both_are_told_apart(namesakes, apart):
    first, second = apart
    chips = Page(namesakes.get(f"/search?person={first}&person={second}")).all("a", **{"class": "chip"})
    assert [chip["aria-label"].partition("Mara Ilven, ")[2] for chip in chips] == list(apart.values())


def test_where_everybody_can_not_be_listed_both_are_found_by_their_name(namesakes, apart, monkeypatch):
    def too_slow(*_arguments, **_options):
        raise SlowQuery("took too long")

    monkeypatch.setattr(people, "list_people", too_slow)
    for address in ("/people?name=Mara Ilven", "/people"):
        page = Page(namesakes.get(address))
        assert {f"/person/{person}" for person in apart} <= set(page.links)
        assert all(f"Mara Ilven {told}" in page.words for told in apart.values())
