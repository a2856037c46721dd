"""The bytes of one source to its documents: one report, lines of JSON, a feed, a sitemap or a web archive."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING, BinaryIO, cast

from onrecord.document import Document, document_id
from onrecord.errors import (
    BadEntry,
    BinarySource,
    EmptySource,
    ForeignLanguage,
    NoArticle,
    SourceError,
)
from onrecord.ingest import jsonlines, kinds
from onrecord.ingest.charsets import decode
from onrecord.ingest.enclosed import complete, read_enclosed
from onrecord.ingest.following import Pages
from onrecord.ingest.inflating import STEP, gather, readable, undo_gzip_layers
from onrecord.ingest.jsonlines import Entry, Report
from onrecord.ingest.kinds import Kind
from onrecord.ingest.languages import identify, name_of, require_english
from onrecord.ingest.listings import Listed, Listing
from onrecord.ingest.markdown import read_markdown
from onrecord.ingest.options import ReadOptions
from onrecord.ingest.parsing import Parser
from onrecord.ingest.plaintext import read_text
from onrecord.ingest.publication import add_publication
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.ingest.captures import Capture
    from onrecord.ingest.fetching import Fetched, Network

# An index lists sitemaps; that one lists indexes is not foreseen, and happens.
DEEPEST_INDEX = 3
HELD_IN_MEMORY = 16_777_216  # bytes of a web archive that comes through a pipe; more lies in a temporary file


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bytes:
    """The bytes of a source, gzip undone, and what is known of them from outside."""

    stream: io.BufferedReader
    origin: str
    promised: Kind | None
    url: str | None = None
    declared: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReader:
    """Reads sources of one run: bytes by their kind, then what the user says on top."""

    options: ReadOptions
    parser: Parser
    settings: Settings
    network: Network | None = None
    """How the net is reached; the internet if None."""

    def read_address(self, url: str) -> Iterator[Document | SourceError]:
        """GET an address and read what it answers with."""
        from onrecord.ingest.fetching import INTERNET, fetch  # 20 ms that files need not wait for

        fetched = fetch(url, settings=self.settings, network=self.network or INTERNET)
        if kinds.is_archive(fetched.raw, promised=_promise(fetched)):
            return self._read_archive(io.BytesIO(fetched.raw), fetched.url)
        return self._read(self._unpacked(fetched))

    def read_stream(self, stream: BinaryIO, *, name: str) -> Iterator[Document | SourceError]:
        """Read an open file or standard input."""
        kinds.check_no_table(name)
        buffered, promised = readable(stream), kinds.kind_of_name(name)
        if kinds.is_archive(buffered.peek(STEP), promised=promised):
            return self._read_archive(buffered, name)
        unpacked = undo_gzip_layers(buffered, settings=self.settings, where=name)
        return self._read(_Bytes(stream=unpacked, origin=name, promised=promised))

    def _unpacked(self, fetched: Fetched) -> _Bytes:
        stream = undo_gzip_layers(readable(io.BytesIO(fetched.raw)), settings=self.settings, where=fetched.url)
        return _Bytes(
            stream=stream,
            origin=fetched.url,
            promised=_promise(fetched),
            url=fetched.url,
            declared=fetched.charset,
        )

    def _read(self, source: _Bytes) -> Iterator[Document | SourceError]:
        head = source.stream.peek()
        kinds.check_no_binary(head, where=source.origin)
        # JSON Lines are as long as they like; all else but an archive is held whole, and bounded.
        if kinds.is_json_lines(head, promised=source.promised):
            entries = jsonlines.read_lines(source.stream, where=source.origin, settings=self.settings)
            yield from self._read_entries(entries, source.origin)
            return
        raw, kind = self._gathered(source)
        if kind == "json":
            entries = jsonlines.read_whole(raw, where=source.origin, settings=self.settings)
            yield from self._read_entries(entries, source.origin)
        elif kind in {"feed", "sitemap"}:
            self._check_no_one_address(source.origin)
            allowed = source.url is not None or self.options.fetch
            pages = Pages(options=self.options, settings=self.settings, network=self.network, allowed=allowed)
            listing = self._parse_listing(raw, source, kind)
            if not (listing.entries or listing.problems):
                yield EmptySource("no entries in it", where=source.origin)
            yield from self._read_listing(listing, source.origin, pages)
            yield from pages.left_out(source.origin)
        else:
            yield self._finish(self._read_report(raw, source, kind))

    def _gathered(self, source: _Bytes) -> tuple[bytes, Kind]:
        reads = iter(lambda: source.stream.read(STEP), b"")
        raw = gather(reads, settings=self.settings, where=source.origin)
        kinds.check_not_empty(raw, where=source.origin)
        return raw, kinds.kind_of_bytes(raw, promised=source.promised)

    def _read_report(self, raw: bytes, source: _Bytes, kind: Kind) -> Document:
        if kind == "webpage":
            return self.parser.parse(raw, origin=source.origin, url=source.url, declared_charset=source.declared)
        text, charset = decode(raw, declared=source.declared, html=False)
        read = read_markdown if kind == "markdown" else read_text
        return read(text, origin=source.origin, sha256=_sha256(raw), charset=charset, url=source.url)

    def _check_no_one_address(self, where: str) -> None:
        """Refuse an address that is given for all reports of a source: each would revise the one before."""
        if self.options.url is not None:
            raise SourceError(
                "may hold many reports, and one address was given for all", where=where, advice="leave --url out"
            )

    def _read_entries(self, entries: Iterator[Entry | SourceError], where: str) -> Iterator[Document | SourceError]:
        if self.options.url is not None:  # else nothing waits for a second one: a pipe may bring it tomorrow
            first = list(islice(entries, 2))
            if len(first) > 1:
                self._check_no_one_address(where)
            entries = chain(first, entries)
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

    def _parse_listing(self, raw: bytes, source: _Bytes, kind: Kind) -> Listing:
        return self.parser.parse_listing(
            raw,
            kind="sitemap" if kind == "sitemap" else "feed",
            origin=source.origin,
            url=source.url,
            declared_charset=source.declared,
        )

    def _read_listing(
        self, listing: Listing, where: str, pages: Pages, depth: int = 1
    ) -> Iterator[Document | SourceError]:
        """Read the reports that a list encloses or names, in its order, and say what of it can't be read."""
        for problem in listing.problems:
            yield BadEntry(problem.what, where=f"{where}:{problem.number}" if problem.number else where)
        seen: set[Listed] = set()
        for entry in listing.entries:
            same = replace(entry, number=0)
            if same in seen:  # feeds repeat entries
                continue
            seen.add(same)
            try:
                if listing.kind == "sitemap index":
                    yield from self._read_nested(entry, pages, depth)
                else:
                    yield from self._read_listed(entry, f"{where}:{entry.number}", pages)
            except SourceError as error:
                yield _placed(error, f"{where}:{entry.number}")

    def _read_listed(self, entry: Listed, origin: str, pages: Pages) -> Iterator[Document]:
        if entry.html is not None or entry.text is not None:
            yield self._finish(read_enclosed(entry, origin=origin, parser=self.parser))
        elif (fetched := pages.fetch(entry.url or "")) is not None:
            source = self._unpacked(fetched)
            kinds.check_no_binary(source.stream.peek(), where=source.origin)
            raw, kind = self._gathered(source)
            if kind not in {"webpage", "plaintext", "markdown"}:
                raise BadEntry("the entry's address is of no page", where=fetched.url)
            yield self._finish(complete(self._read_report(raw, source, kind), entry))

    def _read_nested(self, entry: Listed, pages: Pages, depth: int) -> Iterator[Document | SourceError]:
        fetched = pages.fetch(entry.url or "")
        if fetched is None:
            return
        if depth >= DEEPEST_INDEX:
            raise BadEntry(f"an index of sitemaps below {DEEPEST_INDEX} others", where=fetched.url)
        source = self._unpacked(fetched)
        raw, kind = self._gathered(source)
        if kind != "sitemap":
            raise BadEntry("is no sitemap", where=fetched.url)
        yield from self._read_listing(self._parse_listing(raw, source, kind), fetched.url, pages, depth + 1)

    def _read_archive(self, stream: BinaryIO, where: str) -> Iterator[Document | SourceError]:
        """Read the articles among an archive's pages; pages without one are passed over, as lists and forms are."""
        from onrecord.ingest.warcs import read_warc  # 30 ms that other kinds need not wait for

        self._check_no_one_address(where)
        articles = foreign = 0
        with _rewindable(stream) as archive:
            for capture in read_warc(archive, where=where, settings=self.settings):
                try:
                    yield self._read_capture(capture)
                    articles += 1
                except (NoArticle, EmptySource, BinarySource):
                    continue
                except ForeignLanguage:
                    foreign += 1
                except SourceError as error:
                    yield _placed(error, where)
        if foreign:
            what = f"{foreign:,} of its articles are not in English" if foreign > 1 else "an article is not in English"
            yield ForeignLanguage(what, where=where, advice="--force reads them")
        elif not articles:
            yield NoArticle("no page with an article in the archive", where=where)

    def _read_capture(self, capture: Capture | SourceError) -> Document:
        if isinstance(capture, SourceError):
            raise capture
        found = self.parser.parse(capture.raw, origin=capture.origin, url=capture.url, declared_charset=capture.charset)
        said = {"warc_date": capture.captured, "warc_record_id": capture.record_id}
        whole = replace(
            found,
            url=found.url or capture.url,
            warnings=(*found.warnings, *capture.flaws),
            extra={**found.extra, **{name: value for name, value in said.items() if value}},
        )
        return self._finish(whole)

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
        finished = add_publication(finished)
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


def _promise(fetched: Fetched) -> Kind | None:
    path = fetched.url.split("?", 1)[0]
    return kinds.kind_of_content_type(fetched.content_type) or kinds.kind_of_name(path)


@contextmanager
def _rewindable(stream: BinaryIO) -> Iterator[BinaryIO]:
    """Give a stream that can be wound back: a pipe is first written to a temporary file."""
    if stream.seekable():
        yield stream
        return
    with tempfile.SpooledTemporaryFile(max_size=HELD_IN_MEMORY) as copy:
        shutil.copyfileobj(stream, copy)
        yield cast("BinaryIO", copy)


def _placed(error: SourceError, origin: str) -> SourceError:
    """Say where an error arose, for those that were raised where it was not known."""
    error.where = error.where or origin
    return error
