"""Reads of listings and interests."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, load_only, selectinload

from connectdo.db import db
from connectdo.listings.models import LIVE, OURS, STOPPED, Interest, Listing, Schedule, Venue
from connectdo.listings.schedules import Times, coming
from connectdo.listings.vocabulary import Concept, Vocabulary
from connectdo.organisations.models import Organisation

TREE = Path(__file__).parent / "vocabulary" / "interests.csv"


def interests(session: Session | None = None) -> Sequence[Interest]:
    """Every interest, parents joined, by name."""
    query = select(Interest).options(joinedload(Interest.parent)).order_by(Interest.name)
    return (session or db.session).scalars(query).unique().all()


def unplanted_interests() -> list[dict[str, str]]:
    """The rows of the packaged tree whose interests are not here, parents first."""
    here = set(db.session.scalars(select(Interest.slug)))
    with TREE.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["slug"] not in here]


def vocabulary(session: Session | None = None) -> Vocabulary:
    """The tree of interests as it stands in the database."""
    return Vocabulary(
        Concept(
            id=interest.id,
            slug=interest.slug,
            name=interest.name,
            parent=interest.parent.slug if interest.parent else None,
            words=tuple(interest.words),
            sayings=tuple(interest.sayings),
            hints=tuple(interest.hints),
        )
        for interest in interests(session)
    )


def interest_names(slugs: Iterable[str]) -> dict[str, str]:
    """What some interests are called, by slug; those that are gone are left out. To make the whole
    tree for that would take most of a page's time."""
    wanted = select(Interest.slug, Interest.name).where(Interest.slug.in_(set(slugs)))
    return {row.slug: row.name for row in db.session.execute(wanted)}


def has_listings() -> bool:
    """True once there is any listing at all."""
    return db.session.scalar(select(Listing.id).limit(1)) is not None


def get_listing(listing_id: int) -> Listing | None:
    """A listing with everything its page shows, in a fixed number of statements."""
    return next(iter(listings_by_id([listing_id], whole=True)), None)


def listings_by_id(ids: Iterable[int], *, whole: bool = False) -> list[Listing]:
    """Listings in the order of `ids`; those that are gone are left out.

    With what a result card shows, or, when `whole`, with everything.
    """
    wanted = list(ids)
    query = (
        select(Listing)
        .where(Listing.id.in_(wanted))
        .options(
            joinedload(Listing.organisation),
            joinedload(Listing.venue).joinedload(Venue.area),
            selectinload(Listing.access),
        )
        .order_by(Listing.id)
    )
    if whole:
        query = query.options(
            selectinload(Listing.interests).joinedload(Interest.parent),
            selectinload(Listing.serves),
            selectinload(Listing.schedules),
        )
    found = {listing.id: listing for listing in db.session.scalars(query).unique()}
    return [found[listing_id] for listing_id in wanted if listing_id in found]


def times_of(schedule: Schedule) -> Times:
    """A stored schedule as values."""

    def days(texts: list[str]) -> frozenset[date]:
        return frozenset(date.fromisoformat(text) for text in texts)

    return Times(
        schedule.starts_on,
        schedule.starts_at,
        schedule.minutes,
        schedule.recurrence,
        days(schedule.dates),
        days(schedule.skip_dates),
        days(schedule.cancelled_dates),
    )


def coming_listing_ids(organisation_id: int, now: datetime) -> list[int]:
    """An organisation's listings that the public sees and that are not over, by name. `now` is
    London wall time."""
    query = (
        select(Listing)
        .where(Listing.organisation_id == organisation_id, Listing.status == LIVE)
        .options(load_only(Listing.name), selectinload(Listing.schedules))
        .order_by(Listing.name, Listing.id)
    )
    return [each.id for each in db.session.scalars(query) if not is_over(each, now)]


def live_listings_of(organisation_id: int) -> Sequence[Listing]:
    """An organisation's listings that the public sees, with their times and places, by name. Makes
    two statements, however many there are."""
    query = (
        select(Listing)
        .where(Listing.organisation_id == organisation_id, Listing.status == LIVE)
        .options(
            joinedload(Listing.organisation),
            joinedload(Listing.venue),
            selectinload(Listing.schedules),
        )
        .order_by(Listing.name, Listing.id)
    )
    return db.session.scalars(query).all()


def is_shown(organisation: Organisation) -> bool:
    """True for an organisation that the public may know of: one that was written here only once
    a listing of it has been approved."""
    if organisation.source.partition(":")[0] != OURS:
        return True
    theirs = select(Listing.id).where(
        Listing.organisation_id == organisation.id, Listing.status.in_((LIVE, STOPPED))
    )
    return db.session.scalar(theirs.limit(1)) is not None


def is_over(listing: Listing, now: datetime) -> bool:
    """True where a listing had dates and has none to come."""
    every = [times_of(schedule) for schedule in listing.schedules]
    return bool(every) and not any(coming(times, now) for times in every)
