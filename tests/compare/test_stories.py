"""Reports of the same occasion: groups around a centre, told from the days around a report, in any order of adding."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner

from occasions import BAKERS, ECHO, occasion, read_marked
from onrecord.cli import main
from onrecord.compare.likeness import DAYS
from onrecord.compare.sketches import sketch
from onrecord.compare.stars import Stars
from onrecord.compare.stories import find_story, list_stories
from onrecord.errors import BadQuery, MissingRecord
from onrecord.record import Record
from onrecord.record.registering import Registered


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("stories") / "news.db"
    with Record.open(path, create=True) as record:
        record.add(occasion())
    return path


@pytest.fixture(scope="module")
def record(path):
    with Record.open(path, read_only=True) as opened:
        yield opened


def ids(*numbers):
    reports = occasion()
    return [reports[number].document.id for number in numbers]


def outlets(story):
    return [report.outlet for report in story.reports]


def test_reports_of_one_occasion_are_one_story_and_others_are_not(record):
    (story,) = list_stories(record)
    assert outlets(story) == ["Orrin Echo", "Vel Courier", "Tide Weekly"]
    assert (story.first, story.last, story.statements) == ("2024-05-06", "2024-05-08", 8)
    assert [person.name for person in story.people][:3] == ["Belvar", "Orrin Quay", "Mara Ilven"]
    assert story.people[0].reports == 3


def test_what_ties_a_report_to_the_centre_is_told(record):
    (story,) = list_stories(record)
    centre, courier, tide = story.reports
    assert centre.document == story.id
    assert centre.likeness is None
    assert courier.likeness > 0.9
    assert "levy" in courier.shared_words
    assert "Halvard Quy" in courier.shared_people
    assert tide.shared_quotations > 5


def test_people_of_a_story_have_the_names_of_the_register(tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add(occasion())
        record.add_to_register([Registered(name="Mara B. Ilven", kind="person", aliases=("Mara Ilven",))])
        (story,) = list_stories(record)
    assert "Mara B. Ilven" in [person.name for person in story.people]
    assert "Mara B. Ilven" in story.reports[1].shared_people


def test_a_copy_is_no_further_report(record):
    (story,) = list_stories(record)
    assert [copy.outlet for copy in story.reports[0].copies] == ["Mirror of Sund"]
    mirror = ids(3)[0]
    assert find_story(record, mirror) == story


def test_the_story_of_any_report_is_the_one_that_is_listed(record):
    (story,) = list_stories(record)
    for document in ids(0, 1, 2):
        assert find_story(record, document) == story
    assert outlets(find_story(record, ids(4)[0])) == ["Vel Courier"]


def test_days_choose_stories_that_have_a_report_then_and_give_them_whole(record):
    (story,) = list_stories(record, since="2024-05-08", until="2024-05")
    assert len(story.reports) == 3
    assert list_stories(record, since="2024-05-09") == list_stories(record, since=date(2024, 5, 9)) == []
    assert list_stories(record, until="2024-05-05") == []
    assert len(list_stories(record, least=1)) == 2
    with pytest.raises(BadQuery, match="no day"):
        list_stories(record, since="May")


def test_stories_are_the_same_in_whatever_order_reports_came(tmp_path, record):
    with Record.open(tmp_path / "other.db", create=True) as other:
        for reading in reversed(occasion()):
            other.add(reading)
        assert list_stories(other, least=1) == list_stories(record, least=1)


def test_a_report_from_too_far_away_is_another_story(tmp_path):
    echo, courier, *_ = occasion()
    late = f"2024-05-{6 + DAYS + 1:02d}"
    with Record.open(tmp_path / "far.db", create=True) as record:
        record.add([echo, replace(courier, document=replace(courier.document, published=late))])
        assert list_stories(record) == []
        assert len(list_stories(record, least=1)) == 2


def test_a_report_without_a_day_has_no_story(tmp_path):
    with Record.open(tmp_path / "open.db", create=True) as record:
        record.add(read_marked(BAKERS, url="https://vel.example/1", published="2024-05"))
        assert list_stories(record, least=1) == []
        with pytest.raises(BadQuery, match="the day of its publication is not known"):
            find_story(record, record.connection.execute("SELECT hash FROM documents").fetchone()[0])


def test_a_revised_text_has_the_story_of_the_present_one(tmp_path):
    echo, courier, *_ = occasion()
    text = ECHO.replace("on Monday", "on Monday night")
    revised = read_marked(
        text, url=echo.document.url, outlet="Orrin Echo", published="2024-05-07", title="Belvar drops levy"
    )
    with Record.open(tmp_path / "revised.db", create=True) as record:
        record.add([echo, courier, revised])
        assert {report.title for report in find_story(record, echo.document.id).reports} == {
            "Belvar drops levy",
            "Levy dead, says Ilven",
        }


def test_an_unknown_report_is_an_error(record):
    with pytest.raises(MissingRecord):
        find_story(record, "0123456789abcdef")


def test_members_are_like_the_centre_so_that_no_chain_runs_groups_together():
    chain = {number: {} for number in range(40)}
    for number in range(39):
        chain[number][number + 1] = chain[number + 1][number] = 0.9
    stars = Stars(chain.__getitem__, lambda number: number)
    groups = {tuple(stars.group_of(number)) for number in chain}
    assert sorted(member for group in groups for member in group) == list(range(40))
    assert all(member == group[0] or member in chain[group[0]] for group in groups for member in group)


def test_a_long_slope_of_denser_and_denser_nodes_takes_no_recursion():
    size = 5_000
    slope = {number: {} for number in range(size)}
    for number in range(size - 1):
        slope[number][number + 1] = slope[number + 1][number] = 0.5 + number / size / 3
    assert Stars(slope.__getitem__, lambda number: number).centre_of(0) in {0, 1}


def test_a_sketch_takes_hostile_text_in_linear_time():
    for text in ("“" * 100_000, '"' * 100_000, "a" * 100_000, "“a b c d e f " * 10_000, "\0\ud800" * 50_000):
        made = sketch(day=date(2024, 5, 6), people={}, title=text[:300], text=text, zones=())
        assert len(made.words) <= 80


def run(*arguments):
    return CliRunner().invoke(main, arguments)


def test_the_command_lists_stories(path):
    shown = run("stories", str(path), "--width", "100")
    assert shown.exit_code == 0
    assert "2024-05-06–08" in shown.stdout
    assert "Belvar council drops mooring levy" in shown.stdout
    (story,) = json.loads(run("stories", str(path), "--json").stdout)
    assert [report["outlet"] for report in story["reports"]] == ["Orrin Echo", "Vel Courier", "Tide Weekly"]
    rows = run("stories", str(path), "--csv").stdout.splitlines()
    assert len(rows) == 4
    none = run("stories", str(path), "--min-reports", "9")
    assert (none.exit_code, none.stdout) == (0, "")
    assert "no story of so many reports" in none.stderr


def test_the_command_shows_the_story_of_a_report(path):
    shown = run("story", ids(1)[0][:8], "--in", str(path), "--width", "90")
    assert shown.exit_code == 0
    assert "Orrin Echo · 2024-05-06 · 3 statements · centre" in shown.stdout
    assert "copy     Mirror of Sund" in shown.stdout
    assert json.loads(run("story", ids(1)[0], "--in", str(path), "--json").stdout)["id"] == ids(0)[0]
    alone = run("story", ids(4)[0], "--in", str(path))
    assert "no other report of the record tells of this occasion" in alone.stderr
    missing = run("story", "0123456789abcdef", "--in", str(path))
    assert (missing.exit_code, missing.stdout) == (1, "")
