"""The reference page and the schema are made from the code, and not forgotten."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from onrecord.cli import main
from onrecord.cli.reference import to_markdown

DOCS = Path(__file__).parents[2] / "docs"


def test_the_reference_page_is_up_to_date():
    page = (DOCS / "reference" / "cli.md").read_text(encoding="utf-8")
    assert page == to_markdown(main), "run: python -m onrecord.cli.reference > docs/reference/cli.md"


def test_the_shipped_schema_is_up_to_date():
    shipped = files("onrecord").joinpath("schema/onrecord-1.schema.json").read_bytes()
    assert shipped == CliRunner().invoke(main, ["schema"]).stdout_bytes


def test_no_bar_stands_within_the_code_of_a_cell():
    rows = [line for line in to_markdown(main).splitlines() if line.startswith("| ")]
    assert len(rows) > 200
    assert [row for row in rows if len(re.findall(r"(?<!\\)\|", row)) != 3] == []
    assert [row for row in rows if any("|" in code for code in re.findall(r"`[^`]*`", row))] == []
    assert r"| `--by outlet` \| `speaker` |" in "\n".join(rows)


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_option_says_what_it_does(name):
    for parameter in main.commands[name].params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter
            assert parameter.help.endswith("."), parameter
