"""``onrecord read`` as a process: pipes, signals, encodings, terminals, what is imported."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from onrecord.examples import example_report

PASTED = example_report().with_suffix(".txt")
FULL = Path("/dev/full")
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and terminals of POSIX")


def test_an_ascii_terminal_gets_no_traceback(start):
    process = start("read", PASTED, env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, b"")
    assert output.isascii()
    assert rb"warns fishers\u2019 leader" in output


def test_json_is_utf8_whatever_the_terminal_writes(start):
    process = start(
        "read", example_report(), "--jsonl", env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    )
    output, _ = process.communicate(timeout=60)
    assert "fishers’ leader" in output.decode("utf-8")


@POSIX
def test_a_reader_that_goes_away_is_no_error(start, tmp_path):
    for number in range(40):
        (tmp_path / f"{number:02}.txt").write_bytes(PASTED.read_bytes())
    process = start("read", tmp_path)
    assert process.stdout.readline()
    process.stdout.close()
    errors = process.stderr.read()
    assert (process.wait(timeout=60), errors) == (141, b"")


@pytest.mark.skipif(not FULL.exists(), reason="a disk that is full comes with Linux")
@pytest.mark.parametrize("argument", ["schema", "--help"])
def test_a_full_disk_behind_standard_output_is_one_line_and_1(argument):
    with FULL.open("wb") as full:
        command = [sys.executable, "-m", "onrecord", argument]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(b"onrecord: standard output: can't be written (No space left on device)")
    assert done.stderr.count(b"\n") == 1


@POSIX
def test_a_closed_standard_output_is_no_error():
    code = "import os, sys; os.close(1); os.execv(sys.executable, [sys.executable, '-m', 'onrecord', 'schema'])"
    done = subprocess.run([sys.executable, "-c", code], stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@POSIX
def test_a_closed_standard_input_has_nothing_to_read():
    code = "import os, sys; os.close(0); os.execv(sys.executable, [sys.executable, '-m', 'onrecord', 'read', '-'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"onrecord: ")
    assert done.stderr.count(b"\n") == 1


@POSIX
def test_ctrl_c_is_one_line_and_130(start, tmp_path):
    fifo = tmp_path / "slow.txt"
    os.mkfifo(fifo)
    process = start("read", PASTED, fifo, process_group=0)
    # The first reading is out when the run waits for the second source.
    assert process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (130, b"onrecord: interrupted\n")


@POSIX
@pytest.mark.parametrize("start", [("-m", "onrecord"), ("-c", "from onrecord.__main__ import main; main()")])
def test_ctrl_c_while_the_command_line_is_loading_is_one_line_and_130(tmp_path, start):
    # A library that is being imported when Ctrl-C comes.
    (tmp_path / "click.py").write_text("import os, signal; os.kill(os.getpid(), signal.SIGINT)", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run([sys.executable, *start, "--help"], capture_output=True, env=environment, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"onrecord: interrupted\n")


def test_the_command_begins_where_ctrl_c_is_answered():
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"onrecord": "onrecord.__main__:main"}


@POSIX
@pytest.mark.parametrize(
    ("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_a_terminal_gets_colour_and_its_own_width(start, environment, coloured):
    import pty

    outer, inner = pty.openpty()
    environment = (
        {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
        | {"TERM": "xterm", "COLUMNS": "60"}
        | environment
    )
    process = start("read", PASTED, stdout=inner, env=environment)
    os.close(inner)
    shown = _read_all(outer)
    assert process.wait(timeout=60) == 0, process.stderr.read()
    assert ("\x1b[1m" in shown) is coloured
    assert max(len(line) for line in shown.replace("\x1b[1m", "").splitlines() if "\x1b" not in line) <= 60


def _read_all(descriptor):
    chunks = []
    try:
        while chunk := os.read(descriptor, 65_536):
            chunks.append(chunk)
    except OSError:  # how Linux says that the other end was closed
        pass
    os.close(descriptor)
    return b"".join(chunks).decode("utf-8")
