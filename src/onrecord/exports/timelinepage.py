"""A timeline as one self-contained page: day by day who did what to whom, in which words, and who says so.

The page has no scripts and loads nothing, and its policy (CSP) allows neither. All text of reports goes through the
functions of :mod:`onrecord.exports.escaping`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from onrecord.exports.describing import count
from onrecord.exports.escaping import attribute, escape_plain, escape_text, is_web, link_address
from onrecord.exports.eventmarkup import CLASSES, marked_sentence, time_element, type_and_facts, who_to_whom
from onrecord.exports.events_json import EventRow
from onrecord.exports.pageparts import make_page, resource
from onrecord.exports.timeline import Entry, Report, Telling, Timeline, claimant_of, told_by
from onrecord.version import VERSION


def to_timeline_page(timeline: Timeline) -> str:
    """Return a timeline as an HTML page that needs nothing else, neither network nor scripts. Write it in UTF-8."""
    entries = timeline.entries()
    return make_page(
        "timeline.html",
        title="What is said to have happened",
        version=escape_plain(VERSION),
        style=resource("timeline.css"),
        counts=f"{count(len(entries), 'event')} in {count(len(timeline.reports), 'report')}",
        days="\n".join(_days(entries)) or "<p>No events found.</p>",
        reports="\n".join(_report(report) for report in timeline.reports),
    )


# --- the days --------------------------------------------------------------------------------------


def _days(entries: Sequence[Entry]) -> Iterator[str]:
    """Yield a section for each date, and one for what each day's reports tell without a date."""
    for number, (_, group) in enumerate(groupby(entries, key=lambda entry: (entry.date, _undated(entry)))):
        same = list(group)
        kind = "day" if same[0].date is not None else "day undated"
        named = attribute("aria-labelledby", f"day-{number}")
        yield f'<section class="{kind}"{named}><h2{attribute("id", f"day-{number}")}>{_heading(same[0])}</h2><ol>'
        yield from (_item(entry) for entry in same)
        yield "</ol></section>"


def _undated(entry: Entry) -> str | None:
    return entry.told_on if entry.date is None else None


def _heading(entry: Entry) -> str:
    if entry.date is not None:
        return time_element(entry.date)
    if entry.told_on is None:
        return "Without a date <small>nor has the report one</small>"
    return f"Told on {time_element(entry.told_on)} <small>without a date of its own</small>"


# --- an event --------------------------------------------------------------------------------------


def _item(entry: Entry) -> str:
    event = entry.event
    real = "" if event.modality == "happened" else " unreal"
    pieces = [
        f'<h3>{who_to_whom(event)}</h3><p class="kind">{type_and_facts(event)}</p>',
        marked_sentence(event.sentence, event.span, event.trigger_span),
        _told(entry.report, event, entry.link),
        *(_again(each, entry.report) for each in entry.also if each.span != event.span),
    ]
    return f'<li class="{CLASSES[event.type]}{real}">{"".join(pieces)}</li>'


def _told(report: Report, telling: EventRow | Telling, link: str | None) -> str:
    """Return who says so, and a link that leads to the sentence in the report."""
    outlet = f"<bdi>{escape_text(report.name)}</bdi>"
    claimant = claimant_of(telling)
    shown = f"{outlet} itself" if claimant is None else f"According to <bdi>{escape_text(claimant)}</bdi>, in {outlet}"
    if link is not None and is_web(link):
        label = attribute("aria-label", f"the sentence in the report: {told_by(report, telling)}")
        shown += f' · <a{attribute("href", link)} rel="noreferrer noopener"{label}>in the report</a>'
    return f'<p class="told">{shown}</p>'


def _again(telling: Telling, report: Report) -> str:
    marked = marked_sentence(telling.sentence, telling.span, telling.trigger_span)
    return f'<p class="again">Told again</p>{marked}{_told(report, telling, telling.link)}'


def _report(report: Report) -> str:
    title = f"<cite><bdi>{escape_text(report.title or '(no title)')}</bdi></cite>"
    facts = [f"<bdi>{escape_text(fact)}</bdi>" for fact in (report.outlet, report.published) if fact]
    return f"<li>{title} {' · '.join([*facts, link_address(report.url or report.origin)])}</li>"
