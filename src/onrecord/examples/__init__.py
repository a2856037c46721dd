"""An invented report, as a page and as pasted text, that ships with the package."""

from __future__ import annotations

from pathlib import Path


def example_report() -> Path:
    """Return the path of the example page.

    >>> example_report().name
    'harbour-tax.html'
    """
    return Path(__file__).with_name("harbour-tax.html")
