"""A query -> the listings found: ids, scores, distances, reasons as values, facets, total.

This is what pages and commands call. Nothing here asks the database: the ids come from the
index, and who shows them reads the rows.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

import numpy as np
from flask import current_app, g, has_request_context

from connectdo.days import LONDON
from connectdo.search.door import Door
from connectdo.search.explaining import Reasons, reasons_for
from connectdo.search.facets import Facets
from connectdo.search.matching import Matcher, Scored
from connectdo.search.query import Query
from connectdo.search.ranking import best_first
from connectdo.search.snapshot import Snapshot
from connectdo.search.understanding import did_you_mean

A_FEW = 5


class Result(NamedTuple):
    listing_id: int
    score: float
    reasons: Reasons


class Shown(NamedTuple):
    """Listings to be shown. Their reasons are looked up when they are asked for."""

    matcher: Matcher
    scored: Scored
    farther: bool = False

    def results(self) -> list[Result]:
        """One by one."""
        ids = self.matcher.snapshot.listing[self.scored.documents].tolist()
        reasons = reasons_for(self.matcher, self.scored, farther=self.farther)
        return list(map(Result, ids, self.scored.scores.tolist(), reasons))


@dataclass(frozen=True)
class Found:
    """The answer to a query. `total` counts all that match; `results` are the ones asked for.

    `nearest_farther` is the distance in miles of the nearest that is outside the radius, where
    nothing with a place is inside; those few then follow the results. `interests` are the slugs
    of those that the typed words name or speak of.
    """

    snapshot: Snapshot
    query: Query
    now: datetime
    total: int
    shown: tuple[Shown, ...]
    facets: Facets
    corrections: tuple[tuple[str, str], ...] = ()
    unknown_interests: tuple[str, ...] = ()
    nearest_farther: float | None = None
    interests: tuple[str, ...] = ()

    @cached_property
    def did_you_mean(self) -> str | None:
        """A text to be offered: few were found, and a word of it is nearly one that many say."""
        few = self.total <= A_FEW
        return did_you_mean(self.query.text, self.snapshot) if few else None

    @cached_property
    def results(self) -> list[Result]:
        """The listings to be shown, each with its score and reasons."""
        return [result for shown in self.shown for result in shown.results()]

    def near(self, miles: float) -> int:
        """How many of all that match are within some miles of the place, or need no travelling;
        all of them where no place was said."""
        place, matcher = self.query.place, self.shown[0].matcher
        return len(matcher.near(matcher.matched, place, miles)) if place else self.total


def find(query: Query) -> Found:
    """The listings that answer a query, now or as of its day."""
    return find_in(snapshot(), query, moment(query.as_of))


def moment(as_of: date | None) -> datetime:
    """The start of a day, or now: London wall time, without a zone."""
    if as_of is not None:
        return datetime(as_of.year, as_of.month, as_of.day)
    return datetime.now(LONDON).replace(tzinfo=None)


def snapshot() -> Snapshot:
    """The index as it is now, or as it was last read here while the carrier makes another.

    A page has the same one from its beginning to its end. Raises connectdo.search.index.Unusable
    where there is neither: nobody waits for it to be made.
    """
    door: Door = current_app.extensions["connectdo.search"]
    if not has_request_context():
        return door.snapshot()
    kept: Snapshot | None = g.get("snapshot")
    if kept is None:
        kept = g.snapshot = door.snapshot()
    return kept


def find_in(snapshot: Snapshot, query: Query, now: datetime) -> Found:
    """The same over a given snapshot, at a given London wall time."""
    matcher = Matcher(snapshot, query, now)
    matched = matcher.matched
    shown = _page(matcher)
    farther, nearest = _farther(matcher, query.limit - len(shown.scored.documents))
    return Found(
        snapshot=snapshot,
        query=query,
        now=now,
        total=len(matched),
        shown=(shown, *farther),
        facets=Facets(matcher),
        corrections=matcher.understood.corrections,
        unknown_interests=tuple(a.name for a in matcher.asked if a.interest is None),
        nearest_farther=nearest,
        interests=_interests_meant(matcher),
    )


def _page(matcher: Matcher) -> Shown:
    """The page asked for, in the order asked for."""
    query, scored = matcher.query, matcher.scored(matcher.matched)
    if query.sort == "nearest" and query.place is not None:
        order = -np.nan_to_num(scored.miles, nan=np.inf)
    elif query.sort == "soonest":
        order = -matcher.calendar.next[scored.documents].astype(float)
    else:
        order = scored.scores
    ids = matcher.snapshot.listing.take(scored.documents)
    chosen = best_first(order, ids, query.offset + query.limit)[query.offset :]
    return Shown(matcher, scored.take(chosen))


def _farther(matcher: Matcher, room: int) -> tuple[tuple[Shown, ...], float | None]:
    """Where nothing with a place is inside the radius: the nearest few outside, as far as there
    is room for them, and how far the nearest is."""
    query, snapshot = matcher.query, matcher.snapshot
    if query.within is None or snapshot.has_point[matcher.matched].any():
        return (), None
    wide = Matcher(snapshot, replace(query, within=None), matcher.now)
    miles = wide.miles(wide.matched)
    outside = np.flatnonzero(miles > query.within)
    few = outside[np.argsort(miles[outside], kind="stable")][:A_FEW]
    if not len(few):
        return (), None
    scored = wide.scored(wide.matched[few[: max(room, 0)]])
    return (Shown(wide, scored, farther=True),), float(miles[few[0]])


def _interests_meant(matcher: Matcher) -> tuple[str, ...]:
    concepts = matcher.snapshot.vocabulary.concepts
    meant = [n for part, _ in matcher.parts for n in part.interests]
    return tuple(dict.fromkeys(concepts[n].slug for n in meant))
