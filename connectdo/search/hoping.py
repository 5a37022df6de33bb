"""How far listings are as a sentence hopes. It orders them, and leaves none out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from connectdo.listings.vocabulary.tokens import stem, tokens
from connectdo.search import ranking
from connectdo.search.columns import DELIVERY_BIT, NEED_BIT, UNKNOWN, bits
from connectdo.search.holding import asked_for
from connectdo.search.reading import Reading, Unwanted
from connectdo.search.snapshot import Snapshot

if TYPE_CHECKING:
    from connectdo.search.matching import Matcher

ONLY_FOR = {"man": NEED_BIT["men_only"], "woman": NEED_BIT["women_only"]}


def as_hoped(matcher: Matcher, documents: np.ndarray) -> np.ndarray:
    """What each of some documents keeps of its score, 0 to 1."""
    reading, snapshot = matcher.query.reading or Reading(), matcher.snapshot
    factor = np.ones(len(documents))
    for like in reading.likes:
        yes = (snapshot.access_yes[documents] & NEED_BIT[like]) != 0
        no = (snapshot.access_no[documents] & NEED_BIT[like]) != 0
        factor *= ranking.hoped(yes.astype(np.int8) - no)
    if reading.when:
        factor *= ranking.hoped(matcher.calendar.suits(documents, reading.when))
    for language in reading.speaks:
        says = snapshot.phrase(tuple(enumerate(map(stem, tokens(language)))))
        factor *= ranking.understood(says.strengths_of(documents) > 0)
    for unwanted in reading.unwanted:
        factor *= ranking.turned_down(_is_that(unwanted, snapshot, documents))
    return factor * ranking.for_other_people(_leaves_out(reading, snapshot, documents))


def _is_that(unwanted: Unwanted, snapshot: Snapshot, documents: np.ndarray) -> np.ndarray:
    """Which are what somebody turned down: by their interests, their words, or how they come."""
    held = [asked_for(each, snapshot).holders for each in unwanted.interests]
    held += [snapshot.postings(stem(word)) for word in unwanted.words]
    are = [each.strengths_of(documents) > 0 for each in held]
    if unwanted.ways:
        # What can be had in another way too is not turned down.
        ways = bits(unwanted.ways, DELIVERY_BIT)
        are.append((snapshot.delivery[documents] | ways) == ways)
    return np.logical_or.reduce(are)


def _leaves_out(reading: Reading, snapshot: Snapshot, documents: np.ndarray) -> np.ndarray:
    """Which are for people of another age or sex only."""
    leaves_out = np.zeros(len(documents), dtype=bool)
    if reading.age:
        youngest, oldest = snapshot.youngest[documents], snapshot.oldest[documents]
        leaves_out |= (youngest != UNKNOWN) & (youngest > reading.age)
        leaves_out |= (oldest != UNKNOWN) & (oldest < reading.age)
    for sex, only in ONLY_FOR.items():
        if reading.sex not in ("", sex):
            leaves_out |= (snapshot.access_yes[documents] & only) != 0
    return leaves_out
