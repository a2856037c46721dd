"""What each line of a plain text is, told from the lines alone."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document import Zone, ZoneKind
from onrecord.layout.zones import find_zones

REPORTS = sorted((Path(__file__).parent / "reports").glob("*.txt"))
GOES_ON = ("body", "furniture", "standfirst", "credit")

STORY = (
    "The old bridge over the river was closed on Monday, the mayor said, and it will not open again before the autumn."
)
LINES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["News / World", "By Ana Ruiz", "(AFP photo)", "KYIV (Reuters) — Rain fell.", "Bridge closed", STORY]
    ),
    st.sampled_from(
        ["A bridge. (Photo: Jo Lee)", "Read more:", "Follow us on Twitter", "___", "9:42 p.m.", "3 May 2024"]
    ),
    st.sampled_from(["👩‍👩‍👧 e\u0301", "\u202eالعربية\u202c", "\x00", "\ufeff", "\ud800", "“He said: «no»"]),
)
BREAKS = st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", " \n\t\n"])
TEXTS = st.lists(st.tuples(LINES, BREAKS), max_size=14).map(lambda rows: "".join(line + stop for line, stop in rows))


def read_golden(path: Path) -> tuple[str, list[tuple[str, str]]]:
    """Return a report's text and its zones, from lines of "kind | words" ("+kind": on the same line)."""
    text, zones = "", []
    for row in path.read_text("utf-8").splitlines():
        kind, _, words = row.partition(" | ")
        if not row:
            text += "\n"
            continue
        text += " " if kind.startswith("+") else "\n"
        zones.append((kind.lstrip("+"), len(text), len(text) + len(words)))
        text += words
    return text.lstrip("\n"), _joined(text, zones)


def _joined(text: str, rows: list[tuple[str, int, int]]) -> list[tuple[str, str]]:
    joined: list[list] = []
    for kind, start, end in rows:
        if joined and joined[-1][0] == kind and kind in GOES_ON:
            joined[-1][2] = end
        else:
            joined.append([kind, start, end])
    return [(kind, text[start:end]) for kind, start, end in joined]


def told(text: str) -> list[tuple[str, str]]:
    return [(zone.kind, zone.span.of(text)) for zone in find_zones(text)]


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_each_zone_of_an_invented_report_is_found(path):
    text, expected = read_golden(path)
    assert told(text) == expected


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_line_breaks_of_another_system_change_no_zone(path):
    text, _ = read_golden(path)
    kinds = [zone.kind for zone in find_zones(text)]
    assert [zone.kind for zone in find_zones(text.replace("\n", "\r\n"))] == kinds


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_every_visible_character_lies_in_exactly_one_zone(text):
    zones = find_zones(text)
    held = [index for zone in zones for index in range(zone.start, zone.end)]
    assert held == sorted(set(held))
    assert {index for index, character in enumerate(text) if not character.isspace()} <= set(held)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_zones_are_sorted_trimmed_and_known(text):
    zones = find_zones(text)
    assert list(zones) == sorted(zones, key=lambda zone: zone.start)
    for zone in zones:
        shown = zone.span.of(text)
        assert shown == shown.strip() != ""
        assert zone.kind in get_args(ZoneKind)


@pytest.mark.parametrize("text", ["", " \n\t\r\n", "\u2028"])
def test_no_text_has_no_zones(text):
    assert find_zones(text) == ()


def test_one_sentence_is_body():
    assert find_zones("The mayor said no.") == (Zone(kind="body", start=0, end=18),)


def test_an_ordinary_first_sentence_is_body_not_headline():
    report = (
        "The bridge was closed.\n\nIt will stay closed until the autumn, the mayor told reporters who had come to see "
        "it for themselves, and nobody knows what comes after that."
    )
    assert told(report)[0][0] == "body"


STORY_BELOW = (
    "The council voted on Monday to close the old bridge over the Vel to all traffic, and nobody who lives on the far "
    "side of the river knows how long that will last."
)


@pytest.mark.parametrize(
    ("headline", "below"),
    [
        ("Harbour guard uses storm defense.", "Case of jailed skipper is watched by lawyers."),
        ("Vel Echo: Mara Ilven Is No Different Than Orla Quy.", "From a column in The Vel Echo:"),
    ],
)
def test_a_clipped_headline_with_a_stop_may_have_a_line_below_it(headline, below):
    assert told(f"{headline}\n\n{below}\n\n{STORY_BELOW}")[0] == ("headline", headline)


@pytest.mark.parametrize(
    "headline",
    [
        "After the flood, Ilven vows: “We will rebuild”",
        'Ilven to governor: "You have read none of it"',
        "Mara Ilven | “We will rebuild”",
        "Ilven says the bridge over the Vel that was closed for want of money is, as she told the council, “not safe”",
    ],
)
def test_a_headline_may_end_in_a_quotation_that_has_no_stop(headline):
    assert told(f"{headline}\n\n{STORY_BELOW}")[0] == ("headline", headline)
    assert told(f"{headline}\n\nShe said no.\n\n“Never,” she said.")[0] == ("headline", headline)


