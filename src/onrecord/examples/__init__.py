"""Invented reports that ship with the package: one as a page and as pasted text, and seven more of the same story."""

from __future__ import annotations

from pathlib import Path


def example_report() -> Path:
    """Return the path of the example page.

    >>> example_report().name
    'harbour-tax.html'
    """
    return Path(__file__).with_name("harbour-tax.html")


def example_reports() -> tuple[Path, ...]:
    """Return the paths of the example page and of the reports by other outlets, which clip and change its quotations.

    >>> [path.name for path in example_reports()]
    ['harbour-tax.html', 'saltmere.jsonl']
    """
    return example_report(), Path(__file__).with_name("saltmere.jsonl")
