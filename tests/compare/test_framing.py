"""Cue classes by outlet and speaker: counts, intervals, the average beside them, and copies that never count twice."""

from __future__ import annotations

import json
import sys

import pytest
from click.testing import CliRunner

from occasions import read_marked
from onrecord.cli import main
from onrecord.compare.framing import count_frames
from onrecord.compare.intervals import bunching, wilson
from onrecord.errors import ExportError, MissingExtra
from onrecord.exports import framingchart
from onrecord.exports.framingchart import draw_framing
from onrecord.record import Filters, Record

ECHO_DAYS = 30


def report(outlet, number, cue, words="said"):
    """Make a report of one statement; every outlet has other words, so that none is taken for an agency's."""
    text = (
        f"{{s Mara Ilven}} {{c {cue}}} {{q the {words} of quay number {number} will be mended by {outlet} in spring}}."
    )
    return read_marked(
        text,
        url=f"https://{outlet}.example/{number}",
        outlet=outlet.title(),
        published=f"2024-05-{number % 28 + 1:02d}",
    )


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("framing") / "news.db"
    echo = [report("echo", number, "doubting claimed", "lamps") for number in range(ECHO_DAYS)]
    post = [report("post", number, "said", "chains") for number in range(60)]
    agency = "{s Teo Brandt} {c conceding admitted} {q that the ferry had been late on every day of the week}."
    wire = [
        read_marked(f"{agency}\n\nSeen at {at}.", url=f"https://{at}.example/w", outlet=at, published=day)
        for at, day in (("Ada", "2024-06-01"), ("Bo", "2024-06-02"))
    ]
    with Record.open(path, create=True) as record:
        record.add([*echo, *post, *wire])
    return path


@pytest.fixture(scope="module")
def record(path):
    with Record.open(path, read_only=True) as opened:
        yield opened


def frames(framing):
    return {frame.name: {share.cue_class: share for share in frame.shares} for frame in framing.frames}


def test_each_outlet_has_its_shares_beside_the_average(record):
    framing = count_frames(record)
    assert [(frame.name, frame.statements) for frame in framing.frames] == [("Post", 60), ("Echo", 30), ("Ada", 1)]
    echo = frames(framing)["Echo"]
    assert (echo["doubting"].statements, echo["doubting"].share) == (30, 1.0)
    assert echo["doubting"].average == pytest.approx(30 / 91, abs=1e-4)
    assert (echo["doubting"].differs, echo["neutral"].differs) == ("more", "less")
    assert (echo["doubting"].low, echo["doubting"].high) == pytest.approx(wilson(30, 30, confidence=0.95), abs=0.01)


def test_too_few_statements_tell_no_difference(record):
    assert frames(count_frames(record))["Ada"]["conceding"].differs is None


def test_an_agencys_sentence_counts_once(record):
    framing = count_frames(record, by="speaker")
    assert framing.repeated == 1
    assert [(frame.name, frame.statements) for frame in framing.frames] == [("Mara Ilven", 90), ("Teo Brandt", 1)]


def test_an_agencys_sentence_counts_for_whom_has_a_time_and_not_for_a_paper_of_that_day(tmp_path):
    agency = "{s Teo Brandt} {c admitted} {q that the ferry had been late on every day of the week}."
    with Record.open(tmp_path / "news.db", create=True) as record:
        for outlet, day in (("Paper", "2024-06-01"), ("Wire", "2024-06-01T14:00:00Z")):
            told = f"{agency}\n\nSeen at {outlet}."
            record.add(read_marked(told, url=f"https://{outlet}.example/w", outlet=outlet, published=day))
        assert list(frames(count_frames(record))) == ["Wire"]


def test_an_agencys_sentence_counts_for_the_same_outlet_in_any_order_of_adding(tmp_path):
    sentence = "{s Teo Brandt} {c admitted} {q that the ferry had been late on every day of the week}."
    reports = [
        read_marked(f"{sentence}\n\nSeen at {at}.", url=f"https://{at}.example/w", outlet=at, published=day)
        for day in ("2024-06-01", None)
        for at in ("ada", "bo", "cy")
    ]
    counted = []
    for name, several in (("one.db", reports), ("other.db", reports[::-1])):
        with Record.open(tmp_path / name, create=True) as record:
            record.add(several)
            counted.append([(frame.name, frame.statements) for frame in count_frames(record).frames])
    assert counted[0] == counted[1]


