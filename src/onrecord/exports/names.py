"""Names in exports: of things of a record, as URNs, and of several people on one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from onrecord.encoding import clean
from onrecord.reading import Entity, Reader, Statement
from onrecord.record.choosing import Kept
from onrecord.record.speakernames import BETWEEN_NAMES, split_names

STATEMENT: Final = "urn:onrecord:statement:"
DOCUMENT: Final = "urn:onrecord:document:"
TERMS: Final = "urn:onrecord:terms:"
"""The namespace of what the vocabularies of others have no word for."""
# What a line of another tool can't hold: C0 and C1 controls, line separators. Marks of the direction of writing stay:
# they are part of how a name is spelt.
_UNWRITABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def software(reader: Reader) -> str:
    """Return what made a reading, in words."""
    return f"onrecord {reader.version} ({reader.model})"


def web_address(address: str | None) -> str | None:
    """Return an address that a vocabulary of the web takes; None for one of another kind.

    >>> web_address("https://paper.example/a"), web_address("file.html")
    ('https://paper.example/a', None)
    """
    return address if address and address.lower().startswith(("http://", "https://")) else None


def entities_of(kept: Kept) -> Mapping[str, Entity]:
    """Return the entities of a reading by their ids."""
    return {entity.id: entity for entity in kept.reading.entities}


def not_simply_said(statement: Statement) -> list[str]:
    """Return the words for a statement that was not made, or is yet to be; none for one that was simply said."""
    return ["negated"] * statement.negated + [statement.modality] * (statement.modality != "said")


def one_line(name: str) -> str:
    r"""Return a name as a field holds it: on one line, single spaces, without what parts names.

    >>> one_line("Mara\r\n Ilven;")
    'Mara Ilven,'
    """
    return " ".join(_UNWRITABLE.sub(" ", clean(name)).replace(BETWEEN_NAMES.strip(), ",").split())


def each_on_one_line(names: Iterable[str]) -> list[str]:
    """Return the names that have anything to write."""
    return [written for name in names if (written := one_line(name))]


def on_one_line(names: Iterable[str]) -> str:
    """Return names as one text; a name's own semicolons become commas.

    >>> on_one_line(["Mara Ilven", "Brandt, Teo"]), on_one_line([])
    ('Mara Ilven; Brandt, Teo', '')
    """
    return BETWEEN_NAMES.join(each_on_one_line(names))


def names_in(words: Iterable[str]) -> tuple[str, ...]:
    """Return the names of texts that may have several each: what :func:`on_one_line` was given, on one line each.

    >>> names_in(["Mara Ilven; Teo  Brandt", "", "Halvard Quy;"])
    ('Mara Ilven', 'Teo Brandt', 'Halvard Quy')
    """
    return tuple(name for each in words for part in split_names(each) if (name := one_line(part)))
