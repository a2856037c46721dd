"""What goes through the whole record is told once for each state of it."""

from __future__ import annotations

import shutil

import pytest
from starlette.testclient import TestClient

from onrecord.errors import SlowQuery
from onrecord.record import Record, Should
from onrecord.settings import Settings
from onrecord.web import remembered
from onrecord.web.api import finding
from onrecord.web.app import create_app
from onrecord.web.remembered import Remembered


def test_an_answer_is_made_once_for_each_state():
    known, made = Remembered(), []
    for state, question in [("1", "a"), ("1", "a"), ("1", "b"), ("2", "a"), ("2", "a")]:
        known.tell(state, "stats", question, lambda state=state, question=question: made.append((state, question)))
    assert made == [("1", "a"), ("1", "b"), ("2", "a")]


def test_what_was_asked_longest_ago_is_forgotten(monkeypatch):
    monkeypatch.setattr(remembered, "KEPT", 2)
    known, made = Remembered(), []
    for question in ["a", "b", "a", "c", "a", "b"]:
        known.tell("1", "stats", question, lambda question=question: made.append(question))
    assert made == ["a", "b", "c", "b"]


def test_what_fails_is_asked_again_and_bars_nobody():
    known = Remembered()
    with pytest.raises(ZeroDivisionError):
        known.tell("1", "stats", "a", lambda: 1 // 0)
    assert known.tell("1", "stats", "a", lambda: 3) == 3


def test_nobody_waits_for_ever_for_another(monkeypatch):
    monkeypatch.setattr(remembered, "WAIT_SECONDS", 0.01)
    known = Remembered()
    with pytest.raises(SlowQuery, match="others count"):
        known.tell("1", "stats", "a", lambda: known.tell("1", "stats", "b", lambda: 1))


def test_who_asks_what_is_known_or_something_of_another_kind_waits_for_nobody(monkeypatch):
    monkeypatch.setattr(remembered, "WAIT_SECONDS", 0.01)
    known = Remembered()
    assert known.tell("1", "framing", "a", lambda: 1) == 1

    def make():  # a slow one, during which others ask
        return known.tell("1", "framing", "a", lambda: 2), known.tell("1", "stats", "a", lambda: 3)

    assert known.tell("1", "framing", "b", make) == (1, 3)


def test_what_was_counted_while_the_record_was_written_to_is_not_kept():
    known = Remembered()

    def make():
        return known.tell("2", "stats", "a", lambda: "of the later state")

    known.tell("1", "framing", "a", make)
    assert known.tell("2", "framing", "a", lambda: "anew") == "anew"


def test_counts_are_kept_until_the_record_is_written_to(record_path, tmp_path, monkeypatch):
    path, asked = shutil.copy(record_path, tmp_path / "news.db"), []
    count_by = finding.count_by
    monkeypatch.setattr(finding, "count_by", lambda *given: asked.append(given) or count_by(*given))
    with TestClient(create_app(path, settings=Settings(web_seconds=60.0))) as client:
        told = [client.get(f"/api/v1/stats?{query}").json() for query in ["", "limit=2", "by=form", ""]]
        assert len(asked) == 2
        assert told[0] == told[3]
        assert told[1]["items"] == told[0]["items"][:2]
        with Record.open(path) as record:
            (hit,) = record.search(limit=1)
            record.correct(hit.statement, Should(cue_class="denying"))
        assert client.get("/api/v1/stats").status_code == 200
    assert len(asked) == 3
