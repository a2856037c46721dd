"""Which of a feed's texts is the whole report, and which only begins it; and what titles and links come to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import unescape
from typing import Final
from urllib.parse import urljoin

from onrecord.ingest.addresses import is_web_address
from onrecord.ingest.listings import Listed, Problem

# Nearly all links: taking each apart costs 30 µs, and a feed may have 50,000.
_USUAL_LINK: Final = re.compile(r"https?://(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}(?:/[!-~]{0,2000})?")
# Taken apart as an address it would be refused as well, at twice the cost: a hostile feed has 100,000 of them.
_OTHER_SCHEME: Final = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]{0,30}:", re.IGNORECASE)
BAD_LINK: Final = "its link is no http(s) address and was left out"
_TAG: Final = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>")
# Tags that part words: what stands in paragraphs of their own has no space between.
_PARTING: Final = re.compile(
    r"</?(?:address|article|aside|blockquote|br|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|main|ol|p|pre"
    r"|section|table|td|th|tr|ul)(?=[\s/>])[^<>]{0,2000}>",
    re.IGNORECASE,
)
_MARKUP: Final = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]{0,2000})?/?>|&(?:#\d{1,6}|[a-zA-Z]{2,8});")
# How texts end that go on elsewhere.
_GOES_ON: Final = re.compile(
    r"(?:\u2026|\.\.\.|\[\u2026\]|\[\.\.\.\]"
    r"|\b(?:read|see|view|find out) more|\bread the (?:full|whole|rest)\b[\w ]{0,30}"
    r"|\b(?:continue|keep|go on) reading\b[^.!?]{0,100}|\bfull (?:story|article|report))[\s.\])»›→>]*$",
    re.IGNORECASE,
)
# A summary of a report is shorter: news feeds give one to three sentences of it; Blogger's give the whole there.
LONG_SUMMARY: Final = 150  # words


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A text that a feed gives with an entry."""

    content: str
    is_html: bool
    is_summary: bool = False
    """True for a field that mostly holds the report's beginning: ``description``, ``summary``."""


def choose_enclosed(texts: Iterable[Enclosed], *, has_address: bool) -> Enclosed | None:
    """Return the text that is the whole report; None if it has to be fetched from the entry's address.

    A summary counts from 150 words on; a text that ends in ``...`` or "Read more" does not. Without an address
    there is nothing else to read, and the longest is taken.

    >>> choose_enclosed([Enclosed(content="The mayor said ...", is_html=False)], has_address=True) is None
    True
    """
    filled = [text for text in texts if text.content.strip()]
    if not has_address:
        return max(filled, key=lambda text: len(text.content), default=None)
    whole = (text for text in sorted(filled, key=lambda text: text.is_summary) if _is_whole(text))
    return next(whole, None)


def looks_like_markup(text: str) -> bool:
    """Tell whether a text holds a tag or a reference of HTML.

    >>> looks_like_markup("<p>Rain</p>"), looks_like_markup("Rain &amp; wind"), looks_like_markup("3 < 4 & 5")
    (True, True, False)
    """
    return _MARKUP.search(text) is not None


def enclose(entry: Listed, texts: Iterable[Enclosed]) -> Listed | Problem:
    """Return an entry with the text that is the report's own; a problem where it has neither one nor an address."""
    enclosed = choose_enclosed(texts, has_address=entry.url is not None)
    if enclosed is not None:
        return replace(entry, html=enclosed.content) if enclosed.is_html else replace(entry, text=enclosed.content)
    if entry.url is None:
        return Problem(number=entry.number, what="the entry has neither a text nor an http(s) address")
    return entry


def plain(text: str | None) -> str | None:
    """Return a line of HTML as text: titles hold markup and references, whatever their type says.

    >>> plain(" Rain &amp;amp; <b>wind</b> "), plain("Rain<br>and wind"), plain(" ")
    ('Rain & wind', 'Rain and wind', None)
    """
    if text is None:
        return None
    for _ in range(2):  # many feeds escape twice
        text = unescape(_TAG.sub("", _PARTING.sub(" ", text))) if "<" in text or "&" in text else text
    return " ".join(text.split()) or None


def absolute(link: str | None, base: str | None) -> str | None:
    """Return a link as an http(s) address; None if it is none, even from ``base``.

    >>> absolute("/a?b", "https://tarnmail.example/feed"), absolute("javascript:alert(1)", "https://tarnmail.example/")
    ('https://tarnmail.example/a?b', None)
    """
    bare = (link or "").strip()
    if not bare or _USUAL_LINK.fullmatch(bare):
        return bare or None
    if _OTHER_SCHEME.match(bare):
        return None
    try:
        whole = urljoin(base or "", bare)
    except ValueError:
        return None
    return whole if is_web_address(whole) else None


def _is_whole(text: Enclosed) -> bool:
    end = plain(text.content[-400:]) if text.is_html else text.content[-400:]
    if _GOES_ON.search((end or "").rstrip()[-150:]):
        return False
    return not text.is_summary or len((plain(text.content) or "").split()) >= LONG_SUMMARY
