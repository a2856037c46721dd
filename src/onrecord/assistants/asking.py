"""What the tools take. The types are what their schemas are made from, and what arguments are read as."""

from __future__ import annotations

from typing import Annotated, Final, TypeVar

import msgspec
from msgspec import Meta, Struct

from onrecord.document import ZoneKind
from onrecord.errors import BadQuery
from onrecord.reading import CueClass, EntityKind, EventType, Form
from onrecord.record.counting import By
from onrecord.record.filtering import Filters
from onrecord.record.searching import Sort

Arguments = TypeVar("Arguments", bound=Struct)

MOST_HITS: Final = 50
MOST_LISTED: Final = 100
MOST_TEXT: Final = 40_000
"""Characters of a text that is read: ten seconds of work. A report has some 4,000."""

Name = Annotated[str, Meta(min_length=1, max_length=300)]
_Names = Annotated[list[Name], Meta(max_length=20)]
_Cursor = Annotated[
    str,
    Meta(description="`next` of the answer before, for what follows; nothing else.", pattern=r"^\d{1,15}(-\d{1,15})?$"),
]
_Hits = Annotated[int, Meta(ge=1, le=MOST_HITS, description="Statements of one answer, at most.")]
_Listed = Annotated[int, Meta(ge=1, le=MOST_LISTED, description="Entries of one answer, at most.")]
_Day = Annotated[str, Meta(min_length=4, max_length=40)]
_Speaker = Annotated[
    _Names,
    Meta(description="Who says it: names, or words of a name; of several, any. A full name finds other forms too."),
]
_About = Annotated[_Names, Meta(description="Whom it mentions: names, or words of a name; of several, any.")]
_Outlet = Annotated[_Names, Meta(description="Who published it: names of outlets, words of one, or domains; any.")]
_Since = Annotated[_Day, Meta(description="Published on this day, month or year, or later: 2024-05-02, 2024-05, 2024.")]
_Until = Annotated[_Day, Meta(description="Published on this day, month or year, or earlier.")]
_Report = Annotated[
    str, Meta(min_length=4, max_length=40, description="Id of a report, such as 3f9a1c2b7d8e4f60, or its beginning.")
]
_Statement = Annotated[
    str,
    Meta(
        min_length=4,
        max_length=40,
        description="Id of a statement, such as 3f9a1c2b7d8e4f60-9c01d2e7; as answers give it.",
    ),
]


class _Narrowed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What statements must be like: of several values of one kind any, of several kinds all."""

    speaker: _Speaker | None = None
    about: _About | None = None
    outlet: _Outlet | None = None
    form: (
        Annotated[list[Form], Meta(description="direct: verbatim; indirect: reported; mixed: partly verbatim.")] | None
    ) = None
    cue_class: (
        Annotated[list[CueClass], Meta(description="How the outlet frames it: said is neutral, claimed doubting.")]
        | None
    ) = None
    zone: Annotated[list[ZoneKind], Meta(description="The part of the report.")] | None = None
    type: Annotated[list[EventType], Meta(description="A PLOVER event that the statement asserts.")] | None = None
    since: _Since | None = None
    until: _Until | None = None

    def filters(self, *, copies: bool = False) -> Filters:
        """Return them as the record takes them."""
        return Filters(**{name: getattr(self, name) for name in _Narrowed.__struct_fields__}, copies=copies)


class SearchAsked(_Narrowed, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A search."""

    words: (
        Annotated[
            str,
            Meta(
                max_length=2_000,
                description='Words that are all to be in the statement: `harbour levy`; `"a phrase"`; `fish*`, any '
                "word that begins so. No stemming.",
            ),
        ]
        | None
    ) = None
    meaning: (
        Annotated[
            str,
            Meta(
                max_length=2_000,
                description="What is said, in words of your own: the 200 nearest. No proof.",
            ),
        ]
        | None
    ) = None
    sort: Sort = "best"
    copies: Annotated[bool, Meta(description="Find those in copies and revised texts too: no further sources.")] = False
    limit: _Hits = 10
    cursor: _Cursor | None = None


class ReadAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text to read."""

    text: Annotated[
        str, Meta(min_length=1, max_length=MOST_TEXT, description="The report's whole text, unchanged, in English.")
    ]
    title: Annotated[str, Meta(max_length=1_000)] | None = None
    outlet: Name | None = None
    url: Annotated[str, Meta(max_length=2_000)] | None = None
    published: (
        Annotated[_Day, Meta(description="Day of publication, which dates such as `on Monday` are told from.")] | None
    ) = None
    limit: _Listed = MOST_LISTED


class DocumentAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A report."""

    id: _Report
    text: Annotated[bool, Meta(description="The text as well, up to 20,000 characters.")] = False
    limit: _Hits = 20
    cursor: _Cursor | None = None


class StatementAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A statement."""

    id: _Statement


class VerifyAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A quotation, and what is claimed of it."""

    words: Annotated[str, Meta(min_length=1, max_length=20_000, description="The quotation, two words at least.")]
    speaker: Annotated[Name, Meta(description="Who is claimed to have said it: a name, or words of one.")] | None = None
    before: Annotated[_Day, Meta(description="The last day on which it is claimed to have been in print.")] | None = (
        None
    )
    after: Annotated[_Day, Meta(description="The first such day.")] | None = None


class VariantsAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A statement whose other appearances are asked for."""

    statement: _Statement
    min_score: Annotated[float, Meta(ge=0, le=1, description="Leave out what is less likely another appearance.")] = 0.0
    limit: _Hits = 20
    cursor: _Cursor | None = None


class PeopleAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom to list."""

    name: Annotated[_Names, Meta(description="Words of a name; of several, any.")] | None = None
    kind: list[EntityKind] | None = None
    limit: _Listed = 20
    cursor: _Cursor | None = None


class PersonAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody."""

    id: Annotated[
        str, Meta(min_length=1, max_length=300, description="Id that `people` gives, or a full name that only one has.")
    ]


class StatsAsked(_Narrowed, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to count."""

    by: By = "speaker"
    limit: _Listed = 20


class StoryAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A report whose story is asked for."""

    report: _Report


class CompareAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Reports to lay side by side."""

    reports: Annotated[list[_Report], Meta(min_length=2, max_length=8, description="Ids of two to eight reports.")]
    limit: Annotated[int, Meta(ge=1, le=MOST_HITS, description="Lines of one answer, at most.")] = 20
    cursor: _Cursor | None = None


def read_arguments(given: dict[str, object], kind: type[Arguments]) -> Arguments:
    """Return what an assistant gave as a tool takes it; numbers and truth values may be words.

    Raises:
        BadQuery: something is missing, unknown, or not as it should be.
    """
    try:
        return msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        what, _, place = str(error).partition(" - at `$")
        place = place.strip("`.")
        if place == "cursor":
            raise BadQuery(
                "no cursor", where=place, advice="give the `next` of the answer before, unchanged"
            ) from error
        known = ", ".join(each.name for each in msgspec.structs.fields(kind))
        raise BadQuery(what[:300], where=place or "arguments", advice=f"there are {known}: see the schema") from error


def place_in(cursor: str | None) -> tuple[int, int | None]:
    """Return how many entries a cursor leaves out, and the last number that it lets by.

    >>> place_in(None), place_in("20"), place_in("20-31")
    ((0, None), (20, None), (20, 31))
    """
    skip, _, last = (cursor or "0").partition("-")
    return int(skip), int(last) if last else None
