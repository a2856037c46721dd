"""What a page is made of, for tests: its elements, its links, and its words as a reader sees them."""

from __future__ import annotations

from html.parser import HTMLParser

APART = frozenset({"td", "th", "tr", "li", "p", "h1", "h2", "h3", "blockquote", "section", "div", "option", "label"})
"""Elements that a reader sees apart from what stands before them."""


class Page(HTMLParser):
    """A page taken apart.

    Args:
        answer: of the client.
    """

    def __init__(self, answer):
        super().__init__(convert_charrefs=True)
        self.elements = []
        self._words = []
        self.feed(answer.text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag in APART:
            self._words.append(" ")

    def handle_data(self, data):
        self._words.append(data)

    @property
    def words(self):
        """All text, white space made single."""
        return " ".join("".join(self._words).split())

    def all(self, tag, **wanted):
        """Return the attributes of the elements of a name that have some values."""
        return [
            has for name, has in self.elements if name == tag and all(has.get(each) == wanted[each] for each in wanted)
        ]

    @property
    def links(self):
        """The addresses that lead away."""
        return [has["href"] for name, has in self.elements if name == "a" and "href" in has]
