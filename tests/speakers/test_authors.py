"""Who the report's "I" is."""

from __future__ import annotations

import pytest

from onrecord.speakers.authors import find_author
from scenes import make_scene

BODY = "I met [p Teo Brandt] at the quay.\n\n"


def author(marked, *authors):
    found = find_author(make_scene(marked).discourse, authors)
    return None if found is None else found.name


def test_the_byline_names_the_author():
    assert author("I was there.", "Mara Ilven") == "Mara Ilven"


def test_the_first_of_several_in_the_byline_is_the_author():
    assert author("I was there.", "Mara Ilven", "Teo Brandt") == "Mara Ilven"


def test_an_author_whom_the_report_names_is_that_person():
    scene = make_scene("[p Mara Ilven] writes here. I was there.")
    assert find_author(scene.discourse, ["Mara  ILVEN"]) is scene.referent("Mara Ilven")


def test_an_author_whom_the_report_does_not_name_is_introduced():
    scene = make_scene("I was there.")
    found = find_author(scene.discourse, ["Mara Ilven"])
    assert found is scene.discourse.referents[-1]
    assert (found.kind, found.named) == ("person", True)


@pytest.mark.parametrize("text", ["She was there.", "“I was there,” she said.", "", "Nothing."])
def test_a_report_whose_author_does_not_speak_has_none(text):
    assert author(text, "Mara Ilven") is None


@pytest.mark.parametrize(
    "line",
    [
        "[p Mara Ilven] is a columnist of the Orrin Herald.",
        "[p Mara Ilven] is of Orrin Quay.",
        "— [p Mara Ilven], a professor in Belvar.",
        "[p Mara Ilven] can be reached at milven@orrin.example.",
        "Follow [p Mara Ilven] on Twitter.",
        "Rep. [p Mara Ilven], D-Orrin, was an early backer of the quay.",
    ],
)
def test_the_last_lines_tell_who_writes(line):
    assert author(BODY + line) == "Mara Ilven"


@pytest.mark.parametrize(
    "line",
    [
        "[p Mara Ilven] left the quay.",
        "Rep. [p Mara Ilven] wrote that the quay was shut.",
        "Nobody saw [p Mara Ilven], who is a columnist.",
        "The [o Orrin Herald] is a paper whose editor writes.",
    ],
)
def test_a_last_line_about_somebody_else_tells_nothing(line):
    assert author(BODY + line) is None


def test_a_line_far_from_the_end_tells_nothing():
    assert author("[p Mara Ilven] is a columnist.\n\n" + "The quay was shut for a day.\n\n" * 4 + "I left.") is None


def test_the_line_nearest_to_the_end_wins():
    assert author(BODY + "[p Osric Pallen] is an editor.\n\n[p Mara Ilven] is a columnist.") == "Mara Ilven"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("The Quay\n\nBy [p Mara Ilven]\n\nI was there.", "Mara Ilven"),
        ("The Quay\n\nBy [p Mara Ilven], Orrin Herald\n\nI was there.", "Mara Ilven"),
        ("The Quay\n\nBy [p Mara Ilven] and others the quay was shut for a whole week.\n\nI was there.", None),
        ("The Quay\n\nBy the sea [p Mara Ilven] left.\n\nI was there.", None),
    ],
)
def test_a_line_that_is_a_byline_names_the_author(marked, expected):
    assert author(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[p Mara Ilven]: What I Saw\n\nI was there.\n\nI left.", "Mara Ilven"),
        ("[p Mara Ilven]: What I Saw\n\nShe was there.", None),
        ("[p Mara Ilven]: I Was There\n\n“I left. I ran,” she said.", None),
        ("[p Ilven]: What I Saw\n\nI was there.\n\nI left.", None),
        ("What [p Mara Ilven]: Saw\n\nI was there.\n\nI left.", None),
    ],
)
def test_a_headline_names_its_columnist_where_the_text_below_says_i(marked, expected):
    assert author(marked) == expected
