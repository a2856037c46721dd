"""The sentences that events are trained on, and the lexicon of triggers: what they may hold."""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Final, get_args

import pytest

from onrecord.reading import EventModality, EventType

SENTENCES = Path(__file__).parents[2] / "training" / "events" / "sentences.tsv"
LEXICON = files("onrecord.events").joinpath("triggers.tsv")
ROWS = [line.split("\t") for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
ENTRIES = [line.split("\t") for line in LEXICON.read_text(encoding="utf-8").splitlines()]
TYPES: Final = frozenset(get_args(EventType))
MODES: Final = {
    "ACCUSE": {"disapprove", "investigate", "allege"},
    "CONSULT": {"visit", "third-party", "multilateral", "phone"},
    "RETREAT": {"withdraw", "release", "return", "disarm", "ceasefire", "access", "resign"},
    "REQUEST": {"assist", "change", "yield", "meet"},
    "REJECT": {"assist", "change", "yield", "meet"},
    "THREATEN": {"restrict", "ban", "arrest", "relations", "expel", "territory", "violence"},
    "PROTEST": {"demo", "riot", "strike", "hunger", "boycott", "obstruct"},
    "SANCTION": {"convict", "expel", "withdraw", "discontinue"},
    "MOBILIZE": {"troops", "weapons", "police", "militia"},
    "COERCE": {
        *("seize", "restrict", "ban", "censor", "curfew", "martial-law", "arrest", "deport", "withhold"),
        *("misinformation", "cyber"),
    },
    "ASSAULT": {
        *("abduct", "beat", "torture", "execute", "sexual", "assassinate", "primitive", "firearms", "explosives"),
        *("suicide-attack", "heavy-weapons", "crowd-control", "unconventional", "aerial", "drone", "destroy"),
        *("massacre", "cleansing"),
    },
}
"""The modes of each type that has any, as PLOVER's codebook and POLECAT name them."""
CONSTRUCTIONS: Final = {"object", "with", "against", "to", "on", "of", "for", "from", "at", "between", "none"}
TAG = re.compile(r"<(/?)([ste])>")


def tags(sentence):
    return [found[1] + found[2] for found in TAG.finditer(sentence)]


def unmarked(sentence):
    return TAG.sub("", sentence)


def spans(sentence, tag):
    return tuple(re.findall(f"<{tag}>(.*?)</{tag}>", sentence))


@pytest.mark.parametrize("lines", [ROWS, ENTRIES], ids=["sentences", "lexicon"])
def test_every_line_has_as_many_fields_as_the_first(lines):
    assert [line for line in lines if len(line) != len(lines[0])] == []


def test_the_first_lines_name_the_columns():
    assert ROWS[0] == ["type", "mode", "modality", "sentence"]
    assert ENTRIES[0] == ["trigger", "pos", "type", "mode", "construction", "weight"]


def test_there_are_more_than_two_thousand_four_hundred_sentences():
    assert len(ROWS) - 1 >= 2400


def test_types_modes_and_modalities_of_sentences_are_those_of_the_contract():
    odd = [
        row
        for row in ROWS[1:]
        if row[0] not in {*TYPES, "none"}
        or row[1] not in {"", *MODES.get(row[0], ())}
        or row[2] not in get_args(EventModality)
    ]
    assert odd == []


def test_every_type_has_at_least_a_hundred_sentences_and_none_has_three_hundred_and_fifty():
    counts = Counter(row[0] for row in ROWS[1:])
    assert {kind: count for kind, count in counts.items() if count < 100} == {}
    assert set(counts) == {*TYPES, "none"}
    assert counts["none"] >= 350


def test_every_mode_has_a_sentence():
    told = {(row[0], row[1]) for row in ROWS[1:]}
    assert {(kind, mode) for kind, modes in MODES.items() for mode in modes} - told == set()


def test_a_sentence_marks_one_actor_one_recipient_and_its_trigger():
    odd = [
        row[3]
        for row in ROWS[1:]
        if (len(spans(row[3], "s")), len(spans(row[3], "t"))) != (1, 1) or len(spans(row[3], "e")) not in (1, 2)
    ]
    assert odd == []


def test_marks_are_balanced_and_none_stands_inside_another():
    def balanced(sentence):
        found = tags(sentence)
        return len(found) % 2 == 0 and all(
            "/" + opened == closed and len(opened) == 1 for opened, closed in zip(found[::2], found[1::2], strict=True)
        )

    assert [row[3] for row in ROWS[1:] if not balanced(row[3])] == []


def test_marks_hold_words_without_spaces_at_their_edges():
    held = [words for row in ROWS[1:] for tag in "ste" for words in spans(row[3], tag)]
    assert [words for words in held if not words or words != words.strip()] == []


def test_sentences_are_plain_text_without_other_brackets():
    assert [row[3] for row in ROWS[1:] if re.search(r"[\[\]{}<>|\\]| {2}|\.\.", unmarked(row[3]))] == []


def test_no_pair_is_marked_twice_around_the_same_trigger():
    keys = [
        (unmarked(row[3]), spans(row[3], "s"), spans(row[3], "t"), spans(row[3], "e"), row[3].find("<s>"))
        for row in ROWS[1:]
    ]
    assert [key for key, count in Counter(keys).items() if count > 1] == []


def test_the_lexicon_has_more_than_eleven_hundred_lines():
    assert len(ENTRIES) - 1 >= 1100


def test_the_lexicon_is_sorted_and_no_line_stands_twice():
    keys = [tuple(entry[:4]) for entry in ENTRIES[1:]]
    assert keys == sorted(set(keys))


def test_parts_of_speech_types_modes_and_constructions_of_triggers_are_known():
    odd = [
        entry
        for entry in ENTRIES[1:]
        if entry[1] not in {"verb", "noun", "adj", "phrase"}
        or entry[2] not in TYPES
        or entry[3] not in {"", *MODES.get(entry[2], ())}
        or not set(entry[4].split(",")) <= CONSTRUCTIONS
    ]
    assert odd == []


def test_weights_are_a_tenth_to_one():
    assert [entry for entry in ENTRIES[1:] if not re.fullmatch(r"0\.[1-9]|1\.0", entry[5])] == []


def test_triggers_are_in_lower_case_with_single_spaces_and_begin_with_a_word():
    odd = [entry[0] for entry in ENTRIES[1:] if not re.fullmatch(r"[a-z][a-z'-]*(?: (?:[a-z0-9'-]+|\*))*", entry[0])]
    assert odd == []


def test_every_type_and_every_mode_has_triggers():
    kinds = {(entry[2], entry[3]) for entry in ENTRIES[1:]}
    assert {kind for kind, _ in kinds} == TYPES
    assert {(kind, mode) for kind, modes in MODES.items() for mode in modes} - kinds == set()
