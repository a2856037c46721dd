"""Vectors in four bits a number."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record.meaning import shipped_meanings
from onrecord.record.nibbles import MOST, STEP, pack_vectors, unpack_vectors


@given(st.integers(1, 7), st.integers(0, 5), st.data())
def test_each_number_is_the_nearest_step(dimensions, count, data):
    values = data.draw(st.binary(min_size=dimensions * count, max_size=dimensions * count))
    packed = pack_vectors(values, dimensions)
    assert len(packed) == count * ((dimensions + 1) // 2)
    wanted = np.frombuffer(values, np.int8).reshape(count, dimensions).astype(float)
    kept = unpack_vectors(packed, dimensions).astype(float) * STEP
    assert kept.shape == wanted.shape
    assert np.abs(np.clip(wanted, -MOST * STEP, MOST * STEP) - kept).max(initial=0) <= STEP / 2


@pytest.mark.parametrize("dimensions", [47, 48])
def test_vectors_end_to_end_are_read_as_one(dimensions):
    values = np.arange(3 * dimensions, dtype=np.int8).tobytes()
    pieces = [pack_vectors(values[:dimensions], dimensions), pack_vectors(values[dimensions:], dimensions)]
    assert b"".join(pieces) == pack_vectors(values, dimensions)


def test_a_vector_keeps_its_direction():
    encoded = shipped_meanings().encode(["The levy will go, she said.", "Nobody was asked.", "fish", ""])
    kept = unpack_vectors(pack_vectors(encoded.tobytes(), 48), 48).astype(float)
    lengths = np.linalg.norm(encoded, axis=1) * np.linalg.norm(kept, axis=1)
    assert not kept[3].any()
    assert ((encoded.astype(float) * kept).sum(1)[:3] / lengths[:3]).min() > 0.98
