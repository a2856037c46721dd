"""Framing: with which cues outlets give what speakers say, as shares with intervals beside the average."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, get_args

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.compare.framing import By, Frame, Framing, count_frames
from onrecord.errors import BadQuery, SlowQuery
from onrecord.record.filtering import Filters
from onrecord.web import addresses
from onrecord.web.failing import beside_form, status_of
from onrecord.web.site import site_of

BY: Final[tuple[By, ...]] = get_args(By)
MOST_CHARACTERS: Final = 300
SHOWN: Final = 20
"""Outlets or speakers."""
TIMES: Final = 10
"""Of the time of other pages: all statements are gone through, 16,000 in a second; then the answer is kept."""
_NARROW: Final[Mapping[By, str]] = {
    "outlet": "give a speaker, words that were said, or fewer days",
    "speaker": "give an outlet, words that were said, or fewer days",
}
"""What makes them fewer; the average is of all outlets, or speakers, whichever is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is counted."""

    by: By = "outlet"
    topic: str = ""
    speaker: str = ""
    outlet: str = ""
    since: str = ""
    until: str = ""

    @property
    def filters(self) -> Filters:
        """As the record has them."""
        return Filters(
            speaker=(self.speaker,) if self.speaker else (),
            outlet=(self.outlet,) if self.outlet else (),
            since=self.since or None,
            until=self.until or None,
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is asked for but by what to count."""
        return self != Asked(by=self.by)

    def statements(self, frame: Frame, cue_class: str) -> str:
        """Return the address of the statements behind a share."""
        outlet, speaker = (frame.name, self.speaker) if self.by == "outlet" else (self.outlet, frame.name)
        return addresses.search(
            words=self.topic,
            person=frame.person,
            speaker=speaker if frame.person is None else None,
            outlet=outlet,
            cue=cue_class,
            since=self.since,
            until=self.until,
        )


def framing_page(request: Request) -> Response:
    """Answer ``/framing``; ``?by=speaker&topic=levy&speaker=...&outlet=...&since=...&until=...`` narrow it."""
    asked, found, problem = Asked(), None, None
    try:
        asked = _asked(request)
        found = _count(request, asked)
    except (BadQuery, SlowQuery) as error:
        problem = beside_form(error, _NARROW[asked.by])
    return site_of(request).pages.render(
        request,
        "framing.html",
        status=status_of(problem) if problem else 200,
        asked=asked,
        found=found,
        problem=problem,
    )


def _asked(request: Request) -> Asked:
    given = {name: request.query_params.get(name, "").strip() for name in Asked.__dataclass_fields__}
    for name, value in given.items():
        if len(value) > MOST_CHARACTERS:
            raise BadQuery(f"more than {MOST_CHARACTERS} characters", where=name, advice="give fewer words")
    by = given.pop("by") or "outlet"
    if by not in BY:
        raise BadQuery("nothing to count by", where=by[:40], advice=f"one of: {', '.join(BY)}")
    return Asked(by=by, **given)


def _count(request: Request, asked: Asked) -> Framing:
    site = site_of(request)

    def make() -> Framing:
        with site.readers.record(TIMES * site.settings.web_seconds) as record:
            return count_frames(
                record, by=asked.by, filters=asked.filters, topic=asked.topic or None, limit=SHOWN, examples=1
            )

    return site.remembered.tell(site.readers.state(), "framing", asked, make)


routes = [Route("/framing", framing_page, name="framing")]
