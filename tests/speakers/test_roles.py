"""Roles: what a sentence says that a named person is, title and organization apart, pinned to its words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document import Span
from onrecord.layout.paragraphs import find_paragraphs
from onrecord.layout.sentences import find_sentences
from onrecord.speakers.rolephrases import role_words
from onrecord.speakers.roles import country_before, find_roles
from strategies import hostile_texts

SHARED = Path(__file__).parents[3] / "shared" / "data"


def found(text, name="Ilven"):
    """The roles that a text of one sentence gives to a name."""
    start = text.index(name)
    return find_roles(text, Span(start, start + len(name)), Span(0, len(text)))


def told(text, name="Ilven"):
    return [(role.title, role.of) for role in found(text, name)]


@pytest.mark.parametrize(
    ("text", "title", "of"),
    [
        ("Russian Foreign Minister Ilven left.", "Foreign Minister", "Russia"),
        ("Sen. Ilven left.", "Sen.", None),
        ("Chief executive Dr Ilven left.", "Chief executive", None),
        ("Superintendent Dr. Ilven left.", "Superintendent", None),
        ("Dr. Ilven left.", "Dr.", None),
        ("Chief Minister Shri Ilven left.", "Chief Minister", None),
        ("Information Minister Ms Ilven left.", "Information Minister", None),
        ("Her lawyer Maitre Ilven left.", "lawyer", None),
        ("Senator (Mrs) Ilven left.", "Senator", None),
        ("Interior Minister Col. (ret.) Ilven left.", "Interior Minister Col.", None),
        ("MP Sir Ilven left.", "MP", None),
        ("The chairman of Quarn, Hon. Ilven, left.", "chairman", "Quarn"),
        ("A gift to pop star Ilven came late.", "pop star", None),
        ("Minister of State for Shipping Dr. Ilven left.", "Minister of State", "Shipping"),
        ("Secretary of State for Ports and Quays Ilven left.", "Secretary of State", "Ports and Quays"),
        ("The press secretary to the governor of Norr, Ilven, left.", "press secretary", "governor of Norr"),
        ("They meant to sue former city manager Ilven.", "former city manager", None),
        ("PDQ caucus leader Ilven left.", "caucus leader", "PDQ"),
        ("Assistant State's Attorney Ilven left.", "Assistant State's Attorney", None),
        ("Ch Insp Ilven left.", "Ch Insp", None),
        ("The Tánaiste, Ilven, left.", "Tánaiste", None),
        ("He met former Florida Gov. Ilven.", "former Gov.", "Florida"),
        ("Brandt campaign manager Ilven left.", "campaign manager", "Brandt"),
        ("He told Brandt's campaign manager Ilven so.", "campaign manager", "Brandt"),
        ("New Harbour Post columnist Ilven left.", "columnist", "New Harbour Post"),
        ("House Majority Leader Ilven left.", "House Majority Leader", None),
        ("It was sent to CIA Director Ilven.", "Director", "CIA"),
        ("Former Pier-Harbour Group CEO Ilven left.", "Former CEO", "Pier-Harbour Group"),
        ("Secretary of State Ilven left.", "Secretary of State", None),
        ("The press secretary of the President of Norland Ilven left.", "press secretary", "President of Norland"),
        ("a former secretary of state, Ilven, left.", "former secretary of state", None),
        ("In the race, pizza magnate Ilven lost.", "pizza magnate", None),
        ("He asked his longtime lawyer, Ilven, to leave.", "longtime lawyer", None),
        ("A clerk named Ilven left.", "clerk", None),
        ("Harbour board anchor and news correspondent Ilven left.", "board anchor and news correspondent", "Harbour"),
        ("As mayor of Belvar, Ilven built a pier.", "mayor", "Belvar"),
        ("BWL executive Director Ilven left.", "executive Director", "BWL"),
        ("They met fellow Sen. Ilven.", "Sen.", None),
        ("He blew away rival Ilven.", "rival", None),
        ("He fell well behind front-runner Ilven.", "front-runner", None),
    ],
)
def test_a_role_before_the_name(text, title, of):
    assert told(text) == [(title, of)]


@pytest.mark.parametrize(
    ("text", "title", "of"),
    [
        ("Ilven, executive director of One Harbour Now, said so.", "executive director", "One Harbour Now"),
        ("Ilven, a professor at the Quay Institute, said so.", "professor", "Quay Institute"),
        ("Ilven, the billionaire owner of the Belvar Gulls who ...", "billionaire owner", "Belvar Gulls"),
        ("Ilven, 42, a spokeswoman for the ferry line, said so.", "spokeswoman", "ferry line"),
        ("Ilven, spokesman for Tarrow.", "spokesman", "Tarrow"),
        ("Ilven, editor in chief of Tidewatch, said so.", "editor in chief", "Tidewatch"),
        ("Ilven, director of policy at the Pier Council, said so.", "director of policy", "Pier Council"),
        ("Ilven, coordinator for tides at the Pier Council, said so.", "coordinator for tides", "Pier Council"),
        ("Ilven, mayor of Burlington, Vt., said so.", "mayor", "Burlington, Vt."),
        ("Ilven, a Harbour Post columnist, said so.", "columnist", "Harbour Post"),
        ("Ilven, Tarrow's personal lawyer, said so.", "personal lawyer", "Tarrow"),
        ("Ilven – the mayor of Belvar – said so.", "mayor", "Belvar"),
        ("Ilven, the governor there, said so.", "governor", None),
        ("Ilven, ambassador to Latvia, said so.", "ambassador", "Latvia"),
        ("Ilven, an adviser to media and boating start-ups, said so.", "adviser", "media and boating start-ups"),
    ],
)
def test_an_apposition_after_the_name(text, title, of):
    assert told(text) == [(title, of)]


@pytest.mark.parametrize("mark", ["(R-Wis.)", "(R., Wis.)", "(R -Wis.)", "(R–Wis)", ", R-Wis.,"])
def test_a_party_and_its_state(mark):
    (role,) = found(f"Ilven {mark} said so.".replace(" ,", ","))
    assert (role.title, role.of, role.country) == ("R", "Wisconsin", "US")


def test_a_party_alone():
    assert told("Ilven (D) said so.") == [("D", None)]


@pytest.mark.parametrize(
    ("text", "title", "of"),
    [
        ("Ilven, who heads the port board, said so.", "head", "port board"),
        ("Ilven, who also leads Belvar First, said so.", "leader", "Belvar First"),
        ("Ilven, who chairs the committee and ...", "chair", "committee"),
        ("Ilven, who is a lawyer for the town, said so.", "lawyer", "town"),
        ("Ilven, who served as mayor of Belvar, said so.", "mayor", "Belvar"),
        ("Ilven is a lawyer.", "lawyer", None),
    ],
)
def test_who_does_or_is_something(text, title, of):
    assert told(text) == [(title, of)]


def test_the_verbs_that_make_a_title_are_listed():
    titles = role_words().titles_of_verbs
    assert titles["heads"] == "head"
    assert titles["runs"] == "head"
    assert titles["founded"] == "founder"


def test_the_acronym_of_what_somebody_leads_ends_no_role():
    assert told("Ilven, head of the Salt Guild (SG), said so.") == [("head", "Salt Guild")]
    assert told("Ilven, head of the Salt Guild (which she owns), said so.") == []


def test_an_affiliation_has_no_title():
    assert told("Ilven of the Quay Institute said so.") == [("", "Quay Institute")]
    assert told("Ilven, of Brick, N.J., said so.") == [("", "Brick, N.J.")]
    assert told("He told the Harbour Post’s Ilven so.") == [("", "Harbour Post")]
    assert told("He told the Harbour Times’ Ilven so.") == [("", "Harbour Times")]


def test_title_and_state_around_a_name_are_one_role():
    text = "Gov. Mara Ilven of Iowa said so."
    (role,) = found(text, "Mara Ilven")
    assert (role.title, role.of, role.country) == ("Gov.", "Iowa", "US")
    assert role.span.of(text) == "Gov. Mara Ilven of Iowa"
    assert told("Sen. Ilven (Vt.) said so.") == [("Sen.", "Vermont")]


def test_several_roles_are_told_in_their_order():
    text = "Sen. Ilven (R-Wis.), a rancher and former mayor of Belvar, said so."
    assert told(text) == [("Sen.", None), ("R", "Wisconsin"), ("rancher", None), ("former mayor", "Belvar")]


def test_two_titles_before_a_name_are_two_roles():
    assert told("Pentagon spokesman Capt. Ilven left.") == [("spokesman", "Pentagon"), ("Capt.", None)]


def test_names_in_a_row_share_a_plural_title():
    text = "Senators Teo Brandt, Wenna Sool (R-Wis.) and Mara Ilven left."
    assert told(text, "Mara Ilven") == [("Senators", None)]
    assert told(text, "Teo Brandt") == [("Senators", None)]


@pytest.mark.parametrize(
    "text",
    [
        "Ilven left.",
        "He met Ilven, a spokesman said.",
        "He saw Ilven, a spokesman for the town said.",
        "Ilven’s lawyer left.",
        "The lawyer of Ilven left.",
        "Russia’s Ilven left.",
        "Mr. Ilven left.",
        "On Tuesday Ilven left.",
        "He threw Ilven out.",
        "Brandt, and Ilven left.",
        "He ran for president, Ilven said.",
        "The spokesman for Mrs. Ilven left.",
        "Ilven is the best candidate.",
        "Ilven, I think, left.",
        "the more moderate Ilven left.",
    ],
)
def test_no_role_is_told_that_is_not_there(text):
    assert told(text) == []


def test_a_verb_before_a_title_is_no_part_of_it():
    assert told("They remember President Ilven.") == [("President", None)]
    assert told("He threw Gov. Ilven out.") == [("Gov.", None)]


def test_nothing_outside_the_sentence_is_looked_at():
    text = "He is a governor. Ilven left. A lawyer came."
    start = text.index("Ilven")
    assert find_roles(text, Span(start, start + 5), Span(start, start + 11)) == ()


def test_the_span_holds_title_and_organization():
    text = "It was Mara Ilven, executive director of the Quay Institute, who left."
    (role,) = found(text, "Mara Ilven")
    assert role.span.of(text) == "executive director of the Quay Institute"


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Russia’s Ilven left.", "RU"),
        ("He told South Korea's Ilven so.", "KR"),
        ("Washington's Ilven left.", "US"),
        ("Tarrow’s Ilven left.", None),
        ("Russia Ilven left.", None),
        ("Ilven left.", None),
    ],
)
def test_a_country_that_owns_the_name(text, country):
    start = text.index("Ilven")
    assert country_before(text, Span(start, start + 5)) == country


@given(hostile_texts(), st.integers(0, 200), st.integers(0, 12))
def test_any_text_is_read_and_spans_stay_in_the_sentence(text, at, size):
    start = min(at, len(text))
    name = Span(start, min(len(text), start + size))
    for role in find_roles(text, name, Span(0, len(text))):
        assert 0 <= role.span.start < role.span.end <= len(text)
        assert role.title or role.of
    country_before(text, name)


def test_a_long_sentence_costs_no_more_than_its_window():
    text = "Ilven, " + "the mayor of " * 50_000
    assert len(told(text)) <= 4


@pytest.mark.skipif(not (SHARED / "speakers").is_dir(), reason="needs ../shared/data, which is only at the developers'")
def test_roles_of_forty_reports_are_found():
    reports = _reports(40)
    hits = total = 0
    for text, entities in reports:
        sentences = [each for paragraph in find_paragraphs(text) for each in find_sentences(text, paragraph)]
        for entity in entities:
            words = [_content(role) for role in entity["roles"]]
            total += sum(map(bool, words))
            read = [_content(each) for each in _read(text, sentences, entity["name"])]
            hits += sum(any(len(role & other) >= 0.6 * len(role) for other in read) for role in words if role)
    # 75.2 % of 969 gold roles are found where partial names are followed too; here only last names are.
    assert hits / total >= 0.6


def _reports(count):
    texts = {}
    with (SHARED / "polnear" / "train.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            texts[record["id"]] = record["text"]
    for path in sorted((SHARED / "speakers" / "train").glob("*.json"))[:count]:
        gold = json.loads(path.read_text(encoding="utf-8"))
        people = [each for each in gold["entities"].values() if each["kind"] == "person"]
        yield texts[gold["doc"]], [each for each in people if each["name"] in texts[gold["doc"]]]


def _read(text, sentences, name):
    for sentence in sentences:
        for part in (name, name.split()[-1]):
            at = text.find(part, sentence.start, sentence.end)
            if at >= 0:
                for role in find_roles(text, Span(at, at + len(part)), sentence):
                    yield f"{role.span.of(text)} {role.title} {role.of}"
                break


def _content(words):
    light = {"the", "a", "an", "of", "for", "at", "with", "in", "to", "on", "and", "his", "her", "former", "None"}
    return {word.strip(".,()’'").lower() for word in words.replace("-", " ").split()} - light - {""}


def test_a_short_title_and_another_role_before_a_name_are_two():
    assert told("It was former Ohio Gov. and vice presidential candidate Ilven.") == [
        ("former Gov.", "Ohio"),
        ("vice presidential candidate", None),
    ]


def test_an_owner_is_not_cut_from_two_kinds_of_one_role():
    assert told("It was Popular Christian and corporate speaker Ilven.") == [
        ("Popular Christian and corporate speaker", None)
    ]


def test_who_leads_another_in_polls_heads_nobody():
    assert told("Ilven, who leads Brandt in polls, left.") == []
    assert told("Ilven, who leads the Quay Board, left.") == [("leader", "Quay Board")]
