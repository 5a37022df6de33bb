"""How many of the listings found have each value of each filter.

A filter that is set is left out of the count of its own facet where its values widen the
search (another day, another area), so that a count says what choosing that value too would
bring. Access needs narrow it, and interests are a tree, so both are counted in what was found.
"""

from collections.abc import Iterable, Iterator, Mapping
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
        self._in_words = {
            "interest": self._interest,
            "day": self._day,
            "time": self._time,
            "access": self._access,
            "delivery": self._delivery,
            "kind": self._kind,
            "area": self._area,
            "free": self._free,
        }

    def __getitem__(self, name: str) -> Counts:
        return self._in_words[name]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._in_words)

    def __len__(self) -> int:
        return len(self._in_words)

    def _without(self, name: str) -> np.ndarray:
        filtered = name in self._matcher.filters
        return self._matcher.answering_all_but(name) if filtered else self._matcher.matched

    def _interest(self) -> Counts:
        """Listings under each interest, those of the interests below it among them."""
        concepts = self._matcher.snapshot.vocabulary.concepts
        some = np.flatnonzero(self._interests).tolist()
        return _by_count((concepts[n].name, int(self._interests[n])) for n in some)

    def _day(self) -> Counts:
        times = self._matcher.query.times
        return _some((day, self._starting(slot_bits((day,), times))) for day in DAYS)

    def _time(self) -> Counts:
        days = self._matcher.query.days
        return _some((part, self._starting(slot_bits(days, (part,)))) for part in TIMES)

    def _starting(self, slots: int) -> int:
        return self._matcher.calendar.slot_groups.having(self._slots, slots)

    def _access(self) -> Counts:
        """Those that have each feature, and apart from them those that do not say."""
        snapshot, counted = self._matcher.snapshot, []
        for feature, bit in ACCESS_BIT.items():
            count = snapshot.access_groups.having(self._access_has, bit)
            unsaid = self._total - snapshot.stated_groups.having(self._access_says, bit)
            if count or unsaid:
                counted.append({"value": feature, "count": count, "not_stated": unsaid})
        return counted

    def _delivery(self) -> Counts:
        return _some((way, self._having("delivery", DELIVERY_BIT[way])) for way in DELIVERY)

    def _kind(self) -> Counts:
        events = self._having("kind", EVENT_BIT)
        every = int(self._ways_without.get("kind", self._ways).sum())
        return _some([("group", every - events), ("event", events)])

    def _free(self) -> Counts:
        return _some([("yes", self._having("free", FREE_BIT))])

    def _having(self, facet: str, bit: int) -> int:
        counts = self._ways_without.get(facet, self._ways)
        return self._matcher.snapshot.way_groups.having(counts, bit)

    def _area(self) -> Counts:
        names = self._matcher.snapshot.area_names
        some = np.flatnonzero(self._areas).tolist()
        return _by_count((names[n], int(self._areas[n])) for n in some if n in names)


def _count_areas(matcher: Matcher, found: np.ndarray) -> np.ndarray:
    """Listings in each area or naming it among those they serve; one that does both counts once."""
    here = matcher.snapshot.area.take(found)
    named = matcher.snapshot.serves.take(found, axis=0)
    named = np.where(named == here[:, None], UNKNOWN, named)
    areas = np.concatenate([here, named.ravel()]) - UNKNOWN
    return np.bincount(areas, minlength=matcher.snapshot.most_areas - UNKNOWN)[-UNKNOWN:]


def _some(counts: Iterable[tuple[str, int]]) -> Counts:
    return [{"value": value, "count": count} for value, count in counts if count]


def _by_count(counts: Iterable[tuple[str, int]]) -> Counts:
    return _some(sorted(counts, key=lambda each: (-each[1], each[0])))
