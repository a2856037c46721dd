"""Who makes a change of a record, and why: options of all commands that make one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from onrecord.record import By


def by_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command ``--reason`` and ``--by``; :func:`take_by` takes them."""
    by = click.option(
        "--by",
        "who",
        envvar=["USER", "LOGNAME", "USERNAME"],  # cron sets the second alone, Windows the third
        metavar="NAME",
        help="Who says so; you, if not given ($USER).",
    )
    reason = click.option("--reason", "why", metavar="WORDS", help="Why: kept with the change.")
    return reason(by(command))


def take_by(options: dict[str, Any]) -> By:
    """Take what :func:`by_options` gave out of a command's options."""
    # Imported here: `onrecord --help` needs no record (0.1 s).
    from onrecord.record import By

    return By(who=options.pop("who") or None, why=options.pop("why") or None)
