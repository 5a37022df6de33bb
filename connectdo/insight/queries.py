"""What a group is told: how often it was found, what led there, and what was looked for near it
in vain. All of it has gone through `rules.told`; nothing here gives a count as it is."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import func, select

from connectdo.days import months_before
from connectdo.db import db
from connectdo.insight.models import LedTo, ListingCount, LookedFor
from connectdo.insight.rules import FEWEST_TOLD, told
from connectdo.insight.wishes import BETWEEN, NEAR, Wish
from connectdo.listings.models import Interest, Listing, Venue, listing_area
from connectdo.places import Point, outcodes_near, outcodes_of
from connectdo.places.models import Area
from connectdo.wording import lowered

A_MONTH = timedelta(days=30)
A_FEW_MONTHS = 3
# A search that finds no more than so many has found little.
LITTLE = 3
MOST_WISHES = 10


class Told(NamedTuple):
    """Something and how often, as it may be told."""

    what: str
    times: str


class Reach(NamedTuple):
    """How often a listing was found in some time, as it may be told."""

    shown: str
    opened: str
    kept: str
    shortlisted: str


class Figures(NamedTuple):
    """What is told of one listing. `are_few` where there is nothing to tell of yet."""

    month: Reach
    months: Reach
    are_few: bool
    led: list[Told]


def figures_of(listing_ids: Collection[int], today: date) -> dict[int, Figures]:
    """The figures of some listings, in the same number of statements however many."""
    month = _sums(listing_ids, today - A_MONTH)
    months = _sums(listing_ids, months_before(today, A_FEW_MONTHS))
    led = _led(listing_ids, months_before(today, A_FEW_MONTHS))
    return {
        each: Figures(
            Reach(*map(told, month[each])),
            Reach(*map(told, months[each])),
            max(months[each]) < FEWEST_TOLD,
            led[each],
        )
        for each in listing_ids
    }


def found_little(listing_ids: Collection[int], today: date) -> list[Told]:
    """What people near some listings looked for in the last three months and found little of, most
    often first."""
    times = func.sum(LookedFor.times)
    query = (
        select(LookedFor.words, LookedFor.interests, times)
        .where(
            LookedFor.outcode.in_(_outcodes_near(listing_ids)),
            LookedFor.day > months_before(today, A_FEW_MONTHS),
            LookedFor.found <= LITTLE,
        )
        .group_by(LookedFor.words, LookedFor.interests)
        .having(times >= FEWEST_TOLD)
        .order_by(times.desc(), LookedFor.words, LookedFor.interests)
        .limit(MOST_WISHES)
    )
    rows = db.session.execute(query).all()
    return _told([(Wish(words, interests), int(total)) for words, interests, total in rows])


def _sums(listing_ids: Collection[int], since: date) -> dict[int, tuple[int, ...]]:
    columns = (
        ListingCount.shown,
        ListingCount.opened,
        ListingCount.kept,
        ListingCount.shortlisted,
    )
    query = (
        select(ListingCount.listing_id, *(func.sum(each) for each in columns))
        .where(ListingCount.listing_id.in_(listing_ids), ListingCount.day > since)
        .group_by(ListingCount.listing_id)
        .order_by(ListingCount.listing_id)
    )
    counted = {row[0]: tuple(map(int, row[1:])) for row in db.session.execute(query)}
    return {each: counted.get(each, (0, 0, 0, 0)) for each in listing_ids}


def _led(listing_ids: Collection[int], since: date) -> dict[int, list[Told]]:
    times = func.sum(LedTo.times)
    query = (
        select(LedTo.words, LedTo.interests, times, LedTo.listing_id)
        .where(LedTo.listing_id.in_(listing_ids), LedTo.day > since)
        .group_by(LedTo.listing_id, LedTo.words, LedTo.interests)
        .having(times >= FEWEST_TOLD)
        .order_by(times.desc(), LedTo.words, LedTo.interests, LedTo.listing_id)
    )
    rows = db.session.execute(query).all()
    every = _told([(Wish(words, interests), int(total)) for words, interests, total, _ in rows])
    told_of = defaultdict(list)
    for row, each in zip(rows, every, strict=True):
        told_of[row.listing_id].append(each)
    return {each: told_of[each][:MOST_WISHES] for each in listing_ids}


def _told(sums: Sequence[tuple[Wish, int]]) -> list[Told]:
    """Wishes in words, and how often, as it may be told. An interest that is not there any more
    is called what it was in addresses."""
    slugs = {slug for wish, _ in sums for slug in wish.interests.split(BETWEEN)}
    query = select(Interest.slug, Interest.name).where(Interest.slug.in_(slugs))
    names = {slug: lowered(name) for slug, name in db.session.execute(query)}
    in_words = (
        [wish.words, *(names.get(slug, slug) for slug in wish.interests.split(BETWEEN))]
        for wish, _ in sums
    )
    return [
        Told(", ".join(filter(None, words)), told(times))
        for words, (_, times) in zip(in_words, sums, strict=True)
    ]


def _outcodes_near(listing_ids: Collection[int]) -> set[str]:
    """The outcodes within NEAR miles of some listings, and those of the areas that they are in or
    come to."""
    venues = (
        select(Venue.latitude, Venue.longitude, Area.name)
        .join(Listing, Listing.venue_id == Venue.id)
        .outerjoin(Area, Area.id == Venue.area_id)
        .where(Listing.id.in_(listing_ids))
        .order_by(Venue.id)
    )
    served = (
        select(Area.name)
        .join(listing_area, listing_area.c.area_id == Area.id)
        .where(listing_area.c.listing_id.in_(listing_ids))
        .order_by(Area.id)
    )
    areas = set(db.session.scalars(served))
    near: set[str] = set()
    for latitude, longitude, area in db.session.execute(venues):
        areas |= {area} - {None}
        if latitude is not None and longitude is not None:
            near |= outcodes_near(Point(latitude, longitude), NEAR)
    return near | outcodes_of(areas)
