"""The reference page of the command line, made from the commands themselves.

``python -m onrecord.cli.reference > docs/reference/cli.md`` writes it; a test finds out when that was forgotten.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from typing import Final

import click

from onrecord.cli import main

BAR: Final = r" \| "
"""What a bar is written as in a cell of a table."""


def to_markdown(group: click.Group) -> str:
    """Return the reference page of all commands, independent of click's own layout of help."""
    lines = ["# Command line", "", "<!-- Made by `python -m onrecord.cli.reference`; do not edit. -->", ""]
    lines += [
        *_prose(group.help),
        "`onrecord --version` prints the version, `--help` explains any command, and `--show-completion SHELL` prints",
        "what makes bash, zsh or fish complete commands, options and names of files.",
        "",
    ]
    for name, command in sorted(group.commands.items()):
        lines += _section(f"onrecord {name}", command)
        if isinstance(command, click.Group):
            for inner, each in sorted(command.commands.items()):
                lines += _section(f"onrecord {name} {inner}", each)
    return "\n".join(lines)


def _section(name: str, command: click.Command) -> Iterator[str]:
    arguments = [
        item.make_metavar(click.Context(command)) for item in command.params if isinstance(item, click.Argument)
    ]
    options = [item for item in command.params if isinstance(item, click.Option)]
    yield from (f"## {name}", "", f"`{' '.join([name, *(['[OPTIONS]'] if options else []), *arguments])}`", "")
    yield from _prose(command.help)
    if options:
        yield from ("| Option | What it does |", "| --- | --- |")
        yield from (_row(option) for option in options)
        yield ""
    yield from _prose(command.epilog)


def _row(option: click.Option) -> str:
    names = ", ".join(option.opts)
    value = "" if option.is_flag else option.metavar or "|".join(getattr(option.type, "choices", ()))
    # Between pieces of code: within code, GitHub ends the cell at a bare bar, and Python-Markdown shows a backslash.
    first, *others = value.split("|")
    words = [f"`{names} {first}`" if first else f"`{names}`", *(f"`{each}`" for each in others)]
    return f"| {BAR.join(words)} | {(option.help or '').replace('|', BAR.strip())} |"


def _prose(text: str | None) -> Iterator[str]:
    """Yield help text as Markdown: what click leaves as it is stands in a block of code."""
    for paragraph in inspect.cleandoc(text or "").split("\n\n"):
        if paragraph.startswith("\b\n"):
            heading, *verbatim = paragraph.removeprefix("\b\n").splitlines()
            yield from (heading, "", "```text", *(line.removeprefix("  ") for line in verbatim), "```", "")
        elif paragraph:
            yield from (paragraph, "")


if __name__ == "__main__":
    sys.stdout.write(to_markdown(main))
