"""Finding words that somebody typed in a document's text, as the report writes them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from itertools import chain, combinations, islice, pairwise, product
from operator import itemgetter
from typing import Final, NamedTuple

from onrecord.document import Span
from onrecord.errors import BadChange

JOINT: Final = " … "
"""What stands between the pieces of a content where it is shown."""
MOST_CHARACTERS: Final = 20_000
MOST_PLACES: Final = 5
MOST_COMPARED: Final = 200
"""Places of a content that are held against each other: what stands more often says nothing."""
MOST_AROUND: Final = 1_000
"""Places of other words before and behind a content: 300,000 times "a" in a text of 2 MB took a minute."""
MOST_JOINED: Final = 20
"""Pieces up to which they are looked for joined: each takes a pass over the text."""
CONTEXT: Final = 30
_MARKS: Final = "\"“”„«»'‘’‚‹›"


def locate(text: str, words: str) -> tuple[Span, ...]:
    r"""Return where words stand in a text, without regard to white space and the kind of quotation marks.

    >>> locate("He said “no, \nnever” twice.", '"no, never"')
    (Span(start=8, end=20),)

    Args:
        text: of the document.
        words: as typed; pieces that the text interrupts stand apart by `` … ``.

    Raises:
        BadChange: they are not in the text, or in several places, which are named.
    """
    return tuple(sorted(_locate_one(text, piece) for piece in _cut(text, words)))


def locate_near(text: str, words: str, near: int) -> tuple[Span, ...]:
    """Return where words stand in a text, of several places the one nearest to an offset; whole words before parts.

    >>> locate_near("No, she said. No, he said.", "no", 0)
    Traceback (most recent call last):
    ...
    onrecord.errors.BadChange: 'no': is not in the report; copy the words from it
    >>> locate_near("No, she said. No, he said.", "No", 20)
    (Span(start=14, end=16),)

    Args:
        text: of the document.
        words: as typed; pieces that the text interrupts stand apart by `` … ``.
        near: an offset in the text.

    Raises:
        BadChange: they are not in the text.
    """
    return tuple(sorted(_nearest(_find(text, piece), near) for piece in _cut(text, words)))


# ---- where a statement stands --------------------------------------------------------------------------------


class Place(NamedTuple):
    """Where the parts of a statement stand."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


def place_missed(
    text: str,
    content: str | Sequence[Span],
    *,
    source: str | Sequence[Span] = "",
    cue: str | Sequence[Span] = "",
    taken: Collection[tuple[Span, ...]] | None = None,
) -> Place:
    """Return where a statement that was missed stands: each part by words of the report, or by its places.

    The words of its content must stand in one place; source and cue are where they are nearest to it and each other,
    outside of it if they can be.

    >>> text = "Ada said no. “Ada said no,” Ada said."
    >>> place_missed(text, "“Ada said no,”", source="Ada", cue="said")
    Place(source=(Span(start=28, end=31),), cue=(Span(start=32, end=36),), content=(Span(start=13, end=27),))
    >>> place_missed(text, "said no")
    Traceback (most recent call last):
    ...
    onrecord.errors.BadChange: 'said no': is in several places: 4-11 (Ada said no. “Ada said no,” Ada said.); 18-25 \
(Ada said no. “Ada said no,” Ada said.); give one as --span START-END

    Args:
        text: of the document.
        content: words, pieces that the text interrupts apart by `` … ``; or the places of the pieces.
        source: like that, or empty for none.
        cue: like that, or empty for none.
        taken: for whoever can't say where the content stands, the contents of other statements: of several places of
            its words the one is meant whose pieces, source and cue are nearest to each other; of those that are as
            near, the first not taken.

    Raises:
        BadChange: no content, or words that are not in the text; or those of the content in several places, which are
            named.
    """
    if not content:
        raise BadChange("a statement has a content", advice="copy it from the report")
    if not isinstance(content, str):
        contents = [tuple(sorted(content))]
    else:
        contents = [locate(text, content)] if taken is None else _locate_each(text, content)
    sources, cues = _find_pieces(text, source), _find_pieces(text, cue)
    placed = (_beside(each, sources, cues) for each in contents)
    return min(placed, key=lambda place: (_spread(place) + _interrupted(place.content), place.content in (taken or ())))


