"""onrecord keeps the record of who said what in news reports.

    from onrecord import Document, Model, read

    reading = read(Document.from_text("“It holds,” said Ada Quill."), Model.load())

The names below are loaded when they are first used: ``import onrecord`` by itself takes no time.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from onrecord.document import Document
    from onrecord.errors import OnrecordError
    from onrecord.model import Model
    from onrecord.pipeline import read, read_all
    from onrecord.reading import Reading, Statement
    from onrecord.record import Record
    from onrecord.settings import Settings

    __version__: str

__all__ = [
    "Document",
    "Model",
    "OnrecordError",
    "Reading",
    "Record",
    "Settings",
    "Statement",
    "__version__",
    "read",
    "read_all",
]

_HOMES: Final = {
    "Document": ("onrecord.document", "Document"),
    "Model": ("onrecord.model", "Model"),
    "OnrecordError": ("onrecord.errors", "OnrecordError"),
    "Reading": ("onrecord.reading", "Reading"),
    "Record": ("onrecord.record", "Record"),
    "Settings": ("onrecord.settings", "Settings"),
    "Statement": ("onrecord.reading", "Statement"),
    "__version__": ("onrecord.version", "VERSION"),
    "read": ("onrecord.pipeline", "read"),
    "read_all": ("onrecord.pipeline", "read_all"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _HOMES[name]
    value = getattr(import_module(module), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
