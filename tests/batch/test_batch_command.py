"""``onrecord batch``, ``load`` and ``batch-variants``: what they say, and what they exit with."""

from __future__ import annotations

import json
import signal
import sys
from contextlib import contextmanager

import pytest

pytest.importorskip("duckdb", reason="archives need the extra batch: pip install 'onrecord[batch]'")
pytest.importorskip("fsspec", reason="archives need the extra batch: pip install 'onrecord[batch]'")
pytest.importorskip("pyarrow", reason="archives need the extra batch: pip install 'onrecord[batch]'")

from click.testing import CliRunner

from batch_by_hand import Here, entry, write_lines
from onrecord.batch import cutting
from onrecord.batch.plan import Failure
from onrecord.batch.running import Step
from onrecord.cli import batch_run, main
from onrecord.cli.batch_run import told


@pytest.fixture
def onrecord(by_hand, monkeypatch):
    """Run the command line in this process, without Ray: ``onrecord("batch", "a.jsonl")`` gives click's result."""
    started = []

    @contextmanager
    def open_cluster(**options):
        started.append(options)
        yield Here(ends_after=run.ends_after)

    def run(*arguments):
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    run.ends_after, run.started = None, started
    monkeypatch.setattr(batch_run, "open_cluster", open_cluster)
    monkeypatch.setattr(cutting, "LEAST", 1_000)
    return run


@pytest.fixture
def lines(tmp_path):
    return write_lines(tmp_path / "a.jsonl", [entry(number) for number in range(12)])


def test_an_archive_is_read_and_counted(onrecord, lines, tmp_path):
    result = onrecord("batch", lines, "--out", tmp_path / "out", "--workers", 3, "--json")
    assert result.stderr == f"onrecord: {tmp_path / 'out'}: 12 reports, 36 statements, 0 events\n"
    assert json.loads(result.stdout)["reports"] == 12
    assert result.exit_code == 0
    assert onrecord.started == [{"workers": 3, "address": None}]
    again = onrecord("batch", lines, "--out", tmp_path / "out")
    assert again.stderr == f"onrecord: {tmp_path / 'out'}: was read before: 12 reports, 36 statements, 0 events\n"
    assert len(onrecord.started) == 1


def test_what_can_not_be_read_is_told_in_one_line_each(onrecord, tmp_path):
    name = write_lines(tmp_path / "a.jsonl", [entry(1), *[{"body": 1}] * 12])
    result = onrecord("batch", name, "none", "--out", tmp_path / "out")
    assert result.exit_code == 1
    told = result.stderr.splitlines()
    assert told[0] == "onrecord: none: no such file or folder; check the name"
    assert told[10] == f"onrecord: and 3 more: 3 BadLine; {tmp_path / 'out'}/failures.jsonl has all"
    assert told[11] == f"onrecord: {tmp_path / 'out'}: 1 report, 3 statements, 0 events, 13 failed"


def test_a_report_set_aside_says_so():
    failure = Failure(where="a.jsonl:3", what="the reader died of signal 9", kind="SetAside", tries=2)
    assert told(failure) == "a.jsonl:3: set aside, tried twice: the reader died of signal 9"


def test_an_interrupted_run_says_how_far_it_is(onrecord, lines, tmp_path):
    onrecord.ends_after = 1
    result = onrecord("batch", lines, "--out", tmp_path / "out")
    assert result.exit_code == 130
    assert result.stderr == (
        f"onrecord: interrupted; {tmp_path / 'out'}: 1 of 3 shards read; the same command reads the rest\n"
    )


def test_sigterm_while_ray_starts_is_an_interrupt(onrecord, lines, tmp_path, monkeypatch):
    @contextmanager
    def open_cluster(**_options):
        sys.exit(signal.SIGTERM)  # as ray.init has it
        yield

    monkeypatch.setattr(batch_run, "open_cluster", open_cluster)
    result = onrecord("batch", lines, "--out", tmp_path / "out")
    assert result.exit_code == 143
    assert result.stderr == (
        f"onrecord: interrupted; {tmp_path / 'out'}: nothing read yet; the same command reads the rest\n"
    )


