"""How sources are to be read: what a user says about them beside their names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - of the options one is called date
from typing import TYPE_CHECKING, Final

from onrecord.document import written_date
from onrecord.errors import SourceError
from onrecord.ingest.dates import to_iso

MOST_PAGES: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What the user says about the sources; the ``..._field`` names are those of JSON objects.

    A field name that is None is looked for among the names in common use; ``meta.date`` names a field in a field.
    """

    text_field: str | None = None
    html_field: str | None = None
    title_field: str | None = None
    date_field: str | None = None
    url_field: str | None = None
    outlet_field: str | None = None
    authors_field: str | None = None
    language_field: str | None = None
    date: str | None = None
    """Publication date of every report read, given as words or as a date; it outranks what the reports say."""
    url: str | None = None
    """Address of the report read; it outranks what the report says. Many reports are refused."""
    force: bool = False
    """Read reports that are not in English too."""
    fetch: bool = False
    """Fetch the pages that a feed or a sitemap in a file names; those of one at an address are fetched in any case."""
    max_pages: int = MOST_PAGES
    """The most pages fetched for one feed or sitemap."""

    if TYPE_CHECKING:  # what is given is wider than what is kept, which goes to other processes as JSON

        def __init__(
            self,
            *,
            text_field: str | None = None,
            html_field: str | None = None,
            title_field: str | None = None,
            date_field: str | None = None,
            url_field: str | None = None,
            outlet_field: str | None = None,
            authors_field: str | None = None,
            language_field: str | None = None,
            date: str | Date | None = None,
            url: str | None = None,
            force: bool = False,
            fetch: bool = False,
            max_pages: int = 1_000,
        ) -> None: ...

    def __post_init__(self) -> None:
        written = written_date(self.date, where="date")
        iso = None if written is None else to_iso(written)
        if written is not None and iso is None:
            raise SourceError(f"the date {written[:40]!r} can't be read", advice="write it as 2024-05-02")
        object.__setattr__(self, "date", iso)
