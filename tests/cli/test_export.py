"""``onrecord export`` and ``onrecord datasette-metadata`` as a user meets them."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner

from handing_on import record_of
from handmade import invented_reading, read_by_hand
from onrecord.cli import main
from onrecord.cli.export import FORMAT_HELP
from onrecord.exports.formats import FORMATS
from onrecord.record import Record


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    readings = [invented_reading(seed) for seed in range(4)]
    copy = read_by_hand(readings[0].document.text, url="https://mirror.example/0", published="2025-01-01")
    with record_of(tmp_path_factory.mktemp("cli"), *readings, copy) as record:
        return record.path


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_the_help_names_every_format():
    assert {each.name: each.help for each in FORMATS} == FORMAT_HELP
    shown = run("export", "--help").output
    assert all(name in shown for name in FORMAT_HELP)


def test_standard_output_has_the_lines_and_standard_error_what_is_left_out(path):
    done = run("export", "--in", path)
    assert done.exit_code == 0
    assert [json.loads(line)["schema"] for line in done.stdout.splitlines()] == ["onrecord/1"] * 4
    assert done.stderr == "onrecord: left out as copies or revised texts: 1; --copies exports them too\n"
    assert run("export", "--in", path, "--copies").stderr == ""


def test_an_export_of_nothing_says_so(path):
    done = run("export", "--in", path, "--outlet", "The Quillfield Gazette", "--format", "csv")
    assert (done.exit_code, done.stdout.count("\n")) == (0, 1)
    assert done.stderr == "onrecord: nothing to export: no report of the record is chosen\n"


def test_the_environment_names_the_record_too(path, monkeypatch):
    monkeypatch.setenv("ONRECORD_RECORD", str(path))
    assert run("export", "--copies").exit_code == 0


@pytest.mark.parametrize("name", FORMAT_HELP)
def test_every_format_goes_to_a_path(path, tmp_path, name):
    done = run("export", "--in", path, "--format", name, "--to", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    assert (tmp_path / "out").exists()


def test_filters_narrow_what_is_exported(path):
    done = run(
        "export", "--in", path, "--format", "csv", "--speaker", "Ilven", "--since", "2024-01", "--until", "2024-12"
    )
    assert {row["speaker"] for row in csv.DictReader(io.StringIO(done.stdout, newline=""))} == {"Mara Ilven"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "xlsx"], "a file that is no text; say where with --to"),
        (["--format", "brat"], "makes a folder; say where with --to"),
        (["--format", "parquet", "--to", "-"], "makes a folder; say where with --to"),
        (["--format", "brat", "--without-text", "--to", "x"], "made of the text"),
        (["--what", "events"], "goes with --format csv"),
        (["--format", "pdf"], "is not one of"),
        (["--format", "csv", "--to", "out/"], "csv makes one file; say which behind out/"),
    ],
)
def test_what_contradicts_the_format_is_wrong_usage(path, arguments, message):
    done = run("export", "--in", path, *arguments)
    assert done.exit_code == 2
    assert message in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--in", "none.db"], "none.db: no such record"),
        (["--in", "PATH", "--to", "PATH"], "is the record itself"),
        (["--in", "PATH", "--to", "no/such/a.jsonl"], "No such file or directory"),
        (["--in", "PATH", "--to", __file__], "is there already; choose another name, or replace it with --force"),
    ],
)
def test_what_fails_is_one_line(path, arguments, message):
    done = run("export", *(str(path) if each == "PATH" else each for each in arguments))
    assert done.exit_code == 1
    assert message in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.output


def test_the_metadata_for_datasette_goes_by_the_record_s_name(path):
    done = run("datasette-metadata", path)
    assert done.exit_code == 0
    tables = json.loads(done.stdout)["databases"]["news"]["tables"]
    assert tables["who_said_what"]["fts_table"] == "statements_fts"
    assert tables["terms"] == {"hidden": True}


def test_an_export_changes_nothing_in_the_record(path):
    with Record.open(path, read_only=True) as record:
        before = record.connection.execute("PRAGMA data_version").fetchone()
        run("export", "--in", path)
        assert record.connection.execute("PRAGMA data_version").fetchone() == before
