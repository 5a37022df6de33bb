"""The order that the README promises, written down a second time for the floor and the others.

It stands apart from our own arithmetic, so that a change there can be seen here: the floor then
no longer shows the same first pages. Times do not hang on the numbers, nor do totals.
"""

import numpy as np

# Words: how much each field counts for, how much its length takes away, and where more of a
# word adds little.
FIELD_WEIGHTS = {"heading": 5.0, "summary": 2.0, "body": 1.0}
LENGTH_PENALTY = {"heading": 0.4, "summary": 0.4, "body": 0.6}
SATURATION = 1.2
SHARE_OF_STRENGTH, SHARE_OF_ALL_WORDS, SHARE_OF_PHRASE = 0.70, 0.18, 0.12
# Distance, in miles.
HALF_WAY, STEEPNESS, FAR_END = 8.0, 1.5, 0.08
WHAT_COMES, NOWHERE = 0.6, 0.2
# Time, in days.
SOON_FADES, SHARE_OF_SOON = 14.0, 0.10
FRESH_FADES, SHARE_OF_FRESH = 180.0, 0.12
# What each number of doubts leaves of a score, and the least that there is.
LEFT_BY_DOUBTS = 1000.0 ** -np.arange(20.0)
LEAST = 1e-3


def saturated(frequency: np.ndarray) -> np.ndarray:
    return frequency / (SATURATION + frequency)


def rarity(holders: int, listings: int) -> float:
    return float(np.log1p((listings - holders + 0.5) / (holders + 0.5)))


def words(strengths: list[np.ndarray], weights: list[float], phrase: np.ndarray) -> np.ndarray:
    """How well listings answer a text, from how strongly they hold its parts."""
    total = sum(weights)
    strength = np.zeros(len(phrase))
    for weight, each in zip(weights, strengths, strict=True):
        strength += SHARE_OF_STRENGTH * weight / total * each
    has_all = np.minimum.reduce(strengths) > 0
    return strength + SHARE_OF_ALL_WORDS * has_all + SHARE_OF_PHRASE * (phrase & has_all)


def interests(closeness: list[np.ndarray]) -> np.ndarray:
    """How well listings answer interests: the best one, and how many."""
    covered = np.add.reduce(closeness) / len(closeness)
    return np.asarray(0.5 * np.maximum.reduce(closeness) + 0.5 * covered)


def nearness(miles: np.ndarray, comes: np.ndarray) -> np.ndarray:
    """A root stands for the power of 1.5. NaN miles are listings that have no place."""
    away = miles / HALF_WAY
    near = (1 - FAR_END) / (1 + away * np.sqrt(away)) + FAR_END
    near[np.isnan(near)] = NOWHERE
    near[comes] = np.maximum(near[comes], WHAT_COMES)
    return near


def timeliness(days_to_next: np.ndarray, days_since_confirmed: np.ndarray) -> np.ndarray:
    """Soonness times freshness; infinitely many days where nothing is known."""
    soon = 1 - SHARE_OF_SOON + SHARE_OF_SOON * np.exp(-days_to_next / SOON_FADES)
    fresh = np.exp(-np.maximum(days_since_confirmed, 0) / FRESH_FADES)
    return np.asarray(soon * (1 - SHARE_OF_FRESH + SHARE_OF_FRESH * fresh))
