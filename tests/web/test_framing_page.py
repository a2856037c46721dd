"""Framing: the shares of cue classes by outlet and by speaker, each leading to the statements behind it."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from onrecord.compare.framing import count_frames
from onrecord.errors import SlowQuery
from onrecord.record import Filters, Record, Should
from onrecord.settings import Settings
from onrecord.web import framing
from onrecord.web.app import create_app
from page_parts import Page
from reading_pages import strangers
from scripts_of_attackers import SCRIPTS


def asked(reader, **query):
    return Page(reader.get("/framing", params=query))


def test_each_outlet_has_its_shares_with_their_intervals(reader):
    page = asked(reader)
    assert "Counts of words, no judgement of bias" in page.words
    assert "Tide Weekly 3 statements with a cue in 1 report" in page.words
    assert "accusing 1 33.3%" in page.words
    assert page.all("svg", role="img")
    assert all(has["aria-label"].endswith("%") for has in page.all("svg", role="img"))


def test_a_share_leads_to_its_statements(reader):
    links = [link for link in asked(reader).links if "cue=accusing" in link]
    assert "1 statement" in Page(reader.get(next(link for link in links if "Tide" in link))).words


def test_it_is_narrowed_by_speaker_words_and_days(reader):
    words = asked(reader, by="speaker", topic="levy", since="2024-05", until="2024-05-07").words
    assert "Mara Ilven 2 statements with a cue in 2 reports" in words
    assert "Halvard Quy" not in words


def test_a_list_that_is_cut_says_so(reader, monkeypatch):
    assert "not shown" not in asked(reader).words
    monkeypatch.setattr(framing, "SHOWN", 1)
    assert "with fewer statements" in asked(reader, since="2001").words


def test_what_was_counted_is_kept_until_the_record_is_written_to(occasion_path, tmp_path, monkeypatch):
    path, counted = shutil.copy(occasion_path, tmp_path / "news.db"), []
    monkeypatch.setattr(
        framing, "count_frames", lambda *told, **given: counted.append(1) or count_frames(*told, **given)
    )
    with TestClient(create_app(path, settings=Settings(web_seconds=60.0))) as client:
        before = [client.get("/framing").text for _ in range(2)]
        assert (len(counted), before[0]) == (1, before[1])
        with Record.open(path) as record:
            (hit, *_) = record.search(filters=Filters(cue_class=("accusing",)))
            record.correct(hit.statement, Should(cue_class="neutral"))
        assert (client.get("/framing").text != before[0], len(counted)) == (True, 2)


def test_nothing_to_count_says_what_to_do(reader):
    assert "Empty one of the fields above." in asked(reader, speaker="Nobody Known").words


@pytest.mark.parametrize("query", [{"by": "moon"}, {"since": "May"}, {"topic": "x" * 400}])
def test_what_can_not_be_counted_is_told(reader, query):
    answer = reader.get("/framing", params=query)
    assert (answer.status_code, 'role="alert"' in answer.text) == (400, True)


def test_too_much_to_count_in_time_asks_for_less(reader, monkeypatch):
    def too_slow(*_arguments, **_options):
        raise SlowQuery("takes too long", where="/home/ida/news.db", advice="narrow it")

    monkeypatch.setattr(framing, "count_frames", too_slow)
    for by, narrower in (("outlet", "a speaker"), ("speaker", "an outlet")):
        answer = reader.get("/framing", params={"by": by, "since": "2002"})
        assert answer.status_code == 503
        assert f"takes too long; give {narrower}, words that were said, or fewer days." in Page(answer).words


def test_the_share_of_an_outlet_without_a_name_leads_nowhere(reader, monkeypatch):
    def without_names(*arguments, **options):
        told = count_frames(*arguments, **options)
        return replace(told, frames=tuple(replace(frame, name=None) for frame in told.frames))

    monkeypatch.setattr(framing, "count_frames", without_names)
    page = asked(reader, since="2003")
    assert "not named" in page.words
    assert not [link for link in page.links if "cue=" in link]


def test_nothing_in_its_address_does_what_it_says(reader):
    for words in SCRIPTS[::3]:
        sendable = words.encode("utf-8", "replace").decode()
        for name in ("by", "topic", "speaker", "outlet", "since"):
            answer = reader.get("/framing", params={name: sendable})
            assert answer.status_code in {200, 400}
            assert list(strangers(answer.text)) == [], (name, words)
