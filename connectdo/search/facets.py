"""How many of the listings found have each value of each filter.

A filter that is set is left out of the count of its own facet where its values widen the
search (another day, another area), so that a count says what choosing that value too would
bring. Access needs narrow it, and interests are a tree, so both are counted in what was found.
"""

from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any

import numpy as np

from connectdo.listings.choices import DAYS, DELIVERY, TIMES
from connectdo.search.calendar import slot_bits
from connectdo.search.columns import ACCESS_BIT, DELIVERY_BIT, EVENT_BIT, FREE_BIT, UNKNOWN
from connectdo.search.matching import Matcher

Counts = list[dict[str, Any]]
WIDENING = ("delivery", "kind", "free")


class Facets(Mapping[str, Counts]):
    """The counts, by facet: {"value": ..., "count": ...} for every value that something has.

    They are counted when it is made, and put in words when they are asked for.
    """

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        snapshot, found = matcher.snapshot, matcher.matched
        rows = snapshot.interests_and_above.take(found, axis=0).ravel()
        self._interests = np.bincount(rows, minlength=len(snapshot.vocabulary) + 1)[:-1]
        self._total = len(found)
        self._access_has = snapshot.access_groups.count(found)
        self._access_says = snapshot.stated_groups.count(found)
        self._ways = snapshot.way_groups.count(found)
        self._ways_without = {
            name: snapshot.way_groups.count(matcher.answering_all_but(name))
            for name in WIDENING
            if name in matcher.filters
        }
        self._slots = matcher.calendar.slot_groups.count(self._without("day"))
        self._areas = _count_areas(matcher, self._without("area"))

    def __getitem__(self, name: str) -> Counts:
        return IN_WORDS[name](self)

    def __iter__(self) -> Iterator[str]:
        return iter(IN_WORDS)

    def __len__(self) -> int:
        return len(IN_WORDS)

    def _without(self, name: str) -> np.ndarray:
        filtered = name in self._matcher.filters
        return self._matcher.answering_all_but(name) if filtered else self._matcher.matched

    def _interest(self) -> Counts:
        """Listings under each interest, those of the interests below it among them."""
        concepts = self._matcher.snapshot.vocabulary.concepts
        some = self._interests.nonzero()[0].tolist()
        return _by_count([concepts[n].name for n in some], self._interests[some].tolist())

    def _day(self) -> Counts:
        times = self._matcher.query.times
        return _some(DAYS, self._starting(tuple(slot_bits((day,), times) for day in DAYS)))

    def _time(self) -> Counts:
        days = self._matcher.query.days
        return _some(TIMES, self._starting(tuple(slot_bits(days, (part,)) for part in TIMES)))

    def _starting(self, slots: tuple[int, ...]) -> list[int]:
        return self._matcher.calendar.slot_groups.having(self._slots, slots)

    def _access(self) -> Counts:
        """Those that have each feature, and apart from them those that do not say."""
        snapshot, bits = self._matcher.snapshot, tuple(ACCESS_BIT.values())
        has = snapshot.access_groups.having(self._access_has, bits)
        says = snapshot.stated_groups.having(self._access_says, bits)
        return [
            {"value": feature, "count": count, "not_stated": self._total - said}
            for feature, count, said in zip(ACCESS_BIT, has, says, strict=True)
            if count or said < self._total
        ]

    def _delivery(self) -> Counts:
        return _some(DELIVERY, self._having("delivery", tuple(DELIVERY_BIT.values())))

    def _kind(self) -> Counts:
        (events,) = self._having("kind", (EVENT_BIT,))
        every = int(self._ways_without.get("kind", self._ways).sum())
        return _some(("group", "event"), (every - events, events))

    def _free(self) -> Counts:
        return _some(("yes",), self._having("free", (FREE_BIT,)))

    def _having(self, facet: str, bits: tuple[int, ...]) -> list[int]:
        counts = self._ways_without.get(facet, self._ways)
        return self._matcher.snapshot.way_groups.having(counts, bits)

    def _area(self) -> Counts:
        names = self._matcher.snapshot.area_names
        some = [n for n in self._areas.nonzero()[0].tolist() if n in names]
        return _by_count([names[n] for n in some], self._areas[some].tolist())


# Kept outside, for a facet that held its own methods would outlive its page until it is collected.
IN_WORDS = {
    "interest": Facets._interest,
    "day": Facets._day,
    "time": Facets._time,
    "access": Facets._access,
    "delivery": Facets._delivery,
    "kind": Facets._kind,
    "area": Facets._area,
    "free": Facets._free,
}


def _count_areas(matcher: Matcher, found: np.ndarray) -> np.ndarray:
    """Listings in each area or naming it among those they serve; one that does both counts once."""
    here = matcher.snapshot.area.take(found)
    named = matcher.snapshot.serves.take(found, axis=0)
    named = np.where(named == here[:, None], UNKNOWN, named)
    areas = np.concatenate([here, named.ravel()]) - UNKNOWN
    return np.bincount(areas, minlength=matcher.snapshot.most_areas - UNKNOWN)[-UNKNOWN:]


def _some(values: Iterable[str], counts: Iterable[int]) -> Counts:
    pairs = zip(values, counts, strict=True)
    return [{"value": value, "count": count} for value, count in pairs if count]


def _by_count(names: list[str], counts: list[int]) -> Counts:
    """Most first, and those that are as many in order of their names."""
    by_name = sorted(zip(names, counts, strict=True))
    return [
        {"value": name, "count": count}
        for name, count in sorted(by_name, key=itemgetter(1), reverse=True)
    ]
