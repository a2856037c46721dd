"""Where words that somebody typed stand in a report: of several places, those nearest to each other."""

from __future__ import annotations

import pytest

from onrecord.document import Span
from onrecord.errors import BadChange
from onrecord.record.locating import MOST_COMPARED, Place, locate, place_again, place_missed

NO = "“No,” said Ada. “No,” said Bo. “No,” said Ada."


@pytest.mark.parametrize(
    ("text", "source", "found"),
    [
        ("Ada said no. “Not a boat,” Ada said. He left.", "Ada", ("Ada said. He", "said. He")),
        ("She said “Not a boat,” and no more. She left.", "She", ("She said “", "said “")),
        ("“Not a boat,” said she. She said more.", "she", ("she. She", "said she")),
        ("She sat. She, who was asked, said “Not a boat,” and left. He said no.", "She", ("She, who", "said “")),
    ],
)
def test_source_and_cue_are_those_nearest_to_the_content_and_each_other(text, source, found):
    place = place_missed(text, "“Not a boat,”", source=source, cue="said")
    for part, words in zip((place.source, place.cue), found, strict=True):
        assert text[part[0].start :].startswith(words)


def test_source_and_cue_stand_outside_the_content_if_they_can():
    text = "“Nobody, he said, was asked,” he said."
    place = place_missed(text, "“Nobody, he said, was asked,”", source="he", cue="said")
    assert (place.source, place.cue) == ((Span(30, 32),), (Span(33, 37),))
    within = place_missed("Nobody, he said, was asked.", "Nobody, he said, was asked.", source="he", cue="said")
    assert (within.source, within.cue) == ((Span(8, 10),), (Span(11, 15),))


def test_between_the_pieces_of_a_content_is_outside_of_it():
    text = "He said no. “Not a boat,” he said, “will pay, as he said.”"
    place = place_missed(text, "“Not a boat,” … “will pay, as he said.”", source="he", cue="said")
    assert [span.start for span in (*place.source, *place.cue)] == [text.index("he said"), text.index("said,")]


def test_an_ellipsis_of_the_report_itself_parts_no_pieces():
    text = "Nobody heard. “No … never,” he said, “not … once.” No, never."
    assert locate(text, "No … never") == (Span(15, 25),)
    assert locate(text, '"No …\nnever,"') == (Span(14, 27),)
    assert locate(text, "“No … never,” … “not … once.”") == (Span(14, 27), Span(37, 50))
    assert locate(text, "Nobody heard. … he said") == (Span(0, 13), Span(28, 35))


def test_a_cue_alone_and_no_words_at_all():
    assert place_missed("They vowed it.", "it", cue="vowed") == ((), (Span(5, 10),), (Span(11, 13),))
    assert place_missed("They vowed it.", [Span(11, 13)]) == ((), (), (Span(11, 13),))


def test_words_are_whole_ones_before_they_are_parts_of_longer_ones():
    text = "The other levy fell, he said."
    assert place_missed(text, "levy fell", source="he").source == (Span(21, 23),)
    assert place_missed("Where, he said, are they?", "he said", source="he").source == (Span(7, 9),)
    assert place_missed(text, "evy").content == (Span(11, 14),)


def test_parts_may_be_given_by_where_they_stand():
    place = place_missed(NO, [Span(16, 21)], source="Ada", cue=[Span(6, 10)])
    assert place == ((Span(11, 14),), (Span(6, 10),), (Span(16, 21),))


@pytest.mark.parametrize(("source", "start"), [("Bo", 16), ("Ada", 0), ("", 0)])
def test_a_content_in_several_places_is_where_its_source_is_where_nobody_can_say_which(source, start):
    with pytest.raises(BadChange, match="is in several places: 0-5 "):
        place_missed(NO, "“No,”", source=source, cue="said")
    assert place_missed(NO, "“No,”", source=source, cue="said", taken=()).content == (Span(start, start + 5),)


def test_of_places_that_are_as_near_the_first_is_meant_that_is_no_other_statement():
    taken = [(Span(0, 5),)]
    assert place_missed(NO, "“No,”", source="Ada", cue="said", taken=taken).content == (Span(31, 36),)
    assert place_missed("No.", "No", taken=[(Span(0, 2),)]).content == (Span(0, 2),)


def test_of_several_places_that_is_meant_whose_pieces_are_nearest_to_each_other():
    text = "He sat. He was asked. He, it is said, will pay."
    place = place_missed(text, "He … will pay", cue="is said", taken=())
    assert place.content == (Span(22, 24), Span(38, 46))
    assert place_missed("Pay he will, or pay.", "he will … Pay", taken=()).content == (Span(0, 3), Span(4, 11))


def test_what_stands_all_over_a_report_says_nothing():
    text = "no " * (MOST_COMPARED + 1)
    with pytest.raises(BadChange, match=f"'no': is in more than {MOST_COMPARED} places; copy more of the report"):
        place_missed(text, "no", taken=())


def test_a_content_that_is_nowhere_has_its_words_somewhere_and_is_refused_later():
    text = "a " * 4_000
    assert place_missed(text, [Span(9_000, 2)], source="a").content == (Span(9_000, 2),)


def test_no_content_is_none():
    for content in ("", ()):
        with pytest.raises(BadChange, match="a statement has a content"):
            place_missed(NO, content)


# ---- other words for a part


OLD = "The mayor sat. “Not a boat,” said the mayor of Orrin, and the harbour master said no more."


@pytest.mark.parametrize(
    ("source", "start"),
    [
        ("the mayor of Orrin", OLD.index("the mayor of")),
        ("mayor", OLD.index("mayor of")),
        ("the harbour master", OLD.index("the harbour")),
        ("The mayor", 0),
    ],
)
def test_other_words_are_where_the_old_ones_are_or_else_nearest_to_the_content(source, start):
    place = place_missed(OLD, "“Not a boat,”", source="the mayor", cue="said")
    moved = place_again(OLD, place, source=source)
    assert moved == place._replace(source=(Span(start, start + len(source)),))


def test_words_for_a_part_that_had_none_are_nearest_to_the_others():
    place = Place(source=(), cue=(), content=(Span(16, 21),))
    assert place_again(NO, place, source="Bo", cue="said") == ((Span(27, 29),), (Span(22, 26),), place.content)
    assert place_again(NO, place_again(NO, place, source="Bo"), source="") == place
    assert place_again(NO, place) == place


def test_words_that_are_not_there_are_refused():
    with pytest.raises(BadChange, match="'Ida': is not in the report"):
        place_again(NO, Place((), (), (Span(0, 5),)), source="Ida")
