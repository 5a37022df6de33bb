"""Which listings answer a query, and how strongly.

Whatever narrows most comes first: what was typed, else the interests asked for, else the radius.
Those documents are the candidates; every other question is asked of them alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np

from connectdo.listings.vocabulary.tokens import stems
from connectdo.places import miles_to_vectors
from connectdo.search import ranking
from connectdo.search.calendar import slot_bits
from connectdo.search.columns import ACCESS_BIT, DELIVERY_BIT, UNKNOWN, bits
from connectdo.search.query import Query
from connectdo.search.snapshot import Holders, Snapshot
from connectdo.search.understanding import Part, understand

# A saying leads to interests; its words count only together, and for less than a name's.
SHARE_OF_A_SAYING = 0.4
WEIGHT_OF_A_SAYING = 4.0
MILES_A_DEGREE = 69.0
REMOTE = bits(("phone", "online"), DELIVERY_BIT)


@dataclass(frozen=True)
class Asked:
    """An interest asked for by name, and who carries it or one below it.

    One that the tree does not know is asked for by its words, all of which must be there.
    """

    name: str
    interest: int | None
    holders: Holders


class Matcher:
    """One query against one snapshot at one moment (London wall time).

    `parts` are what was typed, with who holds each; `candidates` are document numbers, and all
    arrays of the other properties have one value for each of them.
    """

    def __init__(self, snapshot: Snapshot, query: Query, now: datetime) -> None:
        self.snapshot, self.query, self.now = snapshot, query, now
        self.calendar = snapshot.calendar(now)
        self.understood = understand(query.text, snapshot)
        self.parts = [(part, self._holders(part)) for part in self.understood.telling]
        self.asked = [self._asked(name) for name in query.interests]
        self.area = self._persons_area()
        self.candidates = self._candidates()

    # Who might answer.

    def _candidates(self) -> np.ndarray:
        standing = self.calendar.standing
        if self.parts or self.asked:
            typed = [holders for _, holders in self.parts]
            marked = np.zeros(self.snapshot.size, dtype=bool)
            for holders in typed or [asked.holders for asked in self.asked]:
                marked[holders.documents] = True
            return np.flatnonzero(marked & standing)
        if self.query.within is not None and self.query.place is not None:
            return self._in_the_band(self.query.place.point.latitude, self.query.within)
        return self.calendar.standing_documents

    def _in_the_band(self, latitude: float, miles: float) -> np.ndarray:
        """Those no farther north or south than the radius, and those that have no place."""
        documents = self.calendar.standing_documents
        away = np.abs(self.snapshot.latitude[documents] - latitude)
        remote = self.snapshot.delivery[documents] & REMOTE
        outside = (away > miles / MILES_A_DEGREE * 1.01) & (remote == 0)
        return documents[~outside]

    # What each candidate answers.

    @cached_property
    def matched(self) -> np.ndarray:
        """Which candidates answer everything."""
        return self.answering & self.inside

    @cached_property
    def answering(self) -> np.ndarray:
        """Which candidates answer every filter, wherever they are."""
        return self.answering_all_but(None)

    def answering_all_but(self, left_out: str | None) -> np.ndarray:
        """Which candidates answer every filter, or every one but one."""
        found = np.ones(len(self.candidates), dtype=bool)
        for name, mask in self.filters.items():
            if name != left_out:
                found &= mask
        return found

    @cached_property
    def filters(self) -> dict[str, np.ndarray]:
        """A mask for each filter that is set, by the name of its facet."""
        query, snapshot, documents = self.query, self.snapshot, self.candidates
        filters = {}
        if self.asked:
            answers = [self.strengths(asked.holders, documents) > 0 for asked in self.asked]
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
            filters["area"] = self._in_areas(query.areas)
        return filters

    @cached_property
    def inside(self) -> np.ndarray:
        """Which candidates are within the radius, or need no travelling and serve the person."""
        if self.query.within is None:
            return np.ones(len(self.candidates), dtype=bool)
        comes = (self._is_remote | ~self._has_point) & self.can_serve
        return comes | (self.miles <= self.query.within)

    @cached_property
    def miles(self) -> np.ndarray:
        """Miles from the person; NaN for what has no place, and when no place was asked for."""
        place = self.query.place
        if place is None:
            return np.full(len(self.candidates), np.nan)
        return miles_to_vectors(place.point, self.snapshot.vectors[self.candidates])

    @cached_property
    def can_serve(self) -> np.ndarray:
        """Which candidates serve the person's area, as far as anybody knows."""
        documents, snapshot = self.candidates, self.snapshot
        if self.area is None:
            return np.ones(len(documents), dtype=bool)
        unsaid = ~snapshot.serves_someone[documents]
        return unsaid | snapshot.serves_everywhere[documents] | self._names_persons_area

    @cached_property
    def for_others(self) -> np.ndarray:
        """Which candidates are only for another area than the person's."""
        documents, snapshot = self.candidates, self.snapshot
        if self.area is None:
            return np.zeros(len(documents), dtype=bool)
        named = self._names_persons_area | snapshot.serves_everywhere[documents]
        at_home = ~snapshot.serves_someone[documents] & (snapshot.area[documents] == self.area)
        residents = snapshot.residents_only[documents] & ~named & ~at_home
        return residents | (~self._has_point & ~self.can_serve)

    # How well.

    def scores(self, which: np.ndarray) -> np.ndarray:
        """The scores of some candidates, given by their places among the candidates."""
        documents = self.candidates[which]
        return ranking.score(
            self._relevance(documents),
            self._nearness(which),
            self.calendar.timely[documents],
            self._doubts(which),
        )

    def strengths(self, holders: Holders, documents: np.ndarray) -> np.ndarray:
        """How strongly some documents hold what others among them do, 0 where they do not."""
        if holders.documents is documents:
            return holders.strengths
        strengths = np.zeros(self.snapshot.size, dtype=np.float32)
        strengths[holders.documents] = holders.strengths
        return strengths[documents]

    def _relevance(self, documents: np.ndarray) -> np.ndarray:
        text = interests = None
        if self.parts:
            strengths = [self.strengths(holders, documents) for _, holders in self.parts]
            weights = [self._weight(part) for part, _ in self.parts]
            phrase = self._as_phrase(documents, strengths)
            text = ranking.text_relevance(strengths, weights, phrase)
        if self.asked:
            interests = ranking.interest_relevance(
                [self.strengths(asked.holders, documents) for asked in self.asked]
            )
        return ranking.relevance(text, interests, len(documents))

    def _as_phrase(self, documents: np.ndarray, strengths: list[np.ndarray]) -> np.ndarray:
        """Which documents hold all the words together, as they were typed."""
        words = [word for part, _ in self.parts for word in part.words]
        together = np.zeros(self.snapshot.size, dtype=bool)
        if len(words) < 2:
            return together[documents]
        among = together.copy()
        among[documents[np.minimum.reduce(strengths) > 0]] = True
        together[self.snapshot.as_phrase(words, among)] = True
        return together[documents]

    def _nearness(self, which: np.ndarray) -> np.ndarray:
        if self.query.place is None:
            return np.ones(len(which))
        documents = self.candidates[which]
        named = self.snapshot.serves_someone[documents] & ~self._has_point[which]
        comes = (named | self._is_remote[which]) & self.can_serve[which]
        return ranking.nearness(self.miles[which], comes)

    def _doubts(self, which: np.ndarray) -> np.ndarray:
        """An access need that nobody has answered for is one doubt, another area's two."""
        doubts = 2 * self.for_others[which]
        has = self.snapshot.access_yes[self.candidates[which]]
        for feature in self.query.access:
            doubts = doubts + ((has & ACCESS_BIT[feature]) == 0)
        return doubts

    # The parts of what was typed, and interests asked for by name.

    def _holders(self, part: Part) -> Holders:
        """Who holds a part: its words, or an interest it means or one related to that."""
        words: list[Holders] = [self.snapshot.postings(word) for _, word in part.words]
        related = [self.snapshot.related(interest) for interest in part.interests]
        if len(words) == 1 and not related and not part.corrected:
            return words[0]
        strengths = np.zeros(self.snapshot.size, dtype=np.float32)
        if part.is_name:
            for each in words:
                strengths[each.documents] += each.strengths / len(words)
        elif words:
            strengths += SHARE_OF_A_SAYING * self._all_of(words)
        for each in related:
            strengths[each.documents] = np.maximum(strengths[each.documents], each.strengths)
        documents = np.flatnonzero(strengths)
        share = ranking.CORRECTED if part.corrected else 1
        return Holders(documents, strengths[documents] * np.float32(share))

    def _all_of(self, words: Iterable[Holders]) -> np.ndarray:
        """How strongly every document holds all of some words: as the weakest of them."""
        return np.minimum.reduce(
            [self.strengths(each, np.arange(self.snapshot.size)) for each in words]
        )

    def _weight(self, part: Part) -> float:
        """How much a part tells."""
        if not part.is_name:
            return WEIGHT_OF_A_SAYING
        return sum(self.snapshot.postings(word).rarity for _, word in part.words)

    def _asked(self, name: str) -> Asked:
        vocabulary = self.snapshot.vocabulary
        interest = vocabulary.named(name)
        if interest is None:
            words: list[Holders] = [self.snapshot.postings(word) for word in stems(name)]
            strengths = self._all_of(words) if words else np.zeros(self.snapshot.size)
            documents = np.flatnonzero(strengths)
            return Asked(name, None, Holders(documents, strengths[documents]))
        close = vocabulary.closeness(interest)
        strengths = np.zeros(self.snapshot.size, dtype=np.float32)
        for below in vocabulary.with_descendants(interest):
            carriers = self.snapshot.carriers(below)
            strengths[carriers] = np.maximum(strengths[carriers], close[below])
        documents = np.flatnonzero(strengths)
        return Asked(name, interest, Holders(documents, strengths[documents]))

    # Place.

    def _persons_area(self) -> int | None:
        place = self.query.place
        if place is None or place.area is None:
            return None
        return self.snapshot.area_ids.get(place.area.casefold(), UNKNOWN)

    @cached_property
    def _names_persons_area(self) -> np.ndarray:
        return self.snapshot.serving(self.area or UNKNOWN)[self.candidates]

    @cached_property
    def _has_point(self) -> np.ndarray:
        return self.snapshot.has_point[self.candidates]

    @cached_property
    def _is_remote(self) -> np.ndarray:
        return (self.snapshot.delivery[self.candidates] & REMOTE) != 0

    def _in_areas(self, names: Iterable[str]) -> np.ndarray:
        """Which candidates are in one of these areas or name it among those they serve."""
        found = np.zeros(len(self.candidates), dtype=bool)
        for name in names:
            area = self.snapshot.area_ids.get(name.casefold())
            if area is not None:
                found |= self.snapshot.area[self.candidates] == area
                found |= self.snapshot.serving(area)[self.candidates]
        return found
