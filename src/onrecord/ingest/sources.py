"""From what a user names to documents: files, folders, globs, standard input and addresses, whatever they hold.

:func:`expand` turns names into sources, :func:`read_source` a source into documents. What can't be read is
yielded as an error beside the documents, so that one bad source never ends a run.
"""

from __future__ import annotations

import glob
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from onrecord.document import Document
from onrecord.errors import MissingSource, RefusedAddress, SourceError
from onrecord.ingest import kinds
from onrecord.ingest.addresses import shown
from onrecord.ingest.inflating import STEP
from onrecord.ingest.options import ReadOptions
from onrecord.ingest.parsing import Parser
from onrecord.ingest.reports import SourceReader
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.ingest.fetching import Network

__all__ = ["ReadOptions", "SourceRef", "expand", "read_source"]

STANDARD_INPUT = "-"
ADDRESS = re.compile(r"https?:", re.IGNORECASE)
# Two letters and more, so that C:\\reports is a path.
SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
WILD = re.compile(r"[*?\[]")
LISTED = ", ".join(kinds.SUFFIXES)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRef:
    """One source to be read: a file, standard input or an address."""

    name: str
    where: Literal["file", "stdin", "address"]


def expand(names: Iterable[str]) -> Iterator[SourceRef | SourceError]:
    """Yield the sources that names stand for, in the order given, folders and globs sorted.

    A folder is searched through for files of known suffixes, also in front of ``.gz``; hidden files and folders
    and what links lead to outside are left out. A name without a source is yielded as MissingSource.
    """
    for name in names:
        if name == STANDARD_INPUT:
            yield SourceRef(name=name, where="stdin")
        elif ADDRESS.match(name):
            yield SourceRef(name=name, where="address")
        elif SCHEME.match(name):
            yield RefusedAddress("only http and https addresses are read", where=shown(name))
        else:
            yield from _expand_path(name)


def read_source(
    source: SourceRef,
    *,
    options: ReadOptions,
    parser: Parser,
    settings: Settings,
    network: Network | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Document | SourceError]:
    """Yield the documents of a source: one, or one for each line of JSON Lines, entry of a feed or page of an archive.

    Errors stand in their place. A feed or a sitemap at an address has the pages fetched that it names; one in a file
    only with ``options.fetch``.

    ``network`` and ``stdin`` default to the internet and to standard input.

    Every document's ``language`` is what its text was found to be in, or else what its page or its JSON says.
    ``published_from`` is ``given`` only for ``options.date``; a page's or a JSON field's date is ``metadata``.
    The SHA-256 is that of the report's bytes: of a page as unpacked, of one line of JSON Lines.
    """
    reader = SourceReader(options=options, parser=parser, settings=settings, network=network)
    try:
        if source.where == "address":
            yield from reader.read_address(source.name)
        elif source.where == "stdin":
            yield from reader.read_stream(stdin or sys.stdin.buffer, name=source.name)
        else:
            with Path(source.name).open("rb", buffering=STEP) as stream:
                yield from reader.read_stream(stream, name=source.name)
    except SourceError as error:
        error.where = error.where or source.name
        yield error
    except OSError as error:
        yield _unreadable(source.name, error)


def _expand_path(name: str) -> Iterator[SourceRef | SourceError]:
    path = Path(name)
    try:
        if path.is_dir():
            yield from _expand_folder(name)
        elif path.exists():
            yield SourceRef(name=name, where="file")
        elif WILD.search(name):
            yield from _expand_glob(name)
        else:
            yield MissingSource("no such file or folder", where=name, advice="check the name")
    except (OSError, ValueError) as error:  # a name too long, or with a NUL in it
        yield MissingSource(f"no such file or folder ({_reason(error)})", where=name, advice="check the name")


def _expand_glob(pattern: str) -> Iterator[SourceRef | SourceError]:
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute patterns
    if not matches:
        yield MissingSource("nothing matches", where=pattern, advice="check the pattern")
    for match in matches:
        if not Path(match).is_dir():
            yield SourceRef(name=match, where="file")
        elif "**" not in pattern:  # which has named what is in the folder already
            yield from _expand_folder(match)


def _expand_folder(folder: str) -> Iterator[SourceRef | SourceError]:
    found = 0
    unreadable: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(parent, name)
            if not name.startswith(".") and kinds.kind_of_name(name) and path.is_file():
                found += 1
                yield SourceRef(name=str(path), where="file")
    for error in unreadable:
        yield _unreadable(str(error.filename), error)
    if not found and not unreadable:
        yield MissingSource("no reports in this folder", where=folder, advice=f"reports are files named {LISTED}")


def _unreadable(name: str, error: OSError) -> SourceError:
    if isinstance(error, FileNotFoundError):
        return MissingSource("no such file", where=name, advice="check the name")
    return SourceError(f"can't be read: {_reason(error)}", where=name, advice="check its permissions")


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
