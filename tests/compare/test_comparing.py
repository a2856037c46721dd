"""Reports side by side: statements, words, cues, order, the outlets' own voice; the command and its page."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner

from clock import takes_at_most
from occasions import ECHO, occasion, read_marked
from onrecord.cli import main, reading_run
from onrecord.compare.carried import from_reading
from onrecord.compare.comparing import MOST_REPORTS, MOST_STATEMENTS, _quoted, compare_in_record, compare_reports
from onrecord.compare.lines import Line, Said, turned
from onrecord.compare.ownvoice import find_own_voice
from onrecord.compare.segments import segments_of
from onrecord.compare.tying import tie
from onrecord.document import Span
from onrecord.errors import BadQuery, MissingRecord
from onrecord.exports.comparepage import to_compare_page
from onrecord.record import Record

ECHO_, COURIER, TIDE = range(3)


def compare(*readings):
    return compare_reports([from_reading(reading, number) for number, reading in enumerate(readings)])


@pytest.fixture(scope="module")
def comparison():
    return compare(*occasion()[:3])


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("comparing") / "news.db"
    with Record.open(path, create=True) as record:
        record.add(occasion())
    return path


def line_of(comparison, words):
    return next(line for line in comparison.lines if words in line.main.words)


def test_what_each_report_carries_and_leaves_out(comparison):
    assert line_of(comparison, "moorings is dead").carriers == (ECHO_, COURIER, TIDE)
    lamps = line_of(comparison, "lamps")
    assert (lamps.carriers, lamps.missing) == ((ECHO_, COURIER), (TIDE,))
    assert [line.main.words for line in comparison.only(TIDE)] == ["nobody would lose a berth this winter"]
    assert [side.only for side in comparison.reports] == [0, 0, 1]


def test_where_the_words_differ(comparison):
    said = line_of(comparison, "moorings is dead").said
    assert [each.tie and each.tie.kind for each in said] == [None, "clipped", "identical"]
    gone = [run.words.strip() for run in segments_of(said[1].tie, said[0].carried.words, said[1].carried.words)]
    assert "and it will not come back as long as I sit here" in gone


def test_which_cue_each_uses(comparison):
    dead = line_of(comparison, "moorings is dead")
    assert [each.carried.cue for each in dead.said] == ["said", "claimed", "said"]
    assert dead.cue_classes == ("neutral", "doubting")
    assert dead.frames_differ
    assert line_of(comparison, "lamps").cue_classes == ("conceding", "neutral")


def test_words_that_two_reports_give_to_two_speakers_are_shown_as_a_conflict(comparison):
    dead = line_of(comparison, "moorings is dead")
    assert [each.given_to for each in dead.said] == ["same", "same", "other"]


def test_in_what_order_each_has_them(comparison):
    lines = comparison.lines
    dead, threat = (lines.index(line_of(comparison, words)) for words in ("moorings is dead", "dismissal"))
    echo, _, tide = comparison.reports
    assert echo.order.index(dead) < echo.order.index(threat)
    assert tide.order.index(dead) > tide.order.index(threat)


def test_what_one_has_in_its_own_voice_and_another_from_somebody(comparison):
    (own,) = comparison.own_voice
    assert own.report == COURIER
    assert own.words.startswith("The crews had been threatened with dismissal")
    assert own.statement.speaker == "Teo Brandt"
    text = occasion()[COURIER].document.text
    assert own.sentence.of(text) == own.words


@pytest.mark.parametrize(
    "sentence",
    [
        "The crews may have been threatened with dismissal before the vote.",  # kept at a distance
        "The crews had not been threatened with dismissal before the vote.",  # denied
        "Crews cheered before the vote.",  # something else
        "{s Osric Pallen} {c said} {q the crews had been threatened with dismissal before the vote}.",  # attributed too
    ],
)
def test_no_claim_of_the_outlets_own_is_made_of_less(sentence):
    found = compare(occasion()[ECHO_], read_marked(f"Vote night in the hall\n\n{sentence}", outlet="Sund Post"))
    assert found.own_voice == ()


def test_a_statement_that_does_not_say_of_whom_it_is_tells_nothing():
    told = "{s Ada Quy} {c said} {q it had lost nearly half of its fishing boats since the winter storms}."
    same = "The quay of Sund had lost nearly half of its fishing boats since the winter storms."
    assert compare(read_marked(told), read_marked(same)).own_voice == ()
    named = told.replace("it had", "the quay of Sund had")
    assert len(compare(read_marked(named), read_marked(same)).own_voice) == 1


def test_numbers_must_be_the_same_in_the_own_voice():
    told = "{s Ada Quy} {c said} {q the storm had sunk 14 fishing boats near the harbour wall}."
    same = "The storm had sunk 14 fishing boats near the harbour wall."
    for sentence, times in ((same, 1), (same.replace("14", "40"), 0)):
        found = compare(read_marked(told), read_marked(sentence))
        assert len(found.own_voice) == times


def test_a_word_of_doubt_that_another_report_lacks(comparison):
    (doubted,) = comparison.doubted
    assert (doubted.phrase, doubted.hedge, doubted.doubting, doubted.plain) == ("negligence", "alleged", ECHO_, COURIER)
    assert doubted.doubt.of(occasion()[ECHO_].document.text) == "alleged negligence"


def test_a_doubted_sound_is_no_word():
    assert compare(read_marked("The alleged hmm-- noise went on."), read_marked("The noise went on.")).doubted == ()


def test_who_is_quoted_how_often(comparison):
    assert [(each.name, each.statements) for each in comparison.speakers] == [
        ("Mara Ilven", (1, 1, 1)),
        ("Teo Brandt", (1, 0, 2)),
        ("Halvard Quy", (1, 1, 0)),
    ]


def test_a_last_name_counts_for_whom_it_is_short_for_and_for_nobody_where_two_have_it():
    lamps, boats = "{q The lamps will go}, {s %s} {c said}.", "{q Four boats sank}, {s %s} {c said}."
    told = [read_marked(words % name) for words, name in ((lamps, "Quy"), (lamps, "Ada Quy"), (boats, "Tom Quy"))]
    assert [(each.name, each.statements) for each in compare(*told[:2]).speakers] == [("Ada Quy", (1, 1))]
    assert {(each.name, each.statements) for each in compare(*told).speakers} == {
        ("Quy", (1, 0, 0)),
        ("Ada Quy", (0, 1, 0)),
        ("Tom Quy", (0, 0, 1)),
    }


def test_a_tie_seen_from_the_other_side():
    one, other = "the levy on moorings will go in spring", "the levy will stay in spring"
    assert turned(turned(tie(one, other))) == tie(one, other)
    assert [change.this.of(other) for change in turned(tie(one, other)).changes] == ["", "stay"]


def test_one_place_that_stands_for_two_other_words_is_shown_once():
    one, other = "not the politicians would pay for the lamps", "not the politician'll pay for the lamps"
    for whole, words in ((one, other), (other, one)):
        runs = segments_of(replace(tie(whole, words), kind="altered"), whole, words)
        assert "".join(run.words for run in runs if run.kind != "gone") == words
        assert sum("politician'll" in run.words for run in runs) == 1


def test_speech_inside_speech_is_no_conflict_of_speakers():
    words = "{s Mara Ilven} {c said} {q that Teo Brandt told her the ferry had been late on every day of the week}."
    outer = read_marked(words)
    (holder,) = outer.statements
    start = outer.document.text.index("the ferry")
    inner = replace(
        holder, id="s2", speaker_name="Teo Brandt", within="s1", content=(Span(start, holder.content[0].end),)
    )
    told = read_marked("{s Teo Brandt} {c said} {q the ferry had been late on every day of the week}.")
    found = compare(replace(outer, statements=(holder, inner)), told)
    (line,) = found.shared
    assert [each.carried.speaker for each in line.said] == ["Teo Brandt", "Teo Brandt"]


def test_a_word_of_the_reporters_is_no_common_statement():
    found = compare(
        read_marked("{s Mara Ilven} {c opposes} {q dredging}."), read_marked("{s Teo Brandt} {c hates} {q dredging}.")
    )
    assert found.shared == ()


def test_long_quotations_that_overlap_stand_on_one_line():
    overlap = "and nobody on the whole east bank will ever pay for it"
    one = f"{{s Mara Ilven}} {{c said}} {{q “We looked at every pier and every lamp of this old harbour, {overlap}”}}."
    other = f"{{s Mara Ilven}} {{c said}} {{q “{overlap}, as long as winter storms take our boats and crews away”}}."
    assert len(compare(read_marked(one), read_marked(other)).shared) == 1


def test_reports_of_a_record_are_compared_by_their_ids(path):
    with Record.open(path, read_only=True) as record:
        documents = [reading.document.id for reading in occasion()[:3]]
        found = compare_in_record(record, [each[:10] for each in documents])
        assert [side.document for side in found.reports] == documents
        assert all(side.is_in_record for side in found.reports)
        assert len(found.shared) == 3
        with pytest.raises(BadQuery, match="the same report twice"):
            compare_in_record(record, [documents[0], documents[0][:8]])
        with pytest.raises(BadQuery, match="one report alone"):
            compare_in_record(record, documents[:1])
        with pytest.raises(MissingRecord):
            compare_in_record(record, [documents[0], "0123456789abcdef"])
    many = [from_reading(read_marked(f"Report {number}"), number) for number in range(MOST_REPORTS + 1)]
    with pytest.raises(BadQuery, match="too many"):
        compare_reports(many)


@pytest.mark.timed
def test_hostile_reports_take_bounded_time():
    doubt = " ".join(
        f"the alleged x{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}q{chr(97 + n // 676)}." for n in range(4_000)
    )
    long = "\n\n".join(f"{{s Mara Ilven}} {{c said}} {{q boat number {n} would leave the quay}}." for n in range(600))
    found = []
    assert takes_at_most(
        20,
        lambda: found.append(compare(read_marked(doubt), read_marked(f"Debate\n\n{long}"), read_marked("“" * 50_000))),
    )
    assert [side.left_out for side in found[-1].reports] == [0, 600 - MOST_STATEMENTS // 3, 0]


@pytest.mark.timed
def test_long_reports_of_many_speakers_take_bounded_time():
    text = "\n\n".join(f"The crew of boat {n} had painted the lamps on quay {n} before winter." for n in range(500))
    report, statement = from_reading(read_marked(text), 0), from_reading(occasion()[ECHO_], 0).statements[0]
    said = [replace(statement, speaker=f"Ada Quy{n % 250}", words=f"lamps {n} winter quay storm") for n in range(500)]
    reports = [replace(report, document=name, statements=tuple(said)) for name in ("a", "b")]
    lines = [
        Line(
            said=(Said(carried=each, tie=None, given_to="same"),),
            carriers=(0,),
            missing=(1,),
            speaker=None,
            cue_classes=(),
        )
        for each in said
    ]
    assert takes_at_most(8, lambda: (_quoted(reports), find_own_voice(reports, lines)))


# ---- the command and its page


def run(*arguments):
    return CliRunner().invoke(main, [str(each) for each in arguments])


def test_the_command_shows_reports_side_by_side(path):
    shown = run("compare", "--story", occasion()[0].document.id, "--in", path, "--width", "100")
    assert shown.exit_code == 0
    assert "A  Orrin Echo · 2024-05-06 · 3 statements" in shown.stdout
    assert "claimed · doubting" in shown.stdout
    assert "[-and it will not come back" in shown.stdout
    assert "in the order  A 2 1 3 · B 2 3 · C 1 2" in shown.stdout
    assert "3 statements in several reports, 3 of them with cues of several classes" in shown.stderr


def test_a_file_is_read_on_the_spot(path, tmp_path, monkeypatch):
    text = tmp_path / "draft.txt"
    text.write_text("Levy dead", encoding="utf-8")
    monkeypatch.setattr(reading_run, "Model", type("Model", (), {"load": lambda: None}))
    draft = read_marked(ECHO, outlet="Draft")
    monkeypatch.setattr(reading_run, "read_all", lambda documents, *_, **__: [draft for _ in documents])
    told = run("compare", occasion()[1].document.id, text, "--in", path, "--json")
    assert told.exit_code == 0
    sides = json.loads(told.stdout)["reports"]
    assert [(side["outlet"], side["is_in_record"]) for side in sides] == [("Vel Courier", True), ("Draft", False)]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, "name two REPORTs or more"),
        (("0123456789abcdef", "fedcba9876543210"), 1, "no record to look into"),
        (("--story", "0123"), 2, "--story goes with --in"),
        (("a.txt", "b.txt", "--json", "--html", "-"), 2, "exclude each other"),
    ],
)
def test_wrong_usage_is_one_line(arguments, code, words):
    told = run("compare", *arguments)
    assert told.exit_code == code
    assert words in told.stderr


class Elements(HTMLParser):
    """Gathers the elements of a page."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def test_the_page_needs_no_script_and_escapes_everything(comparison):
    hostile = '<script>alert(1)</script>" onload="x \u202e$title </style> </script>'
    marked = ECHO.replace("Mara Ilven", hostile.replace("{", "")).replace("on Monday", hostile)
    bad = read_marked(marked, outlet=hostile, title=hostile, url="javascript:alert(1)", published="2024-05-07")
    page = to_compare_page(compare(bad, *occasion()[1:3]))
    elements = Elements(page).found
    assert not [tag for tag, _ in elements if tag in {"script", "img", "iframe", "object", "link"}]
    assert not [name for _, attributes in elements for name in attributes if name.startswith("on")]
    assert all(a["href"].startswith(("https://", "#")) for tag, a in elements if tag == "a")
    assert "\u202e" not in re.sub(r'<span class="hidden"[^>]*>.</span>', "", page)
    plain = to_compare_page(comparison)
    lines = re.findall(r'<article class="line">.*?</article>', plain)
    assert [line.count(">main wording<") for line in lines] == [
        int("<del>" in line or "<ins>" in line) for line in lines
    ]
    assert "<del>" in plain
    assert "leaves it out" in plain
    assert 'name="generator" content="onrecord' in plain


def test_the_page_goes_to_a_file(path, tmp_path):
    target = tmp_path / "story.html"
    told = run("compare", "--story", occasion()[0].document.id, "--in", path, "--html", target)
    assert (told.exit_code, told.stdout) == (0, "")
    assert target.read_text("utf-8").startswith("<!doctype html>")
