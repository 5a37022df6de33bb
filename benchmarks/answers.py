"""What every engine answers a question with, and the counts of its facets as plain values.

Engines count what they can group by (slots, access bits), and the groups are added up here to
the facets that a page shows. Each facet leaves out the filter of its own name, as ours does.
"""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from benchmarks.corpus import Corpus
from benchmarks.made_up import UNTIMED
from benchmarks.queries import Asked
from benchmarks.tree import TOWNS, vocabulary
from connectdo.listings.choices import ACCESS, DAYS, DELIVERY, TIMES
from connectdo.progress import Progress
from connectdo.search.columns import ACCESS_BIT, DELIVERY_BIT

Counts = dict[str, int]
SHOWN = 20
EVENT_BIT = 1 << len(DELIVERY)


class Skipped(Exception):
    """An engine that cannot be asked here; the message says why."""


@dataclass(frozen=True)
class Answer:
    """How many listings answer, the first of them, and the facets: value to count."""

    total: int
    ids: list[int]
    facets: dict[str, Counts]


class Engine(Protocol):
    """Made for one corpus. Raises Skipped when it is made, if it cannot be asked here.

    `find` is what is timed: the whole work, as the engine gives it. `answer` puts that in words
    that can be compared, and is not timed.
    """

    def __init__(self, corpus: Corpus, progress: Progress) -> None: ...

    def find(self, asked: Asked) -> Any: ...

    def answer(self, found: Any, asked: Asked) -> Answer: ...

    def close(self) -> None: ...


@dataclass
class Groups:
    """A bit pattern, or a number, and how many of the listings found have it."""

    values: np.ndarray
    counts: np.ndarray

    def holding(self, bits: int) -> int:
        """How many have any of these bits."""
        return int(self.counts[(self.values & bits) != 0].sum())

    def by_name(self, names: list[str]) -> Counts:
        """The counts of the numbers, by the name in that place."""
        pairs = zip(self.values.tolist(), self.counts.tolist(), strict=True)
        return {names[value]: count for value, count in pairs if count}


INTERESTS = [concept.slug for concept in vocabulary().concepts]
AREAS = ["", *(town.area for town in TOWNS)]


def slot_bits(days: tuple[str, ...], parts: tuple[str, ...]) -> int:
    """The slots of these days, or any, and these parts of the day, or any and none known."""
    bits = 0
    for n, day in enumerate(DAYS):
        if days and day not in days:
            continue
        bits |= 0 if parts else 1 << (UNTIMED + n)
        for p, part in enumerate(TIMES):
            bits |= 1 << (n * 3 + p) if part in (parts or TIMES) else 0
    return bits


def day_counts(slots: Groups) -> Counts:
    return _some({day: slots.holding(slot_bits((day,), ())) for day in DAYS})


def time_counts(slots: Groups, asked: Asked) -> Counts:
    days = asked.query.days
    return _some({part: slots.holding(slot_bits(days, (part,))) for part in TIMES})


def access_counts(present: Groups) -> Counts:
    return _some({feature: present.holding(bit) for feature, bit in ACCESS_BIT.items()})


def unstated_counts(stated: Groups, total: int) -> Counts:
    return _some({feature: total - stated.holding(ACCESS_BIT[feature]) for feature in ACCESS})


def delivery_counts(ways: Groups) -> Counts:
    return _some({way: ways.holding(bit) for way, bit in DELIVERY_BIT.items()})


def kind_counts(ways: Groups, total: int) -> Counts:
    events = ways.holding(EVENT_BIT)
    return _some({"group": total - events, "event": events})


def free_counts(free: int) -> Counts:
    return _some({"yes": free})


def _some(counts: Counts) -> Counts:
    return {value: count for value, count in counts.items() if count}
