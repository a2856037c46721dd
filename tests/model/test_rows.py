"""Rows are kept by blocks, and are the same however many come at once."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.model.rows import BLOCK, Rows


@pytest.mark.parametrize("size", [1, 7, BLOCK - 1, BLOCK, BLOCK + 1])
def test_rows_are_the_same_however_many_come_at_once(size):
    total = 2 * BLOCK + 100
    whole = np.arange(total, dtype=np.float32).astype(np.float16)[:, None] * np.ones((1, 2), np.float16)
    rows = Rows()
    for start in range(0, total, size):
        rows.append(whole[start : start + size])
    places = np.array([0, BLOCK - 1, BLOCK, 5, total - 1, 2 * BLOCK, 5], dtype=np.intp)
    assert rows.take(places).tolist() == whole[places].tolist()


@pytest.mark.parametrize("size", [1, BLOCK - 1, BLOCK, BLOCK + 1])
def test_rows_that_are_closed_are_the_same_and_take_no_more(size):
    whole = np.arange(size, dtype=np.float16)[:, None]
    rows = Rows()
    rows.append(whole)
    rows.close()
    assert rows.take(np.arange(size)).tolist() == whole.tolist()
    with pytest.raises(ValueError, match="closed"):
        rows.append(whole)


def test_rows_are_rounded_to_16_bits_whether_their_block_is_full_or_not():
    whole = np.random.default_rng(7).normal(size=(BLOCK + 9, 2)).astype(np.float32)
    places = np.array([3, BLOCK - 1, BLOCK, BLOCK + 8], dtype=np.intp)
    rows, few = Rows(), Rows()
    rows.append(whole)
    few.append(whole[:9])
    assert rows.take(places).tolist() == whole[places].astype(np.float16).tolist()
    assert few.take(places[:1]).dtype == np.float16
    assert few.take(places[:1]).tolist() == rows.take(places[:1]).tolist()
    few.close()
    assert few.take(places[:1]).tolist() == rows.take(places[:1]).tolist()


def test_no_rows_can_be_asked_for_of_none():
    assert Rows().take(np.zeros(0, np.intp)).shape == (0, 0)
