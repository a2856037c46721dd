"""Two utterances read together by a network: does one stand in the other.

The network (``crossencoder.onnx``, made by ``training/train_ties.py``) is an encoder over both utterances, the shorter
first: ``[CLS] shorter [SEP] longer [SEP]`` (a cross-encoder, as in Reimers and Gurevych 2019). What it says depends on
nothing else: each pair is read alone, on one thread, so that every machine gives the same scores.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.model.manifest import WEIGHTS, shipped_part
from onrecord.model.session import VOCABULARY, open_graph
from onrecord.model.tokens import SURROGATE

if TYPE_CHECKING:
    import onnxruntime

GRAPH: Final = Path(__file__).parent / "crossencoder.onnx"
MOST: Final = 160
"""Word pieces of an utterance that are read; of a longer one those around what both have in common."""
_CLS: Final = 101
_SEP: Final = 102
"""What begins and what ends an utterance, in the vocabulary of BERT's uncased models."""


class Said(NamedTuple):
    """What the network says of two utterances, as logits."""

    tied: float
    """That one is another appearance of the other."""
    kinds: tuple[float, ...]
    """That it is clipped, altered or paraphrased, in the order of :data:`onrecord.compare.kinds.LEARNED`."""


class CrossEncoder:
    """The loaded network and the vocabulary that it reads."""

    def __init__(self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer) -> None:
        self._session = session
        self._tokenizer = tokenizer

    @classmethod
    def load(cls, graph: Path = GRAPH, vocabulary: Path = WEIGHTS / VOCABULARY) -> Self:
        """Load a network, by default the one in the package.

        Raises:
            ModelMissing: a file is not there.
            ModelDamaged: it is cut short or no such network.
        """
        with shipped_part("the cross-encoder", graph):
            graph.open("rb").close()  # onnxruntime has an error of its own for a file that is not there
            return cls(open_graph(graph), Tokenizer.from_file(str(vocabulary)))

    def read(self, this: str, other: str, *, around: tuple[int, int] = (0, 0)) -> Said:
        """Tell how sure it is that one is another appearance of the other, and which; their order makes no difference.

        Args:
            this: the words of one.
            other: those of the other.
            around: a character of each that is read in any case.
        """
        ids, types = join_pieces(
            *(pieces_of(self._tokenizer, *each) for each in zip((this, other), around, strict=True))
        )
        logits = self._session.run(["logits"], {"ids": ids[None], "types": types[None]})[0][0]
        tied, _none, _identical, *kinds = (round(float(each), 4) for each in logits)
        return Said(tied, tuple(kinds))


def pieces_of(tokenizer: Tokenizer, text: str, around: int = 0) -> list[int]:
    """Return the word pieces of an utterance, :data:`MOST` at most: those about the character ``around``."""
    found = tokenizer.encode(SURROGATE.sub("\ufffd", text), add_special_tokens=False)
    if len(found.ids) <= MOST:
        return list(found.ids)
    middle = next((at for at, (_, end) in enumerate(found.offsets) if end > around), len(found.ids))
    start = max(0, min(middle - MOST // 2, len(found.ids) - MOST))
    return list(found.ids[start : start + MOST])


def join_pieces(this: list[int], other: list[int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return two utterances as the network reads them: [T] word pieces, the shorter first, and [T] which one it is."""
    shorter, longer = sorted((this, other), key=lambda each: (len(each), each))
    ids = [_CLS, *shorter, _SEP, *longer, _SEP]
    types = [0] * (len(shorter) + 2) + [1] * (len(longer) + 1)
    return np.array(ids, dtype=np.int64), np.array(types, dtype=np.int64)


@lru_cache(maxsize=1)
def shipped_crossencoder() -> CrossEncoder:
    """Return the package's own network, loaded once a process."""
    return CrossEncoder.load()
