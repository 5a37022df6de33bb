"""Which listings answer a query, and how strongly.

Whatever narrows most comes first: what was typed, else the interests asked for, else the radius.
Those documents are the candidates; every other question is asked of them alone.
"""

from collections.abc import Hashable, Iterable
from datetime import datetime

import numpy as np

from connectdo.listings.vocabulary import Phrase
from connectdo.listings.vocabulary.tokens import stem, tokens
from connectdo.places import Place, miles_to_vectors
from connectdo.search import ranking
from connectdo.search.areas import COMES, FOR_OTHERS, NOWHERE, REACHES
from connectdo.search.calendar import NO, YES, slot_bits
from connectdo.search.columns import DELIVERY_BIT, NEED_BIT, bits
from connectdo.search.holding import asked_for, holders_of, weight_of
from connectdo.search.hoping import as_hoped
from connectdo.search.meanings import Alike, Meanings
from connectdo.search.meant import vector_of
from connectdo.search.query import Query
from connectdo.search.sayings import sayings
from connectdo.search.snapshot import Holders, Snapshot
from connectdo.search.understanding import understand
from connectdo.search.vectors import CutShort

# A little under the true 69 or so, so that nothing inside a radius is passed over.
MILES_A_DEGREE = 68.0
# An area that no listing is in.
NO_AREA = -2
# The nearness that listings have however far away, by how they are seen from an area.
OTHERWISE = np.array(
    [
        ranking.NEARNESS_OF_WHAT_COMES
        if seen & COMES
        else ranking.NEARNESS_OF_NOWHERE * bool(seen & NOWHERE)
        for seen in range(2 * FOR_OTHERS)
    ]
)


def as_phrase(text: str) -> Phrase:
    """Words that stand together as they do in a text."""
    return tuple(enumerate(map(stem, tokens(text))))


