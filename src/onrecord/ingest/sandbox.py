"""The parser of pages, feeds and sitemaps in a process of its own, with limits on time and memory.

Pages are untrusted, and parsers in C die of some or never end. Messages are MessagePack of known shapes.
"""

from __future__ import annotations

import struct
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import BinaryIO, Final, Literal, Self

import msgspec

from onrecord import errors
from onrecord.child import COUNTS_TIME, Child, ChildGone, limit_memory, limit_time, take_streams
from onrecord.document import Document
from onrecord.encoding import clean
from onrecord.errors import OversizedSource, ParserFailure, SourceError
from onrecord.ingest.listings import Listing
from onrecord.settings import DEFAULTS, Settings

_LENGTH = struct.Struct(">I")
_CHILD = "from onrecord.ingest.sandbox import serve; serve()"
_START_SECONDS = 60.0  # a cold disk and a busy machine; 0.5 s is usual
_BY_THE_CLOCK: Final = 12 if COUNTS_TIME else 1
"""How many times ``parser_seconds`` a page has by the clock: a machine may have much else to do."""
_ADVICE = "open it in a browser, save its text, and read that"
_REINSTALL = "install onrecord again, into an empty environment"

JobKind = Literal["webpage", "feed", "sitemap"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One page, or one list of reports, to parse."""

    raw: bytes
    origin: str
    url: str | None
    declared_charset: str | None
    kind: JobKind = "webpage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of a job: a document, a listing, or the name and words of an error."""

    document: Document | None = None
    listing: Listing | None = None
    error: str | None = None
    what: str = ""
    where: str = ""
    advice: str = ""


class PageParser:
    """Parses pages in a child process, which is started with the first page and replaced when it fails.

    Use as a context manager. Not for several threads at once: one parser a thread.

    Args:
        settings: ``parser_seconds`` bounds the processor time of one page, and twelve times that the time by the
            clock (on Windows it bounds the latter); ``parser_memory_bytes`` the child's memory (Linux and macOS;
            Windows has no such limit); the others bound the page itself.
    """

    def __init__(self, settings: Settings = DEFAULTS) -> None:
        self._settings = settings
        self._child: Child | None = None
        self._ready = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def warm_up(self) -> None:
        """Start the child without waiting for it: it loads while the caller loads a model."""
        with suppress(ChildGone):  # told, if it is so again, with the first page
            self._child = self._child or Child(_CHILD)

    def close(self) -> None:
        """End the child; a later page starts another."""
        child, self._child, self._ready = self._child, None, False
        if child is not None:
            child.close()

    def parse(self, raw: bytes, *, origin: str, url: str | None, declared_charset: str | None) -> Document:
        """Read one page's bytes as a report, as ``webpages.read_page`` does.

        Raises:
            ParserFailure: the child died, or took more time or memory than the settings give it.
            SourceError: what ``read_page`` raises.
        """
        answer = self._ask(Job(raw=raw, origin=clean(origin), url=url, declared_charset=declared_charset))
        if answer.document is not None:
            return answer.document
        raise _error(answer, origin)

    def parse_listing(
        self,
        raw: bytes,
        *,
        kind: Literal["feed", "sitemap"],
        origin: str,
        url: str | None,
        declared_charset: str | None,
    ) -> Listing:
        """Read what a feed or a sitemap lists, as ``feeds.read_feed`` and ``sitemaps.read_sitemap`` do.

        Raises:
            ParserFailure: as for a page.
            SourceError: what those functions raise.
        """
        answer = self._ask(Job(raw=raw, origin=clean(origin), url=url, declared_charset=declared_charset, kind=kind))
        if answer.listing is not None:
            return answer.listing
        raise _error(answer, origin)

    def _ask(self, job: Job) -> Answer:
        if len(job.raw) > self._settings.max_source_bytes:
            limit = f"{self._settings.max_source_bytes:,} bytes (max_source_bytes)"
            raise OversizedSource(f"the page is larger than {limit}", where=job.origin)
        try:
            child = self._started(job.origin)
            return _exchange(child, job, self._settings.parser_seconds, job.origin, _BY_THE_CLOCK)
        except BaseException:  # also an interrupt: half a message would be read as the next page's answer
            self.close()
            raise

    def _started(self, origin: str) -> Child:
        if self._child is None:
            try:
                self._child = Child(_CHILD)
            except ChildGone as gone:
                raise ParserFailure(f"the page parser {gone}", where=origin, advice=_REINSTALL) from gone
        if not self._ready:
            answer = _exchange(self._child, self._settings, _START_SECONDS, origin)
            if answer.error is not None:
                raise _error(answer, origin)
            self._ready = True
        return self._child


def _exchange(child: Child, message: Job | Settings, seconds: float, origin: str, by_the_clock: int = 1) -> Answer:
    def talk(sink: BinaryIO, source: BinaryIO) -> Answer:
        _send(sink, msgspec.msgpack.encode(message))
        return msgspec.msgpack.decode(_receive(source), type=Answer)

    try:
        return child.ask(talk, seconds=seconds * by_the_clock, too_late=f"took more than {seconds:g} s")
    except ChildGone as gone:
        raise ParserFailure(f"the page parser {gone}", where=origin, advice=_ADVICE) from gone


def _error(answer: Answer, origin: str) -> SourceError:
    kind = getattr(errors, answer.error or "", ParserFailure)
    if not (isinstance(kind, type) and issubclass(kind, SourceError)):
        kind = ParserFailure
    return kind(answer.what, where=answer.where or origin, advice=answer.advice)


def _send(stream: BinaryIO, message: bytes) -> None:
    stream.write(_LENGTH.pack(len(message)))
    stream.write(message)
    stream.flush()


def _receive(stream: BinaryIO) -> bytes:
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    return _exactly(stream, length)


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


# --- in the child -----------------------------------------------------------------------------


def serve() -> None:
    """Answer jobs on the standard streams until they close; the child's main function."""
    source, sink = take_streams()
    try:
        settings = msgspec.msgpack.decode(_receive(source), type=Settings)
        try:
            import onrecord.ingest.webpages  # noqa: F401 - the parser itself, kept out of the parent
        except ImportError as error:
            what = f"the page parser can't be loaded ({error})"
            _send(sink, msgspec.msgpack.encode(Answer(error="ParserFailure", what=what, advice=_REINSTALL)))
            return

        limit_memory(settings.parser_memory_bytes)
        _send(sink, msgspec.msgpack.encode(Answer()))
        while True:
            job = msgspec.msgpack.decode(_receive(source), type=Job)
            limit_time(settings.parser_seconds)
            answer = _answer(job, settings)
            limit_time(0)
            _send(sink, msgspec.msgpack.encode(answer))
    except EOFError:
        return


def _answer(job: Job, settings: Settings) -> Answer:
    try:
        return _parse(job, settings)
    except SourceError as error:
        return Answer(error=type(error).__name__, what=error.what, where=error.where, advice=error.advice)
    except MemoryError:
        what = f"the page parser took more than {settings.parser_memory_bytes:,} bytes (parser_memory_bytes)"
        return Answer(error="ParserFailure", what=what, advice=_ADVICE)
    except Exception as error:  # noqa: BLE001 - a parser's own mistake must not stop the pages after this one
        what = f"the page parser failed ({type(error).__name__}: {error})"
        return Answer(error="ParserFailure", what=what[:300], advice=_ADVICE)


def _parse(job: Job, settings: Settings) -> Answer:
    # Imported here, as in serve: the parsers stay out of the parent.
    if job.kind == "webpage":
        from onrecord.ingest.webpages import read_page

        document = read_page(
            job.raw, origin=job.origin, url=job.url, declared_charset=job.declared_charset, settings=settings
        )
        return Answer(document=document)
    from onrecord.ingest.feeds import read_feed
    from onrecord.ingest.sitemaps import read_sitemap

    read = read_feed if job.kind == "feed" else read_sitemap
    return Answer(listing=read(job.raw, url=job.url, declared_charset=job.declared_charset, settings=settings))
