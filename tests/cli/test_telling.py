"""What somebody is told who has nothing yet, or types something else than is wanted."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from onrecord.cli import main
from onrecord.record import Record


@pytest.fixture
def empty(tmp_path):
    path = tmp_path / "news.db"
    Record.open(path, create=True).close()
    return str(path)


def tell(*arguments):
    return CliRunner().invoke(main, [str(each) for each in arguments], env={"ONRECORD_RECORD": ""})


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["undo", "--list"], "no changes"),
        (
            ["register", "list"],
            "no names were added; what comes with onrecord is told by: onrecord register find NAME",
        ),
        (["corrections"], "no corrections"),
        (["search", "levy"], "nothing was found"),
        (["stats"], "nothing to count"),
        (["framing"], "nothing to count"),
        (["stories"], "no story of so many reports"),
        (["people"], "nobody found"),
    ],
)
def test_an_empty_record_is_told_in_a_line(empty, command, said):
    result = tell(*command, "--in", empty)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"onrecord: {said}\n")


@pytest.mark.parametrize("command", ["stats", "framing"])
def test_no_chart_is_drawn_of_nothing(empty, command, tmp_path):
    chart = tmp_path / "chart.svg"
    result = tell(command, "--in", empty, "--chart", chart)
    assert result.stderr == f"onrecord: nothing to count\nonrecord: {chart}: not written, as there is nothing to draw\n"
    assert not chart.exists()


def test_a_record_may_be_named_either_way_for_stories(empty):
    assert tell("stories", empty).stderr == tell("stories", "--in", empty).stderr
    assert tell("stories").exit_code == 2


def test_two_records_for_one_command_are_refused_and_the_variable_is_no_second_one(empty, tmp_path):
    two = tell("stories", empty, "--in", tmp_path / "other.db")
    assert (two.exit_code, two.stdout) == (2, "")
    assert f"two records are named, {empty} and, with --in, {tmp_path / 'other.db'}: name one" in two.stderr
    assert tell("stories", empty, "--in", empty).exit_code == 0
    elsewhere = CliRunner().invoke(main, ["stories", empty], env={"ONRECORD_RECORD": str(tmp_path / "other.db")})
    assert elsewhere.exit_code == 0


@pytest.mark.parametrize("option", [["--in", "other.db"], ["--json"]])
def test_options_of_the_list_of_outlets_before_another_command_are_refused(empty, option):
    result = tell("outlets", *option, "join", "Echo", "echo.example", "--in", empty)
    assert result.exit_code == 2
    assert f"{option[0]} stands before join; give its options behind it: join --help" in result.stderr


def test_a_command_without_its_record_names_the_variable_too():
    result = tell("search", "levy")
    assert result.exit_code == 2
    assert "Missing option '--in' (the record; or set ONRECORD_RECORD)." in result.stderr


@pytest.mark.parametrize("day", ["yesterday", "2024-02-30", "02.05.2024", ""])
def test_a_day_that_is_none_is_told_with_one_that_is(day):
    result = tell("read", "a.txt", "--date", day)
    assert result.exit_code == 2
    assert f"{day!r} is no day; write it as 2024-05-02" in result.stderr
