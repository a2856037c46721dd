"""What ``onrecord --help`` lists, and where."""

from __future__ import annotations

from itertools import chain

from click.testing import CliRunner

from onrecord.cli import main
from onrecord.cli.helpsections import SECTIONS


def test_every_command_is_listed_in_one_section():
    assert sorted(chain.from_iterable(SECTIONS.values())) == sorted(main.commands)
    shown = CliRunner().invoke(main, ["--help"]).stdout
    assert [shown.index(f"{title}:") for title in SECTIONS] == sorted(shown.index(f"{title}:") for title in SECTIONS)


def test_what_one_begins_with_comes_first_and_all_stand_in_one_column():
    lines = CliRunner().invoke(main, ["--help"]).stdout.splitlines()
    first = lines[lines.index("Reports:") + 1]
    last = next(line for line in lines if line.startswith("  schema "))
    assert first.split()[0] == "demo"
    assert first.index("Read") == last.index("Print")
