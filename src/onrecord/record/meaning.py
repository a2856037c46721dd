"""What statements mean, as 48 numbers of one byte each: near in direction where the words say much the same.

A text's numbers are the sum of a table's rows, one a word piece, turned to length 127: no network runs. The table
(``meaning.npy``) is made by ``training/meaning.py`` after all-MiniLM-L6-v2, see ``meaning.NOTICE.txt``. Sums are whole
numbers, so that every machine gives the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.errors import ModelDamaged
from onrecord.model.manifest import REINSTALL, WEIGHTS, shipped_part
from onrecord.model.session import VOCABULARY
from onrecord.model.tokens import SURROGATE
from onrecord.reading import ReadingRecord
from onrecord.record.packing import words_of
from onrecord.record.storing import Vectors

Bytes = NDArray[np.int8]

TABLE: Final = Path(__file__).parent / "meaning.npy"
LENGTH: Final = 127
"""How long each vector is: its dot product with another one is their cosine times 16,129."""


class Meanings:
    """The table and the vocabulary that its rows are for."""

    def __init__(self, table: Bytes, tokenizer: Tokenizer, name: str) -> None:
        self.name = name
        """Of the table and its hash: vectors are only ever compared with those of the same name."""
        self.dimensions = table.shape[1]
        self._table = table
        self._tokenizer = tokenizer

    @classmethod
    def load(cls, table: Path = TABLE, vocabulary: Path = WEIGHTS / VOCABULARY) -> Self:
        """Load a table, by default the one in the package.

        Raises:
            ModelMissing: a file is not there.
            ModelDamaged: a file is cut short or no table of this vocabulary.
        """
        with shipped_part("the table of meanings", table):
            content = table.read_bytes()
            rows = np.load(table, allow_pickle=False)
            tokenizer = Tokenizer.from_file(str(vocabulary))
        if rows.dtype != np.int8 or rows.shape[:1] != (tokenizer.get_vocab_size(),):
            raise ModelDamaged("no table of meanings of this vocabulary", where=str(table), advice=REINSTALL)
        return cls(rows, tokenizer, f"{table.stem}-{hashlib.sha256(content).hexdigest()[:12]}")

    def encode(self, texts: Sequence[str]) -> Bytes:
        """Return the vectors of texts: [N, 48] int8, each of length 127; of zeros for a text without any word."""
        result = np.zeros((len(texts), self.dimensions), dtype=np.int8)
        for row, total in zip(result, self.sums(texts), strict=True):
            if total.any():
                row[:] = np.round(total * (LENGTH / np.sqrt(np.dot(total, total))))
        return result

    def sums(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """Return the vectors of texts before they are turned to one length, which tells how much the words say."""
        found = self._tokenizer.encode_batch(
            [SURROGATE.sub("\ufffd", text) for text in texts], add_special_tokens=False
        )
        rows = [self._table[each.ids].sum(axis=0, dtype=np.int64) for each in found]
        return np.array(rows, dtype=np.int64).reshape(len(texts), self.dimensions)


@lru_cache(maxsize=1)
def shipped_meanings() -> Meanings:
    """Return the package's own table, loaded once a process (60 ms)."""
    return Meanings.load()


def vectors_of(record: ReadingRecord, meanings: Meanings | None = None) -> Vectors:
    """Return the meanings of a reading's statements, for :func:`onrecord.record.writing.add_reading`.

    A statement's meaning is that of its content's words. About 20 microseconds a statement: for the processes that
    read, not for the one that writes.

    Raises:
        ModelMissing: the package's table is not there.
        ModelDamaged: it is cut short.
    """
    meanings = meanings or shipped_meanings()
    contents = [words_of(record.document.text, statement.content) or "" for statement in record.statements]
    return Vectors(encoder=meanings.name, dimensions=meanings.dimensions, values=meanings.encode(contents).tobytes())
