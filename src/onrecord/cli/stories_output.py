"""Where stories go: a table or blocks on the terminal, JSON, or CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any, Final

import click

from onrecord.cli.blocks import WIDEST, Look, Row, broken, lay_out, show_label
from onrecord.cli.formats import refuse_two_formats
from onrecord.cli.messages import complain
from onrecord.cli.outputs import choose_look
from onrecord.cli.printing import print_csv, print_json
from onrecord.cli.tables import show_columns
from onrecord.compare.stories import Story, StoryReport
from onrecord.exports.describing import count, day

_SHORT_ID: Final = 8
"""Digits of an id in the table: more are needed only where two reports begin so."""
_COLUMNS: Final = (
    "story", "story_title", "document", "title", "outlet", "published", "address", "statements", "likeness",
    "shared_people", "shared_words", "shared_quotations",
)  # fmt: skip


def show_stories(
    stories: Sequence[Story], *, left_out: int, as_json: bool, as_csv: bool, color: str, width: int | None
) -> None:
    """Print stories.

    Raises:
        click.UsageError: the options contradict each other.
    """
    refuse_two_formats({"--json": as_json, "--csv": as_csv})
    if as_json:
        print_json(stories)
    elif as_csv:
        print_csv(_COLUMNS, (_cells(story, report) for story in stories for report in story.reports))
    elif stories:
        look = choose_look(color=color, width=width)
        header = ("reports", "outlets", "days", "id", "story")
        click.echo(show_columns(header, [_row(each, look) for each in stories], look), nl=False, color=look.colour)
    if not stories:
        complain("no story of so many reports")
    if left_out:
        complain(f"{left_out:,} more; --limit 0 shows all")


def _row(story: Story, look: Look) -> tuple[str, ...]:
    return (
        f"{len(story.reports):,}",
        f"{len(story.outlets):,}",
        days_of(story, look.sign("–", " to ")),
        story.id[:_SHORT_ID],
        story.title or "(no title)",
    )


def days_of(story: Story, between: str) -> str:
    """Return the days of a story, of a year and month alike only once: ``2024-05-02–04``."""
    if story.first == story.last:
        return story.first
    year_and_month = len("2024-05-")
    alike = story.first[:year_and_month] == story.last[:year_and_month]
    return f"{story.first}{between}{story.last[year_and_month:] if alike else story.last}"


def _cells(story: Story, report: StoryReport) -> list[Any]:
    told = {each.name: getattr(report, each.name) for each in fields(report)}
    return [story.id, story.title, *(told[name] for name in _COLUMNS[2:])]


def show_story(story: Story, *, as_json: bool, color: str, width: int | None) -> None:
    """Print one story."""
    if as_json:
        print_json(story)
        return
    look = choose_look(color=color, width=width)
    blocks = ["\n".join(_head(story, look)), *("\n".join(_block(each, look)) for each in story.reports)]
    click.echo("\n\n".join(blocks), color=look.colour)
    if len(story.reports) == 1:
        complain("no other report of the record tells of this occasion")


def _head(story: Story, look: Look) -> Iterator[str]:
    width = look.width and min(look.width, WIDEST)
    yield from (look.paint(line, "title") for line in broken(look.show(story.title or "(no title)"), width))
    facts = (
        count(len(story.reports), "report"),
        count(len(story.outlets), "outlet"),
        count(story.statements, "statement"),
        days_of(story, look.sign("–", " to ")),
    )
    yield from broken(look.dot.join(facts), width)
    if story.people:
        yield from broken(look.show(", ".join(each.name for each in story.people)), width)


def _block(report: StoryReport, look: Look) -> Iterator[str]:
    width = look.measure
    outlet = look.paint(look.show(report.outlet or "(no outlet)"), "name")
    how = "centre" if report.likeness is None else f"{report.likeness:.2f}"
    yield outlet + "".join(
        f"{look.dot}{fact}" for fact in (day(report.published), count(report.statements, "statement"), how) if fact
    )
    rows = [
        ("title", report.title),
        ("people", ", ".join(report.shared_people)),
        ("words", ", ".join(report.shared_words)),
        ("quotes", f"{count(report.shared_quotations, 'run')} of five words" if report.shared_quotations else ""),
        *(
            ("copy", ", ".join(filter(None, (each.outlet, day(each.published), each.document))))
            for each in report.copies
        ),
    ]
    for label, words in rows:
        if words:
            yield from lay_out(Row(label=label, words=look.show(words)), look, width)
    yield show_label("id", look) + report.document
