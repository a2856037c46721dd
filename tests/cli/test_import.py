"""``onrecord import`` as a user meets it."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from handing_on import record_of
from handmade import read_by_hand
from onrecord.cli import main
from onrecord.record import Record

TEXT = "The levy will go, Mara Ilven said.\n\nNobody had asked the fishers, Teo Brandt claimed."


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def path(tmp_path):
    with record_of(tmp_path, read_by_hand(TEXT, url="https://orrin.example/levy")) as record:
        return record.path


@pytest.fixture
def folder(path, tmp_path):
    assert run("export", "--in", path, "--format", "brat", "--to", tmp_path / "correct").exit_code == 0
    return tmp_path / "correct"


def test_export_edit_import_and_the_correction_is_there(path, folder):
    (ann,) = folder.glob("*.ann")
    ann.write_text(ann.read_text("utf-8").replace("speaker: Teo Brandt", "speaker: Ibby Tarrow"), "utf-8")
    done = run("import", folder, "--format", "brat", "--in", path, "--by", "ada", "--reason", "she said so")
    assert done.exit_code == 0
    assert done.stderr == "onrecord: 1 report: 1 statement corrected, 0 deleted, 0 added, 1 unchanged\n"
    with Record.open(path) as record:
        row = record.connection.execute("SELECT who, why, field FROM corrections").fetchone()
        assert row == ("ada", "she said so", "speaker")
        assert [row.speaker for row in record.statements()] == ["Mara Ilven", "Ibby Tarrow"]


def test_a_bad_entry_is_one_line_with_its_place_and_the_exit_code_is_1(path, folder):
    (ann,) = folder.glob("*.ann")
    ann.write_text(ann.read_text("utf-8") + "T99\tContent 5 9000\tnothing\n", "utf-8")
    line = ann.read_text("utf-8").count("\n")
    done = run("import", folder, "--format", "brat", "--in", path)
    assert done.exit_code == 1
    fault, summary = done.stderr.splitlines()
    assert fault.startswith(f"onrecord: {ann}:{line}: the words at 5 9000 are others")
    assert "2 unchanged" in summary


@pytest.mark.parametrize("tool", ["brat", "label-studio", "web-annotation"])
def test_a_record_in_the_place_of_annotations_is_told_apart(path, tool):
    done = run("import", path, "--format", tool, "--in", path)
    assert done.exit_code == 1
    assert done.stderr == (
        f"onrecord: {path}: is a SQLite database, and no annotations;"
        " a record is named with --in; here stands what the annotators' tool exported\n"
    )


def test_a_file_that_is_not_there_and_a_record_that_is_not_there(path, folder):
    for arguments, message in (
        (("nothing.json", "--format", "label-studio", "--in", path), "nothing.json: No such file"),
        ((folder, "--format", "brat", "--in", "none.db"), "none.db: no such record"),
    ):
        done = run("import", *arguments)
        assert done.exit_code == 1
        assert message in done.stderr
        assert "Traceback" not in done.output


def test_the_tool_has_to_be_named(path, folder):
    assert run("import", folder, "--in", path).exit_code == 2
