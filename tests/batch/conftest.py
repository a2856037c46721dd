"""Readers by hand in the place of the network, and places to write to."""

from __future__ import annotations

import pytest

from batch_by_hand import Here
from onrecord.adding import workers
from onrecord.batch.running import make_order, run_batch
from reading_by_hand import CHILD


@pytest.fixture
def by_hand(monkeypatch):
    """Let reports be read by hand."""
    monkeypatch.setattr(workers, "CHILD", CHILD)


@pytest.fixture
def batch(by_hand, tmp_path):
    """Read inputs to an output: ``batch("a.jsonl")`` gives what the run says; ``out`` names the folder."""

    def run(*names, out="out", cluster=None, **options):
        return run_batch(make_order(names, **options), str(tmp_path / out), cluster or Here())

    return run
