"""The list of commands in ``onrecord --help``: by what they are for, not by the alphabet."""

from __future__ import annotations

from typing import Final

import click

SECTIONS: Final[dict[str, tuple[str, ...]]] = {
    "Reports": ("demo", "read", "people", "events", "timeline", "check", "compare"),
    "A record of many reports": (
        "add", "serve", "search", "show", "cite", "stats", "export", "mcp", "datasette-metadata", "check-record",
    ),
    "The same words, or the same occasion, in a record": ("verify", "variants", "stories", "story", "framing"),
    "What you say over a record": (
        "correct", "put-in", "corrections", "import", "merge", "split", "outlets", "register", "undo", "remove",
    ),
    "Archives of millions": ("batch", "batch-variants", "load"),
    "onrecord itself": ("doctor", "schema"),
}  # fmt: skip
"""Each command stands in one of them, those first that one begins with."""


class SectionedCommands(click.Group):
    """A group whose help lists its commands in the :data:`SECTIONS`."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the sections, with names in one column that goes through all of them."""
        longest = max(map(len, self.list_commands(ctx)))
        room = formatter.width - 6 - longest
        for title, names in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl(
                    [(name.ljust(longest), self.commands[name].get_short_help_str(room)) for name in names]
                )
