"""A bar only where it helps."""

from __future__ import annotations

import importlib
import io
import os
import sys
import time

import pytest

from handmade import invented_reading
from onrecord.cli import reading_run
from onrecord.cli.progress import Progress, ReportProgress, Steps, may_show_progress
from onrecord.record import Record

export = importlib.import_module("onrecord.cli.export")  # the package has the command under this name


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def drawn(*, shown, seconds):
    """Return what is drawn when four sources take ``seconds`` each."""
    clock, stream = Clock(), io.StringIO()
    progress = Progress(4, stream=stream, shown=shown, clock=clock)
    for _ in range(4):
        clock.now += seconds
        progress.advance()
    progress.clear()
    return stream.getvalue()


@pytest.mark.parametrize(("shown", "seconds"), [(False, 10.0), (True, 0.4)])
def test_a_short_run_and_one_without_a_terminal_draw_nothing(shown, seconds):
    assert drawn(shown=shown, seconds=seconds) == ""


def test_a_long_run_draws_a_bar_and_takes_it_away():
    text = drawn(shown=True, seconds=2.0)
    assert "[############............] 2 of 4 read, about 4 s left" in text
    assert text.endswith("\r\x1b[K")


def test_the_reports_of_one_large_source_are_counted():
    clock, stream = Clock(), io.StringIO()
    progress = Progress(1, stream=stream, shown=True, clock=clock)
    for _ in range(1_200):
        clock.now += 1.0
        progress.count_report()
    assert "[........................] 0 of 1 read, 1,200 reports" in stream.getvalue()


def shown_reports(total, seconds, *, shown=True):
    """Return what is drawn when reports take so many seconds each."""
    clock, stream = Clock(), io.StringIO()
    progress = ReportProgress(total, stream=stream, shown=shown, clock=clock)
    for each in seconds:
        clock.now += each
        progress.advance()
    progress.clear()
    return stream.getvalue()


def test_reports_have_a_rate_and_a_time_left():
    text = shown_reports(10, [0.5] * 8)
    assert "[#########...............] 4 of 10 reports, 2.0 a second, about 3 s left" in text
    assert text.endswith("\r\x1b[K")


def test_the_rate_is_that_of_the_last_half_minute():
    """A thousand that are known pass by in no time; what is left takes as long as those that are read."""
    text = shown_reports(1_100, [0.001] * 1_000 + [1.0] * 60)
    assert (
        text.split("\r\x1b[K")[-2] == "[#######################.] 1,060 of 1,100 reports, 1.0 a second, about 40 s left"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
def test_a_narrow_terminal_has_the_count_without_the_bar():
    """A line that wraps would stay on the screen, above the next."""
    import pty
    import termios

    reading, writing = pty.openpty()
    termios.tcsetwinsize(writing, (24, 50))
    clock = Clock()
    with os.fdopen(writing, "w") as stream, os.fdopen(reading, "rb"):
        progress = ReportProgress(10, stream=stream, shown=True, clock=clock)
        for _ in range(5):
            clock.now += 1.0
            progress.advance()
        shown = b""
        while shown.count(b" left") < 4:  # a terminal hands on in pieces what was written
            shown += os.read(reading, 4_096)
        lines = shown.decode().split("\r\x1b[K")
    assert lines[-1] == "5 of 10 reports, 1.0 a second, about 5 s left"


def test_without_a_total_there_is_no_bar():
    assert "4 reports, 2.0 a second\r" in shown_reports(None, [0.5] * 8)
    assert "3 reports, 1.0 a second\r" in shown_reports(2, [1.0] * 4)  # there were more than it seemed


@pytest.mark.parametrize(("shown", "seconds"), [(False, 10.0), (True, 0.1)])
def test_a_short_run_of_reports_draws_nothing(shown, seconds):
    assert shown_reports(4, [seconds] * 4, shown=shown) == ""


def test_long_steps_are_told_and_taken_away():
    stream = io.StringIO()
    with Steps("checking", stream=stream, shown=True, quiet=0) as steps:
        for words in ("the file", "report 1 of 2"):
            steps.tell(words)
            wait_for(lambda words=words: words in stream.getvalue())
    assert stream.getvalue().endswith("\r\x1b[Kchecking the file\r\x1b[Kchecking report 1 of 2\r\x1b[K")


def test_a_step_that_counts_is_asked_again_each_time():
    stream = io.StringIO()
    counts = iter(range(100))
    with Steps("reading", stream=stream, shown=True, quiet=0) as steps:
        steps.tell(lambda: f"report {next(counts)}")
        wait_for(lambda: "report 2" in stream.getvalue())
    assert "\r\x1b[Kreading report 0\r\x1b[Kreading report 1\r\x1b[Kreading report 2" in stream.getvalue()


@pytest.mark.parametrize(("shown", "quiet"), [(False, 0), (True, 60)])
def test_short_steps_and_those_without_a_terminal_draw_nothing(shown, quiet):
    stream = io.StringIO()
    with Steps("checking", stream=stream, shown=shown, quiet=quiet) as steps:
        steps.tell("the file")
    assert stream.getvalue() == ""


@pytest.mark.parametrize(
    ("messages", "output", "prints", "shown"),
    [
        (True, False, True, True),
        (True, True, True, False),
        (True, True, False, True),
        (False, True, False, False),
    ],
)
def test_progress_is_shown_where_nothing_else_is_printed(monkeypatch, messages, output, prints, shown):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: messages, raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: output, raising=False)
    assert may_show_progress(prints=prints) is shown


@pytest.mark.parametrize(
    ("command", "prints"),
    [
        (["read"], True),
        (["read", "--html", "-"], True),
        (["read", "--html", "page.html"], False),
        (["timeline"], False),
        (["compare"], False),
    ],
)
def test_a_command_that_prints_nothing_before_its_end_has_a_bar_on_a_terminal(
    onrecord, report, monkeypatch, command, prints
):
    asked = []
    monkeypatch.chdir(report.parent)
    monkeypatch.setattr(reading_run, "may_show_progress", lambda *, prints: asked.append(prints))
    onrecord(*command, report)
    assert asked == [prints]


@pytest.mark.parametrize(("to", "prints"), [([], True), (["--to", "-"], True), (["--to", "out.jsonl"], False)])
def test_an_export_to_a_file_has_one_too(onrecord, tmp_path, monkeypatch, to, prints):
    asked = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(export, "may_show_progress", lambda *, prints: asked.append(prints))
    with Record.open("news.db", create=True) as record:
        record.add(invented_reading(1))
    assert onrecord("export", "--in", "news.db", *to).exit_code == 0
    assert asked == [prints]


def wait_for(is_so):
    end = time.monotonic() + 20
    while not is_so() and time.monotonic() < end:
        time.sleep(0.01)
