"""A query -> the listings found: ids, scores, distances, reasons as values, facets, total.

This is what pages and commands call. Nothing here asks the database: the ids come from the
index, and who shows them reads the rows.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

import numpy as np
from flask import current_app

from connectdo.listings.schedules import LONDON
from connectdo.search import sync
from connectdo.search.calendar import NEVER
from connectdo.search.columns import ACCESS_BIT, DELIVERY_BIT, EPOCH_DAY, UNKNOWN
from connectdo.search.facets import Facets, facets
from connectdo.search.index import Unusable
from connectdo.search.matching import REMOTE, Matcher
from connectdo.search.query import Query
from connectdo.search.ranking import best_first
from connectdo.search.snapshot import Door, Holders, Snapshot

A_FEW = 5
# A word that a listing holds only weakly is mentioned there, rather than what it is about.
ONLY_MENTIONED = 0.5
EPOCH = datetime(1970, 1, 1)
REACHING = REMOTE | DELIVERY_BIT["home_visit"]
REACHED_BY = {
    ways: tuple(way for way, bit in DELIVERY_BIT.items() if ways & REACHING & bit)
    for ways in range(2 * max(DELIVERY_BIT.values()))
}


class Reasons(NamedTuple):
    """Why a listing is where it is, as values. `next` is London wall time.

    `matches` and `mentions` are parts of what was typed, or interests asked for; `unstated` are
    access needs that nobody has answered for; `remote` are the ways it comes to the person;
    `for_others` when it is not for the person's area; `farther` when it is outside the radius.
    """

    matches: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    miles: float | None = None
    next: datetime | None = None
    next_has_time: bool = False
    free: bool = False
    access: tuple[str, ...] = ()
    unstated: tuple[str, ...] = ()
    remote: tuple[str, ...] = ()
    area_wide: bool = False
    place_unknown: bool = False
    residents_only: bool = False
    for_others: bool = False
    confirmed: date | None = None
    farther: bool = False


class Result(NamedTuple):
    listing_id: int
    score: float
    reasons: Reasons


@dataclass(frozen=True)
class Found:
    """The answer to a query. `total` counts all that match; `results` are the ones asked for.

    `nearest_farther` is the distance in miles of the nearest that is outside the radius, where
    nothing with a place is inside; those few then follow the results. `interests` are the slugs
    of those that the typed words name or speak of.
    """

    query: Query
    now: datetime
    total: int
    results: list[Result]
    facets: Facets
    corrections: tuple[tuple[str, str], ...] = ()
    unknown_interests: tuple[str, ...] = ()
    nearest_farther: float | None = None
    interests: tuple[str, ...] = ()


def find(query: Query) -> Found:
    """The listings that answer a query, now or as of its day."""
    return find_in(snapshot(), query, moment(query.as_of))


def moment(as_of: date | None) -> datetime:
    """The start of a day, or now: London wall time, without a zone."""
    if as_of is not None:
        return datetime(as_of.year, as_of.month, as_of.day)
    return datetime.now(LONDON).replace(tzinfo=None)


def snapshot() -> Snapshot:
    """The index as it is now; made from the database first where there is none to be read."""
    door: Door = current_app.extensions.setdefault("connectdo.search", Door(sync.folder()))
    try:
        return door.snapshot()
    except Unusable:
        sync.sync()
        return door.snapshot()


def find_in(snapshot: Snapshot, query: Query, now: datetime) -> Found:
    """The same over a given snapshot, at a given London wall time."""
    matcher = Matcher(snapshot, query, now)
    matched = np.flatnonzero(matcher.matched)
    shown = _page(matcher, matched)
    results = _results(matcher, shown)
    nearest: float | None = None
    if query.within is not None and not snapshot.has_point[matcher.candidates[matched]].any():
        wide = Matcher(snapshot, replace(query, within=None), now)
        few = _nearest_few(wide, query.within)
        nearest = float(wide.miles[few[0]]) if len(few) else None
        room = max(query.limit - len(shown), 0)
        results += _results(wide, few[:room], farther=True)
    return Found(
        query=query,
        now=now,
        total=len(matched),
        results=results,
        facets=facets(matcher),
        corrections=matcher.understood.corrections,
        unknown_interests=tuple(a.name for a in matcher.asked if a.interest is None),
        nearest_farther=nearest,
        interests=_interests_meant(matcher),
    )


def _page(matcher: Matcher, matched: np.ndarray) -> np.ndarray:
    """The candidates of the page asked for, in the order asked for."""
    query, documents = matcher.query, matcher.candidates[matched]
    if query.sort == "nearest" and query.place is not None:
        order = -np.nan_to_num(matcher.miles[matched], nan=np.inf)
    elif query.sort == "soonest":
        order = -matcher.calendar.next[documents].astype(float)
    else:
        order = matcher.scores(matched)
    ids = matcher.snapshot.listing[documents]
    return matched[best_first(order, ids, query.offset + query.limit)[query.offset :]]


def _nearest_few(wide: Matcher, miles: float) -> np.ndarray:
    """The nearest candidates outside the radius that answer everything else."""
    outside = np.flatnonzero(wide.answering & (wide.miles > miles))
    return outside[np.argsort(wide.miles[outside], kind="stable")][:A_FEW]


def _interests_meant(matcher: Matcher) -> tuple[str, ...]:
    concepts = matcher.snapshot.vocabulary.concepts
    meant = [n for part, _ in matcher.parts for n in part.interests]
    return tuple(dict.fromkeys(concepts[n].slug for n in meant))


# Reasons.


def _results(matcher: Matcher, shown: np.ndarray, *, farther: bool = False) -> list[Result]:
    """The candidates to be shown, with their scores and reasons."""
    if not len(shown):
        return []
    explained = Explained(matcher, shown)
    ids, scores = matcher.snapshot.listing[explained.documents], matcher.scores(shown)
    reasons = (explained.reasons(n, farther) for n in range(len(shown)))
    return list(map(Result, ids.tolist(), scores.tolist(), reasons))


class Explained:
    """Why each of a few candidates is shown: its values, looked up for all of them at once."""

    def __init__(self, matcher: Matcher, shown: np.ndarray) -> None:
        self.matcher = matcher
        snapshot, calendar = matcher.snapshot, matcher.calendar
        self.documents = documents = matcher.candidates[shown]
        self.miles = np.round(matcher.miles[shown], 2).tolist()
        self.next = calendar.next[documents].tolist()
        self.has_time = calendar.has_time[documents].tolist()
        self.free = (snapshot.is_free[documents] == 1).tolist()
        self.access = snapshot.access_yes[documents].tolist()
        self.delivery = snapshot.delivery[documents].tolist()
        self.has_point = snapshot.has_point[documents].tolist()
        self.serves_someone = snapshot.serves_someone[documents].tolist()
        self.residents_only = snapshot.residents_only[documents].tolist()
        self.for_others = matcher.for_others[shown].tolist()
        self.confirmed = snapshot.confirmed[documents].tolist()
        self.matches, self.mentions = self._told()

    def reasons(self, n: int, farther: bool) -> Reasons:
        """The reasons of the `n`th."""
        query, delivery, miles = self.matcher.query, self.delivery[n], self.miles[n]
        goes_nowhere = not self.has_point[n] and not delivery & REACHING
        return Reasons(
            matches=tuple(dict.fromkeys(self.matches[n])),
            mentions=tuple(dict.fromkeys(self.mentions[n])),
            miles=None if miles != miles else miles,
            next=None if self.next[n] == NEVER else EPOCH + timedelta(minutes=self.next[n]),
            next_has_time=self.has_time[n],
            free=self.free[n],
            access=tuple(f for f in query.access if self.access[n] & ACCESS_BIT[f]),
            unstated=tuple(f for f in query.access if not self.access[n] & ACCESS_BIT[f]),
            remote=REACHED_BY[delivery & REACHING],
            area_wide=goes_nowhere and self.serves_someone[n],
            place_unknown=goes_nowhere and not self.serves_someone[n] and bool(query.place),
            residents_only=self.residents_only[n],
            for_others=self.for_others[n],
            confirmed=_day(self.confirmed[n]),
            farther=farther,
        )

    def _told(self) -> tuple[list[list[str]], list[list[str]]]:
        """What of the things asked for each is about, and what it only mentions."""
        about: list[list[str]] = [[] for _ in self.documents]
        mentioned: list[list[str]] = [[] for _ in self.documents]
        for part, holders in self.matcher.parts:
            names = self._names_carried(part.interests)
            for n, strength in enumerate(self._strengths(holders)):
                if strength and names[n]:
                    about[n].append(names[n])
                elif strength:
                    (about if strength >= ONLY_MENTIONED else mentioned)[n].append(part.label)
        for asked in self.matcher.asked:
            names = self._names_carried(() if asked.interest is None else (asked.interest,))
            for n, strength in enumerate(self._strengths(asked.holders)):
                if strength:
                    about[n].append(names[n] or asked.name)
        return about, mentioned

    def _strengths(self, holders: Holders) -> list[float]:
        """How strongly each holds something, looked up in the documents that do."""
        if not len(holders.documents):
            return [0.0] * len(self.documents)
        places = np.searchsorted(holders.documents, self.documents)
        places[places == len(holders.documents)] = 0
        held = holders.documents[places] == self.documents
        strengths: list[float] = np.where(held, holders.strengths[places], 0.0).tolist()
        return strengths

    def _names_carried(self, interests: tuple[int, ...]) -> list[str]:
        """The name of each one's own interest that is closest to these, "" for none."""
        vocabulary = self.matcher.snapshot.vocabulary
        if not interests:
            return [""] * len(self.documents)
        close = np.zeros(len(vocabulary) + 1)
        for interest in interests:
            for related, closeness in vocabulary.closeness(interest).items():
                close[related] = max(close[related], closeness)
        own = self.matcher.snapshot.interests[self.documents]
        best = np.take_along_axis(own, close[own].argmax(axis=1)[:, None], axis=1).ravel()
        return [vocabulary.concepts[b].name if close[b] else "" for b in best.tolist()]


def _day(number: int) -> date | None:
    return None if number == UNKNOWN else EPOCH_DAY + timedelta(days=number)
