"""A bar only where it helps."""

from __future__ import annotations

import io

import pytest

from onrecord.cli.progress import Progress


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
