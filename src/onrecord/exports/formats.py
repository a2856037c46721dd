"""The formats that a record is handed on in: each once, with what it holds and who makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Literal

from onrecord.record.choosing import Kept

What = Literal["statements", "events"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a record is handed on."""

    with_text: bool = True
    """False leaves the words of reports out and keeps where they stand and their hashes."""
    what: What = "statements"
    """What the rows of a table are."""


Lines = Callable[[Iterable[Kept], Options], Iterator[bytes]]
Files = Callable[[Iterable[Kept], Options], Iterator[tuple[str, bytes]]]
Write = Callable[[Iterable[Kept], Options, Path], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format."""

    name: str
    help: str
    module: str
    """Its module has the function that ``shape`` names."""
    shape: Literal["lines", "files", "file", "folder"]
    """``lines(readings, options)`` yields a stream; ``files(...)`` names with what is in them; ``write(..., path)``
    makes one file, or a folder."""
    needs_text: bool = False
    """Whether it is made of the text, so that there is none without."""
    whats: tuple[What, ...] = ("statements",)

    @property
    def is_stream(self) -> bool:
        """Whether it can go to standard output."""
        return self.shape == "lines"

    @property
    def is_folder(self) -> bool:
        """Whether it makes a folder with several files."""
        return self.shape in {"files", "folder"}

    def load(self) -> Any:
        """Return the function that makes it."""
        name = self.shape if self.shape in {"lines", "files"} else "write"
        return getattr(import_module(f"onrecord.exports.{self.module}"), name)


FORMATS: Final[tuple[Format, ...]] = (
    Format(name="jsonl", help="the contract, one JSON object a line for each report", module="contract", shape="lines"),
    Format(
        name="csv",
        help="a table, one row a statement (or event); for spreadsheets",
        module="csvtable",
        shape="lines",
        whats=("statements", "events"),
    ),
    Format(name="xlsx", help="the same table as an Excel workbook", module="workbook", shape="file"),
    Format(name="parquet", help="the same table, typed, a file for each month", module="parquet", shape="folder"),
    Format(
        name="web-annotation",
        help="W3C Web Annotations (JSON-LD), positions and quotations",
        module="webannotation",
        shape="lines",
    ),
    Format(name="schema-org", help="schema.org Quotation and Claim (JSON-LD)", module="schemaorg", shape="lines"),
    Format(
        name="brat", help="brat standoff: .txt and .ann for each report", module="brat", shape="files", needs_text=True
    ),
    Format(
        name="webanno-tsv",
        help="WebAnno TSV 3.3, for INCEpTION: a file for each report",
        module="webanno",
        shape="files",
        needs_text=True,
    ),
    Format(
        name="label-studio",
        help="Label Studio tasks, statements as predictions",
        module="labelstudio",
        shape="lines",
        needs_text=True,
    ),
    Format(
        name="prodigy",
        help="Prodigy tasks, one a line, with spans and tokens",
        module="prodigy",
        shape="lines",
        needs_text=True,
    ),
    Format(
        name="ftm",
        help="FollowTheMoney entities, one a line: articles, people, mentions, notes",
        module="followthemoney",
        shape="lines",
    ),
)
BY_NAME: Final = {each.name: each for each in FORMATS}
