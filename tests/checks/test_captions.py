from __future__ import annotations

import pytest

from checks_by_hand import checks_of, lay_out, told

STORY = (
    "The ferry to Orrin will stop in winter, Mara Ilven told the council. The harbour needs repairs.\n\n"
    "Ilven said the island could be reached by the bridge."
)
ELSEWHERE = "Minister Teo Brandt opens a dairy exhibition beside breeders from Halmar."


def test_a_caption_of_people_whom_the_story_never_names_is_from_another():
    report = lay_out(STORY, caption=ELSEWHERE, people=["Mara Ilven", "Teo Brandt"])
    [check] = checks_of(report)
    assert told([check], report) == [("caption-off-story", ELSEWHERE, ["Teo Brandt"])]
    assert (check.severity, check.message) == (
        "warning",
        "The story never names Teo Brandt, and has hardly a word of this caption.",
    )


@pytest.mark.parametrize(
    "caption",
    [
        "Mara Ilven opens a dairy exhibition beside breeders from Halmar.",  # a file picture of somebody of the story
        "Teo Brandt, whom the council asked about repairs of the harbour and the island bridge.",  # the story's words
        "Teo Brandt",  # a portrait
        "The bridge to Orrin.",
    ],
)
def test_a_caption_that_may_belong_to_the_story_is_none(caption):
    assert checks_of(lay_out(STORY, caption=caption, people=["Mara Ilven", "Teo Brandt"])) == ()


def test_a_caption_of_nobody_needs_more_words_to_be_from_another():
    long = "Migrant families sleep beside trucks outside a processing centre while soldiers guard desert roads."
    report = lay_out(STORY, caption=long, people=["Mara Ilven"])
    assert told(checks_of(report), report) == [("caption-off-story", long, [])]
    assert checks_of(lay_out(STORY, caption="Trucks outside a processing centre.", people=["Mara Ilven"])) == ()


def test_the_photographer_before_the_agency_is_nobody_of_the_picture():
    caption = "Workers seen repairing something Teo Brandt /Agency Pictures"
    assert checks_of(lay_out(STORY, caption=caption, people=["Mara Ilven", "Teo Brandt"])) == ()


def test_a_caption_of_a_later_year_than_the_report_is_told():
    caption = "Mara Ilven at the harbour on 7 June 2025."
    report = lay_out(STORY, caption=caption, people=["Mara Ilven"])
    assert told(checks_of(report), report) == [("caption-other-date", "7 June 2025", [])]


@pytest.mark.parametrize(
    ("day", "published"),
    [("7 June 2019", "2024-05-03"), ("7 June", "2024-05-03"), ("7 June 2025", None), ("7 June 2025", "soon")],
)
def test_a_file_picture_and_an_unknown_date_are_nothing(day, published):
    report = lay_out(STORY, caption=f"Mara Ilven at the harbour on {day}.", people=["Mara Ilven"], published=published)
    assert checks_of(report) == ()
