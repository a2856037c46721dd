"""``onrecord doctor``: what is installed, and a record from outside."""

from __future__ import annotations

import json

import pytest

from handmade import invented_reading
from onrecord.installation import examining
from onrecord.installation.packages import Extra
from onrecord.model.manifest import model_folder
from onrecord.record import Record
from onrecord.record.migrating import known_steps
from onrecord.version import VERSION


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "news.db"
    with Record.open(path, create=True) as record:
        record.add([invented_reading(seed) for seed in range(3)])
    return path


def test_all_is_well(onrecord, model):
    result = onrecord("doctor", "--width", "300")
    assert result.exit_code == 0
    assert result.stderr == "onrecord: all that every command needs works\n"
    assert result.stdout.startswith(f"onrecord      {VERSION} in ")
    told = f"model\t{model.version}: 8 files in {model_folder()}, hashes as in its manifest\n"
    assert told in onrecord("doctor").stdout
    assert "with full-text search (FTS5)" in result.stdout


def test_a_record_is_told_too(onrecord, path):
    result = onrecord("doctor", path, "--json")
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert told["installation"]["faults"] == []
    with Record.open(path) as record:
        statements = sum(len(reading.statements) for reading in record.readings())
    contents = told["record"]["contents"]
    assert (contents["tables"], contents["reports"], contents["statements"]) == (
        known_steps()[-1].version,
        3,
        statements,
    )
    assert sum(contents["readers"].values()) == 3
    assert told["record"]["bytes"] == path.stat().st_size
    assert "3, and 0 copies, 0 revised texts" in onrecord("doctor", path, "--width", "200").stdout


def test_a_damaged_record_is_told_after_the_table(onrecord, path):
    whole = path.read_bytes()
    path.write_bytes(whole[: 8192 * 4] + b"\xee" * 8192 + whole[8192 * 5 :])
    result = onrecord("doctor", path)
    assert result.exit_code == 1
    assert ", can't be read\n" in result.stdout
    assert result.stderr.startswith("onrecord: record: ")
    assert "damaged" in result.stderr
    assert "check-record" in result.stderr


def test_no_such_record(onrecord, tmp_path):
    result = onrecord("doctor", tmp_path / "none.db", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["record"]["contents"] is None
    assert f"looked at\t{tmp_path / 'none.db'}, can't be read\n" in onrecord("doctor", tmp_path / "none.db").stdout
    assert result.stderr == (
        f"onrecord: record: {tmp_path / 'none.db'}: no such record; make one with: onrecord add SOURCE --to FILE\n"
    )


def test_what_is_missing_is_told_with_what_installs_it(onrecord, monkeypatch):
    advice = 'pip install "onrecord[web]"'
    monkeypatch.setattr(examining, "extras", lambda: (Extra(name="web", packages={"fastapi": None}, advice=advice),))
    monkeypatch.setattr(examining, "base_packages", lambda: {"rich": None})
    result = onrecord("doctor", "some.db")
    assert result.exit_code == 1
    assert f"extra web\tnot installed (no fastapi): {advice}\n" in result.stdout
    assert result.stderr == f"onrecord: packages: rich is not installed; {examining.AGAIN}\n"
