"""Which listings answer a query, and how strongly: arrays over a snapshot's documents."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from connectdo.listings.choices import DAYS, TIMES
from connectdo.listings.vocabulary.tokens import stems
from connectdo.places import miles_to_many
from connectdo.search import ranking
from connectdo.search.columns import ACCESS_BIT, DELIVERY_BIT, UNKNOWN, bits, day_number
from connectdo.search.query import Query
from connectdo.search.snapshot import Calendar, Snapshot
from connectdo.search.understanding import Part, Understood, understand

# A saying leads to interests; its words count only together, and for less than a name's.
SHARE_OF_A_SAYING = 0.4
WEIGHT_OF_A_SAYING = 4.0
UNTIMED = 21
ALL_DAYS, ALL_TIMES = tuple(DAYS), tuple(TIMES)


@dataclass(frozen=True)
class Asked:
    """An interest filter: `interest` in the vocabulary, or words where it has no such name."""

    name: str
    interest: int | None
    words: tuple[str, ...]


class Matcher:
    """One query against one snapshot at one moment (London wall time)."""

    def __init__(self, snapshot: Snapshot, query: Query, now: datetime) -> None:
        self.snapshot, self.query, self.now = snapshot, query, now
        self.facts = snapshot.facts
        self.size = snapshot.size
        self.calendar: Calendar = snapshot.calendar(now)
        self.understood: Understood = understand(query.text, snapshot)
        self.strengths = [self._strength(part) for part in self.understood.parts]
        self.asked = [self._asked(name) for name in query.interests]
        self.miles = self._miles()
        self.area = self._persons_area()
        self.can_serve = self._can_serve()
        self.others = self.for_others()
        self.filters = self._filters()

    # What answers.

    def matches(self, leaving_out: str | None = None) -> np.ndarray:
        """Which listings answer everything, but for one filter that is left out."""
        found = self.snapshot.live & ~self.calendar.over & self._says()
        for name, mask in self.filters.items():
            if name != leaving_out:
                found = found & mask
        return found

    def inside(self) -> np.ndarray:
        """Which listings are within the radius, or need no travelling and serve the person."""
        if self.query.within is None:
            return np.ones(self.size, dtype=bool)
        near = self.snapshot.has_point & (self.miles <= self.query.within)
        return near | self.comes_to_you

    @property
    def comes_to_you(self) -> np.ndarray:
        """By phone, online or area-wide, for the person's area."""
        return (self.is_remote | ~self.snapshot.has_point) & self.can_serve

    @property
    def is_remote(self) -> np.ndarray:
        return (self.facts["delivery"] & bits(("phone", "online"), DELIVERY_BIT)) > 0

    # How well.

    def scores(self, candidates: np.ndarray) -> np.ndarray:
        """The score of each candidate (document numbers)."""
        return ranking.score(
            self._relevance(candidates),
            self._nearness(candidates),
            ranking.soonness(self._days_to_next(candidates)),
            ranking.freshness(self._days_since_confirmed(candidates)),
            self._doubts(candidates),
        )

    def unanswered(self) -> np.ndarray:
        """How many of the access needs asked for each listing says nothing about."""
        unknown = np.zeros(self.size, dtype=np.int64)
        for feature in self.query.access:
            bit = ACCESS_BIT[feature]
            unknown += (self.facts["access_yes"] & bit) == 0
        return unknown

    def for_others(self) -> np.ndarray:
        """Residents-only or area-wide listings of another area than the person's."""
        if self.area is None:
            return np.zeros(self.size, dtype=bool)
        own = self.snapshot.serving(self.area) | self.facts["serves_everywhere"]
        at_home = ~self.snapshot.serves_someone & (self.facts["area"] == self.area)
        unplaced = ~self.snapshot.has_point & ~self.can_serve
        return (self.facts["residents_only"] & ~own & ~at_home) | unplaced

    def phrase(self) -> np.ndarray:
        """Which listings hold all the words together, as they were typed."""
        words = [word for part in self.understood.parts if not part.joining for word in part.words]
        if len(words) < 2:
            return np.zeros(self.size, dtype=bool)
        among = self.snapshot.live.copy()
        for _, word in words:
            holders = np.zeros(self.size, dtype=bool)
            holders[self.snapshot.postings(word).documents] = True
            among &= holders
        return self.snapshot.as_phrase(words, among) if among.any() else among

    def closeness(self, interest: int) -> np.ndarray:
        """How near each listing's interests are to one, 0 to 1."""
        close = np.zeros(self.size)
        for related, value in self.snapshot.vocabulary.closeness(interest).items():
            documents = self.snapshot.interested(related)
            close[documents] = np.maximum(close[documents], value)
        return close

    # The parts of what was typed.

    def _strength(self, part: Part) -> np.ndarray:
        """How strongly each listing has a part, 0 to 1."""
        strength = np.zeros(self.size)
        each = [self._word_strength(word) for _, word in part.words]
        if each and part.is_name:
            strength = sum(each, start=strength) / len(each)
        elif each:
            strength = SHARE_OF_A_SAYING * np.minimum.reduce(each)
        for interest in part.interests:
            strength = np.maximum(strength, self.closeness(interest))
        return strength * ranking.CORRECTED if part.corrected else strength

    def _word_strength(self, word: str) -> np.ndarray:
        strength = np.zeros(self.size)
        postings = self.snapshot.postings(word)
        strength[postings.documents] = postings.strengths
        return strength

    def _weight(self, part: Part) -> float:
        if not part.is_name:
            return WEIGHT_OF_A_SAYING
        return sum(self.snapshot.postings(word).rarity for _, word in part.words)

    def _says(self) -> np.ndarray:
        """Which listings hold any part that tells something; all, when nothing was typed."""
        telling = [
            strength > 0
            for part, strength in zip(self.understood.parts, self.strengths, strict=True)
            if not part.joining
        ]
        return np.logical_or.reduce(telling) if telling else np.ones(self.size, dtype=bool)

    def _relevance(self, candidates: np.ndarray) -> np.ndarray:
        text = interests = None
        if self.strengths:
            text = ranking.text_relevance(
                [strength[candidates] for strength in self.strengths],
                [self._weight(part) for part in self.understood.parts],
                self.phrase()[candidates],
            )
        if self.asked:
            interests = ranking.interest_relevance(
                [self.answers(asked)[candidates] for asked in self.asked]
            )
        return ranking.relevance(text, interests, len(candidates))

    # Interests asked for by name.

    def _asked(self, name: str) -> Asked:
        interest = self.snapshot.vocabulary.named(name)
        return Asked(name, interest, () if interest is not None else tuple(stems(name)))

    def answers(self, asked: Asked) -> np.ndarray:
        """How well listings answer an interest filter: it or one below it, or all its words."""
        if asked.interest is None:
            each = [self._word_strength(word) for word in asked.words]
            return np.minimum.reduce(each) if each else np.zeros(self.size)
        below = self.snapshot.vocabulary.with_descendants(asked.interest)
        carried = np.zeros(self.size, dtype=bool)
        for interest in below:
            carried[self.snapshot.interested(interest)] = True
        return self.closeness(asked.interest) * carried

    # Place.

    def _miles(self) -> np.ndarray:
        place = self.query.place
        if place is None:
            return np.full(self.size, np.nan)
        latitude, longitude = self.facts["latitude"], self.facts["longitude"]
        return miles_to_many(place.point, latitude.astype(float), longitude.astype(float))

    def _persons_area(self) -> int | None:
        place = self.query.place
        if place is None or place.area is None:
            return None
        return self.snapshot.area_ids.get(place.area.casefold(), UNKNOWN)

    def _can_serve(self) -> np.ndarray:
        """Which listings serve the person's area, as far as anybody knows."""
        if self.area is None:
            return np.ones(self.size, dtype=bool)
        unsaid = ~self.snapshot.serves_someone
        return unsaid | self.facts["serves_everywhere"] | self.snapshot.serving(self.area)

    def _nearness(self, candidates: np.ndarray) -> np.ndarray:
        if self.query.place is None:
            return np.ones(len(candidates))
        named = self.is_remote | (~self.snapshot.has_point & self.snapshot.serves_someone)
        return ranking.nearness(self.miles[candidates], (named & self.can_serve)[candidates])

    # Time.

    def _days_to_next(self, candidates: np.ndarray) -> np.ndarray:
        moments = self.calendar.next[candidates]
        known = self.snapshot.has_dates[candidates]
        days = (np.where(known, moments, 0) // 1440 - day_number(self.now.date())).astype(float)
        return np.where(known, days, np.nan)

    def _days_since_confirmed(self, candidates: np.ndarray) -> np.ndarray:
        confirmed = self.facts["confirmed"][candidates].astype(float)
        days = day_number(self.now.date()) - confirmed
        return np.where(confirmed == UNKNOWN, np.nan, days)

    def _doubts(self, candidates: np.ndarray) -> np.ndarray:
        return (self.unanswered() + 2 * self.others)[candidates]

    # Filters.

    def _filters(self) -> dict[str, np.ndarray]:
        """A mask for each filter that is set, by the name of its facet."""
        query, filters = self.query, {}
        if self.asked:
            filters["interest"] = np.logical_or.reduce([self.answers(a) > 0 for a in self.asked])
        if query.days or query.times:
            filters["day"] = (self.calendar.slots & slot_bits(query.days, query.times)) != 0
        if query.free:
            filters["free"] = self.facts["is_free"] == 1
        for feature in query.access:
            filters[f"access {feature}"] = (self.facts["access_no"] & ACCESS_BIT[feature]) == 0
        if query.delivery:
            filters["delivery"] = (self.facts["delivery"] & bits(query.delivery, DELIVERY_BIT)) > 0
        if query.kinds:
            wanted = [kind == "event" for kind in query.kinds]
            filters["kind"] = np.isin(self.facts["is_event"], wanted)
        if query.areas:
            filters["area"] = np.logical_or.reduce([self.in_area(name) for name in query.areas])
        return filters

    def in_area(self, name: str) -> np.ndarray:
        """Which listings are in an area or name it among those they serve."""
        area = self.snapshot.area_ids.get(name.casefold())
        if area is None:
            return np.zeros(self.size, dtype=bool)
        return (self.facts["area"] == area) | self.snapshot.serving(area)


def slot_bits(days: tuple[str, ...], times: tuple[str, ...]) -> int:
    """The calendar slots of these days and parts of the day; none given means any.

    A date with no known time is on its day, and in no part of it.
    """
    wanted = 0
    for day in days or ALL_DAYS:
        number = ALL_DAYS.index(day)
        for part in times or ALL_TIMES:
            wanted |= 1 << (number * 3 + ALL_TIMES.index(part))
        if not times:
            wanted |= 1 << (UNTIMED + number)
    return wanted
