"""Every limit and option, declared once: name, default, unit, help.

The reference page ``docs/reference/settings.md`` is generated from this file and tested against it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from onrecord.errors import BadSetting


def _setting(default: Any, *, unit: str, help: str, least: int = 0, most: int | None = None) -> Any:
    return field(default=default, metadata={"unit": unit, "help": help, "least": least, "most": most})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What bounds a run. Each field's metadata holds its unit and its help text, the least and the most that it may be.

    Raises:
        BadSetting: a value is below the least, or above the most.
    """

    max_source_bytes: int = _setting(
        20_000_000,
        unit="bytes",
        help="largest file, page or response body read; the largest of 1,032 real pages was 1.6 MB",
    )
    max_tag_attributes: int = _setting(
        1_000,
        unit="attributes",
        help="most attributes in one tag of a page; real pages have at most 164, parsers are quadratic above",
    )
    max_page_tags: int = _setting(
        150_000, unit="tags", help="most opening tags in a page; the largest of 110 real pages has 1,709"
    )
    max_tag_depth: int = _setting(
        255, unit="levels", help="deepest nesting of a page that is kept; real pages have at most 43"
    )
    max_text_node_bytes: int = _setting(
        9_000_000,
        unit="bytes",
        help="longest run of text without a tag in a page; parsers drop what follows a longer one",
    )
    parser_seconds: float = _setting(
        5.0,
        unit="seconds",
        help="processor time the page parser has for one page before its process is ended, and twelve times that by "
        "the clock",
    )
    parser_memory_bytes: int = _setting(
        1_073_741_824, unit="bytes", help="address space the page parser's process may take beyond its start"
    )
    fetch_seconds: float = _setting(30.0, unit="seconds", help="total time for one address, redirects included")
    max_redirects: int = _setting(5, unit="hops", help="most redirects followed from one address")
    max_encoding_layers: int = _setting(
        3, unit="layers", help="most layers of gzip or deflate undone on one file or body"
    )
    max_listed_entries: int = _setting(
        50_000, unit="entries", help="most entries read from one feed or sitemap; 50,000 is what a sitemap may hold"
    )
    max_window_tokens: int = _setting(
        256,
        unit="word pieces",
        help="longest run of text that the model sees at once: 16 to 512, as it knows no more places",
        least=16,
        most=512,
    )
    reader_seconds: float = _setting(
        120.0,
        unit="seconds",
        help="time that a worker of `onrecord add` has for each 100,000 characters of a report, or part of them, "
        "before its process is ended; 7 s are usual",
    )
    reader_memory_bytes: int = _setting(
        4_294_967_296,
        unit="bytes",
        help="address space that a worker of `onrecord add` may take beyond its start",
    )
    web_seconds: float = _setting(
        1.0, unit="seconds", help="time that the record has for one page or answer of the web reader before it is ended"
    )
    web_connections: int = _setting(
        4,
        unit="connections",
        help="read-only connections to the record that the web reader has open at most, and pages made at once",
    )
    web_body_bytes: int = _setting(
        2_097_152, unit="bytes", help="largest request body that the web reader takes; a report has some 4,000"
    )
    threads: int = _setting(0, unit="threads", help="windows read at once; 0 means one for each core")

    def __post_init__(self) -> None:
        for item in fields(self):
            value, least, most = getattr(self, item.name), item.metadata["least"], item.metadata["most"]
            if not value >= least or (most is not None and value > most):  # NaN is neither
                allowed = f"give {least:,} or more" if most is None else f"give {least:,} to {most:,}"
                raise BadSetting(f"can't be {value} {item.metadata['unit']}", where=item.name, advice=allowed)


DEFAULTS = Settings()


def describe() -> list[tuple[str, Any, str, str]]:
    """Return (name, default, unit, help) of every setting, in order."""
    return [(item.name, item.default, item.metadata["unit"], item.metadata["help"]) for item in fields(Settings)]
