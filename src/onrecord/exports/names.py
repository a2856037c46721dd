"""Names for things of a record that are the same in every export: URNs, and the text-free link to a report."""

from __future__ import annotations

from typing import Final

from onrecord.reading import Reader

STATEMENT: Final = "urn:onrecord:statement:"
DOCUMENT: Final = "urn:onrecord:document:"
TERMS: Final = "urn:onrecord:terms:"
"""The namespace of what the vocabularies of others have no word for."""


def software(reader: Reader) -> str:
    """Return what made a reading, in words."""
    return f"onrecord {reader.version} ({reader.model})"


def web_address(address: str | None) -> str | None:
    """Return an address that a vocabulary of the web takes; None for one of another kind.

    >>> web_address("https://paper.example/a"), web_address("file.html")
    ('https://paper.example/a', None)
    """
    return address if address and address.lower().startswith(("http://", "https://")) else None
