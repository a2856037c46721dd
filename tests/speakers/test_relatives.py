"""Whom a relative pronoun stands behind."""

from __future__ import annotations

import pytest

from clock import takes_at_most
from onrecord.document import Span
from onrecord.speakers.relatives import LONGEST_CLAUSE, clause_behind, is_apposition, phrase_before_relative
from scenes import Picks, make_scene


def before(text):
    end = text.index("|")
    span = phrase_before_relative(text.replace("|", ""), 0, end)
    return None if span is None else span.of(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mara Ilven, |who", "Mara Ilven"),
        ("the voters |who", "the voters"),
        ("It would rally the voters |who", "the voters"),
        ("She arrested two brothers |who", "two brothers"),
        ("the two brothers |who", "the two brothers"),
        ("Mayor Ilven spoke with former Mayor Jo Karsh of Orrin, |who", "former Mayor Jo Karsh of Orrin"),
        ("It was ready in October, |which", None),
        ("It means including people |who", "people"),
        ("It drew scorn from political opponents on the left, |who", "political opponents on the left"),
        ("It drew the ire of lawmakers |who", "lawmakers"),
        ("It gave a voice to those |who", "those"),
        ("There remain those in the shipping world |who", "those in the shipping world"),
        ("the mayor of Belvar, |who", "the mayor of Belvar"),
        ("a member of the council, |who", "a member of the council"),
        ("“It leaks,” said one source |who", "one source"),
        ("It will need to persuade Ilven's supporters |who", "Ilven's supporters"),
        ("It is open to party members |who", "party members"),
        ("It sells to wealthy Belvar citizens |who", "wealthy Belvar citizens"),
        ("On one side are ferrymen and oarsmen |who", "ferrymen and oarsmen"),
        ("It is from the memoirs of a former minister |who", "a former minister"),
        ("It is from the memoirs of a former minister |which", "the memoirs of a former minister"),
        ("There are plenty of tired fishers |who", "plenty of tired fishers"),
        ("It is open to a handful of fishers, |who", "a handful of fishers"),
        ("She was one of two fishers |who say", "two fishers"),
        ("She was one of two fishers |who says", "one of two fishers"),
        ("The levy will infuriate harbour pilots |who", "harbour pilots"),
        ("It is sure to rile Orrin traders |who", "Orrin traders"),
        ("It is an effort to placate traders |who", "traders"),
        ("This angered traders |who", "traders"),
        ("The fleet also includes captains |who", "captains"),
        ("“Bring it on,” say fishers, |who", "fishers"),
        ("Will their captains, |who", "their captains"),
        ("He met fishers |who", "fishers"),
        ("They also met two fishers |who", "two fishers"),
        ("She thanked Brandt, however, |who", "Brandt"),
        ("It met fishers, including two captains, |who say", "fishers"),
        ("It met fishers, including Brandt, |who says", "Brandt"),
        ("It asked allies around the world |who", "allies around the world"),
        ("It heard a former diplomat in France, |who", "a former diplomat in France"),
        ("It asked others in the Guard, |who", "others in the Guard"),
        ("The advice of officials and others |who", "officials and others"),
        ("It is for captains or permanent residents |who", "captains or permanent residents"),
        ("It weighs on the minds of many members, |who", "many members"),
        ("They passed the K-1 permit, |which", "the K-1 permit"),
        ("|who", None),
        (", |who", None),
    ],
)
def test_who_means_the_people_before_it(text, expected):
    assert before(text) == expected


@pytest.mark.parametrize(
    ("between", "describes"),
    [
        (", ", True),
        (", 24, from Orrin, ", True),
        (" (R) of Belvar, ", True),
        (" of Tarn Island, NB, ", True),
        (", a pilot at Orrin, ", True),
        (" asked ", False),
    ],
)
def test_what_describes_a_name_may_stand_between(between, describes):
    assert is_apposition(between) is describes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("those who were there, and left", "those who were there"),
        ("those with a boat.", "those with a boat"),
        ("those calling themselves ferrymen and by the mayor", "those calling themselves ferrymen"),
        ("those troubled by the storm is the mayor", "those troubled by the storm"),
        ("those boats", None),
        ("those", None),
    ],
)
def test_those_are_described_by_the_clause_behind_them(text, expected):
    end = clause_behind(text, Span(0, 5), len(text))
    assert (None if end is None else text[:end]) == expected


@pytest.mark.timed
def test_a_clause_is_cut_where_it_is_too_long():
    text = "those who " + "row and row " * 1000
    assert clause_behind(text, Span(0, 5), len(text)) <= LONGEST_CLAUSE + 5
    assert takes_at_most(1, lambda: clause_behind(text, Span(0, 5), len(text)))


def test_those_who_are_met_nowhere_else_are_called_by_their_clause():
    scene = make_scene("[p Mara Ilven] gave a voice to those who feared the flood, and left.")
    picks = Picks({0: "somebody new"})
    (answer,) = scene.resolve(picks, scene.said("who", "feared", "the flood"))
    assert scene.names(answer) == ["those who feared the flood"]
