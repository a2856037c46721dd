"""Pages that kill their parser."""

from __future__ import annotations

import hashlib

import pytest

from onrecord.adding import SetAside, add_sources, workers
from onrecord.adding.patience import PageSetAside, PatientParser
from onrecord.document import Document
from onrecord.errors import NoArticle, ParserFailure
from onrecord.ingest.listings import Listing
from onrecord.record import Record
from onrecord.record.runs import Aside
from onrecord.settings import Settings
from reading_by_hand import CHILD

RAW = b"<p>The levy will go.</p>"
DIED = ParserFailure("the page parser died of signal 11", where="a.html")


@pytest.fixture
def record(tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as record:
        yield record


class Scripted:
    """A parser that raises or returns what it is told to, one after the other."""

    def __init__(self, *answers):
        self.answers = list(answers)

    def parse(self, *_, **__):
        answer = self.answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer if isinstance(answer, Listing) else Document.from_text(answer)

    parse_listing = parse


def parse(record, *answers, retry=False):
    patient = PatientParser(Scripted(*answers), record, retry=retry, when=lambda: "2024-05-02")
    return patient.parse(RAW, origin="a.html", url=None, declared_charset=None)


def noted(record):
    return record.connection.execute("SELECT tries, is_final FROM quarantine").fetchall()


def test_a_page_that_its_parser_does_not_come_through_twice_is_set_aside(record):
    with pytest.raises(PageSetAside) as error:
        parse(record, DIED, DIED)
    assert error.value.aside == Aside(
        raw_sha256=hashlib.sha256(RAW).hexdigest(), origin="a.html", tries=2, cause=DIED.what, is_final=True
    )
    with pytest.raises(PageSetAside) as error:
        parse(record)
    assert error.value.when == "before"
    assert parse(record, "The levy will go.", retry=True).text == "The levy will go."


def test_a_parser_that_dies_once_is_not_held_against_the_page(record):
    assert parse(record, DIED, "The levy will go.").text == "The levy will go."
    assert noted(record) == []


def test_a_run_that_ends_between_two_tries_has_noted_the_first(record):
    with pytest.raises(KeyboardInterrupt):
        parse(record, DIED, KeyboardInterrupt())
    assert noted(record) == [(1, 0)]
    with pytest.raises(PageSetAside):
        parse(record, DIED)
    assert noted(record) == [(2, 1)]


def test_a_page_without_an_article_is_no_failure_of_the_parser(record):
    with pytest.raises(NoArticle):
        parse(record, NoArticle("no article", where="a.html"))
    assert noted(record) == []


def test_a_list_that_its_parser_comes_through_at_last_is_forgotten_for_no_reader_follows(record):
    def list_of(*answers, retry=False):
        patient = PatientParser(Scripted(*answers), record, retry=retry, when=lambda: "2024-05-02")
        return patient.parse_listing(RAW, kind="feed", origin="a.rss", url=None, declared_charset=None)

    with pytest.raises(PageSetAside):
        list_of(DIED, DIED)
    list_of(Listing(kind="feed", entries=()), retry=True)
    assert noted(record) == []


def test_a_page_that_turns_out_to_have_no_article_is_forgotten(record):
    with pytest.raises(PageSetAside):
        parse(record, DIED, DIED)
    with pytest.raises(NoArticle):
        parse(record, NoArticle("no article", where="a.html"), retry=True)
    assert noted(record) == []


def test_a_page_that_takes_too_long_is_set_aside_and_the_rest_is_done(record, tmp_path, monkeypatch):
    """The real parser, which is given no time at all."""
    monkeypatch.setattr(workers, "CHILD", CHILD)
    (tmp_path / "a.html").write_text("<html><body><p>The levy will go, Mara Ilven said on Monday.</p></body></html>")
    (tmp_path / "b.txt").write_text("The levy will go, the harbour master said on Monday to all who asked.")
    sources = [str(tmp_path / "a.html"), str(tmp_path / "b.txt")]
    found = [list(add_sources(record, sources, jobs=1, settings=Settings(parser_seconds=0.001))) for _ in range(2)]
    assert isinstance(found[0][0], SetAside)
    assert str(found[0][0]).startswith(
        f"{sources[0]}: set aside, tried twice: the page parser took more than 0.001 s; try again"
    )
    assert str(found[1][0]).startswith(f"{sources[0]}: was set aside before: the page parser took more")
    assert [each[1].outcome for each in found] == ["added", "skipped"]
