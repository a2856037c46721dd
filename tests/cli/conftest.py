"""The command line with a scripted model in the place of the weights."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import events_by_hand
from onrecord.cli import main
from onrecord.document import Document

HERE = Path(__file__).parent
SCRIPTED = HERE / "scripted.py"
REPORT = "Toll to rise\n\nThe toll will rise, Ada Quill said. “It must,” she added.\n"


def load_scripted():
    """Import the stand-in by its path: the tests are no package."""
    spec = importlib.util.spec_from_file_location("scripted", SCRIPTED)
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault("scripted", module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def scripted():
    return load_scripted()


@pytest.fixture
def onrecord(scripted, monkeypatch):
    """Run the command line in this process: ``onrecord("read", "a.txt")`` gives click's result."""
    from onrecord.cli import reading_run

    monkeypatch.setattr(reading_run, "Model", scripted.ScriptedModel)
    monkeypatch.setattr(reading_run, "read_all", scripted.read_all)

    def run(*arguments, **options):
        return CliRunner().invoke(main, [str(argument) for argument in arguments], **options)

    return run


@pytest.fixture
def news_file(tmp_path, monkeypatch):
    """Where the commands' record is, of which ida says what is said over it."""
    path = tmp_path / "news.db"
    monkeypatch.setenv("ONRECORD_RECORD", str(path))
    monkeypatch.setenv("USER", "ida")
    return path


@pytest.fixture
def tell(onrecord, monkeypatch):
    """Run the command line in this process, where reports tell of the events of ``events_by_hand``."""
    from onrecord.cli import reading_run

    monkeypatch.setattr(reading_run, "read_all", events_by_hand.read_all)
    return onrecord


@pytest.fixture
def two_reports(tmp_path):
    """The two reports on one strike, in one file."""
    rows = [
        {"text": events_by_hand.ECHO, "url": "https://orrin-echo.example/amary", "outlet": "Orrin Echo"}
        | {"title": "Norlund strikes Amary", "date": "2024-05-04"},
        {"text": events_by_hand.POST, "url": "https://quy.example/port", "outlet": "Quy Post"}
        | {"title": "The port of Amary", "date": "2024-05-05"},
    ]
    path = tmp_path / "strike.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def start():
    """Start the command line in a process of its own: ``start("read", "a.txt")`` gives the process."""
    with ExitStack() as processes:

        def run(*arguments, **options):
            command = [sys.executable, SCRIPTED, *map(str, arguments)]
            pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
            process = processes.enter_context(subprocess.Popen(command, **(pipes | options)))
            processes.callback(process.kill)  # a test that fails leaves nothing behind to wait for
            return process

        yield run


@pytest.fixture(scope="session")
def harbour(scripted):
    """The reading of the example report: pasted text, so that the golden files rest on no page parser."""
    from onrecord.examples import example_report

    text = example_report().with_suffix(".txt").read_text(encoding="utf-8")
    document = Document.from_text(text, url="https://saltmere-courier.example/harbour-tax")
    title = "Harbour tax will empty the quays, warns fishers’ leader"
    return scripted.scripted_reading(replace(document, title=title, outlet="Saltmere Courier", published="2024-05-02"))


@pytest.fixture
def report(tmp_path):
    """A short report in a file."""
    path = tmp_path / "toll.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path
