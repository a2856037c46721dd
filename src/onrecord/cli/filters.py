"""The options that narrow a search or a count: who, about whom, where, how, when."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING, Any, Final

import click

from onrecord.cli.options import since_option, until_option

if TYPE_CHECKING:
    from onrecord.record.filtering import Filters

# The words of onrecord.reading and onrecord.document; written out, so that --help needs no msgspec.
FORMS: Final = ("direct", "indirect", "mixed")
MODALITIES: Final = ("said", "future", "hypothetical", "denied")
CUE_CLASSES: Final = (
    "neutral",
    "doubting",
    "accusing",
    "conceding",
    "denying",
    "praising",
    "demanding",
    "promising",
    "warning",
    "asking",
    "thinking",
    "feeling",
    "revealing",
    "none",
)
ZONES: Final = (
    "section",
    "headline",
    "standfirst",
    "byline",
    "dateline",
    "caption",
    "credit",
    "subheading",
    "pullquote",
    "blockquote",
    "body",
    "furniture",
)
TYPES: Final = (
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
)

FILTER_HELP: Final = """\
Options of one kind given twice mean either; options of several kinds are all to hold. A NAME is a name or some words
of one, whatever their case; of an outlet also its domain, of a person also the id that onrecord people shows.
"""


def _choice(words: tuple[str, ...], *, any_case: bool = False) -> click.Choice[str]:
    return click.Choice(words, case_sensitive=not any_case)


_OPTIONS: Final = (
    click.option("--speaker", multiple=True, metavar="NAME", help="Who says it."),
    click.option("--about", multiple=True, metavar="NAME", help="Whom it mentions."),
    click.option(
        "--outlet",
        multiple=True,
        metavar="NAME",
        help="The outlet that reports it: its name, words of it, or its domain.",
    ),
    click.option("--form", type=_choice(FORMS), multiple=True, help="Verbatim, reported, or partly verbatim."),
    click.option(
        "--cue-class",
        type=_choice(CUE_CLASSES),
        multiple=True,
        metavar="CLASS",
        help=f"How the outlet frames it: {', '.join(CUE_CLASSES)}.",
    ),
    click.option(
        "--zone",
        type=_choice(ZONES),
        multiple=True,
        metavar="ZONE",
        help=f"The part of the report: {', '.join(ZONES)}.",
    ),
    click.option(
        "--type",
        type=_choice(TYPES, any_case=True),
        multiple=True,
        metavar="TYPE",
        help=f"An event that it tells of: {', '.join(TYPES)}.",
    ),
    since_option,
    until_option,
)


def filter_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that narrow; :func:`take_filters` takes them."""
    return reduce(lambda decorated, option: option(decorated), reversed(_OPTIONS), command)


def take_filters(options: dict[str, Any], *, copies: bool = False) -> Filters:
    """Take what :func:`filter_options` gave out of a command's options."""
    # Imported here: `onrecord --help` needs no record (0.1 s).
    from onrecord.record.filtering import Filters

    names = ("speaker", "about", "outlet", "form", "cue_class", "zone", "type", "since", "until")
    return Filters(copies=copies, **{name: options.pop(name) for name in names})
