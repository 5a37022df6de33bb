"""How good an ordered list is, and whether one engine's lists are really better. Pure."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

ROUNDS = 10_000
SEED = 2026


def ndcg(
    found: Sequence[str], answers: Collection[str] | Mapping[str, float], depth: int = 10
) -> float:
    """How many of the first `depth` are right, and how far up: 1 when all are, 0 when none is.

    Normalised discounted cumulative gain, every answer worth what it is mapped to, else the same:
    Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques" (2002).
    """
    worths = answers if isinstance(answers, Mapping) else dict.fromkeys(answers, 1.0)
    discount = 1 / np.log2(np.arange(2, depth + 2))
    gained = np.array([worths.get(each, 0.0) for each in found[:depth]])
    ideal = np.sort([*worths.values()])[::-1][:depth]
    return float(gained @ discount[: len(gained)] / (ideal @ discount[: len(ideal)]))


def recall(found: Sequence[str], answers: Collection[str], depth: int = 50) -> float:
    """The share of all answers that are among the first `depth`."""
    return len(set(found[:depth]) & set(answers)) / len(answers)


def success(found: Sequence[str], right: Collection[str], depth: int = 3) -> float:
    """1 when one of the first `depth` is right, else 0."""
    return float(any(each in right for each in found[:depth]))


def interval(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, float]:
    """Where the mean difference between two engines' figures lies, with 95% confidence.

    The figures are for the same questions in the same order. A paired bootstrap over the
    questions, with seeded draws, so that the same figures always give the same interval.
    """
    differences = np.subtract(ours, theirs)
    drawn = np.random.default_rng(SEED).integers(len(differences), size=(ROUNDS, len(differences)))
    low, high = np.percentile(differences[drawn].mean(axis=1), (2.5, 97.5))
    return float(low), float(high)
