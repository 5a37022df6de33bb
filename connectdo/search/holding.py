"""Who holds what was typed or asked for: documents, and how strongly each does."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from connectdo.listings.vocabulary.tokens import stems
from connectdo.search import ranking
from connectdo.search.snapshot import Holders, Postings, Snapshot
from connectdo.search.understanding import Part

# A saying leads to interests; its words count only together, and for less than a name's.
SHARE_OF_A_SAYING = 0.4
WEIGHT_OF_A_SAYING = 4.0
# How many names and sayings a snapshot keeps the holders of: some 40 KB each at 100,000 listings.
MOST_HELD = 200


@dataclass(frozen=True)
class Asked:
    """An interest asked for by name, and who carries it or one below it.

    One that the tree does not know is asked for by its words, all of which must be there.
    """

    name: str
    interest: int | None
    holders: Holders


def holders_of(part: Part, snapshot: Snapshot) -> Holders:
    """Who holds a part: its words, or an interest it means or one related to that."""
    words = [snapshot.postings(word) for _, word in part.words]
    related = [snapshot.related(interest) for interest in part.interests]
    if len(words) == 1 and not related and not part.corrected:
        return words[0]
    if part not in snapshot.held:
        if len(snapshot.held) >= MOST_HELD:
            snapshot.held.clear()
        snapshot.held[part] = _put_together(part, words, related, snapshot.size)
    return snapshot.held[part]


def _put_together(part: Part, words: list[Postings], related: list[Holders], size: int) -> Holders:
    strengths = np.zeros(size, dtype=np.float32)
    if part.is_name:
        rarities = sum(each.rarity for each in words) or 1.0
        for each in words:
            strengths[each.documents] += each.strengths * np.float32(each.rarity / rarities)
    elif words:
        strengths += np.float32(SHARE_OF_A_SAYING) * _all_of(words, size)
    for holders in related:
        close = np.maximum(strengths[holders.documents], holders.strengths)
        strengths[holders.documents] = close
    if part.corrected:
        strengths *= np.float32(ranking.CORRECTED)
    return _holding(strengths)


def weight_of(part: Part, snapshot: Snapshot) -> float:
    """How much a part tells."""
    if not part.is_name:
        return WEIGHT_OF_A_SAYING
    return sum(snapshot.postings(word).rarity for _, word in part.words) or WEIGHT_OF_A_SAYING


def asked_for(name: str, snapshot: Snapshot) -> Asked:
    """An interest filter by name or slug."""
    vocabulary = snapshot.vocabulary
    interest = vocabulary.named(name)
    strengths = np.zeros(snapshot.size, dtype=np.float32)
    if interest is None:
        words = [snapshot.postings(word) for word in stems(name)]
        return Asked(name, None, _holding(_all_of(words, snapshot.size) if words else strengths))
    close = vocabulary.closeness(interest)
    for below in vocabulary.with_descendants(interest):
        carriers = snapshot.carriers(below)
        strengths[carriers] = np.maximum(strengths[carriers], close[below])
    return Asked(name, interest, _holding(strengths))


def _all_of(words: Sequence[Holders], size: int) -> np.ndarray:
    """How strongly every document holds all of some words: as the weakest of them."""
    everywhere = np.arange(size)
    return np.minimum.reduce([each.strengths_of(everywhere) for each in words])


def _holding(strengths: np.ndarray) -> Holders:
    documents = np.flatnonzero(strengths > 0)
    return Holders(documents, strengths[documents])
