"""From what a user names to a list of files with their kinds, sizes and marks of their content."""

from __future__ import annotations

import glob
import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Final, Literal

from onrecord.batch.places import Place, ask, find_place, is_remote, reason_of
from onrecord.errors import MissingExtra, MissingSource, SourceError, Unreachable
from onrecord.ingest import kinds
from onrecord.ingest.addresses import shown
from onrecord.ingest.inflating import GZIP_MAGIC

Kind = Literal["jsonl", "warc", "parquet", "report"]
"""How an input is read: line by line, record by record, row by row, or whole."""
PARQUET: Final = (".parquet", ".pq")
PARQUET_MAGIC: Final = b"PAR1"
EDGE: Final = 65_536
"""Bytes at the beginning and at the end of a local file that its mark is made of."""
AT_ONCE: Final = 16
"""Names that stores are asked about at once."""
_WILD: Final = re.compile(r"[*?\[]")
# What stores say that changes with an object's content, the best first.
_MARKS: Final = ("ETag", "etag", "md5Hash", "generation", "crc32c", "LastModified", "last_modified", "mtime")
LISTED: Final = ", ".join((*kinds.SUFFIXES, *PARQUET))


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One file that is read."""

    name: str
    """As given, or as found below what was given."""
    kind: Kind
    size: int
    """Bytes, as it lies there."""
    mark: str
    """The store's own word for its content (an ETag, say); of a local file the SHA-256 of its two ends and its size."""
    packed: bool = False
    """Whether it is in gzip."""


def list_inputs(names: Iterable[str], *, kind: Kind | None = None) -> list[Input | SourceError]:
    """Return the files that names stand for, each once, in the order given; what is not there as an error in its place.

    Args:
        names: files, folders, patterns; here or in a store.
        kind: what all of them are; None tells it from each one's name and content.

    Raises:
        Unreachable: a store does not answer: nothing can be said of what it holds.
        MissingExtra: a package that reaches a store is not installed.
    """
    found = list(dict.fromkeys(each for name in names for each in _expand(name)))
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(partial(_look, kind=kind), found))


def _expand(name: str) -> Iterator[str | SourceError]:
    if not is_remote(name):
        yield from _expand_local(name)
        return
    place = find_place(name)
    yield from ask(name, lambda: list(_expand_remote(place)))


def _expand_local(name: str) -> Iterator[str | SourceError]:
    """Yield files as ``onrecord add`` finds them, Parquet among them."""
    path = Path(name)
    try:
        if path.is_dir():
            yield from _known(name, _walk(name))
        elif path.exists():
            yield name
        elif _WILD.search(name):
            matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute patterns
            if not matches:
                yield MissingSource("nothing matches", where=name, advice="check the pattern")
            for match in matches:
                if not Path(match).is_dir():
                    yield match
                elif "**" not in name:  # which has named what is in the folder already
                    yield from _known(match, _walk(match))
        else:
            yield MissingSource("no such file or folder", where=name, advice="check the name")
    except (OSError, ValueError) as error:  # a name too long, or with a NUL in it
        yield MissingSource(f"no such file or folder ({reason_of(error)})", where=name, advice="check the name")


def _walk(folder: str) -> Iterator[str | SourceError]:
    """Yield the files below a folder, then the folders there that can't be read."""
    unreadable: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        yield from (str(Path(parent, name)) for name in sorted(files) if Path(parent, name).is_file())
    for error in unreadable:
        what = f"can't be read: {reason_of(error)}"
        yield SourceError(what, where=str(error.filename), advice="check its permissions")


def _expand_remote(place: Place) -> Iterator[str | SourceError]:
    named = place.store.unstrip_protocol
    if _WILD.search(place.path):
        matches = sorted(place.store.glob(place.path))
        if not matches:
            yield MissingSource("nothing matches", where=shown(place.name), advice="check the pattern")
        yield from (named(match) for match in matches)
    elif place.store.isfile(place.path):
        yield place.name
    elif place.store.isdir(place.path):
        yield from _known(place.name, (named(each) for each in sorted(place.store.find(place.path))))
    else:
        yield MissingSource("no such file or folder", where=shown(place.name), advice="check the name")


def _known(folder: str, names: Iterable[str | SourceError]) -> Iterator[str | SourceError]:
    """Yield the names of files that are of a kind we know and not hidden, and errors as they are."""
    found = False
    for name in names:
        if isinstance(name, SourceError) or (not PurePosixPath(name).name.startswith(".") and _kind_of_name(name)):
            found = True
            yield name
    if not found:
        yield MissingSource(
            "no reports in this folder", where=shown(folder), advice=f"reports are files named {LISTED}"
        )


def _look(name: str | SourceError, *, kind: Kind | None) -> Input | SourceError:
    """Return what is to be known of a file before it is read."""
    if isinstance(name, SourceError):
        return name
    try:
        place = find_place(name)
        return ask(name, partial(_describe, place, kind))
    except (Unreachable, MissingExtra):
        raise
    except SourceError as error:
        error.where = error.where or shown(name)
        return error
    except FileNotFoundError:
        return MissingSource("no such file", where=shown(name), advice="check the name")
    except OSError as error:
        return SourceError(f"can't be read: {reason_of(error)}", where=shown(name), advice="check its permissions")


def _describe(place: Place, kind: Kind | None) -> Input:
    facts = place.store.info(place.path)
    size = facts.get("size")
    if size is None:
        raise SourceError("the server does not say how large it is", advice="download it first")
    with place.open() as file:
        head = file.read(EDGE)
        mark = next((str(facts[each]) for each in _MARKS if facts.get(each)), "") if is_remote(place.name) else ""
        if not mark:
            file.seek(max(0, size - EDGE))
            mark = hashlib.sha256(head + file.read(EDGE) + str(size).encode()).hexdigest()
    packed = head.startswith(GZIP_MAGIC)
    return Input(name=place.name, kind=kind or kind_of(place.name, head), size=size, mark=mark, packed=packed)


def kind_of(name: str, head: bytes) -> Kind:
    """Return how a file is to be read, by its name and its beginning, as ``onrecord add`` tells it."""
    promised = kinds.kind_of_name(name)
    if head.startswith(PARQUET_MAGIC) or name.lower().endswith(PARQUET):
        return "parquet"
    if kinds.is_archive(head, promised=promised):
        return "warc"
    if promised == "jsonlines":
        return "jsonl"
    return "jsonl" if not head.startswith(GZIP_MAGIC) and kinds.is_json_lines(head, promised=promised) else "report"


def _kind_of_name(name: str) -> bool:
    return kinds.kind_of_name(name) is not None or name.lower().endswith(PARQUET)
