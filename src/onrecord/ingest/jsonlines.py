"""JSON Lines and JSON: objects with any field names to reports."""

from __future__ import annotations

import io
import json
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, BinaryIO

from onrecord.encoding import clean_value
from onrecord.errors import BadLine, EmptySource, SourceError, UndecodableSource
from onrecord.ingest import telegram
from onrecord.ingest.dates import to_iso
from onrecord.ingest.inflating import STEP, oversized
from onrecord.ingest.options import ReadOptions
from onrecord.settings import Settings

# Compared without case, underscores and hyphens; the first name that an object has, with something in it, counts.
USUAL_NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "articlebody", "articletext", "fulltext", "maintext", "bodytext", "plaintext", "content",
             "article", "story", "message"),
    "html": ("html", "rawhtml", "contenthtml", "bodyhtml", "pagehtml"),
    "title": ("title", "headline"),
    "date": ("published", "publishedat", "publishedon", "publisheddate", "datepublished", "datepublish", "publishdate",
             "publicationdate", "publishedtime", "pubdate", "date", "datetime", "timestamp", "createdat"),
    "url": ("url", "link", "canonicalurl", "weburl", "sourceurl", "permalink"),
    "outlet": ("outlet", "publisher", "publication", "newspaper", "sitename", "site", "sourcename", "source",
               "sourcedomain", "channel"),
    "authors": ("authors", "author", "byline"),
    "language": ("language", "lang"),
}  # fmt: skip
RECODE = "save it as UTF-8"
DEEPEST = 64  # levels; json itself fails at about 1,000, and the reading is written as JSON again


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One JSON object of a source, with the bytes that it stood in."""

    origin: str
    """``file:LINE`` for a line, ``file:NUMBER`` for an item of a list, the file for a lone object."""
    raw: bytes
    members: Mapping[str, Any]
    repaired: bool = False
    """True if it held halves of characters, which were replaced by U+FFFD."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an object says of a report, by our names."""

    text: str | None
    html: str | None
    title: str | None
    published: str | None
    url: str | None
    outlet: str | None
    authors: tuple[str, ...]
    language: str | None
    extra: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def read_lines(stream: BinaryIO, *, where: str, settings: Settings) -> Iterator[Entry | SourceError]:
    """Yield the objects of JSON Lines, one for each line that is not blank, however long the stream.

    A bad line is yielded as BadLine, one longer than ``settings.max_source_bytes`` as OversizedSource, and the rest
    goes on. In UTF-16, as PowerShell writes, no line is one: that is one error, UndecodableSource.
    """
    number = filled = 0
    while line := stream.readline(settings.max_source_bytes + 1):
        number += 1
        if number == 1 and line.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            yield UndecodableSource("is in UTF-16", where=where, advice=RECODE)
            return
        if len(line) > settings.max_source_bytes:
            filled += 1
            yield oversized(settings, f"{where}:{number}")
            while line and not line.endswith(b"\n"):  # never held: its rest is passed over
                line = stream.readline(STEP)
            continue
        line = (line.removeprefix(BOM_UTF8) if number == 1 else line).strip()
        if line:
            filled += 1
            yield parse_entry(line, origin=f"{where}:{number}")
    if not filled:
        yield EmptySource("nothing in it", where=where)


def read_whole(raw: bytes, *, where: str, settings: Settings) -> Iterator[Entry | SourceError]:
    """Yield the objects of a ``.json`` file: one object, a list of them, or, as some are, JSON Lines.

    Of what Telegram exports of a chat, they are its messages that have text.
    One that is broken, and has not one line with an object, is one BadLine and not one a line.
    """
    whole = _load(raw.removeprefix(BOM_UTF8))
    lines = partial(read_lines, where=where, settings=settings)
    if isinstance(whole, dict) and telegram.is_export(whole):
        messages = [*telegram.read_messages(whole)]
        for number, message in messages:
            yield parse_entry(json.dumps(message).encode(), origin=f"{where}:{number}")
        if not messages:
            yield EmptySource("no message in it has text", where=where)
    elif isinstance(whole, dict):
        yield parse_entry(raw.removeprefix(BOM_UTF8), origin=where)
    elif isinstance(whole, list):
        for number, item in enumerate(whole, start=1):
            # The bytes of one item are not kept apart by the parser: these are the same for the same item.
            yield parse_entry(json.dumps(item).encode(), origin=f"{where}:{number}")
        if not whole:
            yield EmptySource("nothing in it", where=where)
    elif isinstance(whole, _Unreadable) and not any(isinstance(each, Entry) for each in lines(io.BytesIO(raw))):
        yield BadLine(f"is no JSON: {whole.reason}", where=where, advice=whole.advice or "was it saved whole?")
    else:
        yield from lines(io.BytesIO(raw))


def parse_entry(raw: bytes, *, origin: str) -> Entry | BadLine:
    """Parse one JSON object; NaN, which Python writes for what is missing, is taken as null."""
    value = _load(raw)
    if isinstance(value, _Unreadable):
        advice = value.advice or "each line must hold one JSON object"
        return BadLine(f"is no JSON: {value.reason}", where=origin, advice=advice)
    if not isinstance(value, dict):
        return BadLine("is JSON, but no object", where=origin, advice="each line must hold one JSON object")
    if not _is_shallow(value):
        return BadLine(f"is nested deeper than {DEEPEST} levels", where=origin)
    # Only an escape can hold half a character: the bytes themselves are valid UTF-8.
    members = clean_value(value) if b"\\u" in raw else value
    return Entry(origin=origin, raw=raw, members=members, repaired=members != value)


