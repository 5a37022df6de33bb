"""Which listings answer a query, and how strongly.

Whatever narrows most comes first: what was typed, else the interests asked for, else the radius.
Those documents are the candidates; every other question is asked of them alone.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import numpy as np

from connectdo.places import miles_to_vectors
from connectdo.search import ranking
from connectdo.search.calendar import slot_bits
from connectdo.search.columns import ACCESS_BIT, DELIVERY_BIT, bits
from connectdo.search.holding import asked_for, holders_of, weight_of
from connectdo.search.query import Query
from connectdo.search.snapshot import Holders, Snapshot
from connectdo.search.understanding import understand

# A little under the true 69 or so, so that nothing inside a radius is passed over.
MILES_A_DEGREE = 68.0
# An area that no listing is in.
NOWHERE = -2


class Matcher:
    """One query against one snapshot at one moment (London wall time).

    `parts` are what was typed, with who holds each. `candidates` are the documents that hold any
    of it within the person's reach, `filters` a mask of them for each filter that is set, by the
    name of its facet, and `matched` those that answer everything.
    """

    def __init__(self, snapshot: Snapshot, query: Query, now: datetime) -> None:
        self.snapshot, self.query, self.now = snapshot, query, now
        self.calendar = snapshot.calendar(now)
        self.understood = understand(query.text, snapshot)
        self.parts = [(part, holders_of(part, snapshot)) for part in self.understood.telling]
        self.asked = [asked_for(name, snapshot) for name in query.interests]
        self.area = self._persons_area()
        self.candidates = self._within_reach(self._told())
        self.filters = self._filters(self.candidates)
        self.matched = self.answering_all_but(None)

    # Who might answer.

    def _told(self) -> np.ndarray:
        """Those that hold anything typed, else that carry an interest asked for, else all."""
        told = [holders for _, holders in self.parts] or [asked.holders for asked in self.asked]
        if not told:
            return self.calendar.standing_documents
        documents = told[0].documents if len(told) == 1 else self._any_of(told)
        return documents[self.calendar.standing.take(documents)]

    def _any_of(self, told: Iterable[Holders]) -> np.ndarray:
        marked = np.zeros(self.snapshot.size, dtype=bool)
        for holders in told:
            marked[holders.documents] = True
        return np.flatnonzero(marked)

    def _within_reach(self, documents: np.ndarray) -> np.ndarray:
        """Those within the radius, and those that need no travelling and serve the person."""
        query, snapshot = self.query, self.snapshot
        if query.within is None or query.place is None:
            return documents
        # Only what is no farther north or south than the radius needs to be measured.
        north = np.abs(snapshot.latitude.take(documents) - query.place.point.latitude)
        band = np.flatnonzero(north <= query.within / MILES_A_DEGREE)
        near = self.miles(documents[band]) <= query.within
        reached = np.zeros(len(documents), dtype=bool)
        reached[band[near]] = True
        coming = np.flatnonzero(snapshot.needs_no_travel.take(documents))
        own = self._names_persons_area(documents[coming])
        reached[coming] |= self._can_serve(documents[coming], own)
        return documents[reached]

    # What they answer.

    def answering_all_but(self, left_out: str | None) -> np.ndarray:
        """The candidates that answer every filter, or every one but one."""
        masks = [mask for name, mask in self.filters.items() if name != left_out]
        return self.candidates[np.logical_and.reduce(masks)] if masks else self.candidates

    def _filters(self, documents: np.ndarray) -> dict[str, np.ndarray]:
        query, snapshot, filters = self.query, self.snapshot, {}
        if self.asked and self.parts:
            answers = [asked.holders.strengths_of(documents) > 0 for asked in self.asked]
            filters["interest"] = np.logical_or.reduce(answers)
        if query.days or query.times:
            wanted = slot_bits(query.days, query.times)
            filters["day"] = (self.calendar.slots[documents] & wanted) != 0
        if query.free:
            filters["free"] = snapshot.is_free[documents] == 1
        if query.access:
            needed = bits(query.access, ACCESS_BIT)
            filters["access"] = (snapshot.access_no[documents] & needed) == 0
        if query.delivery:
            ways = bits(query.delivery, DELIVERY_BIT)
            filters["delivery"] = (snapshot.delivery[documents] & ways) != 0
        if len(set(query.kinds)) == 1:
            filters["kind"] = snapshot.is_event[documents] == (query.kinds[0] == "event")
        if query.areas:
            found = [snapshot.area_ids.get(name.casefold(), NOWHERE) for name in query.areas]
            filters["area"] = np.isin(snapshot.area[documents], found)
            filters["area"] |= np.isin(snapshot.serves[documents], found).any(axis=1)
        return filters

    # How well some documents do.

    def scored(self, documents: np.ndarray) -> "Scored":
        """Documents with the scores that order them, and what was measured for that."""
        miles, own = self.miles(documents), self._names_persons_area(documents)
        for_others = self._for_others(documents, own)
        scores = self._relevance(documents) * self.calendar.timely.take(documents)
        if self.query.place is not None:
            scores = scores * ranking.nearness(miles, self._comes(documents, own))
        scores = ranking.doubted(scores, self._doubts(documents, for_others))
        return Scored(documents, scores, miles, for_others)

    def _relevance(self, documents: np.ndarray) -> np.ndarray | float:
        text = interests = None
        if self.parts:
            strengths = [holders.strengths_of(documents) for _, holders in self.parts]
            weights = [weight_of(part, self.snapshot) for part, _ in self.parts]
            text = ranking.text_relevance(strengths, weights, self._as_phrase(documents, strengths))
        if self.asked:
            interests = ranking.interest_relevance(
                [asked.holders.strengths_of(documents) for asked in self.asked]
            )
        return ranking.relevance(text, interests)

    def _as_phrase(self, documents: np.ndarray, strengths: list[np.ndarray]) -> np.ndarray | None:
        """Which documents hold all the words together, as they were typed; None for one word."""
        words = [word for part, _ in self.parts for word in part.words]
        if len(words) < 2:
            return None
        together = np.zeros(self.snapshot.size, dtype=bool)
        among = together.copy()
        among[documents[np.minimum.reduce(strengths) > 0]] = True
        together[self.snapshot.as_phrase(words, among)] = True
        return together[documents]

    def miles(self, documents: np.ndarray) -> np.ndarray:
        """Miles from the person; NaN for what has no place, and when no place was asked for."""
        if self.query.place is None:
            return np.full(len(documents), np.nan)
        return miles_to_vectors(
            self.query.place.point, self.snapshot.vectors.take(documents, axis=0)
        )

    # Whose area. `own` tells which documents name the person's area, or say everywhere.

    def _persons_area(self) -> int | None:
        place = self.query.place
        if place is None or place.area is None:
            return None
        return self.snapshot.area_ids.get(place.area.casefold(), NOWHERE)

    def _names_persons_area(self, documents: np.ndarray) -> np.ndarray:
        if self.area is None:
            return np.zeros(len(documents), dtype=bool)
        named = (self.snapshot.serves.take(documents, axis=0) == self.area).any(axis=1)
        return named | self.snapshot.serves_everywhere[documents]

    def _can_serve(self, documents: np.ndarray, own: np.ndarray) -> np.ndarray:
        """Which serve the person's area, as far as anybody knows."""
        if self.area is None:
            return np.ones(len(documents), dtype=bool)
        return ~self.snapshot.serves_someone[documents] | own

    def _comes(self, documents: np.ndarray, own: np.ndarray) -> np.ndarray:
        """Which come to the person: by phone, online or area-wide."""
        snapshot = self.snapshot
        named = snapshot.serves_someone[documents] & ~snapshot.has_point[documents]
        return (named | snapshot.is_remote[documents]) & self._can_serve(documents, own)

    def _for_others(self, documents: np.ndarray, own: np.ndarray) -> np.ndarray:
        """Which are only for another area than the person's."""
        if self.area is None:
            return own
        snapshot = self.snapshot
        says = snapshot.serves_someone[documents]
        at_home = ~says & (snapshot.area[documents] == self.area)
        residents = snapshot.residents_only[documents] & ~own & ~at_home
        return residents | (says & ~own & ~snapshot.has_point[documents])

    def _doubts(self, documents: np.ndarray, for_others: np.ndarray) -> np.ndarray | None:
        """An access need that nobody has answered for is one doubt, another area's two."""
        doubts = None if self.area is None else 2 * for_others
        for feature in self.query.access:
            unknown = (self.snapshot.access_yes[documents] & ACCESS_BIT[feature]) == 0
            doubts = unknown.astype(np.int64) if doubts is None else doubts + unknown
        return doubts


class Scored(NamedTuple):
    """Documents, and beside them their scores, miles, and whether they are for others only."""

    documents: np.ndarray
    scores: np.ndarray
    miles: np.ndarray
    for_others: np.ndarray

    def take(self, which: np.ndarray) -> "Scored":
        """Some of them."""
        return Scored(*(column[which] for column in self))
