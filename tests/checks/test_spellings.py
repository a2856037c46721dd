from __future__ import annotations

import pytest

from checks_by_hand import told
from onrecord.checks.finding import find_checks
from onrecord.checks.spellings import is_slip
from onrecord.document import Document, Span
from onrecord.reading import Entity, Mention

BODY = "Teo Halvorsen resigned. Halvorsen left at noon. The friends of {} wept. Halvorsen did not."


def checks_with(name: str, count: int = 4):
    text = BODY.format(name)
    words = ["Teo Halvorsen", "Halvorsen left", name, "Halvorsen did"][:count]
    spans = [Span(text.index(each), text.index(each) + len(each.split(" left")[0].split(" did")[0])) for each in words]
    mentions = tuple(Mention(span=span, form="name") for span in spans)
    entities = (Entity(id="e1", name="Teo Halvorsen", kind="person", mentions=mentions),)
    document = Document.from_text(text)
    return find_checks(document, (), entities, (), ()), document


def test_a_name_a_letter_from_the_one_that_stands_everywhere_else_is_told():
    checks, document = checks_with("Halvorson")
    assert told(checks, document) == [("name-spelling", "Halvorson", ["Halvorsen"] * 3)]
    assert checks[0].message == "“Halvorson” is “Halvorsen” everywhere else."


@pytest.mark.parametrize("name", ["Halvorsen", "Halvorsens", "Halversten", "HALVORSEN"])
def test_the_same_name_a_plural_and_another_name_are_none(name):
    assert checks_with(name)[0] == ()


def test_of_two_spellings_that_stand_equally_often_neither_is_the_slip():
    assert checks_with("Halvorson", count=3)[0] == ()


@pytest.mark.parametrize(
    ("name", "other", "slip"),
    [
        ("mcaulliffe", "mcauliffe", True),
        ("kavanuagh", "kavanaugh", True),
        ("brandts", "brandt", False),
        ("marlen", "varlen", False),
        ("ostrava", "ostrova", True),
        ("quillen", "quill", False),
    ],
)
def test_a_slip_is_one_letter(name, other, slip):
    assert is_slip(name, other) is slip
    assert is_slip(other, name) is slip
