"""Who holds what was typed or asked for: documents, and how strongly each does."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from connectdo.listings.vocabulary.tokens import stems
from connectdo.search import ranking
from connectdo.search.snapshot import Holders, Postings, Snapshot
from connectdo.search.understanding import Part

# A saying leads to interests; its words count only together, and for less than a name's.
SHARE_OF_A_SAYING = 0.4
WEIGHT_OF_A_SAYING = 4.0
# A snapshot keeps the holders of so many names, sayings and interests: some 40 KB each at 100,000
# listings.
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
    """Who holds a part: its words, or what shows an interest that it means."""
    words = [snapshot.postings(word) for _, word in part.words]
    if len(words) == 1 and not (part.interests or part.corrected or _saying(part, snapshot)):
        return words[0]
    return _kept(snapshot, part, lambda: _put_together(part, words, snapshot))


def _put_together(part: Part, words: list[Postings], snapshot: Snapshot) -> Holders:
    strengths = np.zeros(snapshot.size, dtype=np.float32)
    if part.is_name or len(words) == 1:
        rarities = sum(each.rarity for each in words) or 1.0
        for each in words:
            strengths[each.documents] += each.strengths * np.float32(each.rarity / rarities)
    elif words:
        strengths += np.float32(SHARE_OF_A_SAYING) * _all_of(words, snapshot.size)
    if part.interests:
        shown = ranking.shown(_evidence(part.interests, snapshot))
        strengths = ranking.words_or_interest(strengths, shown)
    for interest in () if part.interests else _saying(part, snapshot):
        carriers = snapshot.carriers(interest)
        strengths[carriers] = np.maximum(strengths[carriers], ranking.SAID_BY_AN_INTEREST)
    if part.corrected:
        strengths *= np.float32(ranking.CORRECTED)
    return _holding(strengths)


def _saying(part: Part, snapshot: Snapshot) -> tuple[int, ...]:
    """The interests that have a word typed alone among the words of their names."""
    return snapshot.vocabulary.saying(part.words[0][1])


def _evidence(interests: Iterable[int], snapshot: Snapshot) -> np.ndarray:
    """What shows some interests in every document: their names and hints, the names of those below
    them, and that it carries one of them or a related one."""
    evidence, carried = np.zeros((2, snapshot.size), dtype=np.float32)
    vocabulary = snapshot.vocabulary
    for interest in interests:
        shown_by = dict.fromkeys(vocabulary.hints_of(interest), ranking.HINTED)
        for below in vocabulary.with_descendants(interest) - {interest}:
            shown_by |= dict.fromkeys(vocabulary.names_of(below), ranking.NAMED_BELOW)
        shown_by |= dict.fromkeys(vocabulary.names_of(interest), 1.0)
        for phrase, share in shown_by.items():
            there = snapshot.phrase(phrase)
            evidence[there.documents] += there.strengths * np.float32(share * there.rarity)
        related = snapshot.related(interest)
        closest = np.maximum(carried[related.documents], related.strengths)
        carried[related.documents] = closest
    evidence[evidence < ranking.FAINT] = 0
    return evidence + np.float32(ranking.CARRYING) * carried


def weight_of(part: Part, snapshot: Snapshot) -> float:
    """How much a part tells."""
    if not part.is_name:
        return WEIGHT_OF_A_SAYING
    return sum(snapshot.postings(word).rarity for _, word in part.words) or WEIGHT_OF_A_SAYING


def asked_for(name: str, snapshot: Snapshot) -> Asked:
    """An interest filter by name or slug."""
    interest = snapshot.vocabulary.named(name)
    return Asked(
        name, interest, _kept(snapshot, name, lambda: _who_answers(name, interest, snapshot))
    )


def _who_answers(name: str, interest: int | None, snapshot: Snapshot) -> Holders:
    strengths = np.zeros(snapshot.size, dtype=np.float32)
    if interest is None:
        words = [snapshot.postings(word) for word in stems(name)]
        return _holding(_all_of(words, snapshot.size) if words else strengths)
    close = snapshot.vocabulary.closeness(interest)
    for below in snapshot.vocabulary.with_descendants(interest):
        carriers = snapshot.carriers(below)
        strengths[carriers] = np.maximum(strengths[carriers], close[below])
    return _holding(strengths)


def _kept(snapshot: Snapshot, key: object, holders: Callable[[], Holders]) -> Holders:
    """What is held by some is put together once; a snapshot keeps the latest few."""
    if key not in snapshot.held:
        if len(snapshot.held) >= MOST_HELD:
            snapshot.held.clear()
        snapshot.held[key] = holders()
    return snapshot.held[key]


def _all_of(words: Sequence[Holders], size: int) -> np.ndarray:
    """How strongly every document holds all of some words: as the weakest of them."""
    everywhere = np.arange(size)
    return np.minimum.reduce([each.strengths_of(everywhere) for each in words])


def _holding(strengths: np.ndarray) -> Holders:
    documents = np.flatnonzero(strengths > 0)
    return Holders(documents, strengths[documents])
