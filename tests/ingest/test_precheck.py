"""What is refused before a parser sees it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.errors import HostileSource, OversizedSource
from onrecord.ingest.precheck import check_markup, looks_like_html
from onrecord.settings import DEFAULTS

SMALL = replace(DEFAULTS, max_tag_attributes=5, max_page_tags=20)


@pytest.mark.parametrize(
    "attributes",
    [
        "a b c d e f",
        "a=1 b=2 c=3 d=4 e=5 f=6",
        "a='>' b=\">\" c='' d = 4 e=/ f",
        "a/b/c/d/e/f",
        "a\nb\tc\fd\re=''f=\"\"",
    ],
)
def test_six_attributes_are_too_many_for_a_limit_of_five(attributes):
    with pytest.raises(HostileSource, match="max_tag_attributes"):
        check_markup(f"<p><b {attributes}>x</b>", SMALL)
    check_markup(f"<p><b {attributes}>x</b>", DEFAULTS)


@pytest.mark.parametrize(
    "page",
    [
        "<b a b c d e>x",
        "<p title='one two three four five six seven'>x",
        "<!-- <b a b c d e f g> -->",
        "<script>if (i<n) { a b c d e f g h }</script>",
        "1 <2 a b c d e f g",
    ],
)
def test_what_only_looks_like_many_attributes_passes(page):
    check_markup(page, SMALL)


def test_a_page_of_too_many_tags_is_refused():
    check_markup("<p>" * 20, SMALL)
    with pytest.raises(HostileSource, match="max_page_tags"):
        check_markup("<p>" * 21, SMALL)


def test_a_page_too_long_is_refused():
    with pytest.raises(OversizedSource):
        check_markup("x" * 11, replace(DEFAULTS, max_source_bytes=10))


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"<!DOCTYPE html><p>x", True),
        (b"\n\n <HTML>", True),
        (b"\xef\xbb\xbf<!-- x --><div class='a'>", True),
        ("<html><p>x".encode("utf-16"), True),
        (b"x < y and y > z", False),
        (b"<3 the <mayor> said", False),
        (b'<?xml version="1.0"?><rss><channel>', False),
        (b"", False),
    ],
)
def test_a_page_is_told_from_text_by_its_tags(raw, told):
    assert looks_like_html(raw) is told
