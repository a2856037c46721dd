"""A look at a page's bytes before any parser sees them: is it a page, and is it one that a parser survives?

What remains dangerous ends at the time and memory limits of :mod:`onrecord.ingest.sandbox`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from onrecord.errors import HostileSource, OversizedSource
from onrecord.settings import Settings

_PAGE_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|main|section|div|p|span|h[1-6]|table|title|meta|figure)(?=[\s>/])",
    re.IGNORECASE,
)
_HEAD: Final = 4_096
# An attribute as the HTML standard reads it; possessive, so that the whole scan is linear.
_ATTRIBUTE: Final = r"[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+"


def looks_like_html(raw: bytes) -> bool:
    """Tell whether bytes are a web page: by a tag that pages have, in their first 4,096 bytes.

    >>> looks_like_html(b"<!DOCTYPE html><title>Mayor resigns</title>"), looks_like_html(b"I <3 news, said Ana.")
    (True, False)
    """
    head = raw[: 2 * _HEAD].replace(b"\0", b"")[:_HEAD]  # UTF-16 has a zero in every second byte
    return _PAGE_TAG.search(head) is not None


def check_markup(page: str, settings: Settings) -> None:
    """Refuse a page that is built, or broken, in a way that exhausts parsers; takes linear time.

    Raises:
        OversizedSource: longer than ``max_source_bytes`` as UTF-8.
        HostileSource: more tags than ``max_page_tags``, or a tag with more attributes than ``max_tag_attributes``:
            parsers are quadratic in them.
    """
    if len(page) > settings.max_source_bytes:
        raise OversizedSource(f"the page is longer than {settings.max_source_bytes:,} characters (max_source_bytes)")
    for number, tag in enumerate(_tag_pattern(settings.max_tag_attributes).finditer(page)):
        if number >= settings.max_page_tags:
            raise HostileSource(
                f"the page has more than {settings.max_page_tags:,} tags (max_page_tags)",
                advice="no real page has; raise the limit if you trust it",
            )
        if tag["more"]:
            raise HostileSource(
                f"a tag has more than {settings.max_tag_attributes:,} attributes (max_tag_attributes)",
                advice="no real page has; raise the limit if you trust it",
            )


@lru_cache(maxsize=4)
def _tag_pattern(limit: int) -> re.Pattern[str]:
    """Return what finds all tags, and as ``more`` an attribute beyond the limit; scripts and comments are skipped."""
    return re.compile(
        r"<!--(?:.*?-->|.*+)"
        r"|<(?i:script|style)\b(?:.*?</(?i:script|style)|.*+)"
        rf"|<[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE}){{0,{limit}}}+(?P<more>{_ATTRIBUTE})?+",
        re.DOTALL,
    )
