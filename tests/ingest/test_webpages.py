"""Web pages as documents: what is kept, in which zone, and where it stands in the page."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import errors
from onrecord.document import Document, Span
from onrecord.ingest.pagemarkup import parse_markup
from onrecord.ingest.webpages import read_page
from onrecord.settings import DEFAULTS

PAGES = Path(__file__).parent.parent / "pages"
STORY = (
    "The council of Belvar closed the old bridge on Monday after an engineer found cracks in two of its piers.",
    "“We can’t let a single bus cross it before the piers are mended,” said Mara Ilven, who leads the council.",
    "Shop owners on the east bank said they had been told nothing, and that it would cost them a whole season.",
)
TO_SPACE = str.maketrans("\t\n\r\f", "    ")


def read(page: str | bytes, **given) -> Document:
    raw = page if isinstance(page, bytes) else page.encode()
    return read_page(
        raw, **({"origin": "p.html", "url": None, "declared_charset": "utf-8", "settings": DEFAULTS} | given)
    )


def page_of(inside: str, *, head: str = "<title>Bridge closed in Belvar</title>") -> str:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
    story = f"<article><h1>Bridge closed in Belvar</h1>{paragraphs}{inside}</article>"
    return f"<html lang=en><head>{head}</head><body>{story}"


def kinds(document: Document) -> dict[str, str]:
    return {zone.span.of(document.text): zone.kind for zone in document.zones}


def check_zones(document: Document) -> None:
    end = 0
    covered = [False] * len(document.text)
    for zone in document.zones:
        assert end <= zone.start < zone.end <= len(document.text)
        covered[zone.start : zone.end] = [True] * (zone.end - zone.start)
        end = zone.end
    assert all(told or character.isspace() for told, character in zip(covered, document.text, strict=True))


def check_anchors(document: Document, page: str) -> None:
    """Go from each anchor into a fresh parse of the page and find the same characters there."""
    root = parse_markup(page)
    end = 0
    for anchor in document.anchors:
        assert end <= anchor.start < anchor.end
        (element,) = root.xpath(anchor.path)
        node = element.text if anchor.node == 0 else element[anchor.node - 1].tail
        length = anchor.end - anchor.start
        there = node[anchor.offset : anchor.offset + length].translate(TO_SPACE)
        assert there == document.text[anchor.start : anchor.end]
        end = anchor.end
    whole = document.locate(Span(0, len(document.text)))
    assert whole is not None
    assert sum(place.span.end - place.span.start for place in whole) == sum(a.end - a.start for a in document.anchors)


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.html")), ids=lambda path: path.stem)
def test_each_page_gives_its_expected_record(path):
    expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
    if "error" in expected:
        with pytest.raises(getattr(errors, expected["error"])):
            read(path.read_bytes(), declared_charset=None)
        return
    document = read(path.read_bytes(), declared_charset=None)
    found = {name: getattr(document, name) for name in ("title", "outlet", "url", "published", "language", "section")}
    found |= {"authors": list(document.authors), "charset": document.provenance.charset}
    found["zones"] = [[zone.kind, zone.span.of(document.text)] for zone in document.zones]
    assert found == expected


@pytest.mark.parametrize(
    ("byline", "writers"),
    [
        ("By Ana Ruiz and Tom Held", ("Ana Ruiz", "Tom Held")),
        ("By Ana Ruiz, Daily Example", ("Ana Ruiz",)),
        ("Words by Ana Ruiz, Political Editor", ("Ana Ruiz",)),
    ],
)
def test_where_the_head_names_no_writer_the_byline_does_and_its_paper_and_post_are_none(byline, writers):
    page = page_of("").replace("</h1>", f"</h1><p class=byline>{byline}</p>")
    assert read(page).authors == writers


@pytest.mark.parametrize(
    "path", sorted(set(PAGES.glob("*.html")) - {PAGES / "paywalled.html"}), ids=lambda path: path.stem
)
def test_every_character_has_a_zone_and_a_place_in_the_page(path):
    document = read(path.read_bytes(), declared_charset=None)
    check_zones(document)
    check_anchors(document, path.read_bytes().decode(document.provenance.charset))


def test_a_quotation_is_found_in_the_page_across_its_markup():
    page = page_of(
        "<p>Ilven  said\n it was <b>far</b> too <i>late</i> for that, and that buses would have to go round.</p>"
    )
    document = read(page)
    start = document.text.index("said it was far too late")
    places = document.locate(Span(start, start + len("said it was far too late")))
    assert places is not None
    assert [place.span.of(document.text) for place in places] == ["said ", "it was ", "far", " too ", "late"]
    assert [place.path.rsplit("/", 1)[-1] for place in places] == ["p[4]", "p[4]", "b[1]", "p[4]", "i[1]"]
    assert [(place.node, place.offset) for place in places] == [(0, 7), (0, 13), (0, 0), (1, 0), (0, 0)]


def test_a_line_break_has_no_place_but_the_words_around_it_have():
    document = read(page_of("<p>The mayor said on Tuesday<br>that nothing was decided, and left the room.</p>"))
    start = document.text.index("Tuesday\nthat")
    places = document.locate(Span(start, start + len("Tuesday\nthat")))
    assert places is not None
    assert [place.span.of(document.text) for place in places] == ["Tuesday", "that"]


def test_two_line_breaks_part_paragraphs():
    document = read(
        page_of("<div>It was closed at noon, the town said.<br> <br>It stays closed until October, she added.</div>")
    )
    assert "the town said.\n\nIt stays closed" in document.text


def test_the_headline_stands_once_at_the_start():
    teaser = "<div class=x><p>Bridge closed in Belvar</p></div>"
    document = read(page_of(teaser + f"<p>{STORY[1]} It was late.</p>"))
    assert document.text.startswith("Bridge closed in Belvar\n\n")
    assert document.text.count("Bridge closed in Belvar") == 1


SEO = "<title>Travel news: Orrin ferry cancelled today, all services</title>"


def test_a_lone_h1_is_the_headline_also_where_the_title_has_other_words():
    document = read(page_of("", head=SEO))
    assert document.title == "Bridge closed in Belvar"
    assert kinds(document)["Bridge closed in Belvar"] == "headline"


@pytest.mark.parametrize(
    "above",
    [
        "<h1><a href='/'>The Belvar Evening Echo</a></h1>",  # the outlet's name leads to its front page
        "<h1>Travel News</h1>",  # of so few words it is a section
        "<article><h1>Ferry fares will rise</h1><p>More</p></article>",
        "<h1>Ferry fares will rise</h1><h1>Harbour levy will stay</h1>",
    ],
)
def test_an_h1_that_heads_something_else_is_no_headline(above):
    page = page_of("", head=SEO).replace("<h1>Bridge closed in Belvar</h1>", "")
    page = page.replace("<article>", above + "<article>")
    assert "headline" not in kinds(read(page)).values()


def test_a_copy_of_the_story_for_other_screens_is_left_out():
    copy = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
    document = read(page_of(f"<div style='display:none'>{copy}</div>"))
    assert document.text.count(STORY[0]) == 1


def test_another_story_below_is_left_out():
    told = "The ferries will cost more from June on, the company told its passengers on Friday."
    other = f"<article><h2>Ferry fares rise</h2><p>{told}</p></article>"
    document = read(page_of("") + "</article>" + other)
    assert "ferries" not in document.text


QUOTED = "We have to close it before the piers give way, and I will answer for that myself."


@pytest.mark.parametrize(
    ("inside", "source"),
    [
        (f"<p>In a letter she wrote:</p><blockquote><p>{QUOTED}</p></blockquote>", None),
        (f"<blockquote><p>{QUOTED}</p><footer>— Mara Ilven</footer></blockquote>", "— Mara Ilven"),
        (f"<blockquote>{QUOTED}<br><br><cite>Mara Ilven</cite></blockquote>", "Mara Ilven"),
        (f"<figure><blockquote>{QUOTED}</blockquote><figcaption>Mara Ilven</figcaption></figure>", "Mara Ilven"),
        (f"<blockquote>{QUOTED}</blockquote><p>— Mara Ilven, to the council</p>", "— Mara Ilven, to the council"),
        (f"<blockquote><p>{QUOTED}</p><p>— Mara Ilven</p></blockquote>", "— Mara Ilven"),
        (
            f"<figure><blockquote>{QUOTED}</blockquote><!-- --><figcaption>Mara Ilven</figcaption></figure>",
            "Mara Ilven",
        ),
    ],
    ids=["introduced", "footer", "cite", "figure", "signed", "signed within", "figure with a comment"],
)
def test_a_block_quotation_is_somebodys_words_and_whose_they_are_is_read(inside, source):
    document = read(page_of(f"{inside}<p>{STORY[0].replace('Belvar', 'Tarrow')}</p>"))
    assert kinds(document)[QUOTED] == "blockquote"
    assert source is None or document.zone_at(document.text.index(f"\n{source}") + 1) == "body"


@pytest.mark.parametrize(
    "inside",
    [
        f"<blockquote>{QUOTED}</blockquote>",
        f"<blockquote>{QUOTED}</blockquote><p>– The piers are old, and the council has known it.</p>",
        f"<p>She wrote:</p><blockquote class=twitter-tweet>{QUOTED}</blockquote>",
        f"<p>Read the letter:</p><aside class=related><blockquote>{QUOTED}</blockquote></aside>",
    ],
    ids=["nobody says whose", "a dash before a sentence", "a post", "promoted"],
)
def test_other_block_quotations_are_what_they_would_be_without(inside):
    document = read(page_of(f"{inside}<p>{STORY[0].replace('Belvar', 'Tarrow')}</p>"))
    assert "blockquote" not in kinds(document).values()


def test_a_correction_at_the_end_is_kept_as_furniture():
    note = "Correction: An earlier version of this article said that the council had closed the harbour."
    document = read(page_of(f"<p>{note}</p>"))
    assert kinds(document)[note] == "furniture"


def test_menus_comments_and_footers_stay_out():
    comments = "<div id=comments><p>I never liked that bridge, and I said so for years.</p></div>"
    document = read(f"<nav><a href=/>Home</a></nav>{page_of('')}{comments}<footer>Imprint</footer>")
    assert not any(word in document.text for word in ("Home", "never liked", "Imprint"))


def test_no_break_spaces_are_kept_and_other_white_space_is_shown_as_a_browser_does():
    document = read(
        page_of("<p>Some 20\u00a0000 people \n\t came, the police said, and nearly all of them went home again.</p>")
    )
    assert "Some 20\u00a0000 people came," in document.text


def test_where_a_word_may_break_is_not_shown_and_costs_no_paragraph():
    head = "<title>Bridge clo&shy;sed in Bel&shy;var</title>"
    hyphened = [re.sub(r"(?<=[a-z]{3})(?=[a-z]{3})", "&shy;", paragraph) for paragraph in STORY]
    story = "".join(f"<p>{paragraph}</p>" for paragraph in hyphened)
    page = f"{head}<article><h1>Bridge clo&shy;sed in Bel&#8203;var</h1>{story}</article>"
    document = read(page)
    assert (document.title, document.text) == ("Bridge closed in Belvar", read(page_of("")).text)
    check_anchors(document, page)


def test_the_dateline_is_apart_from_the_story():
    page = (
        f"<title>Rain</title><article><h1>Rain</h1><p>KYIV (Reuters) — {STORY[0]}</p><p>{STORY[1]}</p><p>{STORY[2]}</p>"
    )
    assert kinds(read(page))["KYIV (Reuters) —"] == "dateline"


def test_a_name_of_an_attribute_that_is_none_costs_the_page_nothing():
    """What a template left behind, with a character in its value that XML has not (found by fuzzing feeds)."""
    document = read(page_of('<p {lang="b\x0ee" title="a\x0eb">The pier is shut, said Mara Ilven.</p>'))
    assert "The pier is shut, said Mara Ilven." in document.text


def test_bidi_controls_are_kept_as_published():
    document = read(
        page_of("<p>The sign read \u202eabc\u202c in both of the languages of the town, a clerk said later.</p>")
    )
    assert "\u202eabc\u202c" in document.text


def test_hash_and_origin_tell_where_it_came_from():
    raw = page_of("").encode()
    document = read(raw, url="https://velecho.example/x?a=1")
    assert document.provenance.sha256 == hashlib.sha256(raw).hexdigest()
    assert (document.provenance.origin, document.provenance.method) == ("p.html", "webpage")
    assert document.url == "https://velecho.example/x?a=1"


@pytest.mark.parametrize(
    "page", ["", "<p>", "<html></html>", "<!-- -->", "<p>Too short.</p>", "<nav><a href=/>Home</a></nav>"]
)
def test_a_page_without_an_article_says_so(page):
    with pytest.raises(errors.NoArticle) as caught:
        read(page)
    assert caught.value.where == "p.html"


# --- any characters whatever -------------------------------------------------------------------

AWKWARD = st.sampled_from([
    "🏳️‍🌈", "é", "e\u0301", "\r\n", "\n", " ", "\t", "\u00a0", "שלום", "مرحبا", "\u202e", "\u200b", "&amp;",
    "&#128512;", "&#xD800;", "&nbsp;", "<b>", "</b>", "<br>", "<i>x</i>", "<!-- c -->", "<a href=/y>", "</a>",
    "<o:p>z</o:p>", "&", "<", "\x1b", "\ufffe", "𝒜", "word",
])  # fmt: skip
RUNS = st.lists(AWKWARD | st.characters(exclude_categories=("Cs", "Cc")), max_size=30).map("".join)


@given(runs=st.lists(RUNS, min_size=1, max_size=4))
def test_zones_and_anchors_hold_for_any_text(runs):
    page = page_of("".join(f"<p>{run}{STORY[0]}{run}</p>" for run in runs))
    document = read(page)
    document.text.encode("utf-8")
    check_zones(document)
    check_anchors(document, page)
