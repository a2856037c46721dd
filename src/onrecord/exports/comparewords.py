"""What is said of compared reports wherever they are shown."""

from __future__ import annotations

from onrecord.compare.carried import Carried
from onrecord.compare.comparing import Comparison


def letter(number: int) -> str:
    """Return the letter of a compared report.

    >>> letter(0), letter(19)
    ('A', 'T')
    """
    return chr(ord("A") + number)


def order_differs(comparison: Comparison) -> bool:
    """Tell whether two reports have the lines that both share in another order."""
    orders = [side.order for side in comparison.reports]
    for at, one in enumerate(orders):
        for other in orders[:at]:
            both = set(one) & set(other)
            if [line for line in one if line in both] != [line for line in other if line in both]:
                return True
    return False


def who_and_how(carried: Carried) -> str:
    """Return who said it and by which cue: ``Teo Brandt (said)``."""
    who = " ".join((carried.speaker or carried.source or "speaker open").split())
    cue = " ".join(carried.cue.split())
    return f"{who} ({cue})" if cue else who