def test_each_share_has_an_example_to_cite(record):
    (example,) = frames(count_frames(record))["Echo"]["doubting"].examples
    assert (example.cue, example.published) == ("claimed", "2024-05-01")
    assert example.statement.startswith(example.citation.document)


def test_options_narrow_what_is_listed_and_not_the_average(record):
    only = count_frames(record, filters=Filters(outlet=("echo",)))
    assert list(frames(only)) == ["Echo"]
    assert only.average == count_frames(record).average
    ilven = count_frames(record, filters=Filters(speaker=("Ilven",)))
    assert ilven.statements == 90
    assert count_frames(record, topic="lamps").statements == 30
    assert count_frames(record, topic="cheese").frames == ()
    assert count_frames(record, filters=Filters(since="2024-06")).statements == 1
    assert len(count_frames(record, limit=1).frames) == 1
    assert [count_frames(record, limit=most).left_out for most in (1, 3, None)] == [2, 0, 0]


def test_statements_of_one_report_weigh_less_than_those_of_many():
    apart = [(1, 4)] * 20
    bunched = [(4, 4)] * 5 + [(0, 4)] * 15
    assert bunching(apart) == 1.0
    assert bunching(bunched) > 4
    assert bunching(bunched[:3]) is None


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (1, 1000, 0.0002, 0.0056), (0, 0, 0.0, 1.0)],
)
def test_wilsons_interval(count, of, low, high):
    assert wilson(count, of, confidence=0.95) == pytest.approx((low, high), abs=5e-4)


@pytest.mark.parametrize("of", [4, 10, 11, 16])
def test_a_share_of_all_or_none_lies_in_its_interval_to_the_last_digit(of):
    assert wilson(of, of, confidence=0.995)[1] == 1.0
    assert wilson(0, of, confidence=0.995)[0] == 0.0


def run(*arguments):
    return CliRunner().invoke(main, [str(each) for each in arguments])


def test_the_command_shows_counts_and_says_what_they_are_not(path):
    told = run("framing", "--in", path, "--width", "100")
    assert told.exit_code == 0
    assert "Echo · 30 statements with a cue · 30 reports" in told.stdout
    assert "Counts of words, no judgement of bias" in told.stdout
    assert "1 sentence of an agency's counted once" in told.stderr
    as_json = json.loads(run("framing", "--in", path, "--json").stdout)
    assert "no judgement of bias" in as_json["note"]
    assert as_json["frames"][1]["shares"][0]["differs"] == "more"
    assert run("framing", "--in", path, "--csv", "--outlet", "echo").stdout.startswith('"name"')
    speakers = run("framing", "--in", path, "--outlet", "echo", "--json")
    assert json.loads(speakers.stdout)["by"] == "speaker"
    nothing = run("framing", "--in", path, "--speaker", "Nobody")
    assert (nothing.exit_code, nothing.stdout) == (0, "")
    assert run("framing", "--in", path, "--since", "May").exit_code == 2


def test_the_command_says_how_many_it_left_out(path):
    cut = run("framing", "--in", path, "--limit", "1")
    assert cut.stderr.endswith("onrecord: 2 outlets more; --limit 0 shows all\n")
    assert json.loads(run("framing", "--in", path, "--limit", "1", "--json").stdout)["left_out"] == 2
    for whole in ("0", "3", "10"):
        assert "more" not in run("framing", "--in", path, "--limit", whole).stderr


def test_a_chart_of_many_draws_the_first(record, path, tmp_path, monkeypatch):
    pytest.importorskip("matplotlib")
    monkeypatch.setattr(framingchart, "MOST_BARS", 2)
    assert draw_framing(count_frames(record), tmp_path / "chart.svg") == 1
    assert draw_framing(count_frames(record, limit=2), tmp_path / "few.svg") == 0
    told = run("framing", "--in", path, "--chart", tmp_path / "chart.svg")
    assert f"{tmp_path / 'chart.svg'}: 1 more is not drawn: nobody could read so many; --csv has all" in told.stderr


def test_the_chart_is_the_same_for_the_same_counts(record, tmp_path, monkeypatch):
    framing = count_frames(record)
    for name in ("a.svg", "b.svg"):
        draw_framing(framing, tmp_path / name)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    with pytest.raises(ExportError, match="PNG or SVG"):
        draw_framing(framing, tmp_path / "a.pdf")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtra):
        draw_framing(framing, tmp_path / "c.svg")
