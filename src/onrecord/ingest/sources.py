"""From what a user names to documents: files, folders, globs, standard input and addresses.

:func:`expand` turns names into sources, :func:`read_source` a source into documents. What can't be read is
yielded as an error beside the documents, so that one bad source never ends a run.
"""

from __future__ import annotations

import glob
import hashlib
import io
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, Protocol

from onrecord.document import Document, document_id
from onrecord.errors import MissingSource, RefusedAddress, SourceError
from onrecord.ingest import jsonlines, kinds
from onrecord.ingest.addresses import shown
from onrecord.ingest.charsets import decode
from onrecord.ingest.inflating import STEP, gather, readable, undo_gzip_layers
from onrecord.ingest.jsonlines import Entry, Report
from onrecord.ingest.kinds import Kind
from onrecord.ingest.languages import identify, name_of, require_english
from onrecord.ingest.markdown import read_markdown
from onrecord.ingest.options import ReadOptions
from onrecord.ingest.plaintext import read_text
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


class PageParser(Protocol):
    """What reads a page: :class:`onrecord.ingest.sandbox.PageParser`."""

    def parse(self, raw: bytes, *, origin: str, url: str | None, declared_charset: str | None) -> Document:
        """Return the page's document or raise a SourceError."""


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
    parser: PageParser,
    settings: Settings,
    network: Network | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Document | SourceError]:
    """Yield the documents of a source: one, or one for each line of JSON Lines; errors stand in their place.

    ``network`` and ``stdin`` default to the internet and to standard input.

    Every document's ``language`` is what its text was found to be in, or else what its page or its JSON says.
    ``published_from`` is ``given`` only for ``options.date``; a page's or a JSON field's date is ``metadata``.
    The SHA-256 is that of the report's bytes: of a page as unpacked, of one line of JSON Lines.
    """
    reader = _Reader(options=options, parser=parser, settings=settings)
    try:
        if source.where == "address":
            yield from reader.read_address(source.name, network)
        elif source.where == "stdin":
            yield from reader.read_stream(stdin or sys.stdin.buffer, name=source.name)
        else:
            with Path(source.name).open("rb", buffering=STEP) as stream:
                yield from reader.read_stream(stream, name=source.name)
    except SourceError as error:
        yield _placed(error, source.name)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bytes:
    """The bytes of a source, gzip undone, and what is known of them from outside."""

    stream: io.BufferedReader
    origin: str
    promised: Kind | None
    url: str | None = None
    declared: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads sources of one run: bytes by their kind, then what the user says on top."""

    options: ReadOptions
    parser: PageParser
    settings: Settings

    def read_address(self, url: str, network: Network | None) -> Iterator[Document | SourceError]:
        """GET an address and read what it answers with."""
        from onrecord.ingest.fetching import INTERNET, fetch  # noqa: PLC0415 - 20 ms that files need not wait for

        fetched = fetch(url, settings=self.settings, network=network or INTERNET)
        path = fetched.url.split("?", 1)[0]
        promised = kinds.kind_of_content_type(fetched.content_type) or kinds.kind_of_name(path)
        stream = undo_gzip_layers(readable(io.BytesIO(fetched.raw)), settings=self.settings, where=fetched.url)
        page = _Bytes(stream=stream, origin=fetched.url, promised=promised, url=fetched.url, declared=fetched.charset)
        return self._read(page)

    def read_stream(self, stream: BinaryIO, *, name: str) -> Iterator[Document | SourceError]:
        """Read an open file or standard input."""
        unpacked = undo_gzip_layers(readable(stream), settings=self.settings, where=name)
        return self._read(_Bytes(stream=unpacked, origin=name, promised=kinds.kind_of_name(name)))

    def _read(self, source: _Bytes) -> Iterator[Document | SourceError]:
        head = source.stream.peek()
        kinds.check_no_binary(head, where=source.origin)
        # JSON Lines are as long as they like; everything else is one report, and bounded.
        if kinds.is_json_lines(head, promised=source.promised):
            yield from self._read_entries(
                jsonlines.read_lines(source.stream, where=source.origin, settings=self.settings)
            )
            return
        reads = iter(lambda: source.stream.read(STEP), b"")
        raw = gather(reads, settings=self.settings, where=source.origin)
        kinds.check_not_empty(raw, where=source.origin)
        kind = kinds.kind_of_bytes(raw, promised=source.promised)
        if kind == "json":
            yield from self._read_entries(jsonlines.read_whole(raw, where=source.origin, settings=self.settings))
        else:
            yield self._finish(self._read_report(raw, source, kind))

    def _read_report(self, raw: bytes, source: _Bytes, kind: Kind) -> Document:
        if kind == "webpage":
            return self.parser.parse(raw, origin=source.origin, url=source.url, declared_charset=source.declared)
        text, charset = decode(raw, declared=source.declared, html=False)
        read = read_markdown if kind == "markdown" else read_text
        return read(text, origin=source.origin, sha256=_sha256(raw), charset=charset, url=source.url)

    def _read_entries(self, entries: Iterator[Entry | SourceError]) -> Iterator[Document | SourceError]:
        for entry in entries:
            if isinstance(entry, SourceError):
                yield entry
                continue
            try:
                yield self._finish(self._read_entry(entry))
            except SourceError as error:
                yield _placed(error, entry.origin)

    def _read_entry(self, entry: Entry) -> Document:
        """Read the text or the page that an object holds; what its other fields say outranks what is found there."""
        report = jsonlines.to_report(entry, self.options)
        found = self._read_content(report, entry)
        return replace(
            found,
            title=report.title or found.title,
            outlet=report.outlet or found.outlet,
            url=report.url or found.url,
            authors=report.authors or found.authors,
            published=report.published or found.published,
            published_from="metadata" if report.published else found.published_from,
            language=report.language or found.language,
            warnings=(*found.warnings, *report.warnings),
            extra={**found.extra, **report.extra},
            provenance=replace(found.provenance, sha256=_sha256(entry.raw), method="jsonlines", charset="utf-8"),
        )

    def _read_content(self, report: Report, entry: Entry) -> Document:
        content = report.html or report.text or ""
        raw = content.encode("utf-8")
        if report.html is not None or kinds.kind_of_bytes(raw, promised="plaintext") == "webpage":
            return self.parser.parse(raw, origin=entry.origin, url=report.url, declared_charset="utf-8")
        return read_text(content, origin=entry.origin, sha256=_sha256(raw), charset="utf-8", url=report.url)

    def _finish(self, document: Document) -> Document:
        """Put what the user says on top, tell the language, and refuse what is not English."""
        url = self.options.url or document.url
        language = identify(document.text) or _primary_tag(document.language)
        finished = replace(
            document,
            id=document_id(document.text, url),
            url=url,
            published=self.options.date or document.published,
            published_from="given" if self.options.date else document.published_from,
            language=language,
        )
        require_english(finished, force=self.options.force)
        if language in {None, "en"}:
            return finished
        warning = f"it is in {name_of(language)} and was read as if it were English"
        return replace(finished, warnings=(*finished.warnings, warning))


def _primary_tag(tag: str | None) -> str | None:
    """Return the primary part of a language tag as pages write it: ``en`` of ``en-US`` and ``en_GB``."""
    primary = re.split(r"[-_]", tag or "")[0].strip().lower()
    return primary if re.fullmatch("[a-z]{2,3}", primary) else None


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _placed(error: SourceError, origin: str) -> SourceError:
    """Say where an error arose, for those that were raised where it was not known."""
    error.where = error.where or origin
    return error


def _unreadable(name: str, error: OSError) -> SourceError:
    if isinstance(error, FileNotFoundError):
        return MissingSource("no such file", where=name, advice="check the name")
    return SourceError(f"can't be read: {_reason(error)}", where=name, advice="check its permissions")


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
