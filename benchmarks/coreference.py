"""The three measures of coreference whose mean is the CoNLL F1 (Pradhan et al. 2014).

A clustering is a list of clusters, a cluster a set of mentions; a mention is in one cluster at most.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from collections.abc import Set as AbstractSet

import numpy as np

Cluster = AbstractSet[Hashable]
Counts = tuple[float, float]
"""What is right, of how much."""


def muc(gold: Sequence[Cluster], found: Sequence[Cluster]) -> Counts:
    """Count the links that ``gold`` needs and ``found`` has (Vilain et al. 1995); swapped, the precision.

    >>> muc([{1, 2, 3, 4}], [{1, 2}, {3, 4}])
    (2.0, 3.0)
    """
    owner = owners(found)
    right = links = 0
    for cluster in gold:
        parts = {owner.get(mention, (mention,)) for mention in cluster}
        right += len(cluster) - len(parts)
        links += len(cluster) - 1
    return float(right), float(links)


def b_cubed(gold: Sequence[Cluster], found: Sequence[Cluster]) -> Counts:
    """Add up, for each mention of ``gold``, the share of its cluster that ``found`` keeps (Bagga, Baldwin 1998).

    >>> b_cubed([{1, 2, 3, 4}], [{1, 2}, {3, 4}])
    (2.0, 4.0)
    """
    owner = owners(found)
    right = 0.0
    for cluster in gold:
        for mention in cluster:
            if mention in owner:
                right += len(cluster & found[owner[mention]]) / len(cluster)
    return right, float(sum(map(len, gold)))


def ceaf_e(gold: Sequence[Cluster], found: Sequence[Cluster]) -> Counts:
    """Match clusters one to one by twice their overlap over their sizes, as well as can be (Luo 2005).

    >>> ceaf_e([{1, 2, 3, 4}], [{1, 2}, {3, 4}])
    (0.6666666666666666, 1.0)
    >>> ceaf_e([{1, 2}, {3}], [{3}, {1, 2}])
    (2.0, 2.0)
    """
    owner = owners(found)
    overlap = np.zeros((len(gold), len(found)))
    for row, cluster in enumerate(gold):
        for column in {owner[mention] for mention in cluster if mention in owner}:
            overlap[row, column] = 2 * len(cluster & found[column]) / (len(cluster) + len(found[column]))
    return best_matching(overlap), float(len(gold))


def owners(clusters: Sequence[Cluster]) -> dict[Hashable, int]:
    """Return for each mention the index of its cluster."""
    return {mention: index for index, cluster in enumerate(clusters) for mention in cluster}


def best_matching(gains: np.ndarray) -> float:
    """Return the greatest sum of entries of a matrix, one at most of each row and column (Kuhn 1955, Munkres 1957).

    >>> best_matching(np.array([[3.0, 2.0], [2.0, 0.0]]))
    4.0
    """
    costs = -gains if gains.shape[0] <= gains.shape[1] else -gains.T
    rows, columns = costs.shape
    of_row, of_column = np.zeros(rows + 1), np.zeros(columns + 1)
    matched = np.zeros(columns + 1, dtype=int)  # row + 1 of each column; column 0 stands for "the row to be placed"
    for row in range(1, rows + 1):
        matched[0], column = row, 0
        slack, via = np.full(columns + 1, np.inf), np.zeros(columns + 1, dtype=int)
        seen = np.zeros(columns + 1, dtype=bool)
        while matched[column]:
            seen[column] = True
            at = matched[column]
            reduced = costs[at - 1] - of_row[at] - of_column[1:]
            closer = ~seen[1:] & (reduced < slack[1:])
            slack[1:][closer], via[1:][closer] = reduced[closer], column
            free = np.where(seen, np.inf, slack)
            free[0] = np.inf
            nearest = int(free.argmin())
            step = free[nearest]
            of_row[matched[seen]] += step
            of_column[seen] -= step
            slack[~seen] -= step
            column = nearest
        while column:
            matched[column] = matched[via[column]]
            column = via[column]
    return float(-sum(costs[matched[column] - 1, column - 1] for column in range(1, columns + 1) if matched[column]))


MEASURES: dict[str, Callable[[Sequence[Cluster], Sequence[Cluster]], Counts]] = {
    "MUC": muc,
    "B3": b_cubed,
    "CEAFe": ceaf_e,
}


def conll_f1(documents: Sequence[tuple[Sequence[Cluster], Sequence[Cluster]]]) -> dict[str, float]:
    """Return the F1 of each measure over documents, given as gold and found clusters, and their mean, in percent.

    >>> conll_f1([([{1, 2}, {3, 4}], [{1, 2}, {3, 4}])])
    {'MUC': 100.0, 'B3': 100.0, 'CEAFe': 100.0, 'CoNLL': 100.0}
    >>> conll_f1([([{1, 2, 3}], [{1, 2}])])
    {'MUC': 66.7, 'B3': 61.5, 'CEAFe': 80.0, 'CoNLL': 69.4}
    """
    scores = {}
    for name, measure in MEASURES.items():
        recall = np.sum([measure(gold, found) for gold, found in documents], axis=0)
        precision = np.sum([measure(found, gold) for gold, found in documents], axis=0)
        scores[name] = 100 * _f1(_share(*precision), _share(*recall))
    scores["CoNLL"] = sum(scores.values()) / len(MEASURES)
    return {name: round(score, 1) for name, score in scores.items()}


def _share(right: float, of: float) -> float:
    return float(right / of) if of else 0.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
