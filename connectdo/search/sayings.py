"""What somebody said of themselves in their own words, and who means much the same.

It ranks as an interest asked for does. Nothing of it is kept but in memory.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from connectdo.search import ranking
from connectdo.search.meanings import Alike, Meanings
from connectdo.search.meant import vector_of
from connectdo.search.snapshot import Holders
from connectdo.search.vectors import CutShort

if TYPE_CHECKING:
    from connectdo.search.matching import Matcher


@dataclass(frozen=True)
class Saying:
    """What was said, "" for a passage; how much it matters, and the listings that mean much the
    same."""

    name: str
    matters: float
    alike: Alike
    holders: Holders


def sayings(matcher: Matcher) -> list[Saying]:
    """Those that anything in reach means; none where nothing is read for its meaning."""
    try:
        found = [_saying(matcher, name, matters) for name, matters in matcher.query.said]
        found.append(_like(matcher, matcher.query.like))
    except CutShort:
        return []
    return [each for each in found if each is not None and len(each.holders.documents)]


def best_passages(matcher: Matcher, documents: np.ndarray) -> list[int | None]:
    """The key of that sentence of each document that answers one of the sayings."""
    answers: list[int | None] = [None] * len(documents)
    if matcher.meanings is not None:
        for saying in matcher.sayings:
            for n, key in enumerate(matcher.meanings.best_passages(saying.alike, documents)):
                answers[n] = key if answers[n] is None else answers[n]
    return answers


def _saying(matcher: Matcher, name: str, matters: float) -> Saying | None:
    """Who means much the same as something that was said."""
    if matcher.meanings is None or (vector := vector_of(name)) is None:
        return None
    return _who_means(matcher, matcher.meanings, name, vector, name, matters)


def _like(matcher: Matcher, key: int | None) -> Saying | None:
    """Who means much the same as a passage. It counts as much as all the interests together, and
    has no name."""
    if matcher.meanings is None or key is None:
        return None
    vector = matcher.meanings.vector_of(key)
    if vector is None:
        return None
    return _who_means(matcher, matcher.meanings, key, vector, "", len(matcher.asked) or 1.0)


def _who_means(
    matcher: Matcher,
    meanings: Meanings,
    what: Hashable,
    vector: np.ndarray,
    name: str,
    matters: float,
) -> Saying:
    alike = matcher.meaning(meanings, what, vector)
    strengths = np.float32(ranking.SHARE_OF_MEANING) * alike.likeness_of(alike.found)
    return Saying(name, matters, alike, Holders(alike.found, strengths))
