"""How many of the listings found have each value of each filter.

A filter that is set is left out of the count of its own facet where its values widen the
search (another day, another area), so that a count says what choosing that value too would
bring. Access needs narrow it, and interests are a tree, so both are counted in what was found.
"""

from typing import Any

import numpy as np

from connectdo.listings.choices import ACCESS, DAYS, DELIVERY, TIMES
from connectdo.search.calendar import slot_bits
from connectdo.search.columns import ACCESS_BIT, DELIVERY_BIT, UNKNOWN
from connectdo.search.matching import Matcher

Facets = dict[str, list[dict[str, Any]]]


def facets(matcher: Matcher) -> Facets:
    """Counts for every facet; values that nothing has are left out."""
    matched = matcher.candidates[matcher.matched]

    def without(name: str) -> np.ndarray:
        if name not in matcher.filters:
            return matched
        return matcher.candidates[matcher.answering_all_but(name) & matcher.inside]

    return {
        "interest": _interests(matcher, matched),
        "day": _slots(matcher, without("day"), by_day=True),
        "time": _slots(matcher, without("day"), by_day=False),
        "access": _access(matcher, matched),
        "delivery": _delivery(matcher, without("delivery")),
        "kind": _kinds(matcher, without("kind")),
        "area": _areas(matcher, without("area")),
        "free": _free(matcher, without("free")),
    }


def _interests(matcher: Matcher, found: np.ndarray) -> list[dict[str, Any]]:
    """Listings under each interest, those of the interests below it among them."""
    concepts = matcher.snapshot.vocabulary.concepts
    rows = matcher.snapshot.interests_and_above[found].ravel()
    counts = np.bincount(rows, minlength=len(concepts) + 1)[:-1]
    return _by_count((concepts[n].name, int(counts[n])) for n in np.flatnonzero(counts))


def _slots(matcher: Matcher, found: np.ndarray, *, by_day: bool) -> list[dict[str, Any]]:
    """Listings that start on each weekday, or in each part of the day, of those chosen."""
    query, slots = matcher.query, matcher.calendar.slots[found]
    if by_day:
        wanted = {day: slot_bits((day,), query.times) for day in DAYS}
    else:
        wanted = {part: slot_bits(query.days, (part,)) for part in TIMES}
    return _some((value, _having(slots, bit)) for value, bit in wanted.items())


def _access(matcher: Matcher, found: np.ndarray) -> list[dict[str, Any]]:
    """Those that have each feature, and apart from them those that do not say."""
    has = matcher.snapshot.access_yes[found]
    says = has | matcher.snapshot.access_no[found]
    counted = [
        {
            "value": feature,
            "count": _having(has, ACCESS_BIT[feature]),
            "not_stated": len(found) - _having(says, ACCESS_BIT[feature]),
        }
        for feature in ACCESS
    ]
    return [each for each in counted if each["count"] or each["not_stated"]]


def _delivery(matcher: Matcher, found: np.ndarray) -> list[dict[str, Any]]:
    ways = matcher.snapshot.delivery[found]
    return _some((way, _having(ways, DELIVERY_BIT[way])) for way in DELIVERY)


def _kinds(matcher: Matcher, found: np.ndarray) -> list[dict[str, Any]]:
    events = int(np.count_nonzero(matcher.snapshot.is_event[found]))
    return _some([("group", len(found) - events), ("event", events)])


def _areas(matcher: Matcher, found: np.ndarray) -> list[dict[str, Any]]:
    """Listings in each area or naming it among those they serve; one that does both counts once."""
    snapshot = matcher.snapshot
    here = snapshot.area[found]
    counts = np.bincount(here[here != UNKNOWN], minlength=snapshot.most_areas)
    marked = np.zeros(snapshot.size, dtype=bool)
    marked[found] = True
    elsewhere = marked[snapshot.serving_documents]
    counts = counts + np.bincount(snapshot.serving_areas[elsewhere], minlength=snapshot.most_areas)
    names = snapshot.area_names
    return _by_count(
        (names[n], int(counts[n])) for n in np.flatnonzero(counts).tolist() if n in names
    )


def _free(matcher: Matcher, found: np.ndarray) -> list[dict[str, Any]]:
    return _some([("yes", int(np.count_nonzero(matcher.snapshot.is_free[found] == 1)))])


def _having(values: np.ndarray, bit: int) -> int:
    return int(np.count_nonzero(values & bit))


def _some(counts: Any) -> list[dict[str, Any]]:
    return [{"value": value, "count": count} for value, count in counts if count]


def _by_count(counts: Any) -> list[dict[str, Any]]:
    return _some(sorted(counts, key=lambda each: (-each[1], each[0])))