def place_again(text: str, place: Place, *, source: str | None = None, cue: str | None = None) -> Place:
    """Return where a statement stands whose source or cue should be other words; None leaves one where it is.

    Words that reach into what stood there, or touch it, are meant there; others where they are nearest to the content
    and each other.

    >>> place = Place(source=(Span(14, 16),), cue=(), content=(Span(10, 13),))
    >>> place_again("He sat. “No,” he said. He left, he said.", place, source="he said").source
    (Span(start=14, end=21),)

    Raises:
        BadChange: words are not in the text.
    """
    if source is None and cue is None:
        return place
    sources, cues = (
        there if words is None else _touching(text, words, there)
        for words, there in ((source, place.source), (cue, place.cue))
    )
    return place_missed(text, place.content, source=sources, cue=cues)


def _touching(text: str, words: str, spans: Sequence[Span]) -> str | tuple[Span, ...]:
    """Return the place of words that reaches into some spans, or touches them; the words where none does."""
    near = _near(_find_pieces(text, words), spans)
    return next((each for each in sorted(near) if each and not _gap(each, spans)), words)


def _locate_each(text: str, words: str) -> list[tuple[Span, ...]]:
    """Return every place of words: of the first piece, and the others each behind the one before if they can be."""
    first, *others = _cut(text, words)
    rest = [_find(text, piece) for piece in others]
    found = _find(text, first, MOST_COMPARED + 1)
    if len(found) > MOST_COMPARED:
        raise BadChange(f"is in more than {MOST_COMPARED} places", where=f"'{first}'", advice="copy more of the report")
    places = []
    for place in found:
        pieces = [place]
        for each in rest:
            behind = bisect_left(each, pieces[-1].end, key=itemgetter(0))
            pieces.append(each[behind] if behind < len(each) else _nearest(_outside(each, pieces), place.start))
        places.append(tuple(sorted(pieces)))
    return places


def _find_pieces(text: str, words: str | Sequence[Span]) -> list[list[Span]]:
    """Return the places of each piece of words, or of pieces whose place is known."""
    if not isinstance(words, str):
        return [[span] for span in words]
    return [_find(text, piece) for piece in _cut(text, words)] if words.strip() else []


def _beside(content: tuple[Span, ...], sources: Sequence[list[Span]], cues: Sequence[list[Span]]) -> Place:
    """Return the places of source and cue, of those of their pieces, that are nearest to a content and each other."""
    sources, cues = ([_outside(places, content) for places in pieces] for pieces in (sources, cues))
    near_sources, near_cues = _near(sources, content), _near(cues, content)
    by_cue = _near(sources, chain.from_iterable(near_cues))
    by_source = _near(cues, chain.from_iterable(near_sources))
    pairs = product(sorted(near_sources | by_cue), sorted(near_cues | by_source))
    return min((Place(source=each, cue=other, content=content) for each, other in pairs), key=_spread)


def _outside(places: list[Span], spans: Sequence[Span]) -> list[Span]:
    """Return the places around some spans that reach into none of them; those within where there are no others."""
    first = bisect_left(places, min(span.start for span in spans), key=itemgetter(0))
    last = max(first, bisect_left(places, max(span.end for span in spans), key=itemgetter(0)))
    left = places[max(0, first - MOST_AROUND) : last + MOST_AROUND]
    for span in spans:
        within = bisect_right(left, span.start, key=itemgetter(1)), bisect_left(left, span.end, key=itemgetter(0))
        left = left[: within[0]] + left[max(within) :]
    return left or places[max(0, first - 1) : last + 1]


