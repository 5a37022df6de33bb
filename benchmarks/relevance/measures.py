"""How good an ordered list is, and whether one engine's lists are really better. Pure."""

from collections.abc import Collection, Sequence

import numpy as np

ROUNDS = 10_000
SEED = 2026


def ndcg(found: Sequence[str], answers: Collection[str], depth: int = 10) -> float:
    """How many of the first `depth` are right, and how far up: 1 when all are, 0 when none is.

    Normalised discounted cumulative gain, every answer worth the same: Järvelin and Kekäläinen,
    "Cumulated gain-based evaluation of IR techniques" (2002).
    """
    worth = 1 / np.log2(np.arange(2, depth + 2))
    right = np.array([each in answers for each in found[:depth]], dtype=bool)
    return float(worth[: len(right)][right].sum() / worth[: min(len(answers), depth)].sum())


def recall(found: Sequence[str], answers: Collection[str], depth: int = 50) -> float:
    """The share of all answers that are among the first `depth`."""
    return len(set(found[:depth]) & set(answers)) / len(answers)


def interval(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, float]:
    """Where the mean difference between two engines' figures lies, with 95% confidence.

    The figures are for the same questions in the same order. A paired bootstrap over the
    questions, with seeded draws, so that the same figures always give the same interval.
    """
    differences = np.subtract(ours, theirs)
    drawn = np.random.default_rng(SEED).integers(len(differences), size=(ROUNDS, len(differences)))
    low, high = np.percentile(differences[drawn].mean(axis=1), (2.5, 97.5))
    return float(low), float(high)
