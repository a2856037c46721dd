"""What kind of bytes a source holds: told by its name, by what the server said, and by the bytes themselves."""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import PurePath
from typing import Literal

from onrecord.errors import BinarySource, EmptySource, SourceError
from onrecord.ingest.inflating import GZIP_MAGIC, begins_in_gzip
from onrecord.ingest.precheck import looks_like_html

Kind = Literal["webpage", "plaintext", "markdown", "json", "jsonlines", "feed", "sitemap", "warc"]

SUFFIXES: dict[str, Kind] = {
    ".html": "webpage",
    ".htm": "webpage",
    ".xhtml": "webpage",
    ".txt": "plaintext",
    ".text": "plaintext",
    ".md": "markdown",
    ".json": "json",
    ".jsonl": "jsonlines",
    ".ndjson": "jsonlines",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "webpage",  # what it is, its first element says
    ".warc": "warc",
}
TABLES = {".csv": "CSV", ".tsv": "TSV"}
UNREAD: dict[str, str] = {
    **dict.fromkeys(
        (".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".mht", ".mhtml", ".eml", ".msg", ".mbox", ".webarchive"),
        "save each as text or as a web page",
    ),
    **dict.fromkeys((*TABLES, ".xls", ".xlsx", ".ods"), "save their rows as JSON Lines"),
    ".parquet": "onrecord batch reads those",
    **dict.fromkeys((".zip", ".tar", ".tgz", ".rar", ".7z", ".bz2", ".xz", ".zst"), "unpack those"),
}
"""Files that may hold reports and are not read, with what to do; what is saved beside a page is none of them."""
CONTENT_TYPES: dict[str, Kind] = {
    "text/html": "webpage",
    "application/xhtml+xml": "webpage",
    "text/markdown": "markdown",
    "application/json": "json",
    "application/jsonl": "jsonlines",
    "application/x-ndjson": "jsonlines",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/feed+json": "feed",
}
ADVICE = "save it as text or as a web page first"
UNPACK = "unpack it first"
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x89PNG\r\n\x1a\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"OggS", "a sound recording (Ogg)"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"BZh", "compressed by bzip2"),
    (b"\xfd7zXZ\x00", "compressed by xz"),
    (b"\x28\xb5\x2f\xfd", "compressed by zstd"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
)
OTHER_ADVICE = {
    "a ZIP archive or an office document": f"{UNPACK}, or {ADVICE.removesuffix(' first')}",
    "a SQLite database": "of a record, ask what is in it: onrecord search --in FILE",
    "a Parquet file": "onrecord batch reads those",
    "compressed by bzip2": UNPACK,
    "compressed by xz": UNPACK,
    "compressed by zstd": UNPACK,
    "a 7z archive": UNPACK,
}
"""What to do with what is no document by itself, by its name in SIGNATURES."""
# These begin texts as well: "RIFFA, Bahrain (AP)", "ID3 sales rise".
LONGER_SIGNATURES = (
    (re.compile(rb"RIFF.{4}(?:WAVE|AVI |WEBP)", re.DOTALL), "a picture, sound or film (RIFF)"),
    (re.compile(rb"ID3[\x02-\x04]"), "a sound recording (MP3)"),
)
WARC_MAGIC = b"WARC/"
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
# Everything below the space but backspace, tab, line ends, form feed, the end-of-file mark of DOS, and escape.
CONTROLS = bytes(set(range(32)) - {8, 9, 10, 11, 12, 13, 26, 27})
JSON_BEGINNING = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"')
# In JSON of one line it may be named at the end, far from the beginning.
JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version')
# What stands before a document's first element; its own declarations in brackets, as in RSS 0.91.
FIRST_ELEMENT = re.compile(
    rb"\A(?:\s++|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*+(?:\[[^\]]*+\]\s*+)?+>)*+<(?:[a-z0-9]{1,20}:)?([a-z]{3,20})(?=[\s>/])",
    re.IGNORECASE | re.DOTALL,
)
LISTS: dict[bytes, Kind] = {
    b"rss": "feed",
    b"feed": "feed",
    b"rdf": "feed",
    b"urlset": "sitemap",
    b"sitemapindex": "sitemap",
}
JSON_LIST_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*\{\s*\"")


def kind_of_name(name: str) -> Kind | None:
    """Return the kind that a file name promises, also in front of ``.gz``; None if it promises none.

    >>> kind_of_name("Report.HTML"), kind_of_name("corpus.jsonl.gz"), kind_of_name("notes.pdf")
    ('webpage', 'jsonlines', None)
    """
    return SUFFIXES.get(PurePath(name.lower().removesuffix(".gz")).suffix)


def passed_over(names: Iterable[str], where: str) -> SourceError | None:
    """Return what is told of the files of a folder that are not read and may hold reports; None if there are none.

    >>> print(passed_over(["a.pdf", "b.PDF", "c.txt", "d.png"], "in"))
    in: 2 files in it are not read: 2 .pdf; save each as text or as a web page
    """
    counts = Counter(PurePath(name.lower().removesuffix(".gz")).suffix for name in names)
    found = {ending: counts[ending] for ending in UNREAD if counts[ending]}
    if not found:
        return None
    counted = ", ".join(f"{count:,} {ending}" for ending, count in found.items())
    to_do: defaultdict[str, list[str]] = defaultdict(list)
    for ending in found:
        to_do[UNREAD[ending]].append(ending)
    told = (f"{advice} ({' '.join(endings)})" if len(to_do) > 1 else advice for advice, endings in to_do.items())
    total = sum(found.values())
    what = f"{total:,} files in it are" if total > 1 else "a file in it is"
    return SourceError(f"{what} not read: {counted}", where=where, advice="; ".join(told))


