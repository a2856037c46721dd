"""Readers by hand in the place of the network, and places to write to."""

from __future__ import annotations

from concurrent.futures import Future

import pytest

import reading_by_hand
from batch_by_hand import Here
from onrecord.adding import workers
from onrecord.adding.workers import Found
from onrecord.batch import running, shards
from onrecord.batch.running import make_order, run_batch


class Quick:
    """Workers that read by hand in this process: for reports that nobody dies of."""

    def __init__(self, jobs, settings, *, child):
        """Take what the real ones take."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """End nothing."""

    def reader(self):
        return reading_by_hand.READER

    def submit(self, document):
        reading, _ = reading_by_hand.read(document)
        future = Future()
        future.set_result(Found(reading=reading, vectors=None))
        return future

    def failed(self):
        return ()


@pytest.fixture
def by_hand(monkeypatch):
    """Let reports be read by hand."""
    monkeypatch.setattr(shards, "Workers", Quick)
    monkeypatch.setattr(running, "shipped_reader", lambda: reading_by_hand.READER)


@pytest.fixture
def killable(by_hand, monkeypatch):
    """Let reports be read by hand in processes that they may kill."""
    monkeypatch.setattr(shards, "Workers", workers.Workers)
    monkeypatch.setattr(workers, "CHILD", reading_by_hand.CHILD)


@pytest.fixture
def batch(by_hand, tmp_path):
    """Read inputs to an output: ``batch("a.jsonl")`` gives what the run says; ``out`` names the folder."""

    def run(*names, out="out", cluster=None, **options):
        return run_batch(make_order(names, **options), str(tmp_path / out), cluster or Here())

    return run
