"""Bands of a statement's words: two statements are compared if they have one in common.

Each band is the least of 32 hashes over the statement's runs of five words (MinHash). Two statements of which a tenth
of the runs is in both share a band in 97 of 100 cases, and of which a twentieth, in 81: so a short cut out of a long
statement is found. Statements that share no run of five words are not.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.compare.wording import read_words

Bands = NDArray[np.uint64]

BANDS: Final = 32
RUN: Final = 5
"""Words to a run, as in compare/candidates. Of 30,000 statements of words by Zipf's law 2,400 pairs share four by
chance, and their number grows with the square of the statements."""
LEAST_WORDS: Final = 5
"""Words of a statement that is looked at: fewer are anybody's."""
_FACTORS: Final[Bands] = np.random.default_rng(20_240_502).integers(1, 2**63, BANDS, dtype=np.uint64) * np.uint64(2) + (
    np.uint64(1)
)
_ADDED: Final[Bands] = np.random.default_rng(1_905).integers(0, 2**63, BANDS, dtype=np.uint64)


def bands_of(words: str) -> Bands | None:
    """Return the bands of an utterance, [32] of 64 bits; None where it has too few words to be told by them.

    >>> one, other = bands_of("We will not raise the levy"), bands_of("“We won’t raise the levy,”")
    >>> bool((one == other).all())
    True
    """
    stems = [word.stem for word in read_words(words)]
    if len(stems) < LEAST_WORDS:
        return None
    runs = {" ".join(stems[at : at + RUN]) for at in range(len(stems) - RUN + 1)}
    hashes = np.array([_hash(run) for run in sorted(runs)], dtype=np.uint64)
    mixed = hashes[:, None] * _FACTORS[None, :] + _ADDED[None, :]  # modulo 2**64
    mixed ^= mixed >> np.uint64(32)
    # The band's number is in its value, so that only the same bands of two statements meet.
    bands: Bands = (mixed.min(axis=0) << np.uint64(5)) | np.arange(BANDS, dtype=np.uint64)
    return bands


def _hash(run: str) -> int:
    return int.from_bytes(blake2b(run.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def pairs_in(bands: Bands, numbers: NDArray[np.int64], reports: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Return the pairs of statements that share a band, each once, the earlier first: [N, 2], sorted.

    Args:
        bands: of all rows that may share one.
        numbers: whose band each is.
        reports: in which report each statement stands; two of one report are no pair.
        most: statements of one band that each is paired with, the next ones by number: words that everybody uses.
    """
    order = np.lexsort((numbers, bands))
    bands, numbers, reports = bands[order], numbers[order], reports[order]
    found = []
    for step in range(1, most + 1):
        same = np.flatnonzero((bands[step:] == bands[:-step]) & (reports[step:] != reports[:-step]))
        if not len(same) and not (bands[step:] == bands[:-step]).any():
            break
        found.append(np.stack([numbers[same], numbers[same + step]], axis=1))
    if not found:
        return np.empty((0, 2), dtype=np.int64)
    return np.unique(np.concatenate(found), axis=0)
