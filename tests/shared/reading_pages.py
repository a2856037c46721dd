"""A page as a browser's parser sees it: its elements with their attributes, and what of them no page of ours has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final, NamedTuple

_NAMES: Final = (
    "html head meta title link body a header div b span nav form input button main section h1 h2 h3 h4 p footer bdi"
    " time small ul ol li figure svg line rect circle path text g figcaption article blockquote mark label fieldset"
    " legend select option aside code dl dt dd details summary q i em strong table caption thead tbody tr th td"
    " textarea br hr ins del sub sup abbr cite datalist pre"
)
ELEMENTS: Final = frozenset(_NAMES.split())
"""Elements of our templates; others came from somewhere else."""
LINKS: Final = ("href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcset", "srcdoc", "background")
_OURS: Final = re.compile(r"/(?![/\\])|#|\?")
_ELSEWHERE: Final = re.compile(r"https?://[^\s]*\Z")


class Element(NamedTuple):
    """A start tag."""

    name: str
    attributes: list[tuple[str, str | None]]


class _Parser(HTMLParser):
    # Text of a script or style element would be taken as it is: there must be none.
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []

    def handle_starttag(self, tag, attrs):
        self.elements.append(Element(tag, attrs))


def elements_of(page: str) -> list[Element]:
    """Return the start tags of a page."""
    parser = _Parser()
    parser.feed(page)
    parser.close()
    return parser.elements


def strangers(page: str) -> Iterator[str]:
    """Yield what a page has that no template of ours wrote: elements, handlers, styles, links that lead astray."""
    for element in elements_of(page):
        if element.name not in ELEMENTS:
            yield f"<{element.name}>"
        for name, value in element.attributes:
            if name.startswith("on") or name in {"style", "http-equiv", "srcdoc"}:
                yield f"<{element.name} {name}>"
            if name in LINKS and not (_OURS.match(value or "") or _ELSEWHERE.match(value or "")):
                yield f"{name}={value}"
            if name in {"action", "formaction", "src"} and not _OURS.match(value or ""):
                yield f"{name}={value}"
