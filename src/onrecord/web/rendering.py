"""Templates: the one door through which values reach a page.

Whatever a template prints is escaped, safe in text and in attributes, and characters that a screen would act on are
named. What is markup already (:class:`markupsafe.Markup`) was made by functions of ours that escape the same way; no
template can make markup of a text, since the filter ``safe`` is taken away. Addresses of other sites become links only
by ``link``, those of ours are made in :mod:`onrecord.web.addresses`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from onrecord.exports.describing import count, day
from onrecord.exports.escaping import escape_text, language_tag, link_address, name_hidden
from onrecord.exports.eventmarkup import in_words, type_and_facts, who_to_whom
from onrecord.exports.events_json import EventRow
from onrecord.record.hits import Snippet
from onrecord.version import VERSION
from onrecord.web import addresses
from onrecord.web.wording import CHECKS, FORMS, MODALITIES, TYPES, VERDICTS, became, percent, runs_backwards, sureness

_NAVIGATION: Final = (
    ("Overview", addresses.OVERVIEW),
    ("Search", addresses.SEARCH),
    ("People", addresses.PEOPLE),
    ("Stories", addresses.STORIES),
    ("Framing", addresses.FRAMING),
    ("Verify", addresses.VERIFY),
)
_EDITING: Final = (("Add", addresses.ADD), ("Changes", addresses.CHANGES))
"""Pages of a record that may be changed."""
_UNSAFE: Final = ("safe", "urlize", "xmlattr", "tojson", "striptags")


class Pages:
    """The templates, and what all of them know.

    Args:
        record: how the record is called.
        tags: of the files of ``static/``, by their names.
    """

    def __init__(self, record: str, tags: Mapping[str, str]) -> None:
        self._environment = _environment()
        self._environment.globals.update(
            record_name=record,
            version=VERSION,
            static={name: addresses.static(name, tag) for name, tag in tags.items()},
        )

    def render(
        self,
        request: Request,
        template: str,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **values: Any,
    ) -> HTMLResponse:
        """Return a page.

        Args:
            request: what is answered.
            template: the name of a file in ``templates/``.
            status: of the answer.
            headers: more of them.
            values: what the template prints.
        """
        may_edit = request.app.state.site.edits is not None
        page = self._environment.get_template(template).render(
            here=request.url.path,
            navigation=(*_NAVIGATION, *_EDITING) if may_edit else _NAVIGATION,
            may_edit=may_edit,
            **values,
        )
        return HTMLResponse(page.encode("utf-8", "replace"), status_code=status, headers=dict(headers or {}))


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("onrecord.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    for name in _UNSAFE:
        environment.filters.pop(name, None)
    environment.filters.update(
        text=lambda words: Markup(escape_text(str(words))),  # noqa: S704 - escaped
        number=lambda number: f"{number:,}",
        day=day,
        in_words=in_words,
        lang=language_tag,
    )
    environment.globals.update(
        at=addresses,
        link=_link,
        count=count,
        marked=_marked,
        sureness=sureness,
        percent=percent,
        runs_backwards=runs_backwards,
    )
    environment.globals.update(who_to_whom=_marking(who_to_whom), type_and_facts=_marking(type_and_facts))
    environment.globals.update(FORMS=FORMS, MODALITIES=MODALITIES, TYPES=TYPES, CHECKS=CHECKS, became=became)
    environment.globals.update(VERDICTS=VERDICTS)
    return environment


def _finalize(value: Any) -> Any:
    """Return what is printed for a value: nothing for None, markup as it is, all else escaped."""
    if value is None:
        return ""
    if isinstance(value, int) or hasattr(value, "__html__"):
        return value
    return escape(name_hidden(str(value)))


def _marking(make: Callable[[EventRow], str]) -> Callable[[EventRow], Markup]:
    """Return a function of the exports that gives markup, as one that templates print as it is."""
    return lambda event: Markup(make(event))  # noqa: S704 - escaped there


def _marked(snippet: Snippet) -> Markup:
    """Return a snippet with what answers the search marked."""
    parts, end = [], 0
    for match in snippet.matches:
        before, words = snippet.text[end : match.start], match.of(snippet.text)
        parts += [escape_text(before), f"<mark>{escape_text(words)}</mark>"]
        end = match.end
    return Markup("".join([*parts, escape_text(snippet.text[end:])]))  # noqa: S704 - escaped


def _link(address: str, shown: str | None = None) -> Markup:
    """Return a link to another site; text where it is no http(s) address.

    On paper the address stands behind other words, without the words of the page that a browser would jump to.
    """
    printed = "" if shown is None else f'<span class="onpaper">: {escape_text(address.partition("#:~:")[0])}</span>'
    return Markup(link_address(address, shown) + printed)  # noqa: S704 - escaped, and there
