"""What is said as somebody types it: in the report's words, or as spans, characters of its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from onrecord.document import Span

_SPAN: Final = re.compile(r"(\d{1,9})[-:](\d{1,9})")


def read_spans(_ctx: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[Span, ...]:
    """Return the spans of an option that may be given several times.

    Raises:
        BadParameter: one is none.
    """
    from onrecord.document import Span  # `onrecord --help` needs no msgspec

    found = [_SPAN.fullmatch(value) for value in values]
    for value, match in zip(values, found, strict=True):
        if match is None:
            raise click.BadParameter(f"{value!r} is no span such as 120-141")
    return tuple(Span(int(match[1]), int(match[2])) for match in found if match)


content_option: Final = click.option(
    "--content", metavar="WORDS", help="What is said, in the report's words; pieces apart by ' … '."
)
span_option: Final = click.option(
    "--span",
    "spans",
    multiple=True,
    callback=read_spans,
    metavar="START-END",
    help="Where that stands, in place of its words: characters of the text. Several: its pieces.",
)
