"""Report text on a page: the one door through which it reaches HTML.

All text goes through :func:`escape_text` or :func:`attribute`, all addresses through :func:`link_address`, all names of
anchors through :func:`anchor_name`.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final
from urllib.parse import quote, urlsplit

from onrecord.exports.hidden import HIDDEN

_SPECIAL: Final = re.compile(f"{HIDDEN.pattern}|[&<>\"'\r]")
_NAMED: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\r": "&#13;"}
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")


def escape_text(words: str) -> str:
    """Escape text of a report; a character that a screen would act on gets a frame that names it."""
    return _SPECIAL.sub(_named_or_framed, words)


def _named_or_framed(match: re.Match[str]) -> str:
    character = match.group()
    if character in _NAMED:
        return _NAMED[character]
    shown = "\ufffd" if character == "\0" or "\ud800" <= character <= "\udfff" else character
    return f'<span class="hidden" data-code="U+{ord(character):04X}">{shown}</span>'


def escape_plain(words: str) -> str:
    """Escape text where no element may stand: in a title and in attributes; hidden characters are named."""
    return escape(name_hidden(words))


def name_hidden(words: str) -> str:
    r"""Name the characters that a screen would act on, and escape nothing.

    >>> name_hidden("a\u202eb")
    'a[U+202E]b'
    """
    return HIDDEN.sub(lambda match: f"[U+{ord(match.group()):04X}]", words)


def attribute(name: str, value: str) -> str:
    """Return an attribute with a space before it."""
    return f' {name}="{escape_plain(value)}"'


def link_address(address: str, shown: str | None = None) -> str:
    """Return a link to an http(s) address; any other address as text.

    Args:
        address: where it leads.
        shown: its words; None for the address itself.
    """
    words = escape_text(address if shown is None else shown)
    if not is_web(address):
        return words
    return f'<a{attribute("href", address)} rel="noreferrer noopener">{words}</a>'


def is_web(address: str | None) -> bool:
    """Tell whether an address may be a link: http or https, with a host, and nothing in it that a screen acts on.

    >>> is_web("https://orrin.example/levy"), is_web("https:javascript:alert(1)"), is_web("ftp://orrin.example/")
    (True, False, False)
    """
    if address is None or HIDDEN.search(address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme.lower() in {"http", "https"} and bool(parts.netloc)


def anchor_name(kind: str, name: str) -> str:
    """Return the name of an anchor."""
    return f"{kind}-{quote(name, safe='', errors='replace')}"


def language_tag(language: str | None) -> str:
    """Return a language for the attribute ``lang``; English for what is no tag."""
    return language if language and _LANGUAGE.match(language) else "en"
