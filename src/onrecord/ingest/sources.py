"""From what a user names to documents: files, folders, globs, standard input and addresses, whatever they hold.

:func:`expand` turns names into sources, :func:`read_source` a source into documents. What can't be read is
yielded as an error beside the documents, so that one bad source never ends a run.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from onrecord.document import Document
from onrecord.errors import RefusedAddress, SourceError
from onrecord.ingest import kinds
from onrecord.ingest.addresses import shown
from onrecord.ingest.inflating import STEP
from onrecord.ingest.options import ReadOptions
from onrecord.ingest.parsing import Parser
from onrecord.ingest.reports import SourceReader
from onrecord.ingest.walking import find_files, unreadable
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.ingest.fetching import Network

__all__ = ["Named", "ReadOptions", "SourceRef", "expand", "names_in", "read_source"]

Named = str | PathLike[str] | Iterable[str | PathLike[str]]
"""What names sources: one name, or several."""

STANDARD_INPUT = "-"
ADDRESS = re.compile(r"https?:", re.IGNORECASE)
# Two letters and more, so that C:\\reports is a path.
SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
LISTED = ", ".join(kinds.SUFFIXES)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRef:
    """One source to be read: a file, standard input or an address."""

    name: str
    where: Literal["file", "stdin", "address"]


def names_in(names: Named) -> list[str]:
    """Return the names as strings; one by itself, which is iterable too, is not taken apart.

    >>> names_in("report.txt"), names_in([Path("report.txt"), "-"])
    (['report.txt'], ['report.txt', '-'])
    """
    return [fspath(name) for name in ([names] if isinstance(names, str | PathLike) else names)]


def expand(names: Named, *, url: str | None = None) -> Iterator[SourceRef | SourceError]:
    """Yield the sources that names stand for, in the order given, folders and globs sorted.

    A folder is searched through for files of known suffixes, also in front of ``.gz``; hidden files and folders
    and what links lead to outside are left out. Other files there that may hold reports (PDFs, tables, archives) are
    yielded as one SourceError that counts them, a name without a source as MissingSource.

    With the address of a report, several sources are refused: in a record each would take the place of the one before.
    """
    found = _expand(names_in(names))
    if url is None:
        return found
    first = list(islice((each for each in found if isinstance(each, SourceRef)), 2))
    if len(first) < 2:
        return _expand(names_in(names))
    what = "is one of several sources, and one address was given for all"
    return iter([SourceError(what, where=shown(first[0].name), advice="leave --url out")])


def _expand(names: Iterable[str]) -> Iterator[SourceRef | SourceError]:
    for name in names:
        if name == STANDARD_INPUT:
            yield SourceRef(name=name, where="stdin")
        elif ADDRESS.match(name):
            yield SourceRef(name=name, where="address")
        elif SCHEME.match(name):
            is_path = name.lower().startswith("file://")
            advice = "name the path alone" if is_path else "onrecord batch reads stores, such as s3://"
            yield RefusedAddress("only http and https addresses are read", where=shown(name), advice=advice)
        else:
            for found in find_files(name, is_known=_has_kind, known=LISTED, passed_over=kinds.passed_over):
                yield found if isinstance(found, SourceError) else SourceRef(name=found, where="file")


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
        yield unreadable(source.name, error)


def _has_kind(name: str) -> bool:
    return kinds.kind_of_name(name) is not None