def to_report(entry: Entry, options: ReadOptions) -> Report:
    """Find the members of an object that onrecord knows; the others are carried through as ``extra``.

    Raises:
        BadLine: there is neither text nor HTML in it, or a field that the user named is not there.
    """
    finder = _Finder(entry)
    # A page beside its text is carried through, not read too, unless the user asks for it.
    html = finder.string("html", options.html_field) if options.html_field else None
    text = finder.string("text", options.text_field) if html is None else None
    if html is None and text is None and options.text_field is None:
        html = finder.string("html", None)
    if html is None and text is None and str(entry.members.get("schema")).startswith("onrecord/"):
        advice = "Record.add of Python puts it into a record as it is; --text-field document.text reads its text again"
        raise BadLine("is a reading of onrecord's, not a report", where=entry.origin, advice=advice)
    if html is None and text is None:
        named = options.html_field or options.text_field or finder.name("text")
        raise BadLine(
            "no field in it holds the report's text" if named is None else f"the field {named!r} holds no text",
            where=entry.origin,
            advice=f"name {'it' if named is None else 'another'} (--text-field); "
            f"its fields are {_listed(entry.members)}",
        )
    published, warnings = finder.date(options.date_field)
    if entry.repaired:
        warnings = (*warnings, "halves of characters in it were replaced by U+FFFD")
    return Report(
        text=text,
        html=html,
        title=finder.string("title", options.title_field),
        published=published,
        url=finder.string("url", options.url_field),
        outlet=finder.string("outlet", options.outlet_field),
        authors=finder.strings("authors", options.authors_field),
        language=finder.string("language", options.language_field),
        extra={name: value for name, value in entry.members.items() if name not in finder.used},
        warnings=warnings,
    )


class _Finder:
    """Looks members up by the name given or the names in use, and remembers which were understood."""

    def __init__(self, entry: Entry) -> None:
        self.used: set[str] = set()
        self._entry = entry
        self._by_plain_name = {_plain(name): name for name in reversed(list(entry.members))}

    def string(self, what: str, given: str | None) -> str | None:
        """Return a member as text: a string with something in it, or the ``name`` of an object."""
        for name, value in self._candidates(what, given):
            if told := _told(value):
                self.used.add(name)
                # The report's text is never changed; names and addresses lose the white space around them.
                return value if what in {"text", "html"} and isinstance(value, str) else told
        return None

    def name(self, what: str) -> str | None:
        """Return the first name of those in use that a member has, whatever it holds."""
        return next((name for name, _ in self._candidates(what, None)), None)

    def strings(self, what: str, given: str | None) -> tuple[str, ...]:
        """Return a member as a list of texts, whether it is one or a list."""
        for name, value in self._candidates(what, given):
            told = tuple(text for item in (value if isinstance(value, list) else [value]) if (text := _told(item)))
            if told:
                self.used.add(name)
                return told
        return ()

    def date(self, given: str | None) -> tuple[str | None, tuple[str, ...]]:
        """Return the date of publication and, where it was not understood, a warning that says so."""
        unread = None
        for name, value in self._candidates("date", given):
            if iso := to_iso(value):
                self.used.add(name)
                return iso, ()
            if unread is None and value not in (None, ""):
                unread = f"the date {str(value)[:60]!r} (field {name!r}) can be read in several ways or in none"
        return None, () if unread is None else (unread,)

    def _candidates(self, what: str, given: str | None) -> Iterator[tuple[str, Any]]:
        if given is not None:
            yield given, self._member(given)
            return
        for plain in USUAL_NAMES[what]:
            name = self._by_plain_name.get(plain)
            if name is not None and name not in self.used:
                yield name, self._entry.members[name]

    def _member(self, path: str) -> Any:
        """Return the member of a name or a dotted path.

        Raises:
            BadLine: there is none.
        """
        members = self._entry.members
        if path in members:
            return members[path]
        value: Any = members
        for step in path.split("."):
            if not isinstance(value, Mapping) or step not in value:
                raise BadLine(
                    f"has no field {path!r}", where=self._entry.origin, advice=f"its fields are {_listed(members)}"
                )
            value = value[step]
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unreadable:
    reason: str
    advice: str | None = None


def _load(raw: bytes) -> Any:
    try:
        return json.loads(raw.decode("utf-8"), parse_constant=lambda _: None)
    except UnicodeDecodeError as error:
        return _Unreadable(reason=f"not UTF-8 at byte {error.start + 1}", advice=RECODE)
    except json.JSONDecodeError as error:
        return _Unreadable(reason=f"{error.msg.removesuffix(' at')} at character {error.pos + 1}")
    except RecursionError:
        return _Unreadable(reason="nested too deeply")
    except ValueError:
        return _Unreadable(reason="a number of too many digits")


def _is_shallow(value: Any) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [
            member
            for item in level
            if isinstance(item, dict | list)
            for member in (item.values() if isinstance(item, dict) else item)
        ]
        if not level:
            return True
    return False


def _told(value: Any) -> str | None:
    if isinstance(value, Mapping):
        value = value.get("name")
    return value.strip() or None if isinstance(value, str) else None


def _plain(name: str) -> str:
    return name.casefold().replace("_", "").replace("-", "")


def _listed(members: Mapping[str, Any]) -> str:
    names = [name[:40] for name in members]
    return ", ".join(names[:12]) + (" ..." if len(names) > 12 else "") if names else "none"
