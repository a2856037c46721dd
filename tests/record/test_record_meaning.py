"""The meanings of statements: the same bytes everywhere, near where the words say much the same."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from handmade import invented_reading, read_by_hand
from onrecord.errors import ModelDamaged, ModelMissing
from onrecord.reading import to_record
from onrecord.record.meaning import LENGTH, TABLE, Meanings, shipped_meanings, vectors_of


@pytest.fixture(scope="module")
def meanings():
    return shipped_meanings()


def cosine(meanings, one, other):
    first, second = meanings.encode([one, other]).astype(float)
    return first @ second / LENGTH**2


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("a new tax on boats", "the levy on ships", "the vote was lost by one voice"),
        ("the minister will resign", "she is stepping down from the cabinet", "the bridge is closed for repairs"),
        ("people will lose their jobs", "unemployment is going to rise", "the concert begins at eight"),
        ("the army shelled the town", "soldiers attacked the village", "the market was full of flowers"),
    ],
)
def test_what_says_much_the_same_is_nearer(meanings, text, near, far):
    assert cosine(meanings, text, near) > cosine(meanings, text, far) + 0.1


def test_each_vector_is_as_long_as_the_others(meanings):
    vectors = meanings.encode(["the levy", "no", "A long sentence about nothing much at all, said twice."]).astype(
        float
    )
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([LENGTH] * 3, rel=0.02)


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_a_text_without_words_has_no_direction(meanings, text):
    assert not meanings.encode([text]).any()


def test_odd_characters_are_no_failure(meanings):
    assert meanings.encode(["\ud800 levy \0", "\u202e", "🦀" * 1000, "x" * 100_000]).shape == (4, 48)


def test_a_text_has_the_same_vector_in_any_company(meanings):
    texts = [f"levy number {number} of the harbour" for number in range(50)]
    together = meanings.encode(texts)
    assert all((meanings.encode([text])[0] == vector).all() for text, vector in zip(texts, together, strict=True))


def test_the_bytes_are_those_of_every_machine(meanings):
    """Sums of whole numbers, one square root and one division: nothing that differs between processors."""
    vectors = meanings.encode(["The levy will go, she said.", "nobody was asked"])
    assert vectors.dtype == np.int8
    assert meanings.name == f"meaning-{hashlib.sha256(TABLE.read_bytes()).hexdigest()[:12]}"


def test_a_reading_has_a_vector_for_each_statement(meanings):
    record = to_record(invented_reading(1))
    vectors = vectors_of(record)
    assert (vectors.encoder, vectors.dimensions) == (meanings.name, 48)
    assert len(vectors.values) == 48 * len(record.statements)
    first = record.statements[0].content[0].of(record.document.text)
    assert vectors.values[:48] == meanings.encode([first]).tobytes()


def test_a_reading_without_statements_has_none():
    assert vectors_of(to_record(read_by_hand(""))).values == b""


def test_a_table_that_is_not_there(tmp_path):
    with pytest.raises(ModelMissing):
        Meanings.load(tmp_path / "none.npy")


@pytest.mark.parametrize("content", [b"", b"no table", TABLE.read_bytes()[:1000]])
def test_a_table_that_is_damaged(tmp_path, content):
    path = tmp_path / "meaning.npy"
    path.write_bytes(content)
    with pytest.raises(ModelDamaged):
        Meanings.load(path)


def test_a_table_of_another_vocabulary(tmp_path):
    np.save(tmp_path / "meaning.npy", np.zeros((10, 48), dtype=np.int8))
    with pytest.raises(ModelDamaged, match="vocabulary"):
        Meanings.load(tmp_path / "meaning.npy")


def test_the_table_is_small():
    assert TABLE.stat().st_size < 2_000_000
