"""A query -> the listings found: ids, scores, distances, reasons as values, facets, total.

This is what pages and commands call. Nothing here asks the database: the ids come from the
index, and who shows them reads the rows.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import numpy as np
from flask import current_app

from connectdo.listings.schedules import LONDON
from connectdo.search import sync
from connectdo.search.columns import ACCESS_BIT, DELIVERY_BIT, EPOCH_DAY, UNKNOWN
from connectdo.search.facets import Facets, facets
from connectdo.search.index import Unusable
from connectdo.search.matching import Matcher
from connectdo.search.query import Query
from connectdo.search.ranking import best_first
from connectdo.search.snapshot import Door, Snapshot
from connectdo.search.understanding import Part

A_FEW = 5
# A word that a listing holds only weakly is mentioned there, rather than what it is about.
ONLY_MENTIONED = 0.5


@dataclass(frozen=True)
class Reasons:
    """Why a listing is where it is, as values. `next` is London wall time.

    `matches` and `mentions` are parts of what was typed, or interests asked for; `unstated` are
    access needs that nobody has answered for; `for_areas` are set when it is not for the
    person's area; `remote` are the ways it comes to the person.
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


@dataclass(frozen=True)
class Result:
    listing_id: int
    score: float
    reasons: Reasons


@dataclass(frozen=True)
class Found:
    """The answer to a query. `total` counts all that match; `results` are the ones asked for.

    `nearest_farther` is the distance in miles of the nearest that is outside the radius, where
    nothing with a place is inside; those few then follow the results.
    """

    query: Query
    now: datetime
    total: int
    results: list[Result]
    facets: Facets
    corrections: tuple[tuple[str, str], ...] = ()
    unknown_interests: tuple[str, ...] = ()
    nearest_farther: float | None = None
    interests: tuple[str, ...] = field(default=())


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
    answering = matcher.matches()
    inside = matcher.inside()
    matched = answering & inside
    total = int(matched.sum())
    shown = _page(matcher, np.flatnonzero(matched))
    farther = _nearest_few(matcher, answering, matched)
    nearest = float(matcher.miles[farther[0]]) if len(farther) else None
    room = query.limit - len(shown)
    documents = np.concatenate([shown, farther[: max(room, 0)]]).astype(np.int64)
    scores = matcher.scores(documents)
    return Found(
        query=query,
        now=now,
        total=total,
        results=[
            Result(
                int(snapshot.facts["listing"][document]),
                float(score),
                _reasons(matcher, int(document), farther=n >= len(shown)),
            )
            for n, (document, score) in enumerate(zip(documents, scores, strict=True))
        ],
        facets=facets(matcher, inside, matched),
        corrections=matcher.understood.corrections,
        unknown_interests=tuple(a.name for a in matcher.asked if a.interest is None),
        nearest_farther=nearest,
        interests=_interests_meant(matcher),
    )


def _page(matcher: Matcher, candidates: np.ndarray) -> np.ndarray:
    """The documents of the page asked for, in the order asked for."""
    query = matcher.query
    scores = matcher.scores(candidates)
    if query.sort == "nearest" and query.place is not None:
        order_by = -np.nan_to_num(matcher.miles[candidates], nan=np.inf)
    elif query.sort == "soonest":
        order_by = -matcher.calendar.next[candidates].astype(float)
    else:
        order_by = scores
    ids = matcher.facts["listing"][candidates]
    places = best_first(order_by, ids, query.offset + query.limit)
    return candidates[places[query.offset :]]


def _nearest_few(matcher: Matcher, answering: np.ndarray, matched: np.ndarray) -> np.ndarray:
    """Where nothing with a place is within the radius: the nearest that answer everything else."""
    if matcher.query.within is None or bool((matched & matcher.snapshot.has_point).any()):
        return np.zeros(0, dtype=np.int64)
    outside = np.flatnonzero(answering & matcher.snapshot.has_point & ~matched)
    nearest = np.argsort(matcher.miles[outside], kind="stable")
    return outside[nearest][:A_FEW]


def _interests_meant(matcher: Matcher) -> tuple[str, ...]:
    """The slugs of the interests that the typed words name or speak of."""
    concepts = matcher.snapshot.vocabulary.concepts
    meant = [n for part in matcher.understood.parts for n in part.interests]
    return tuple(dict.fromkeys(concepts[n].slug for n in meant))


def _reasons(matcher: Matcher, document: int, *, farther: bool) -> Reasons:
    facts = matcher.facts[document]
    query, snapshot = matcher.query, matcher.snapshot
    matches, mentions = _matched_parts(matcher, document)
    miles = matcher.miles[document]
    next_minutes = int(matcher.calendar.next[document])
    has_next = bool(snapshot.has_dates[document])
    ways = [way for way in ("phone", "online") if facts["delivery"] & DELIVERY_BIT[way]]
    confirmed = int(facts["confirmed"])
    unplaced = not snapshot.has_point[document] and not ways and not _visits(facts)
    return Reasons(
        matches=matches,
        mentions=mentions,
        miles=None if np.isnan(miles) else round(float(miles), 2),
        next=datetime(1970, 1, 1) + timedelta(minutes=next_minutes) if has_next else None,
        next_has_time=bool(matcher.calendar.timed[document]),
        free=bool(facts["is_free"] == 1),
        access=tuple(f for f in query.access if facts["access_yes"] & ACCESS_BIT[f]),
        unstated=tuple(f for f in query.access if not facts["access_yes"] & ACCESS_BIT[f]),
        remote=(*ways, *(["home_visit"] if _visits(facts) else [])),
        area_wide=unplaced and bool(snapshot.serves_someone[document]),
        place_unknown=bool(query.place and unplaced and not snapshot.serves_someone[document]),
        residents_only=bool(facts["residents_only"]),
        for_others=bool(matcher.others[document]),
        confirmed=None if confirmed == UNKNOWN else EPOCH_DAY + timedelta(days=confirmed),
        farther=farther,
    )


def _visits(facts: np.void) -> bool:
    return bool(facts["delivery"] & DELIVERY_BIT["home_visit"])


def _matched_parts(matcher: Matcher, document: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What of the things asked for a listing is about, and what it only mentions."""
    about, mentioned = [], []
    for part, strength in zip(matcher.understood.parts, matcher.strengths, strict=True):
        if part.joining or not strength[document]:
            continue
        interest = _interest_that_matched(matcher, part, document)
        if interest:
            about.append(interest)
        elif strength[document] >= ONLY_MENTIONED:
            about.append(part.label)
        else:
            mentioned.append(part.label)
    for asked in matcher.asked:
        if matcher.answers(asked)[document] > 0:
            about.append(_name_carried(matcher, asked.interest, document) or asked.name)
    return tuple(dict.fromkeys(about)), tuple(dict.fromkeys(mentioned))


def _interest_that_matched(matcher: Matcher, part: Part, document: int) -> str | None:
    """The name of the listing's own interest that is closest to the part."""
    names = (_name_carried(matcher, interest, document) for interest in part.interests)
    return next(filter(None, names), None)


def _name_carried(matcher: Matcher, interest: int | None, document: int) -> str | None:
    if interest is None:
        return None
    snapshot = matcher.snapshot
    close = snapshot.vocabulary.closeness(interest)
    carried = snapshot.interest_ids[snapshot.interest_documents == document]
    near = [(-close[n], n) for n in carried.tolist() if n in close]
    return snapshot.vocabulary.concepts[min(near)[1]].name if near else None
