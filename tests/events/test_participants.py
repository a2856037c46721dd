import pytest

from onrecord.events.participants import find_participants
from onrecord.speakers.described import introduced_before
from scenes import make_scene


def words_of(scene):
    sentence = scene.discourse.sentences[0]
    return [each.span.of(scene.text) for each in find_participants(scene.discourse, sentence)]


def test_names_and_described_people_may_take_part():
    scene = make_scene("[p Mara Ilven] accused the rebels of shelling the harbour.").tied()
    assert words_of(scene) == ["Mara Ilven", "the rebels"]


@pytest.mark.parametrize("count", ["four", "9", "120"])
def test_a_number_begins_who_is_counted(count):
    assert words_of(make_scene(f"The storm killed {count} people.").tied()) == [f"{count} people"]
    assert words_of(make_scene(f"The militia shot {count} villagers.").tied())[-1] == f"{count} villagers"


@pytest.mark.parametrize(
    "who",
    [
        "the 35 rebels",
        "some 90 armed rebels",
        "1,076 armed rebels",
        "3.5 million people",
        "any 2016 candidates",
        "the 43rd G7 summit",
    ],
)
def test_a_number_is_whole_and_keeps_the_determiner_before_it(who):
    assert words_of(make_scene(f"The council met {who}.").tied())[-1] == who


@pytest.mark.parametrize(
    "words", ["It met 60 percent of voters", "It met 10 new witnesses and voters", "It met in 2019 angry voters"]
)  # fmt: skip
def test_a_number_of_something_else_begins_nobody(words):
    assert words_of(make_scene(f"{words}.").tied())[-1] == "voters"


def test_what_a_dateline_tells_is_no_origin_of_those_behind_it():
    assert words_of(make_scene("[l QUARN]—Gunmen killed a pastor.").tied()) == ["QUARN", "Gunmen", "a pastor"]
    assert words_of(make_scene("[g Norwegian] police fled.").tied()) == ["Norwegian police"]


def test_a_description_with_a_name_inside_is_no_title_of_the_name():
    scene = make_scene("[p Teo Brandt] fell. A [l Belvar] police officer shot him.").tied()
    introduced_before(scene.discourse, len(scene.text))
    found = find_participants(scene.discourse, scene.discourse.sentences[1])
    assert [each.span.of(scene.text) for each in found] == ["A Belvar police officer", "Belvar", "him"]


def test_a_tagged_description_is_not_found_twice():
    scene = make_scene("[p Mara Ilven] met [N the striking workers] on the quay.").tied()
    assert words_of(scene) == ["Mara Ilven", "the striking workers"]


def test_a_pronoun_takes_part_when_it_is_tied():
    scene = make_scene("[p Mara Ilven] resigned. She blamed the council.").tied()
    sentence = scene.discourse.sentences[1]
    found = find_participants(scene.discourse, sentence)
    assert [each.span.of(scene.text) for each in found] == ["She", "the council"]


def test_where_they_belong_is_part_of_who_they_are():
    assert words_of(make_scene("[g Norwegian] police freed [p Mara Ilven].").tied()) == [
        "Norwegian police",
        "Mara Ilven",
    ]


def test_things_take_no_part():
    scene = make_scene("[p Mara Ilven] read the report about the bridge.").tied()
    assert words_of(scene) == ["Mara Ilven"]


@pytest.mark.parametrize(
    ("marked", "taking_part"),
    [
        ("The mayor of Belvar, [p Ada Quill], sued [p Brandt].", ["Ada Quill", "Ada Quill", "Brandt"]),
        ("The union representing them, [o Unitas], sued [p Brandt].", ["Unitas", "them", "Unitas", "Brandt"]),
        ("[p Brandt] sued the mayor, [p Ada Quill].", ["Brandt", "Ada Quill", "Ada Quill"]),
        ("On Monday the mayor, [p Ada Quill] said, sued [p Brandt].", ["the mayor", "Ada Quill", "Brandt"]),
        ("The head of the agency, [p Ada Quill], sued [p Brandt].", ["Ada Quill", "Ada Quill", "Brandt"]),
        ("The firm that sued the council, [o Harbourlink], won.", ["Harbourlink", "the council", "Harbourlink"]),
        ("The voters, [p Ada Quill], sued [p Brandt].", ["The voters", "Ada Quill", "Brandt"]),
    ],
)
def test_who_is_described_goes_by_the_name_behind_a_comma(marked, taking_part):
    scene = make_scene(marked).tied()
    found = find_participants(scene.discourse, scene.discourse.sentences[0])
    assert [(each.occurrence or each).span.of(scene.text) for each in found] == taking_part


@pytest.mark.parametrize(
    ("marked", "taking_part"),
    [
        ("After attacking his wife, [p Teo Brandt], 34, fled.", ["his wife", "Teo Brandt"]),
        ("After suing the city, [p Teo Brandt], 34, fled.", ["the city", "Teo Brandt"]),
        ("When he met the pope, [p Ada Quill], 40, sued [p Brandt].", ["he", "the pope", "Ada Quill", "Brandt"]),
        ("Speaking to the mayor, [p Ada Quill], 40, sued [p Brandt].", ["the mayor", "Ada Quill", "Brandt"]),
        ("[p Brandt] sued the mayor, the council, [o Unitas], and the police.",
         ["Brandt", "the mayor", "the council", "Unitas", "the police"]),
        ("The mayor, [p Brandt], [p Quy] and [p Held] resigned.", ["The mayor", "Brandt", "Quy", "Held"]),
    ],
)  # fmt: skip
def test_who_stands_before_somebody_else_takes_part_too(marked, taking_part):
    assert words_of(make_scene(marked).tied()) == taking_part
