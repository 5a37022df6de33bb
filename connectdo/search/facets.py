"""How many of the listings found have each value of each filter.

A filter that is set is left out of the count of its own facet where its values widen the
search (another day, another area), so that a count says what choosing that value too would
bring. Access needs narrow it, so they are counted among what was found.
"""

from typing import Any

import numpy as np

from connectdo.listings.choices import ACCESS, DELIVERY
from connectdo.search.columns import ACCESS_BIT, DELIVERY_BIT
from connectdo.search.matching import ALL_DAYS, ALL_TIMES, Matcher, slot_bits

Facets = dict[str, list[dict[str, Any]]]


def facets(matcher: Matcher, inside: np.ndarray, matched: np.ndarray) -> Facets:
    """Counts for every facet; values that nothing has are left out."""

    def without(name: str) -> np.ndarray:
        if name not in matcher.filters:
            return matched
        return matcher.matches(leaving_out=name) & inside

    return {
        "interest": _interests(matcher, without("interest")),
        "day": _slots(matcher, without("day"), by_day=True),
        "time": _slots(matcher, without("day"), by_day=False),
        "access": _access(matcher, matched),
        "delivery": _delivery(matcher, without("delivery")),
        "kind": _kinds(matcher, without("kind")),
        "area": _areas(matcher, without("area")),
        "free": _counted({"yes": int((matcher.facts["is_free"][without("free")] == 1).sum())}),
    }


def _interests(matcher: Matcher, found: np.ndarray) -> list[dict[str, Any]]:
    """Listings under each interest, those of the interests below it among them."""
    documents, interests = matcher.snapshot.interests_and_above
    names = [concept.name for concept in matcher.snapshot.vocabulary.concepts]
    counts = np.bincount(interests[found[documents]], minlength=len(names))
    return _counted(dict(zip(names, counts.tolist(), strict=True)), by_count=True)


def _slots(matcher: Matcher, found: np.ndarray, *, by_day: bool) -> list[dict[str, Any]]:
    slots = matcher.calendar.slots[found]
    days, times = matcher.query.days, matcher.query.times
    if by_day:
        wanted = {day: slot_bits((day,), times) for day in ALL_DAYS}
    else:
        wanted = {part: slot_bits(days, (part,)) for part in ALL_TIMES}
    return _counted({value: int(((slots & bit) != 0).sum()) for value, bit in wanted.items()})


def _access(matcher: Matcher, found: np.ndarray) -> list[dict[str, Any]]:
    """Those that have each feature, and apart from them those that do not say."""
    has, lacks = matcher.facts["access_yes"][found], matcher.facts["access_no"][found]
    counted = []
    for feature in ACCESS:
        bit = ACCESS_BIT[feature]
        count = int(((has & bit) != 0).sum())
        unsaid = int((((has | lacks) & bit) == 0).sum())
        if count or unsaid:
            counted.append({"value": feature, "count": count, "not_stated": unsaid})
    return counted


def _delivery(matcher: Matcher, found: np.ndarray) -> list[dict[str, Any]]:
    ways = matcher.facts["delivery"][found]
    return _counted({way: int(((ways & DELIVERY_BIT[way]) != 0).sum()) for way in DELIVERY})


def _kinds(matcher: Matcher, found: np.ndarray) -> list[dict[str, Any]]:
    events = int(matcher.facts["is_event"][found].sum())
    return _counted({"group": int(found.sum()) - events, "event": events})


def _areas(matcher: Matcher, found: np.ndarray) -> list[dict[str, Any]]:
    """Listings in each area or naming it; one that does both counts once."""
    snapshot = matcher.snapshot
    documents, areas = snapshot.documents_and_areas
    counts = np.bincount(areas[found[documents]], minlength=1)
    names = snapshot.area_names
    return _counted(
        {names[n]: int(c) for n, c in enumerate(counts) if c and n in names},
        by_count=True,
    )


def _counted(counts: dict[str, int], *, by_count: bool = False) -> list[dict[str, Any]]:
    some: list[dict[str, Any]] = [
        {"value": value, "count": count} for value, count in counts.items() if count
    ]
    if by_count:
        some.sort(key=lambda each: (-each["count"], each["value"]))
    return some
