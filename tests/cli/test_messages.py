"""Messages: one line each, on standard error; answers of one line."""

from __future__ import annotations

import click
from click.testing import CliRunner

from onrecord.cli import CommandLine
from onrecord.cli.ending import Terminated
from onrecord.cli.messages import complain


def test_a_message_is_one_line_without_escapes(capsys):
    complain("report\x1b[2J.html: broken\nin two")
    assert capsys.readouterr() == ("", "onrecord: report\\x1b[2J.html: broken in two\n")


def test_what_a_command_answers_in_a_line_is_without_escapes_too(onrecord):
    result = onrecord("register", "find", "the\x1b[2J Kremlin")
    assert result.stdout == "the\\x1b[2J Kremlin: not in the register\n"


def test_whatever_sigterm_ends_has_its_exit_code():
    def wait():
        raise Terminated

    told = CliRunner().invoke(CommandLine(commands={"wait": click.Command("wait", callback=wait)}), ["wait"])
    assert (told.exit_code, told.stderr) == (143, "onrecord: interrupted\n")
