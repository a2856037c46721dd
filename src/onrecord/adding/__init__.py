"""Adding reports to a record: sources to documents, documents to readings in worker processes, readings to the record.

    with Record.open("news.db", create=True) as record:
        for outcome in add_sources(record, ["reports/"]):
            print(outcome)

The road is the pipeline's, with three rules on top: what the record holds already is not read again, results are
written in the order of the documents whoever reads faster, and only this process writes. ``running`` is that road,
``workers`` and ``worker`` are its two sides of a process, ``patience`` tries a page once more that killed its parser,
``outcomes`` says what became of each report, ``estimating`` how many there will be.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from onrecord.adding.outcomes import Counts, Kept, PassedOver, SetAside
    from onrecord.adding.running import add_documents, add_sources

__all__ = ["Counts", "Kept", "PassedOver", "SetAside", "add_documents", "add_sources"]

# Loaded when they are first used: a worker, which is started anew when a report kills it, needs none of them.
_HOMES: Final = {
    "Counts": "onrecord.adding.outcomes",
    "Kept": "onrecord.adding.outcomes",
    "PassedOver": "onrecord.adding.outcomes",
    "SetAside": "onrecord.adding.outcomes",
    "add_documents": "onrecord.adding.running",
    "add_sources": "onrecord.adding.running",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
