"""From what a user names to a list of files with their kinds, sizes and marks of their content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Final, Literal

from onrecord.batch.places import Place, ask, check_name, find_place, is_remote, local_name, reason_of
from onrecord.errors import MissingExtra, MissingSource, SourceError, Unreachable
from onrecord.ingest import kinds
from onrecord.ingest.addresses import shown
from onrecord.ingest.inflating import GZIP_MAGIC
from onrecord.ingest.walking import BATCH_HOME, WILD, find_files, written_by_batch

Kind = Literal["jsonl", "warc", "parquet", "report"]
"""How an input is read: line by line, record by record, row by row, or whole."""
PARQUET: Final = (".parquet", ".pq")
PARQUET_MAGIC: Final = b"PAR1"
EDGE: Final = 65_536
"""Bytes at the beginning and at the end of a local file that its mark is made of."""
AT_ONCE: Final = 16
"""Names that stores are asked about at once."""
# What stores say that changes with an object's content, the best first.
_MARKS: Final = ("ETag", "etag", "md5Hash", "generation", "crc32c", "LastModified", "last_modified", "mtime")
_PLAN: Final = f"/{BATCH_HOME}/plan.json"
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


def list_inputs(names: Iterable[str], *, kind: Kind | None = None, out: str | None = None) -> list[Input | SourceError]:
    """Return the files that names stand for, each once, in the order given; what is not there as an error in its place.

    Args:
        names: files, folders, patterns; here or in a store.
        kind: what all of them are; None tells it from each one's name and content.
        out: where the run writes, of which nothing is an input; it may lie in a folder that is read.

    Raises:
        Unreachable: a store does not answer: nothing can be said of what it holds.
        MissingExtra: a package that reaches a store is not installed.
    """
    found = list(dict.fromkeys(each for name in names for each in _expand(name, out)))
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(partial(_look, kind=kind), found))


def _expand(name: str, out: str | None) -> Iterator[str | SourceError]:
    if not is_remote(name):
        own = None if out is None or is_remote(out) else Path(local_name(out)).resolve()
        # No name is no folder: as one, a shell's empty variable would be all that lies here.
        yield from find_files(
            name and local_name(name), is_known=_has_kind, known=LISTED, passed_over=kinds.passed_over, own=own
        )
        return
    place = find_place(name)
    own_place = find_place(out) if out is not None and is_remote(out) else None
    yield from ask(name, lambda: list(_expand_remote(place, own_place)))


def _expand_remote(place: Place, own: Place | None) -> Iterator[str | SourceError]:
    named = place.store.unstrip_protocol
    ours = named(own.path.rstrip("/")) if own is not None else None
    if WILD.search(place.path):
        matches = [name for match in sorted(place.store.glob(place.path)) if not _lies_in(name := named(match), ours)]
        if not matches:
            yield MissingSource("nothing matches", where=shown(place.name), advice="check the pattern")
        yield from matches
    elif place.store.isfile(place.path):
        yield place.name
    elif place.store.isdir(place.path):
        names = [named(each) for each in sorted(place.store.find(place.path))]
        outputs = [each.removesuffix(_PLAN) for each in names if each.endswith(_PLAN)]
        names = [each for each in names if not any(_lies_in(each, output) for output in outputs)]
        names = [each for each in names if not PurePosixPath(each).name.startswith(".")]
        found = [each for each in names if _has_kind(each)]
        yield from found
        told = [written_by_batch(shown(each)) for each in outputs if each != ours]
        other = kinds.passed_over((each for each in names if not _has_kind(each)), shown(place.name))
        told += [other] if other is not None else []
        yield from told
        if not found and not told:
            advice = f"reports are files named {LISTED}"
            yield MissingSource("no reports in this folder", where=shown(place.name), advice=advice)
    else:
        yield MissingSource("no such file or folder", where=shown(place.name), advice="check the name")


def _lies_in(name: str, folder: str | None) -> bool:
    return folder is not None and name.startswith(f"{folder}/")


def _look(name: str | SourceError, *, kind: Kind | None) -> Input | SourceError:
    """Return what is to be known of a file before it is read."""
    if isinstance(name, SourceError):
        return name
    try:
        check_name(name)
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


def _has_kind(name: str) -> bool:
    return kinds.kind_of_name(name) is not None or name.lower().endswith(PARQUET)
