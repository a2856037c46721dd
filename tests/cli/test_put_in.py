"""``onrecord put-in``: a statement that the reading missed, by words of its report."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from handmade import read_by_hand
from onrecord.record import Record

LEVY = "No levy will come, Mara Ilven said.\n\nNo boat will pay it, Teo Brandt vowed. No levy will come, he said."
BOAT, SECOND = LEVY.index("No boat"), LEVY.rindex("No levy")
ADDRESS = "https://orrin.example/levy"


@pytest.fixture
def news(news_file):
    with Record.open(news_file, create=True) as record:
        reading = read_by_hand(LEVY, url=ADDRESS, outlet="Orrin Echo", published="2024-05-06")
        record.add(replace(reading, statements=reading.statements[:1]))
        yield record
        assert record.check() == []


@pytest.fixture
def report(news):
    return next(iter(news.statements())).document


def refused(result, code=1):
    """Return the line that a command says of what it did not do."""
    assert (result.exit_code, result.stdout) == (code, "")
    return result.stderr.removeprefix("onrecord: ").splitlines()[-1]


def test_a_statement_that_was_missed_is_put_in_shown_and_found(onrecord, news, report):
    made = onrecord(
        *("put-in", report, "--content", "No  boat will pay it", "--source", "Teo Brandt", "--cue", "vowed"),
        *("--speaker", "Teo Brandt", "--cue-class", "promising", "--reason", "missed"),
    )
    assert made.exit_code == 0, made.output
    statement = made.stdout.split()[5].removesuffix(":")
    assert made.stdout == f"correction 1: put in as {statement}: No boat will pay it\n"
    shown = onrecord("show", statement).stdout
    assert "put in, not read" in onrecord("search", "boat").stdout
    for words in ("Teo Brandt", "promising", "added: No boat will pay it by ida on ", ", missed; stands"):
        assert words in shown
    found = json.loads(onrecord("search", "boat", "--json").stdout)["hits"]
    assert [(hit["statement"], hit["source"], hit["cue"]) for hit in found] == [(statement, "Teo Brandt", "vowed")]
    assert found[0]["is_put_in"]


def test_it_can_be_corrected_and_taken_out_again(onrecord, news, report):
    made = json.loads(onrecord("put-in", report, "--content", "No boat will pay it", "--json").stdout)
    corrected = onrecord("correct", made["statement"], "--speaker", "Teo Brandt").stdout
    assert corrected == f"correction 2: speaker of {made['statement']}: nobody -> Teo Brandt\n"
    assert onrecord("correct", "--undo", made["id"]).stdout.endswith("No boat will pay it (withdrawn)\n")
    assert onrecord("search", "boat").stderr == "onrecord: nothing was found\n"
    assert {each.state for each in news.corrections()} == {"withdrawn"}


def test_as_json_it_is_the_correction_as_the_list_of_corrections_has_it(onrecord, news, report):
    made = onrecord("put-in", report, "--content", "No boat … pay it", "--json").stdout
    assert [json.loads(made)] == json.loads(onrecord("corrections", "--json").stdout)
    assert json.loads(made)["spans"] == [[BOAT, BOAT + 7], [BOAT + 13, BOAT + 19]]


@pytest.mark.parametrize("name", ["id", "beginning", "statement", "address", "mirror"])
def test_a_report_is_named_by_its_id_a_statement_of_it_or_its_address(onrecord, news, report, name):
    names = {
        "id": report,
        "beginning": report[:6],
        "statement": next(iter(news.statements())).statement,
        "address": ADDRESS,
        "mirror": "http://www.orrin.example/levy/?utm_source=feed",
    }
    assert onrecord("put-in", names[name], "--content", "No boat will pay it").exit_code == 0


def test_several_speakers_and_nobody(onrecord, news, report):
    onrecord("put-in", report, "--content", "No boat", "--speaker", "Ada Quill; Teo  Brandt", "--speaker", "Ida Sool")
    onrecord("put-in", report, "--content", "pay it")
    assert [each.speaker for each in news.statements()][-2:] == ["Ada Quill, Teo Brandt, Ida Sool", None]


def test_words_that_stand_twice_are_chosen_by_their_span(onrecord, news, report):
    words = ("--source", "he", "--cue", "said")
    twice = refused(onrecord("put-in", report, "--content", "No levy will come", *words))
    assert twice.startswith("'No levy will come': is in several places: 0-17 (")
    assert f"; {SECOND}-{SECOND + 17} (" in twice
    assert twice.endswith("; give one as --span START-END")
    assert news.corrections() == []
    assert onrecord("put-in", report, "--span", f"{SECOND}-{SECOND + 17}", *words).exit_code == 0
    put_in = list(news.statements())[-1]
    assert (put_in.content, put_in.source, put_in.cue) == ("No levy will come", "he", "said")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("--content", "No quay"), "'No quay': is not in the report; copy the words from it, or give --span"),
        (("--content", "No boat", "--cue", "warned"), "'warned': is not in the report; copy the words from it"),
        (("--span", "5-999"), f"5-999: outside the report, which has {len(LEVY)} characters; give offsets of"),
        (("--span", "9-5"), f"9-5: outside the report, which has {len(LEVY)} characters; give offsets of"),
        (("--span", "1-9", "--span", "4-12"), "4-12: two pieces overlap; give them apart, or one"),
        (("--content", "No boat", "--speaker", " "), "a speaker without a name; give the name, or nobody at all"),
    ],
)
def test_what_the_report_does_not_have_is_one_line_and_nothing_is_put_in(onrecord, news, report, arguments, line):
    assert refused(onrecord("put-in", report, *arguments)).startswith(line)
    assert news.corrections() == []


def test_what_is_there_already_is_to_be_corrected(onrecord, news, report):
    put = ("put-in", report, "--content", "No boat will pay it", "--source", "Teo Brandt")
    made = json.loads(onrecord(*put, "--json").stdout)
    assert refused(onrecord(*put)) == f"{made['statement']}: this statement is there already; correct that one"


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("ffff", "ffff: nothing in the record has this id; "),
        ("Orrin Echo", "Orrin Echo: no id; "),
        ("https://quy.example/", "https://quy.example/: no report of the record has this address; add it first: "),
    ],
)
def test_a_report_that_is_not_there_is_one_line(onrecord, news, name, line):
    assert refused(onrecord("put-in", name, "--content", "No boat")).startswith(line)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ((), "say what was said: --content or --span"),
        (("--content", "No boat", "--span", "1-9"), "--content and --span exclude each other"),
        (("--span", "9"), "'9' is no span such as 120-141"),
        (("--content", "No boat", "--cue-class", "shouting"), "'shouting' is not one of "),
    ],
)
def test_wrong_usage_is_told(onrecord, news, report, arguments, line):
    assert line in refused(onrecord("put-in", report, *arguments), code=2)
