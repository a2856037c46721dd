"""``onrecord serve``: it says where it is, ends when it is told to, and says in a line why it can't start."""

from __future__ import annotations

import builtins
import json
import re
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from onrecord.cli import main
from onrecord.reading import to_json
from onrecord.record import Record
from onrecord.record.lookup import as_reading
from onrecord.web.bundled import make_bundled


def onrecord(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.mark.parametrize("signals", [[signal.SIGINT], [signal.SIGINT, signal.SIGINT], [signal.SIGTERM]])
def test_it_prints_its_address_answers_there_and_ends_with_ctrl_c(record_path, signals):
    command = [sys.executable, "-m", "onrecord", "serve", str(record_path), "--port", "0", "--host", "127.0.0.1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        address = process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 - our own
            assert b"news.db" in answer.read()
            assert "server" not in {name.lower() for name in answer.headers}
        for each in signals:
            process.send_signal(each)
        printed, said = process.communicate(timeout=60)
    finally:
        process.kill()
    assert (process.returncode, printed) == (0, "")
    assert said == "onrecord: open this address in a browser; Ctrl-C ends\nonrecord: ended\n"


def test_a_record_that_is_not_there(tmp_path):
    result = onrecord("serve", tmp_path / "none.db", "--port", 0)
    assert result.exit_code == 1
    assert (
        result.stderr
        == f"onrecord: {tmp_path / 'none.db'}: no such record; make one with: onrecord add SOURCE --to FILE\n"
    )


def test_a_port_that_is_taken(record_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = onrecord("serve", record_path, "--port", port)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"onrecord: 127.0.0.1:{port}: can't listen there (")
    assert "while attempting" not in result.stderr
    assert result.stderr.endswith("; is another server running there? --port 0 takes a free port\n")


@pytest.mark.parametrize("host", ["nowhere.invalid", "192.0.2.1", "a..b", "x" * 70, "\udcff"])
def test_a_host_that_is_not_this_machine(record_path, host):
    result = onrecord("serve", record_path, "--host", host)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "give an address of this machine, such as 127.0.0.1" in result.stderr


def test_a_missing_extra(record_path, monkeypatch):
    real = builtins.__import__

    def without(name, *arguments, **options):
        if name == "fastapi":
            raise ImportError(name)
        return real(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    result = onrecord("serve", record_path)
    assert result.exit_code == 1
    assert 'pip install "onrecord[web]"' in result.stderr


def test_a_token_is_not_too_short(record_path):
    result = onrecord("serve", record_path, "--allow-edits", "--token", "short")
    assert result.exit_code == 2
    assert "a token has 8 characters at least" in result.stderr


def test_a_token_is_no_lock_on_reading(record_path):
    result = onrecord("serve", record_path, "--token", "12345678")
    assert result.exit_code == 2
    assert "--token goes with --allow-edits" in result.stderr


@pytest.fixture
def told(monkeypatch):
    """Return what is said and done where nothing is served: the command's result, and the application."""
    uvicorn = pytest.importorskip("uvicorn")
    served = []
    monkeypatch.setattr(uvicorn.Server, "run", lambda self, sockets: served.append((self.config.app, sockets)))
    return served


def test_others_in_the_network_are_warned_of(record_path, told):
    result = onrecord("serve", record_path, "--host", "0.0.0.0", "--port", 0, "--allow-edits")
    assert "everybody who can reach this machine at 0.0.0.0 can read the record" in result.stderr
    token = re.search(r"the token is (\S{16})\n", result.stderr)[1]
    (app, _), *_ = told
    assert app.state.site.edits.token == token


def test_it_answers_to_the_name_that_it_was_started_with(record_path, told):
    address = re.search(r"http://\S+", onrecord("serve", record_path, "--host", "127.0.0.2", "--port", 0).stdout)[0]
    (app, _), *_ = told
    with TestClient(app, base_url=address) as client:
        assert client.get("/").status_code == 200
    with TestClient(app, base_url="http://elsewhere.example") as client:
        assert client.get("/").status_code == 421


def test_nothing_can_be_changed_unless_it_is_allowed(record_path, told, monkeypatch):
    monkeypatch.setenv("ONRECORD_TOKEN", "12345678")
    result = onrecord("serve", record_path, "--port", 0)
    assert "token" not in result.stderr
    assert told[0][0].state.site.edits is None


def test_the_invented_record_is_the_same_each_time_and_has_something_to_show(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    paths = [make_bundled(tmp_path / name) for name in ("a", "b")]
    read = []
    for path in paths:
        with Record.open(path, read_only=True) as record:
            read.append([to_json(as_reading(each)) for each in record.readings()])
            outlets = {each.outlet for each in map(as_document, record.readings())}
            quoted = {facet.value for facet in record.search().facets().speaker}
    assert read[0] == read[1]
    assert len(outlets) == 4
    assert {"Ilse Varnham", "Berrin Oakhollow", "Wenna Sallow"} <= quoted
    assert sum(len(json.loads(line)["statements"]) for line in read[0]) > 60


def as_document(record):
    return record.document
