"""Two utterances in one: what the second has in the place of what the first has, marked word by word.

``del`` is what only the first has, ``ins`` what only the second has; the style sheet says so to a screen reader too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from markupsafe import Markup

from onrecord.compare.alignment import Change
from onrecord.document import Span
from onrecord.exports.escaping import escape_text

_OPENING: Final = frozenset("“‘«„(")
"""Marks behind which no space stands."""


def mark_changes(before: str, words: str, changes: Sequence[Change]) -> Markup:
    """Return the words of the second utterance with what changed from the first; ``this`` of a change is the first.

    >>> from onrecord.compare.tying import tie
    >>> said, heard = "We will not raise the levy", "We will raise the levy"
    >>> str(mark_changes(said, heard, tie(said, heard).changes))
    'We will <del>not</del> raise the levy'
    >>> said, heard = "I said that the levy will not rise again", "“The levy will not rise again”"
    >>> str(mark_changes(said, heard, tie(said, heard).changes))
    '“<del>I said that</del> The levy will not rise again”'
    """
    return Markup("".join(_pieces(before, words, changes)))  # noqa: S704 - escaped


def _pieces(before: str, words: str, changes: Sequence[Change]) -> Iterator[str]:
    end = 0
    for change in sorted(changes, key=lambda each: (each.other, each.this)):
        gone, come = change.this.of(before), change.other.of(words)
        kept = words[end : change.other.start]
        yield escape_text(kept)
        if gone:
            yield " " * bool(kept and not kept[-1].isspace() and kept[-1] not in _OPENING) + _element("del", gone)
        if come:
            yield " " * bool(gone) + _element("ins", come)
        elif gone and words[change.other.start : change.other.start + 1].isalnum():
            yield " "
        end = max(end, change.other.end)
    yield escape_text(words[end:])


def mark_left_out(words: str, spans: Iterable[Span]) -> Markup:
    """Return words with what a quotation of them leaves out.

    >>> str(mark_left_out("not now, not ever", [Span(9, 17)]))
    'not now, <ins>not ever</ins>'
    """
    parts, end = [], 0
    for span in sorted(spans):
        parts += [escape_text(words[end : span.start]), _element("ins", words[max(end, span.start) : span.end])]
        end = max(end, span.end)
    return Markup("".join([*parts, escape_text(words[end:])]))  # noqa: S704 - escaped


def _element(name: str, words: str) -> str:
    return f"<{name}>{escape_text(words)}</{name}>"