@pytest.mark.parametrize("name", ["Ana Ruiz", "Ana Ruiz and Jo van der Lee", "ANA RUIZ", "Ana T. Ruiz"])
@pytest.mark.parametrize("below", ["", "\n\n3 May 2024"])
def test_a_name_alone_between_headline_and_story_is_the_writer(name, below):
    for story in (STORY_BELOW, f"BELVAR (Velna) — {STORY_BELOW}"):
        assert ("byline", name) in told(f"Bridge closed for months\n\n{name}{below}\n\n{story}")


@pytest.mark.parametrize(
    ("line", "story"),
    [
        ("Port Vel", f"PORT VEL (Velna) — {STORY_BELOW}"),
        ("Mara Ilven", f"Ms Ilven spoke first. {STORY_BELOW}"),
        (
            "Startling Cracks",
            f"{STORY_BELOW}\n\nEngineers told of startling cracks, and the council sat until midnight to hear of them.",
        ),
        ("Slide Show", STORY_BELOW),
        ("Orlo Falls City Council", STORY_BELOW),
    ],
    ids=["the dateline has it", "the story begins with her", "a word of the story", "a label", "an office"],
)
def test_what_else_stands_there_in_capitals_is_nobody(line, story):
    assert ("standfirst", line) in told(f"Bridge closed for months\n\n{line}\n\n{story}")


def test_names_above_their_outlet_are_a_byline_below_a_headline_with_a_stop_too():
    zones = told(f"Is it safe to cross the bridge again?\n\nAna Ruiz\n\nSpecial to the Vel Times\n\n{STORY_BELOW}")
    assert zones[:3] == [
        ("headline", "Is it safe to cross the bridge again?"),
        ("byline", "Ana Ruiz"),
        ("byline", "Special to the Vel Times"),
    ]


def test_what_is_to_be_watched_is_a_headline_only_where_there_is_no_other():
    promise = "WATCH: Ilven says the bridge will hold"
    assert told(f"{promise}\n\n{STORY_BELOW}")[0] == ("headline", promise)
    assert told(f"{promise}\n\nBridge closed\n\n{STORY_BELOW}")[:2] == [
        ("furniture", promise),
        ("headline", "Bridge closed"),
    ]


def test_the_questions_of_an_interview_are_no_subheadings():
    answer = "A. In May, if the council votes for it and the port pays what it owes."
    assert told(f"Bridge closed\n\n{STORY_BELOW}\n\nQ. When will it open?\n\n{answer}")[-1][0] == "body"


def test_a_correction_is_furniture():
    note = "This story has been corrected to say that Mara Ilven voted no."
    assert told(f"Bridge closed\n\n{STORY_BELOW}\n\n{note}")[-1] == ("furniture", note)


def test_a_dateline_below_the_standfirst_is_one():
    zones = told(f"Bridge closed for months\n\nThe mayor is not amused.\n\nPORT VEL, Norl. - {STORY_BELOW}")
    assert ("dateline", "PORT VEL, Norl. -") in zones


def test_a_few_shouted_words_in_quotation_marks_head_the_next_part():
    zones = told(f"Bridge closed\n\n{STORY_BELOW}\n\n“LAWLESS SKIPPERS”\n\n{STORY_BELOW}")
    assert ("subheading", "“LAWLESS SKIPPERS”") in zones


@pytest.mark.parametrize(
    "line",
    [
        "Read more broadly, the ruling leaves little of the law standing, and the mayor's lawyers know it.",
        "Follow the money, she said, and you will find the same three names.",
        "“Sign up for our newsletter,” the mayor joked, “and you will hear it first.”",
        "Support us or oppose us, the minister said, but do not stand in the middle of the road.",
        "By Monday the water had reached the second floor, according to the fire service.",
        "The donors contributed to this reported total of $3 million, the filing says.",
        "NATO — the alliance that she had once called obsolete — would be asked to help, Ruiz said.",
        "A Reuters/Ipsos poll showed the mayor three points ahead.",
        "He sent her a photo of the bridge and wrote: “It is gone.”",
        "More than 300 people signed the letter, according to its authors.",
        "Email is not safe, he warned.",
    ],
)
def test_a_paragraph_of_the_story_is_never_called_furniture_or_caption(line):
    report = f"{STORY}\n\n{line}\n\n{STORY}"
    assert told(report) == [("body", report)]


def test_a_headline_on_the_line_of_a_caption_is_told_apart():
    report = (
        "Minister Karl Voss on Friday. | Lena Brandt/Getty Images Voss: Repairs will be late\n\n"
        "Energy Minister Karl Voss said on Friday that repairs to the grid would take until June, a month longer than "
        "he had promised."
    )
    assert told(report)[:3] == [
        ("caption", "Minister Karl Voss on Friday."),
        ("credit", "| Lena Brandt/Getty Images"),
        ("headline", "Voss: Repairs will be late"),
    ]
