"""Which stretches stand in quotation marks: mixed, lost and nested marks, and quotations over paragraphs (TG6)."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from onrecord.layout.quotemarks import outermost, pair_quotemarks

SPEECH = ["We will not go", "It's a disgrace", "The bridge is closed, and it stays closed", "No", "Why 5' 10\" pipes?"]
PAIRS = [
    ('"', '"'),
    ("“", "”"),
    ("''", "''"),
    ("``", "''"),
    ("‘", "’"),
    ("'", "'"),
    ("«", "»"),
    ("„", "“"),
    ("‹", "›"),
    ("", ""),
]
REST = [
    " the mayor said.",
    " and the voters' choice was clear — or so Ruiz thought.",
    " in the '90s, according to Moss.",
    " told the Echo's reporter: ",
    " (see the ‘plan’) ",
]
ODD = ['"', "“", "”", "''", "‘", "’", "'", "«", "»", "„", "‹", "—"]


def inner(text: str) -> list[str]:
    return [quotation.inner.of(text) for quotation in pair_quotemarks(text)]


def write_article(seed: int) -> str:
    """Return a short report whose marks are of every kind, some of them lost or doubled."""
    chance = random.Random(seed)
    paragraphs = []
    for _ in range(chance.randint(2, 4)):
        opening, closing = chance.choice(PAIRS)
        speech = f"{opening}{chance.choice(SPEECH)}{chance.choice(',.?')}{closing}"
        extra = chance.choice(ODD) if chance.random() < 0.4 else ""
        paragraphs.append(f"{speech}{chance.choice(REST)}{extra}{chance.choice(SPEECH)}")
    return chance.choice(["\n", "\n\n", "\r\n"]).join(paragraphs)


ARTICLES = [write_article(seed) for seed in range(200)]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('"We go," she said. "Now."', ["We go,", "Now."]),
        ("“We go,” she said.", ["We go,"]),
        ("''We go,'' she said.", ["We go,"]),
        ("«We go», she said.", ["We go"]),
        ("„We go“, she said.", ["We go"]),
        ("'It's a shame,' said the voters' leader.", ["It's a shame,"]),
        ("‘It’s a shame,’ said Moss.", ["It’s a shame,"]),
        ('"He called it ‘a joke’ twice," she said.', ["He called it ‘a joke’ twice,", "a joke"]),
        ("The voters' choice was the mayor's.", []),
        ("It was the '90s.", []),
        ("“”", [""]),
    ],
)
def test_marks_of_every_kind_are_paired(text, quoted):
    assert inner(text) == quoted


def test_a_quotation_over_several_paragraphs_is_opened_again_in_each():
    text = "“We will stay.\n\n“We will not go.\n\n“Never,” Ruiz said."
    quotations = pair_quotemarks(text)
    assert inner(text) == ["We will stay.", "We will not go.", "Never,"]
    assert [quotation.closed for quotation in quotations] == [False, False, True]


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_mark_leaves_the_paragraphs_before_it_unchanged(odd):
    for article in ARTICLES[:60]:
        before = pair_quotemarks(article)
        for tail in (f"\n{odd}", f"\n{odd}Ruiz left", f"\nRuiz left{odd}", f"\nRuiz {odd} left"):
            assert pair_quotemarks(article + tail)[: len(before)] == before


def test_an_odd_mark_leaves_the_paragraphs_after_it_unchanged():
    after = "“We go,” she said."
    for odd in ODD:
        shift = len(f"Ruiz {odd}left.\n")
        found = pair_quotemarks(f"Ruiz {odd}left.\n{after}")[-1]
        assert (found.inner.start - shift, found.inner.end - shift) == (1, 7)


def test_every_prefix_of_200_articles_is_read():
    for article in ARTICLES:
        for end in range(len(article) + 1):
            _check(article[:end])


def _check(text: str) -> None:
    quotations = pair_quotemarks(text)
    assert quotations == sorted(quotations, key=lambda quotation: quotation.outer)
    for quotation in quotations:
        assert quotation.outer.contains(quotation.inner)
        assert quotation.outer.end <= len(text)
        assert not set(quotation.outer.of(text)) & {"\n", "\r"}
    whole = outermost(text, quotations)
    assert all(before.outer.end <= after.outer.start for before, after in pairwise(whole))


def test_an_open_quotation_counts_where_the_next_paragraph_opens_again():
    text = "“We go, she said.\n\n“Nobody asked us.”"
    assert [quotation.inner.of(text) for quotation in outermost(text, pair_quotemarks(text))] == [
        "We go, she said.",
        "Nobody asked us.",
    ]


def test_an_open_quotation_whose_mark_was_lost_does_not_swallow_its_paragraph():
    text = "“We go, she said.\n\nNobody asked her."
    assert outermost(text, pair_quotemarks(text)) == []


def test_marks_of_a_text_cut_into_tokens_open_and_close():
    assert inner("He said `` no way '' on Monday .") == [" no way "]
