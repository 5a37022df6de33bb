"""What is not words, over numpy arrays: distance, filters, order and facet counts.

The floor and the two libraries that only find words (tantivy, Whoosh) share it. All that does
not hang on the question is worked out beforehand.
"""

from collections.abc import Callable

import numpy as np

from benchmarks import answers
from benchmarks.answers import AREAS, SHOWN
from benchmarks.corpus import NO_DATE, Corpus
from benchmarks.engines import formula
from benchmarks.engines.counting import Counter, Found
from benchmarks.made_up import TODAY
from benchmarks.queries import Asked
from connectdo.places import Point
from connectdo.places.distance import EARTH_RADIUS_MILES
from connectdo.search.columns import ACCESS_BIT, DELIVERY_BIT, bits, day_number

MILES_A_DEGREE = EARTH_RADIUS_MILES * np.pi / 180
A_FEW = 5
# How relevant each of some documents is: a float for each.
Relevance = Callable[[np.ndarray], np.ndarray]


class Columns:
    def __init__(self, corpus: Corpus) -> None:
        facts = corpus.facts
        self.latitude = facts["latitude"].astype(float)
        self.has_point = ~np.isnan(self.latitude)
        self._xyz = on_the_ball(self.latitude, facts["longitude"].astype(float))
        self.remote = (facts["delivery"] & bits(("phone", "online"), DELIVERY_BIT)) > 0
        self.comes = self.remote | ~self.has_point
        self.area, self.residents = facts["area"].copy(), facts["residents_only"].copy()
        self.everywhere, self.serves = facts["serves_everywhere"].copy(), corpus.serves
        self.names_areas = self.everywhere.copy()
        self.names_areas[corpus.serves.documents] = True
        self.has, self.lacks = facts["access_yes"].copy(), facts["access_no"].copy()
        self.free = facts["is_free"] == 1
        self.slots = corpus.slots
        self.timely = _timely(corpus)
        self._counter = Counter(corpus)
        self._serving: dict[str, np.ndarray] = {}

    def serving(self, asked: Asked) -> np.ndarray:
        """Which documents serve the area asked from, as far as anybody knows."""
        place = asked.query.place
        if place is None or place.area is None:
            return np.ones(len(self.area), dtype=bool)
        if place.area not in self._serving:
            serving = self.everywhere | ~self.names_areas
            serving[self.serves.of(AREAS.index(place.area))] = True
            self._serving[place.area] = serving
        return self._serving[place.area]

    def find(self, asked: Asked, documents: np.ndarray, relevance: Relevance) -> Found:
        """The best of `documents`, the ones whose words or interests answer."""
        query = asked.query
        inside, chords = self._inside(asked, documents)
        if query.access:
            stays = (self.lacks[inside] & bits(query.access, ACCESS_BIT)) == 0
            inside, chords = inside[stays], chords[stays]
        passes = {"free": self.free[inside]} if query.free else {}
        if query.days:
            passes["day"] = (self.slots[inside] & answers.slot_bits(query.days, ())) != 0
        without = {name: _all_but(name, passes, inside) for name in passes}
        matched, chords = _all_but("", passes, inside), _all_but("", passes, chords)
        scores = self._scores(asked, matched, chords, relevance)
        best = _best(scores, matched)
        shown = matched[best]
        return Found(
            total=len(matched),
            documents=shown,
            scores=scores[best],
            miles=_miles(chords[best]),
            farther=self._farther(asked, documents, matched),
            groups=self._counter.groups(matched, without),
            free=int(np.count_nonzero(self.free[without.get("free", matched)])),
        )

    def _inside(self, asked: Asked, documents: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Documents within the radius, or that come to the person; and how far off they are."""
        query = asked.query
        if query.place is None:
            return documents, np.full(len(documents), np.nan)
        if query.within is None:
            return documents, self._chords(query.place.point, documents)
        north = query.within / MILES_A_DEGREE * 1.001
        near = np.abs(self.latitude[documents] - query.place.point.latitude) <= north
        documents = documents[near | self.comes[documents]]
        chords = self._chords(query.place.point, documents)
        far = np.sin(query.within / EARTH_RADIUS_MILES / 2) * 2
        stays = (chords <= far) | (self.comes[documents] & self.serving(asked)[documents])
        return documents[stays], chords[stays]

    def _chords(self, point: Point, documents: np.ndarray) -> np.ndarray:
        """How far documents are through the ball, in radii; NaN for those without a point."""
        here = on_the_ball(np.array([point.latitude]), np.array([point.longitude]))
        squares = [(a[documents] - b) ** 2 for a, b in zip(self._xyz, here, strict=True)]
        return np.sqrt(squares[0] + squares[1] + squares[2])

    def _scores(
        self, asked: Asked, documents: np.ndarray, chords: np.ndarray, relevance: Relevance
    ) -> np.ndarray:
        scores = relevance(documents) * self.timely[documents]
        doubts = np.zeros(len(documents), dtype=np.int64)
        for feature in asked.query.access:
            doubts += (self.has[documents] & ACCESS_BIT[feature]) == 0
        if asked.query.place is not None:
            serving = self.serving(asked)[documents]
            remote = self.remote[documents]
            named = remote | ~self.has_point[documents] & self.names_areas[documents]
            scores *= formula.nearness(_miles(chords), named & serving)
            doubts += 2 * self._for_others(asked, documents, serving)
        return np.maximum(scores, formula.LEAST) * formula.LEFT_BY_DOUBTS[doubts]

    def _for_others(self, asked: Asked, documents: np.ndarray, serving: np.ndarray) -> np.ndarray:
        """Listings for the residents of another area, or area-wide in one."""
        assert asked.query.place is not None
        area = AREAS.index(asked.query.place.area or "")
        named = self.names_areas[documents]
        own = serving & named | ~named & (self.area[documents] == area)
        return (self.residents[documents] & ~own) | ~(self.has_point[documents] | serving)

    def _farther(self, asked: Asked, documents: np.ndarray, matched: np.ndarray) -> np.ndarray:
        """The nearest few outside the radius, where nothing with a place is inside."""
        query = asked.query
        if query.within is None or query.place is None or self.has_point[matched].any():
            return matched[:0]
        stays = self.has_point[documents] & ~np.isin(documents, matched)
        stays &= (self.lacks[documents] & bits(query.access, ACCESS_BIT)) == 0
        if query.days:
            stays &= (self.slots[documents] & answers.slot_bits(query.days, ())) != 0
        if query.free:
            stays &= self.free[documents]
        outside = documents[stays]
        nearest = np.argsort(self._chords(query.place.point, outside), kind="stable")
        return outside[nearest][:A_FEW]


def on_the_ball(latitude: np.ndarray, longitude: np.ndarray) -> list[np.ndarray]:
    """Points of a ball of radius 1."""
    up, round_ = np.radians(latitude), np.radians(longitude)
    return [np.cos(up) * np.cos(round_), np.cos(up) * np.sin(round_), np.sin(up)]


def _miles(chords: np.ndarray) -> np.ndarray:
    return 2 * EARTH_RADIUS_MILES * np.arcsin(np.minimum(chords / 2, 1.0))


def _timely(corpus: Corpus) -> np.ndarray:
    """What soon and fresh leave of a score: the same for every question of a day."""
    today = day_number(TODAY)
    days = np.where(corpus.soonest == NO_DATE, np.inf, corpus.soonest // 1440 - today)
    confirmed = corpus.facts["confirmed"].astype(float)
    return formula.timeliness(days, np.where(confirmed < 0, np.inf, today - confirmed))


def _all_but(left_out: str, passes: dict[str, np.ndarray], values: np.ndarray) -> np.ndarray:
    """The values of documents that pass every filter but one."""
    masks = [mask for name, mask in passes.items() if name != left_out]
    return values[np.logical_and.reduce(masks)] if masks else values


def _best(scores: np.ndarray, documents: np.ndarray) -> np.ndarray:
    """The places of the best scores, best first, of equals the first listing."""
    places = np.arange(len(scores))
    if len(scores) > SHOWN:
        bar = np.partition(scores, len(scores) - SHOWN)[len(scores) - SHOWN]
        places = np.flatnonzero(scores >= bar)
    return places[np.lexsort((documents[places], -scores[places]))][:SHOWN]
