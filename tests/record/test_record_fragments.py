"""Addresses with a text fragment lead to the very words, as a browser looks for them."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document import Span
from onrecord.record.fragments import LONGEST_EXACT, fragment_of, link_to
from strategies import hostile_texts, invented_report

PAGE = "https://orrin.example/levy"


def browse(text: str, directive: str) -> Span | None:
    """Return what a browser shows for a directive: the first match of the WICG's algorithm."""
    parts = directive.split(",")
    prefix = unquote(parts.pop(0)[:-1]) if parts[0].endswith("-") else ""
    suffix = unquote(parts.pop()[1:]) if parts[-1].startswith("-") else ""
    start, *rest = map(unquote, parts)

    def literal(words):
        return r"\s+".join(map(re.escape, words.split()))

    bound, end = r"(?<![^\W_])", r"(?![^\W_])"
    before = rf"{bound}{literal(prefix)}\s*" if prefix else bound
    behind = rf"\s*{literal(suffix)}{end}" if suffix else ""
    last = rf"(?P<end>{bound}{literal(rest[0])}{end})" if rest else ""
    first = rf"(?P<start>{literal(start)}){end if not rest else ''}"
    found = re.search(before + first + (rf"{end}(?s:.*?){last}" if rest else "") + behind, text, re.IGNORECASE)
    return found and Span(found.start("start"), found.end("end" if rest else "start"))


def core(text: str, span: Span) -> str:
    """Return the words of a span without the marks at its ends."""
    return re.sub(r"^[\W_]+|[\W_]+$", "", span.of(text))


@pytest.mark.parametrize(
    ("text", "words", "fragment"),
    [
        ("No levy, she said.", "No levy", "No%20levy"),
        ("“No levy,” she said.", "“No levy,”", "No%20levy"),
        ("She spoke. He said no. She said no.", "no", "He%20said-,no"),
        ("A, B & C well-off", "B & C well-off", "B%20%26%20C%20well%2Doff"),
        ("Nothing new.\n\nNothing new.", "Nothing new.", "Nothing%20new,-Nothing%20new"),
    ],
)
def test_the_fragment_of_a_short_quotation(text, words, fragment):
    start = text.index(words)
    span = Span(start, start + len(words))
    assert fragment_of(text, span).startswith(fragment.split(",-")[0])
    assert browse(text, fragment_of(text, span)).of(text) == core(text, span)


def test_of_a_long_quotation_only_the_ends_are_written():
    text = "She said: " + " ".join(f"word{number}" for number in range(200)) + "."
    fragment = fragment_of(text, Span(10, len(text)))
    assert fragment == "word0%20word1%20word2%20word3,word196%20word197%20word198%20word199"


def test_a_quotation_over_paragraphs_is_written_by_its_ends():
    text = "“No levy.\n\nNever,” she said."
    assert fragment_of(text, Span(0, 18)) == "No%20levy,Never"


@pytest.mark.parametrize("seed", range(40))
def test_each_sentence_of_a_report_is_found_first_where_it_stands(seed):
    text = invented_report(seed, paragraphs=8)
    for found in re.finditer(r"[^.\n]{4,}\.?", text):
        span = Span(*found.span())
        shown = browse(text, fragment_of(text, span))
        # What stands in the report word for word twice, with the same before and behind, can't be told apart.
        assert shown is not None
        assert shown.of(text) == core(text, span)


@given(hostile_texts(), st.data())
def test_no_text_fails(text, data):
    ends = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    link = link_to(PAGE, text, [Span(*ends)])
    assert link.isascii()
    assert link.startswith(PAGE)


@pytest.mark.parametrize(
    "address", [None, "", "ftp://orrin.example/a", "javascript:alert(1)", "report.txt", "http://[::1"]
)
def test_what_is_no_address_of_a_page_gets_no_link(address):
    assert link_to(address, "No levy.", [Span(0, 7)]) is None


@pytest.mark.parametrize(
    ("address", "link"),
    [
        (PAGE, f"{PAGE}#:~:text=No%20levy"),
        (f"{PAGE}#top", f"{PAGE}#top:~:text=No%20levy"),
        (f"{PAGE}#top:~:text=old", f"{PAGE}#top:~:text=No%20levy"),
        (f"{PAGE}?a=1&b=2", f"{PAGE}?a=1&b=2#:~:text=No%20levy"),
    ],
)
def test_the_anchor_of_an_address_is_kept(address, link):
    assert link_to(address, "No levy.", [Span(0, 7)]) == link


def test_each_piece_of_a_quotation_has_a_directive():
    assert link_to(PAGE, "No, she said, never.", [Span(0, 2), Span(14, 19)]).endswith("#:~:text=No&text=never")


def test_a_long_text_takes_a_moment():
    text = "no levy " * 50_000
    assert len(fragment_of(text, Span(160_000, 160_000 + LONGEST_EXACT + 50))) < 2_000