class Matcher:
    """One query against one snapshot at one moment (London wall time).

    `seen` is what every document is to the person's area. `sayings` are what the person said of
    themselves that something in reach means. `parts` are what was typed, with who
    holds each; `alike` are those that mean much the same, None where that is not asked.
    `candidates` are the documents that hold or mean any of it within the person's reach,
    `filters` a mask of them for each filter that is set, by the name of its facet, and `matched`
    those that answer everything.
    """

    def __init__(self, snapshot: Snapshot, query: Query, now: datetime) -> None:
        self.snapshot, self.query, self.now = snapshot, query, now
        self.calendar = snapshot.calendar(now)
        self.needs = (*query.access, *query.needs)
        self.understood = understand(query.words, snapshot)
        self.parts = [(part, holders_of(part, snapshot)) for part in self.understood.telling]
        self.asked = [asked_for(name, snapshot) for name in query.interests]
        self.languages = [(name, snapshot.phrase(as_phrase(name))) for name in query.speaks]
        self.seen = snapshot.seen_from(self._persons_area())
        self.meanings = snapshot.meanings
        self.sayings = sayings(self)
        # What somebody said of themselves leaves nothing out.
        self.only_orders = not (self.parts or self.asked or query.like is not None)
        self.candidates = self._within_reach(self._not_left_out(self._told()))
        self.alike = self._alike()
        if self.alike is not None:
            found = self._not_left_out(self.alike.found)
            standing = self.calendar.standing.take(found)
            self.candidates = np.union1d(self.candidates, found[standing])
        self.filters = self._filters(self.candidates)
        self.matched = self.answering_all_but(None)

    # Who might answer.

    def _told(self) -> np.ndarray:
        """Those that hold anything typed, else that answer an interest asked for, else all."""
        told = [holders for _, holders in self.parts] or self._answering()
        if self.only_orders:
            return self.calendar.standing_documents
        documents = told[0].documents if len(told) == 1 else self._any_of(told)
        standing = self.calendar.standing.take(documents)
        return documents if standing.all() else documents[standing]

    def _alike(self) -> Alike | None:
        """Those in reach that mean much the same as what was typed; None where nobody asks that."""
        if self.meanings is None or self._words_answer():
            return None
        vector = vector_of(self.query.words)
        if vector is None:
            return None
        try:
            return self.meaning(self.meanings, self.query.words.casefold(), vector)
        except CutShort:
            return None

    def meaning(self, meanings: Meanings, what: Hashable, vector: np.ndarray) -> Alike:
        """Those in reach that mean much the same as something with a vector. What is asked again
        is remembered. Raises CutShort."""
        query = self.query
        reach = query.place and query.place.point, query.within, self.now.date()
        return meanings.remembered((what, reach), vector, self.within_reach)

    def _words_answer(self) -> bool:
        """Whether nothing was typed, or something in reach holds all of it; a saying is not typed
        for its words."""
        if any(part.interests and not part.is_name for part, _ in self.parts):
            return False
        holders = sorted((each for _, each in self.parts), key=lambda each: len(each.documents))
        found = self.candidates
        for each in holders:
            found = found[each.strengths_of(found) > 0]
        return bool(len(found)) or not self.parts

    def _answering(self) -> list[Holders]:
        """Who answers each interest asked for, and each thing the person said."""
        asked = [each.holders for each in self.asked]
        return [*asked, *(each.holders for each in self.sayings)]

    def within_reach(self) -> np.ndarray:
        """All that has not ended, within the person's reach."""
        return self._within_reach(self.calendar.standing_documents)

    def _not_left_out(self, documents: np.ndarray) -> np.ndarray:
        if not self.query.leave_out:
            return documents
        return documents[~np.isin(self.snapshot.listing.take(documents), self.query.leave_out)]

    def _any_of(self, told: Iterable[Holders]) -> np.ndarray:
        marked = np.zeros(self.snapshot.size, dtype=bool)
        for holders in told:
            marked[holders.documents] = True
        return marked.nonzero()[0]

    def _within_reach(self, documents: np.ndarray) -> np.ndarray:
        """Those within the radius, if there is one."""
        within = self.query.within
        if within is None or self.query.place is None:
            return documents
        return self.near(documents, self.query.place, within)

    def near(self, documents: np.ndarray, place: Place, miles: float) -> np.ndarray:
        """Those within some miles, and those that need no travelling and serve the person."""
        reached = (self.seen.take(documents) & REACHES) != 0
        # Only what is no farther north or south than the radius needs to be measured.
        north = np.abs(self.snapshot.latitude.take(documents) - place.point.latitude)
        band = (north <= miles / MILES_A_DEGREE).nonzero()[0]
        reached[band] |= self.miles(documents[band]) <= miles
        return documents[reached]

    # What they answer.

    def answering_all_but(self, left_out: str | None) -> np.ndarray:
        """The candidates that answer every filter, or every one but one."""
        masks = [mask for name, mask in self.filters.items() if name != left_out]
        return self.candidates[np.logical_and.reduce(masks)] if masks else self.candidates

    def _filters(self, documents: np.ndarray) -> dict[str, np.ndarray]:
        query, snapshot, filters = self.query, self.snapshot, {}
        if self.asked and self.parts:
            answers = [each.strengths_of(documents) > 0 for each in self._answering()]
            filters["interest"] = np.logical_or.reduce(answers)
        if query.days or query.times:
            wanted = slot_bits(query.days, query.times)
            filters["day"] = (self.calendar.slots[documents] & wanted) != 0
        if query.free:
            filters["free"] = snapshot.is_free[documents] == 1
        if query.access:
            needed = bits(query.access, NEED_BIT)
            filters["access"] = (snapshot.access_no[documents] & needed) == 0
        if query.needs:
            needed = bits(query.needs, NEED_BIT)
            filters["needs"] = (snapshot.access_no[documents] & needed) == 0
            if "daytime" in query.needs:
                filters["needs"] &= self.calendar.daytime(documents) != NO
        if query.delivery:
            ways = bits(query.delivery, DELIVERY_BIT)
            filters["delivery"] = (snapshot.delivery[documents] & ways) != 0
        if len(set(query.kinds)) == 1:
            filters["kind"] = snapshot.is_event[documents] == (query.kinds[0] == "event")
        if query.areas:
            found = [snapshot.area_ids.get(name.casefold(), NO_AREA) for name in query.areas]
            filters["area"] = np.isin(snapshot.area[documents], found)
            filters["area"] |= np.isin(snapshot.serves[documents], found).any(axis=1)
        return filters

    # How well some documents do.

    def scored(self, documents: np.ndarray) -> "Scored":
        """Documents with the scores that order them, and what was measured for that."""
        miles = self.miles(documents)
        seen = self.seen.take(documents)
        for_others = (seen & FOR_OTHERS) != 0
        told = [holders.strengths_of(documents) for _, holders in self.parts]
        asked = [each.strengths_of(documents) for each in self._answering()]
        scores = self._relevance(documents, told, asked) * self.calendar.timely.take(documents)
        if self.query.place is not None:
            scores = scores * ranking.nearness(miles, OTHERWISE.take(seen))
        if self.languages:
            scores = scores * ranking.understood(self.says_a_language(documents))
        if self.query.when:
            scores = scores * ranking.convenience(self.suits(documents))
        if self.query.reading:
            scores = scores * as_hoped(self, documents)
        scores = ranking.doubted(scores, self._doubts(documents, for_others))
        return Scored(documents, scores, miles, for_others, *told, *asked)

    def _relevance(
        self, documents: np.ndarray, told: list[np.ndarray], asked: list[np.ndarray]
    ) -> np.ndarray | float:
        text = interests = None
        if told:
            weights = [weight_of(part, self.snapshot) for part, _ in self.parts]
            text = ranking.text_relevance(told, weights, self._as_phrase(documents, told))
            if self.alike is not None:
                text = ranking.words_or_meaning(text, self.alike.likeness_of(documents))
        if asked:
            interests = ranking.interest_relevance(asked, self._matters())
            if self.only_orders:
                interests = ranking.said_of_themselves(interests)
        return ranking.relevance(text, interests)

    def _matters(self) -> list[float]:
        interests = self.query.matters or [1.0] * len(self.asked)
        return [*interests, *(each.matters for each in self.sayings)]

    def _as_phrase(self, documents: np.ndarray, strengths: list[np.ndarray]) -> np.ndarray | None:
        """Which documents hold all the words together, as they were typed; None for one word."""
        words = [word for part, _ in self.parts for word in part.words]
        if len(words) < 2:
            return None
        all_of_them = documents[np.minimum.reduce(strengths) > 0]
        if not len(all_of_them):
            return None
        together, among = np.zeros((2, self.snapshot.size), dtype=bool)
        among[all_of_them] = True
        together[self.snapshot.as_phrase(words, among)] = True
        return together[documents]

    def miles(self, documents: np.ndarray) -> np.ndarray:
        """Miles from the person; NaN for what has no place, and when no place was asked for."""
        if self.query.place is None:
            return np.full(len(documents), np.nan)
        return miles_to_vectors(
            self.query.place.point, self.snapshot.vectors.take(documents, axis=0)
        )

    def _persons_area(self) -> int | None:
        place = self.query.place
        if place is None or place.area is None:
            return None
        return self.snapshot.area_ids.get(place.area.casefold(), NO_AREA)

    def _doubts(self, documents: np.ndarray, for_others: np.ndarray) -> np.ndarray | None:
        """A need that nobody has answered for is one doubt, another area's two."""
        doubts = 2 * for_others if for_others.any() else None
        for need in self.needs:
            unknown = ~self.answers(documents, need)
            doubts = unknown.astype(np.int64) if doubts is None else doubts + unknown
        return doubts

    def suits(self, documents: np.ndarray) -> np.ndarray:
        """Whether each is at a time when the person is free: YES, NO or UNSAID."""
        return self.calendar.suits(documents, self.query.when)

    def says_a_language(self, documents: np.ndarray) -> np.ndarray:
        """Which name a language that the person speaks."""
        says = [spoken.strengths_of(documents) > 0 for _, spoken in self.languages]
        return np.logical_or.reduce(says)

    def answers(self, documents: np.ndarray, need: str) -> np.ndarray:
        """Which say yes to a need."""
        if need == "daytime":
            return self.calendar.daytime(documents) == YES
        return (self.snapshot.access_yes[documents] & NEED_BIT[need]) != 0


class Scored:
    """Documents, and beside them their scores, miles, whether they are for others only, and how
    strongly they hold each of the parts and interests asked for."""

    def __init__(
        self,
        documents: np.ndarray,
        scores: np.ndarray,
        miles: np.ndarray,
        for_others: np.ndarray,
        *strengths: np.ndarray,
    ) -> None:
        self.documents, self.scores, self.miles = documents, scores, miles
        self.for_others, self.strengths = for_others, strengths

    def take(self, which: np.ndarray) -> "Scored":
        """Some of them."""
        columns = (self.documents, self.scores, self.miles, self.for_others, *self.strengths)
        return Scored(*(column[which] for column in columns))
