"""A search as it stands in an address: every state of the search page is one that can be sent.

>>> state = SearchState.of([("words", "levy"), ("speaker", "Ada Quill"), ("page", "3")])
>>> state.words, state.speaker, state.page
('levy', ('Ada Quill',), 3)
>>> state.with_value("form", "direct").address
'/search?words=levy&speaker=Ada+Quill&form=direct'
>>> state.without("speaker", "Ada Quill").address
'/search?words=levy'
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, cast, get_args

from onrecord.errors import BadQuery
from onrecord.reading import CueClass, EventType, Form
from onrecord.record.filtering import Filters, first_day
from onrecord.record.searching import Sort
from onrecord.web import addresses

By = Literal["words", "meaning", "both"]
Several = Literal["person", "speaker", "subject", "about", "outlet", "form", "cue", "type"]
SEVERAL: Final[tuple[Several, ...]] = get_args(Several)
"""Filters that may be given several times."""
SIZE: Final = 20
"""Hits to a page."""
LAST_PAGE: Final = 50
"""1,000 statements are a reading of days: further on, a narrower search is the way."""
MOST_CHARACTERS: Final = 500
MOST_VALUES: Final = 20
_CHOICES: Final = {
    "form": get_args(Form),
    "cue": get_args(CueClass),
    "type": get_args(EventType),
    "by": get_args(By),
    "sort": get_args(Sort),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchState:
    """What is looked for, how, and which page of it is shown."""

    words: str = ""
    by: By = "words"
    person: tuple[str, ...] = ()
    """Ids of people who say it."""
    speaker: tuple[str, ...] = ()
    """Names of whoever says it."""
    subject: tuple[str, ...] = ()
    """Ids of people whom it mentions."""
    about: tuple[str, ...] = ()
    """Names of whomever it mentions."""
    outlet: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    cue: tuple[str, ...] = ()
    """Cue classes."""
    type: tuple[str, ...] = ()
    """Types of events."""
    since: str = ""
    until: str = ""
    sort: Sort = "best"
    copies: bool = False
    page: int = 1

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> SearchState:
        """Return the state that the query of an address means; names that mean nothing are passed over.

        Raises:
            BadQuery: a value that there can't be, or too many, or too long ones.
        """
        one: dict[str, Any] = {}
        several: dict[str, dict[str, None]] = {name: {} for name in SEVERAL}
        for name, value in pairs:
            given = value.strip()
            if not given:
                continue
            _check(name, given)
            if name in several:
                several[name][given] = None
            elif name in ("words", "by", "since", "until", "sort"):
                one[name] = given
            elif name == "copies":
                one[name] = True
            elif name == "page":
                one[name] = _page(given)
        if sum(map(len, several.values())) > MOST_VALUES:
            raise BadQuery("more filters than a search can have", advice=f"give {MOST_VALUES} at most")
        return cls(**one | {name: tuple(values) for name, values in several.items()})

    # ---- what it asks the record ---------------------------------------------------------------------------

    @property
    def filters(self) -> Filters:
        """The filters as the record has them."""
        return Filters(
            person=self.person,
            speaker=self.speaker,
            subject=self.subject,
            about=self.about,
            outlet=self.outlet,
            form=cast("tuple[Form, ...]", self.form),
            cue_class=cast("tuple[CueClass, ...]", self.cue),
            type=cast("tuple[EventType, ...]", self.type),
            since=self.since or None,
            until=self.until or None,
            copies=self.copies,
        )

    @property
    def asks_words(self) -> str | None:
        """What is to be there word by word."""
        return (self.words or None) if self.by != "meaning" else None

    @property
    def asks_meaning(self) -> str | None:
        """What is to be said in whatever words."""
        return (self.words or None) if self.by != "words" else None

    @property
    def offset(self) -> int:
        """How many hits the earlier pages have."""
        return (self.page - 1) * SIZE

    @property
    def first_day(self) -> str:
        """The first day as a form's field for days has it; empty for any."""
        return f"{self.since}-01-01"[:10] if _is_day(self.since) else ""

    @property
    def last_day(self) -> str:
        """The last day as a form's field for days has it; empty for any."""
        if not _is_day(self.until):
            return ""
        year, month, *_ = *(int(part) for part in self.until.split("-")), 12
        return self.until if len(self.until) == 10 else f"{year:04d}-{month:02d}-{monthrange(year, month)[1]:02d}"

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is asked for at all."""
        return replace(self, sort="best", page=1, by="words", copies=False) != SearchState()

    # ---- other states --------------------------------------------------------------------------------------

    @property
    def with_copies(self) -> SearchState:
        """The same in copies and revised texts too, on its first page."""
        return replace(self, copies=True, page=1)

    def with_value(self, name: Several, value: str) -> SearchState:
        """Return the state with one more filter, on its first page."""
        values: tuple[str, ...] = getattr(self, name)
        return self._changed(name, tuple(dict.fromkeys((*values, value))))

    def without(self, name: Several, value: str) -> SearchState:
        """Return the state without a filter, on its first page."""
        values: tuple[str, ...] = getattr(self, name)
        return self._changed(name, tuple(each for each in values if each != value))

    def between(self, since: str, until: str) -> SearchState:
        """Return the state for other days, on its first page; empty for any."""
        return replace(self, since=since, until=until, page=1)

    @property
    def by_meaning(self) -> SearchState:
        """The same, looked for by meaning."""
        return replace(self, by="meaning", page=1)

    def at_page(self, page: int) -> SearchState:
        """Return the state at another page."""
        return replace(self, page=page)

    def _changed(self, name: Several, values: tuple[str, ...]) -> SearchState:
        return replace(self, page=1, **{name: values})  # type: ignore[arg-type]  # one of SEVERAL

    # ---- the address ---------------------------------------------------------------------------------------

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The query of its address, without what is as it is anyway."""
        return list(self._pairs())

    def _pairs(self) -> Iterator[tuple[str, str]]:
        if self.words:
            yield "words", self.words
        if self.by != "words":
            yield "by", self.by
        for name in SEVERAL:
            yield from ((name, value) for value in getattr(self, name))
        yield from ((name, value) for name, value in (("since", self.since), ("until", self.until)) if value)
        if self.sort != "best":
            yield "sort", self.sort
        if self.copies:
            yield "copies", "1"
        if self.page > 1:
            yield "page", str(self.page)

    @property
    def address(self) -> str:
        """Where this state is found."""
        return addresses.with_query(addresses.SEARCH, self.pairs)

    @property
    def active(self) -> list[tuple[Several, str, str]]:
        """The filters that are set: name, value, and the address without it."""
        return [(name, value, self.without(name, value).address) for name in SEVERAL for value in getattr(self, name)]

    @property
    def people(self) -> tuple[str, ...]:
        """The ids of people that it asks for."""
        return (*self.person, *self.subject)


def _is_day(words: str) -> bool:
    """Tell whether words are a day, a month or a year that the calendar has."""
    try:
        first_day(words)
    except BadQuery:
        return False
    return True


def _check(name: str, value: str) -> None:
    if len(value) > MOST_CHARACTERS and name in SearchState.__dataclass_fields__:
        raise BadQuery(f"more than {MOST_CHARACTERS} characters", where=name, advice="look for fewer words")
    if name in _CHOICES and value not in _CHOICES[name]:
        raise BadQuery(f"no such {name}", where=value, advice=f"one of: {', '.join(_CHOICES[name])}")


def _page(value: str) -> int:
    number = int(value) if value.isascii() and value.isdigit() and len(value) <= 4 else 0
    if not 1 <= number <= LAST_PAGE:
        raise BadQuery("no such page", where=value, advice=f"pages go from 1 to {LAST_PAGE}; narrow the search")
    return number
