"""The command line: commands that turn options into calls, and errors into one line and an exit code.

A command's module has its options; its ``_run``, ``_output`` and ``_blocks`` are what it calls, loaded when it runs.

Which of the others does what:

    options    options, filters, formats, spans, bywhom      those that several commands have
               recordfile, completion                        the record, waited for; what a shell completes
    screen     terminal, blocks, wrapping                    a reading, block by block, in the width that there is
               tables, grid, stacked                         rows side by side, or a line for each cell
               visible                                       nothing in a text acts on the screen
    streams    outputs, printing, messages, progress         where answers go, and what is said beside them
               outcomes, ending                              what became of reports; signals, exit codes
               asking                                        a question to who sits at the terminal
    help       helpsections                                  where `onrecord --help` lists each command
    words      changes, correction_words                     what somebody said over the record, in a line
    selection, record_people, reference                      what is sure enough; people of a record; docs/reference
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import click

from onrecord.cli.add import add
from onrecord.cli.batch import batch
from onrecord.cli.batch_variants import batch_variants
from onrecord.cli.check import check
from onrecord.cli.check_record import check_record
from onrecord.cli.cite import cite
from onrecord.cli.compare import compare
from onrecord.cli.completion import completion_option
from onrecord.cli.correct import correct
from onrecord.cli.corrections import corrections
from onrecord.cli.datasette_metadata import datasette_metadata
from onrecord.cli.demo import demo
from onrecord.cli.doctor import doctor
from onrecord.cli.ending import BROKEN_PIPE, FAILED, code_of
from onrecord.cli.events import events
from onrecord.cli.export import export
from onrecord.cli.framing import framing
from onrecord.cli.helpsections import SectionedCommands
from onrecord.cli.import_ import import_
from onrecord.cli.load import load
from onrecord.cli.mcp import mcp
from onrecord.cli.merge import merge
from onrecord.cli.messages import complain
from onrecord.cli.outlets import outlets
from onrecord.cli.people import people
from onrecord.cli.put_in import put_in
from onrecord.cli.read import read
from onrecord.cli.recordfile import telling_damage
from onrecord.cli.register import register
from onrecord.cli.remove import remove
from onrecord.cli.schema import schema
from onrecord.cli.search import search
from onrecord.cli.serve import serve
from onrecord.cli.show import show
from onrecord.cli.split import split
from onrecord.cli.stats import stats
from onrecord.cli.stories import stories
from onrecord.cli.story import story
from onrecord.cli.timeline import timeline
from onrecord.cli.undo import undo
from onrecord.cli.variants import variants
from onrecord.cli.verify import verify
from onrecord.errors import OnrecordError

_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What a full disk answers to a shell's ``> file``; a file that a command opened itself has its own error."""
_OF_A_NAME: Final = (errno.ENAMETOOLONG, errno.EACCES, errno.EPERM)
"""What the system answers to a name that the user gave, wherever it is asked for first."""


class CommandLine(SectionedCommands):
    """The group of all commands; the one place where an error becomes a line and an exit code."""

    def make_context(self, *args: Any, **options: Any) -> click.Context:
        """Read the arguments; among them are ``--help`` and ``--version``, which print."""
        with _ending_in_one_line():
            return super().make_context(*args, **options)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; end with one line on standard error where it can't go on."""
        with _ending_in_one_line(), telling_damage(ctx):
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result


@contextmanager
def _ending_in_one_line() -> Iterator[None]:
    _open_what_is_closed()
    try:
        yield
    except KeyboardInterrupt as interrupt:
        complain("interrupted")
        raise click.exceptions.Exit(code_of(interrupt)) from None
    except BrokenPipeError:
        _close_quietly()
        raise click.exceptions.Exit(BROKEN_PIPE) from None
    except OnrecordError as error:
        complain(str(error))
        raise click.exceptions.Exit(FAILED) from error
    except OSError as error:
        if error.filename is not None and error.errno in _OF_A_NAME:
            complain(f"{error.filename}: {error.strerror}; check the name and its folder")
            raise click.exceptions.Exit(FAILED) from error
        if error.errno not in _NO_ROOM or error.filename is not None:
            raise
        _close_quietly()
        complain(f"standard output: can't be written ({error.strerror}); what was written is not whole")
        raise click.exceptions.Exit(FAILED) from error


def _open_what_is_closed() -> None:
    """Let a stream that the caller closed (``>&-``, ``<&-``) drop what is written, and have nothing to read."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - for the whole run


def _close_quietly() -> None:
    """Send what is left of standard output nowhere, so that Python does not complain of the pipe at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(
    cls=CommandLine,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="'onrecord COMMAND --help' tells more, with examples. Start with: onrecord demo",
)
@click.version_option(package_name="onrecord", message="%(prog)s %(version)s")
@completion_option
def main() -> None:
    """Read news reports and keep the record of who said what.

    Every entry is pinned to the exact characters of the report that it came from.
    """


main.add_command(read)
main.add_command(add)
main.add_command(batch)
main.add_command(batch_variants)
main.add_command(load)
main.add_command(events)
main.add_command(timeline)
main.add_command(check)
main.add_command(people)
main.add_command(merge)
main.add_command(split)
main.add_command(undo)
main.add_command(remove)
main.add_command(outlets)
main.add_command(register)
main.add_command(correct)
main.add_command(put_in)
main.add_command(corrections)
main.add_command(check_record)
main.add_command(search)
main.add_command(show)
main.add_command(cite)
main.add_command(verify)
main.add_command(variants)
main.add_command(stories)
main.add_command(story)
main.add_command(compare)
main.add_command(framing)
main.add_command(stats)
main.add_command(serve)
main.add_command(mcp)
main.add_command(demo)
main.add_command(doctor)
main.add_command(schema)
main.add_command(export)
main.add_command(import_)
main.add_command(datasette_metadata)
