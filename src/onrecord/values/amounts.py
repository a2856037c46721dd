"""Amounts: money, percentages, measures, counts and casualties of a report, each with where it stands.

1. seeds      one scan of each paragraph for where a number may begin
2. numeral    the number itself: digits, words, scales, fractions
3. unit       a currency before it; a sign, currency, measure or percent behind it
4. range      "3 to 5 million", "between 3 and 5", "from 44 to 41 percent"
5. kind       a bare number is a count of what follows, of casualties, or no amount
6. bounds     "about", "more than", "up to"
7. claimed    the innermost statement whose content holds it
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from onrecord.document import Span
from onrecord.reading import Amount, Statement
from onrecord.values.casualties import mentions_harm
from onrecord.values.kinds import to_amount
from onrecord.values.money import Currencies
from onrecord.values.numerals import SEED
from onrecord.values.pairs import end_of_figures, read_pair
from onrecord.values.quantities import Ground, read_quantity


def read_amounts(
    text: str, paragraphs: Iterable[Span], statements: Iterable[Statement] = (), avoid: Iterable[Span] = ()
) -> tuple[Amount, ...]:
    """Return the amounts in ``paragraphs`` of a text, in its order. Linear time.

    Args:
        text: the report.
        paragraphs: where amounts are looked for, by start.
        statements: what was said, to tell which of it claims an amount.
        avoid: expressions of time: what overlaps one is no count.

    >>> text = "Nearly 300 people paid $1.2m."
    >>> [(amount.span.of(text), amount.value, amount.unit) for amount in read_amounts(text, [Span(0, len(text))])]
    [('300', 300.0, None), ('$1.2m', 1200000.0, 'USD')]
    """
    currencies, harms = Currencies(text), mentions_harm(text)
    times = sorted(avoid)
    found: list[Amount] = []
    for paragraph in paragraphs:
        ground = Ground(text=text, floor=paragraph.start, limit=paragraph.end, currencies=currencies, harms=harms)
        found.extend(amount for amount in _read_paragraph(ground) if not _is_time(amount, times))
    return _claim(found, statements)


def _read_paragraph(ground: Ground) -> Iterator[Amount]:
    at = ground.floor
    for seed in SEED.finditer(ground.text, ground.floor, ground.limit):
        if seed.start() < at:
            continue
        group, at = _read_group(ground, seed.start(), at)
        yield from group


def _read_group(ground: Ground, at: int, floor: int) -> tuple[list[Amount], int]:
    """Return the amounts of the number at ``at`` and of the one that it makes a range with, and where they end."""
    first = read_quantity(ground, at, floor=floor)
    if first is None:
        return [], end_of_figures(ground, at)
    if first.numeral.kind in ("digits", "words"):
        pair = read_pair(ground, first)
        if pair is not None:
            return pair
    amount = to_amount(ground, first)
    return ([amount] if amount else []), max(first.end, end_of_figures(ground, at))


def _is_time(amount: Amount, times: Sequence[Span]) -> bool:
    """Tell whether what looks like a count is (part of) an expression of time."""
    if not times or amount.unit is not None or amount.kind in ("money", "measure"):
        return False
    index = bisect_right(times, (amount.span.end,)) - 1
    return any(times[each].overlaps(amount.span) for each in range(max(0, index - 1), min(index + 1, len(times))))


def _claim(amounts: Sequence[Amount], statements: Iterable[Statement]) -> tuple[Amount, ...]:
    """Return the amounts with the innermost statement that holds each: one sweep over both."""
    pieces = sorted(
        (piece.start, -piece.end, index, statement.id)
        for index, statement in enumerate(statements)
        for piece in statement.content
    )
    open_pieces: list[tuple[int, str]] = []
    claimed, at = [], 0
    for amount in amounts:
        while at < len(pieces) and pieces[at][0] <= amount.span.start:
            open_pieces.append((-pieces[at][1], pieces[at][3]))
            at += 1
        open_pieces = [piece for piece in open_pieces if piece[0] > amount.span.start]
        holder = min(
            (piece for piece in open_pieces if piece[0] >= amount.span.end), default=None, key=lambda piece: piece[0]
        )
        last = next((piece for piece in reversed(open_pieces) if holder and piece[0] == holder[0]), None)
        claimed.append(replace(amount, claimed_in=last[1]) if last else amount)
    return tuple(claimed)