def test_another_run_under_the_folder_is_one_line(onrecord, lines, tmp_path):
    onrecord("batch", lines, "--out", tmp_path / "out")
    result = onrecord("batch", lines, "--out", tmp_path / "out", "--force")
    assert (result.exit_code, len(onrecord.started)) == (1, 1)
    assert "holds a run with another option: force was false, and is true" in result.stderr


def test_a_file_in_the_place_of_the_folder_is_told_as_one(onrecord, lines):
    result = onrecord("batch", lines, "--out", lines)
    assert result.exit_code == 1
    assert result.stderr == f"onrecord: {lines}: a file, and onrecord batch makes a folder; name a new one with --out\n"


def test_the_clock_tells_how_fast_reports_are_read_and_how_long_the_shards_take():
    now, under_way = iter([0.0, 4.0, 10.0, 12.0]), iter([8, 0])
    clock = batch_run._Clock(lambda: next(under_way), lambda: next(now))
    words = clock.words(Step(doing="reading", done=4, total=10))
    assert words() == "reading 4 of 10 shards, 8 reports, 2.0 a second"
    words = clock.words(Step(doing="reading", done=6, total=10, reports=36))
    assert words() == "reading 6 of 10 shards, 36 reports, 3.0 a second, about 20 s left"
    assert clock.words(Step(doing="folding", done=1, total=5)) == "folding 1 of 5"


def test_before_the_first_report_there_is_no_speed():
    clock = batch_run._Clock(lambda: 0)
    assert clock.words(Step(doing="reading", done=0, total=2))() == "reading 0 of 2 shards"


@pytest.mark.parametrize(("shown", "address", "counts"), [(True, None, True), (False, None, False), (True, "a", False)])
def test_reports_of_shards_under_way_are_counted_where_somebody_watches_workers_here(
    monkeypatch, shown, address, counts
):
    monkeypatch.setattr(batch_run, "may_show_progress", lambda **_: shown)
    with batch_run._under_way(address) as under_way:
        assert bool(under_way.folder) is counts
        assert under_way.reports() == 0


def test_a_slice_goes_into_a_record(onrecord, lines, tmp_path):
    onrecord("batch", lines, "--out", tmp_path / "out")
    record = tmp_path / "news.db"
    result = onrecord("load", tmp_path / "out", "--to", record, "--where", "month = 5", "--json")
    assert (result.exit_code, result.stderr) == (0, f"onrecord: {record}: 4 added, 2 of them copies, 12 statements\n")
    assert json.loads(result.stdout)["added"] == 4
    assert onrecord("load", tmp_path / "out", "--to", record, "--where", "nope").exit_code == 1


def test_a_condition_that_is_not_understood_makes_no_record(onrecord, lines, tmp_path):
    onrecord("batch", lines, "--out", tmp_path / "out")
    result = onrecord("load", tmp_path / "out", "--to", tmp_path / "news.db", "--where", "nope = 1")
    assert result.exit_code == 1
    assert 'Referenced column "nope" not found' in result.stderr
    assert not (tmp_path / "news.db").exists()


def test_a_condition_that_no_report_meets_leaves_no_empty_record_behind(onrecord, lines, tmp_path):
    onrecord("batch", lines, "--out", tmp_path / "out")
    record, none = tmp_path / "news.db", ("--where", "year = 1900")
    result = onrecord("load", tmp_path / "out", "--to", record, *none)
    assert (result.exit_code, result.stderr) == (0, f"onrecord: {record}: 0 added\n")
    assert list(tmp_path.glob("news.db*")) == []
    onrecord("load", tmp_path / "out", "--to", record, "--where", "month = 5")
    assert onrecord("load", tmp_path / "out", "--to", record, *none).exit_code == 0
    assert record.exists()


def test_variants_are_counted(onrecord, lines, tmp_path):
    onrecord("batch", lines, "--out", tmp_path / "out")
    result = onrecord("batch-variants", tmp_path / "out", "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["kinds"]["identical"] == 30  # two sentences that every second report has
    assert result.stderr.startswith(f"onrecord: {tmp_path / 'out'}: 36 statements, {found['compared']} pairs compared,")
    assert onrecord("batch-variants", tmp_path).exit_code == 1
