"""What is installed and whether it works: each thing that every command needs is missed when it is missing."""

from __future__ import annotations

import json
import sqlite3
import sys
import tomllib
from pathlib import Path

import pytest

from onrecord.installation import examining
from onrecord.installation.examining import examine
from onrecord.installation.machine import core_limit, memory_limit
from onrecord.installation.packages import EXTRAS, base_packages, extras
from onrecord.model import manifest
from onrecord.model.manifest import WEIGHTS


@pytest.fixture
def weights(tmp_path, monkeypatch):
    """The model's files under another folder, none of them a copy, as those that ship."""
    for file in WEIGHTS.iterdir():
        (tmp_path / file.name).symlink_to(file)
    monkeypatch.setattr(manifest, "WEIGHTS", tmp_path)
    return tmp_path


def test_an_installation_that_works_has_no_faults(model):
    found = examine()
    assert found.faults == ()
    assert found.model.version == model.version
    assert found.model.files == json.loads((WEIGHTS / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert found.engines.sqlite == sqlite3.sqlite_version
    assert "CPUExecutionProvider" in found.engines.providers
    assert 1 <= found.machine.usable_cores <= found.machine.cores
    assert Path(found.folder, "pipeline.py").is_file()


def test_an_altered_file_of_the_model_is_named(weights):
    (weights / "tokenizer.json").unlink()
    (weights / "tokenizer.json").write_bytes((WEIGHTS / "tokenizer.json").read_bytes() + b" ")
    found = examine(weights)
    (fault,) = found.faults
    assert fault.part == "model"
    assert fault.what == f"{weights / 'tokenizer.json'}: a file of the model is cut short or altered"
    assert "pip install --force-reinstall onrecord" in fault.advice
    assert (found.model.version, found.model.files) == (None, {})


def test_a_missing_file_of_the_model_is_named(weights):
    (weights / "linker.onnx").unlink()
    assert [str(fault) for fault in examine(weights).faults] == [
        f"model: {weights / 'linker.onnx'}: a file of the model is not there; {examining.AGAIN}"
    ]


def test_a_sqlite_without_full_text_search_is_told(monkeypatch, tmp_path):
    class Poor(sqlite3.Connection):
        def execute(self, *_):
            raise sqlite3.OperationalError("no such module: fts5")

    make = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda name: make(name, factory=Poor))
    found = examine(tmp_path)
    assert not found.engines.full_text
    assert [fault.part for fault in found.faults] == ["SQLite", "model"]


def test_an_onnxruntime_that_does_not_load_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    found = examine()
    assert found.engines.onnxruntime is None
    assert [fault.part for fault in found.faults] == ["ONNX Runtime", "model"]


def test_a_package_that_is_missing_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(examining, "base_packages", lambda: {"numpy": "2.0.0", "rich": None})
    assert [fault.what for fault in examine(tmp_path).faults][:1] == ["rich is not installed"]


def test_packages_and_extras_are_those_of_pyproject():
    project = tomllib.loads(Path(__file__).parents[2].joinpath("pyproject.toml").read_text(encoding="utf-8"))["project"]

    def names(lines):
        return sorted({line.partition("[")[0].partition(">")[0] for line in lines})

    assert list(base_packages()) == names(project["dependencies"])
    assert [(extra.name, list(extra.packages)) for extra in extras()] == [
        (name, names(project["optional-dependencies"][name])) for name in EXTRAS
    ]


@pytest.mark.parametrize(
    ("files", "cores", "memory"),
    [
        ({}, None, None),
        ({"cpu.max": "150000 100000\n", "memory.max": "2147483648\n"}, 1.5, 2 << 30),
        ({"cpu.max": "max 100000\n", "memory.max": "max\n"}, None, None),
        ({"cpu.max": "1 0\n", "memory.max": "\xff"}, None, None),
        (
            {
                "cpu/cpu.cfs_quota_us": "200000\n",
                "cpu/cpu.cfs_period_us": "100000\n",
                "memory/memory.limit_in_bytes": "1048576\n",
            },
            2.0,
            1 << 20,
        ),
        (
            {
                "cpu/cpu.cfs_quota_us": "-1\n",
                "cpu/cpu.cfs_period_us": "100000\n",
                "memory/memory.limit_in_bytes": "9223372036854771712\n",
            },
            None,
            None,
        ),
    ],
)
def test_the_limits_of_a_container(tmp_path, files, cores, memory):
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert core_limit(tmp_path) == cores
    assert memory_limit(tmp_path) == memory