def _near(pieces: Sequence[list[Span]], spans: Iterable[Span]) -> set[tuple[Span, ...]]:
    """Return the places of pieces that are nearest to an edge of spans; nowhere is the one place of no pieces."""
    if not pieces:
        return {()}
    edges = {edge for span in spans for edge in span}
    return {tuple(sorted(_nearest(places, edge) for places in pieces)) for edge in edges}


def _nearest(places: Sequence[Span], near: int) -> Span:
    """Return the place, of those in the order of the text, that is nearest to an offset."""
    after = bisect_left(places, near, key=itemgetter(0))
    return min(places[max(0, after - 1) : after + 1], key=lambda place: _distance(place, near))


def _spread(place: Place) -> int:
    """Return how many characters lie between the parts, along the shortest way that leads to all."""
    gaps = [_gap(some, others) for some, others in combinations(filter(None, place), 2)]
    return sum(gaps) - (max(gaps) if len(gaps) == len(place) else 0)


def _interrupted(content: Sequence[Span]) -> int:
    """Return how many characters lie between the pieces of a content."""
    return sum(max(after.start - before.end, 0) for before, after in pairwise(content))


def _gap(some: Sequence[Span], others: Sequence[Span]) -> int:
    return min(max(a.start - b.end, b.start - a.end, 0) for a in some for b in others)


# ---- finding -------------------------------------------------------------------------------------------------


def _distance(place: Span, near: int) -> int:
    return max(place.start - near, near - place.end, 0)


def _cut(text: str, words: str) -> list[str]:
    """Return the pieces of words; what stands in the text with the ellipsis between is one."""
    pieces = [piece.strip() for piece in words.split(JOINT) if piece.strip()]
    if not pieces or len(words) > MOST_CHARACTERS:
        raise BadChange(
            f"no words, or more than {MOST_CHARACTERS:,} characters",
            where=words[:CONTEXT],
            advice="copy words of the report",
        )
    if len(pieces) > MOST_JOINED:
        return pieces
    joined = pieces[:1]
    for piece in pieces[1:]:
        both = f"{joined[-1]}{JOINT}{piece}"
        joined[-1:] = [both] if re.search(_pattern(both), text) else [joined[-1], piece]
    return joined


def _find(text: str, words: str, most: int | None = None, *, advice: str = "copy the words from it") -> list[Span]:
    """Return the places of words; those within longer words ("he" in "the") only where there are no others."""
    for pattern in (_whole(words), _pattern(words)):
        found = [Span(*match.span()) for match in islice(re.finditer(pattern, text), most)]
        if found:
            return found
    raise BadChange("is not in the report", where=f"'{words}'", advice=advice)


def _locate_one(text: str, words: str) -> Span:
    found = _find(text, words, MOST_PLACES + 1, advice="copy the words from it, or give --span")
    if len(found) > 1:
        raise BadChange(
            f"is in several places: {_show(text, found)}", where=f"'{words}'", advice="give one as --span START-END"
        )
    return found[0]


def _pattern(words: str) -> str:
    """Return a pattern of literal characters and white space, linear in the text."""
    letters = (f"[{_MARKS}]" if letter in _MARKS else re.escape(letter) for letter in " ".join(words.split()))
    return "".join(letters).replace(re.escape(" "), r"\s+")


def _whole(words: str) -> str:
    """Return the same pattern, of words that neither begin nor end within a longer one."""
    before = r"(?<!\w)" if re.match(r"\w", words) else ""
    after = r"(?!\w)" if re.search(r"\w\Z", words) else ""
    return f"{before}{_pattern(words)}{after}"


def _show(text: str, found: Sequence[Span]) -> str:
    shown = [
        f"{place.start}-{place.end} ({' '.join(text[max(0, place.start - CONTEXT) : place.end + CONTEXT].split())})"
        for place in found[:MOST_PLACES]
    ]
    return "; ".join(shown) + ("; and more" if len(found) > MOST_PLACES else "")
