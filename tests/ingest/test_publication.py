from __future__ import annotations

import pytest

from onrecord.document import Document
from onrecord.ingest.plaintext import read_text
from onrecord.ingest.publication import add_publication, from_address


def read(text, url=None):
    return add_publication(read_text(text, origin="-", sha256="", charset=None, url=url))


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2016/05/02/bridge.html", "2016-05-02"),
        ("/news/2016-05-02-bridge", "2016-05-02"),
        ("/politics/2016/may/02/bridge", "2016-05-02"),
        ("/story/20160502/", "2016-05-02"),
        ("/news/bridge-20160502.html", "2016-05-02"),
        ("/2016/05/bridge", None),
        ("/2016/13/02/bridge", None),
        ("/2016/02/30/bridge", None),
        ("/id/1201605021", None),
        ("/bridge", None),
    ],
)
def test_a_day_in_the_address_is_that_of_publication(path, day):
    assert from_address(f"https://belvarecho.example{path}") == day


def test_no_address_says_nothing():
    assert from_address(None) is None
    assert from_address("https://[broken") is None


STORY = (
    "Bridge closed\n\n{}The old bridge was closed on Monday, the mayor of Belvar said, after cracks were found in it.\n"
)


@pytest.mark.parametrize(
    ("text", "url", "published", "told"),
    [
        (STORY.format(""), "https://belvarecho.example/2016/05/02/bridge", "2016-05-02", "address"),
        (STORY.format("") + "\nPublished May 2, 2016 at the harbour\n", None, "2016-05-02", "text"),
        (STORY.format("BELVAR, May 2, 2016 (Reuters) — "), None, "2016-05-02", "dateline"),
        (
            STORY.format("BELVAR, May 2 (Reuters) — "),
            "https://belvarecho.example/2016/05/bridge",
            "2016-05-02",
            "dateline",
        ),
        (STORY.format("BELVAR, May 2 (Reuters) — "), None, None, None),
        (STORY.format("Updated 3 May 2016 10:22 GMT\n\n"), None, "2016-05-03", "text"),
        (STORY.format("UPDATED: TUESDAY, MAY 3, 2016\n\n"), None, "2016-05-03", "text"),
        (STORY.format("By Ana Ruiz Updated May 3, 2016\n\n"), None, "2016-05-03", "text"),
        (STORY.format("") + "\nThis article was last updated on 3 May 2016.\n", None, "2016-05-03", "text"),
        (STORY.format("Updated 3 May 2016\n\n") + "\nPublished May 2, 2016\n", None, "2016-05-02", "text"),
        (STORY.format("Updated 3 May 2016\n\nBELVAR, May 2, 2016 (Reuters) — "), None, "2016-05-02", "dateline"),
        (STORY.format("") + "\nUpdated plans of 3 May 2016 are in the town hall.\n", None, None, None),
        (STORY.format("BELVAR, Sepember 2, 2016 (Reuters) — "), None, None, None),
        (STORY.format("") + "\nThe bridge opened on May 2, 1911.\n", None, None, None),
    ],
)
def test_where_a_publication_date_comes_from_is_told_apart(text, url, published, told):
    document = read(text, url)
    assert (document.published, document.published_from) == (published, told)


def test_a_date_that_is_known_is_kept():
    document = Document.from_text("Rain.", url="https://belvarecho.example/2016/05/02/rain")
    given = add_publication(document)
    assert (given.published, given.published_from) == ("2016-05-02", "address")
    assert add_publication(given) is given
