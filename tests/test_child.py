"""Processes of ours beside this one."""

from __future__ import annotations

import subprocess
import sys

import msgspec
import pytest

from onrecord.child import Child, ChildGone


def ask(code, read=lambda source: source.readline()):
    child = Child(code)
    try:
        return child.ask(lambda _, source: read(source), seconds=60, too_late="took too long")
    finally:
        child.close()


def test_a_module_that_lies_in_the_folder_where_we_are_run_is_not_taken_for_one_of_ours(tmp_path, monkeypatch):
    (tmp_path / "msgspec.py").write_text("raise SystemExit('not ours')")
    monkeypatch.chdir(tmp_path)
    assert ask("import msgspec; print(msgspec.json.encode('ours').decode())") == b'"ours"\n'


@pytest.mark.parametrize("said", [r"b'\"\xff\"'", "b'[' * 100_000"])
def test_a_child_that_says_what_is_no_text_or_nests_without_end_is_done_with(said):
    with pytest.raises(ChildGone):
        ask(f"import sys; sys.stdout.buffer.write({said})", lambda source: msgspec.json.decode(source.read()))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count the address space otherwise")
def test_a_bound_on_memory_that_is_there_already_is_not_lifted():
    code = (
        "import resource; from onrecord.child import limit_memory\n"
        "resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000)); limit_memory(10**12)\n"
        "print(resource.getrlimit(resource.RLIMIT_AS))"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert told == "(2000000000, 2000000000)\n"