def begins_like_reports(head: bytes) -> bool:
    """Tell whether the first bytes of a file, gzip not undone, are those of a page, a feed, a sitemap or an archive.

    What has markup, and does not begin with it, is a script, or a text about it.

    >>> begins_like_reports(b"<!doctype html><p>Dam holds"), begins_like_reports(b"PAGE = '<!doctype html><p>'")
    (True, False)
    """
    try:
        check_no_binary(head, where="")
    except BinarySource:
        return False
    if is_archive(head, promised=None):
        return True
    is_markup = head.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<")
    return is_markup and kind_of_bytes(head, promised=None) in {"webpage", "feed", "sitemap"}


def kind_of_content_type(content_type: str | None) -> Kind | None:
    """Return the kind that a server's media type promises; ``text/plain`` promises nothing, servers default to it."""
    return CONTENT_TYPES.get(content_type or "")


def is_archive(head: bytes, *, promised: Kind | None) -> bool:
    """Tell whether a source is a web archive, plain or in gzip; ``head`` is its beginning, gzip not undone.

    >>> is_archive(b"WARC/1.0", promised=None), is_archive(b"WARCRAFT", promised="plaintext")
    (True, False)
    """
    packed = head.startswith(GZIP_MAGIC) and begins_in_gzip(head, WARC_MAGIC)
    return promised == "warc" or packed or head.startswith(WARC_MAGIC)


def is_json_lines(head: bytes, *, promised: Kind | None) -> bool:
    """Tell whether a source is to be read line by line: by its name, or by a first line that is a whole object.

    ``head`` is its beginning; where not even the first line ends there, it is JSON Lines rather than one laid out.
    In UTF-16 all JSON is taken for it, and refused there: else it would be one text.
    """
    if promised is None and head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        narrow = head[2:].replace(b"\0", b"")
        return bool(JSON_BEGINNING.match(narrow) or JSON_LIST_BEGINNING.match(narrow))
    if promised is not None or not JSON_BEGINNING.match(head) or JSON_FEED.search(head):
        return promised == "jsonlines"
    first, newline, _ = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    if not newline:
        return True
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return False
    return True


def kind_of_bytes(raw: bytes, *, promised: Kind | None) -> Kind:
    """Return the kind of a whole source; what looks like a page is one, whatever its name.

    Markdown and JSON hold markup often enough that their names are believed. What a feed or a sitemap is, its first
    element says.
    """
    if promised != "markdown" and (listed := _list_of(raw, promised)):
        return listed
    if promised in {"markdown", "json"}:
        return promised
    if promised is None and (JSON_BEGINNING.match(raw) or JSON_LIST_BEGINNING.match(raw)):
        return "json"
    if looks_like_html(raw):
        return "webpage"
    # A page without one tag is a text that was given the wrong name.
    return "webpage" if promised == "webpage" and b"<" in raw else "plaintext"


def _list_of(raw: bytes, promised: Kind | None) -> Kind | None:
    if JSON_BEGINNING.match(raw):
        return "feed" if promised == "feed" or JSON_FEED.search(raw) else None
    if promised == "json":
        return None
    # UTF-16 has a zero in every second byte.
    head = raw[:16_384].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")
    first = FIRST_ELEMENT.match(head)
    listed = LISTS.get(first[1].lower()) if first else None
    # Some servers put a warning before the feed that they announce.
    return listed or ("feed" if promised == "feed" and b"<" in head else None)


def check_no_table(name: str) -> None:
    """Refuse a file whose name says that it is a table of many reports: read as one text, they would be one report.

    Raises:
        SourceError: as it says.
    """
    if table := TABLES.get(PurePath(name.lower().removesuffix(".gz")).suffix):
        advice = 'save its rows as JSON Lines, an object with "text" for each'
        raise SourceError(f"is a table ({table}), not a report", where=name, advice=advice)


def check_not_empty(raw: bytes, *, where: str) -> None:
    """Refuse a source that holds nothing, or only white space.

    Raises:
        EmptySource: as it says.
    """
    if not raw.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x0b\x0c\x00"):
        raise EmptySource("nothing in it", where=where, advice="was it saved whole?")


def check_no_binary(head: bytes, *, where: str) -> None:
    """Refuse a source whose first bytes are no text in any encoding.

    Raises:
        BinarySource: saying what it is, where its signature is known.
    """
    for signature, name in SIGNATURES:
        if head.startswith(signature):
            raise BinarySource(f"is {name}", where=where, advice=OTHER_ADVICE.get(name, ADVICE))
    for pattern, name in LONGER_SIGNATURES:
        if pattern.match(head):
            raise BinarySource(f"is {name}", where=where, advice=ADVICE)
    if not _is_wide(head):
        controls = len(head) - len(head.translate(None, CONTROLS))
        # One in a hundred: damaged text has a stray control character, programs and media have 10 % and more.
        if controls * 100 > len(head):
            raise BinarySource("is neither text nor a web page", where=where, advice=ADVICE)


def _is_wide(head: bytes) -> bool:
    """Tell whether bytes may be UTF-16 or UTF-32: a byte order mark, or zeros in every second byte only."""
    if head.startswith(WIDE_MARKS):
        return True
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return min(even, odd) * 20 < max(even, odd) and max(even, odd) * 4 > len(head) // 2
