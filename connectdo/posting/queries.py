"""Reads: drafts, what somebody looks after, their calendars, and the places known at a postcode."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from connectdo.db import db
from connectdo.listings.models import LIVE, WAITING, Listing, Venue
from connectdo.moderation.models import Version
from connectdo.organisations.models import Membership, Organisation
from connectdo.people.models import Person
from connectdo.posting.models import CalendarDraft, Draft, FollowedCalendar, PostedEvent

MOST_VENUES = 12


def drafts_of(person: Person) -> Sequence[Draft]:
    """What somebody has begun and not sent, the last one first."""
    query = (
        select(Draft)
        .where(Draft.person_id == person.id)
        .options(selectinload(Draft.listing))
        .order_by(Draft.updated_at.desc(), Draft.id.desc())
    )
    return db.session.scalars(query).all()


def draft_of(person: Person, draft_id: int) -> Draft | None:
    """One of somebody's own drafts; another's is not there. Pages that they send at once are kept
    one after the other: it is held until the commit."""
    query = select(Draft).where(Draft.id == draft_id, Draft.person_id == person.id)
    return db.session.scalar(query.with_for_update())


def draft_for(person: Person, listing: Listing) -> Draft | None:
    """The change of a listing that somebody has begun."""
    query = select(Draft).where(Draft.person_id == person.id, Draft.listing_id == listing.id)
    return db.session.scalar(query.order_by(Draft.id.desc()).limit(1))


def count_drafts(person: Person) -> int:
    """How many drafts somebody has."""
    query = select(func.count(Draft.id)).where(Draft.person_id == person.id)
    return db.session.execute(query).scalar_one()


def looked_after(person: Person) -> Sequence[Organisation]:
    """The organisations that somebody is an organiser of, by name."""
    query = (
        select(Organisation)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.person_id == person.id)
        .order_by(Organisation.name, Organisation.id)
    )
    return db.session.scalars(query).all()


def listings_of(person: Person) -> Sequence[Listing]:
    """The listings of the organisations that somebody looks after, by name."""
    query = (
        select(Listing)
        .join(Membership, Membership.organisation_id == Listing.organisation_id)
        .where(Membership.person_id == person.id)
        .options(selectinload(Listing.schedules), selectinload(Listing.organisation))
        .order_by(Listing.name, Listing.id)
    )
    return db.session.scalars(query).all()


def last_versions(listings: Sequence[Listing]) -> dict[int, Version]:
    """The last version of each listing that has one, by the listing's id."""
    ids = [each.id for each in listings]
    last = (
        select(func.max(Version.id)).where(Version.listing_id.in_(ids)).group_by(Version.listing_id)
    )
    query = select(Version).where(Version.id.in_(last)).order_by(Version.id)
    return {each.listing_id: each for each in db.session.scalars(query)}


def venues_at(postcode: str) -> list[dict[str, object]]:
    """The places at a postcode that the public can see something at, as answers, by name."""
    shown = select(Listing.venue_id).where(Listing.status == LIVE, Listing.venue_id.is_not(None))
    query = (
        select(Venue)
        .where(Venue.postcode == postcode, Venue.id.in_(shown), Venue.name != "")
        .order_by(Venue.name, Venue.address, Venue.id)
        .limit(MOST_VENUES)
    )
    return [
        {
            "name": each.name,
            "address": each.address,
            "postcode": each.postcode,
            "latitude": each.latitude,
            "longitude": each.longitude,
        }
        for each in db.session.scalars(query)
    ]


def photos_in_use() -> set[str]:
    """The photos that a listing, a version or a draft holds, by their names."""
    held = [
        select(Listing.photo_hash),
        select(Version.said["photo"]["hash"].as_string()),
        select(Draft.answers["photo"]["hash"].as_string()),
        select(Draft.base["photo"]["hash"].as_string()),
    ]
    found = {name for query in held for name in db.session.scalars(query.distinct())}
    return set(filter(None, found))


def calendars_of(person: Person) -> Sequence[FollowedCalendar]:
    """The calendars that the organisations follow which somebody looks after, by name."""
    query = (
        select(FollowedCalendar)
        .join(Membership, Membership.organisation_id == FollowedCalendar.organisation_id)
        .where(Membership.person_id == person.id, FollowedCalendar.stopped_at.is_(None))
        .options(joinedload(FollowedCalendar.organisation))
        .order_by(FollowedCalendar.name, FollowedCalendar.id)
    )
    return db.session.scalars(query).all()


def get_calendar(calendar_id: int) -> FollowedCalendar | None:
    """A calendar that is followed."""
    query = (
        select(FollowedCalendar)
        .where(FollowedCalendar.id == calendar_id, FollowedCalendar.stopped_at.is_(None))
        .options(joinedload(FollowedCalendar.organisation))
    )
    return db.session.scalar(query)


def calendars_at(organisation: Organisation, address: str) -> Sequence[FollowedCalendar]:
    """What an organisation follows or has followed at an address; "" for its files."""
    query = select(FollowedCalendar).where(
        FollowedCalendar.organisation_id == organisation.id, FollowedCalendar.address == address
    )
    return db.session.scalars(query.order_by(FollowedCalendar.id)).all()


def count_calendars(organisation: Organisation) -> int:
    """How many calendars an organisation follows."""
    query = select(func.count(FollowedCalendar.id)).where(
        FollowedCalendar.organisation_id == organisation.id, FollowedCalendar.stopped_at.is_(None)
    )
    return db.session.execute(query).scalar_one()


def calendars_due(now: datetime) -> Sequence[int]:
    """The ids of the calendars that are to be looked at, the one that waits longest first."""
    due = FollowedCalendar.due_at
    query = select(FollowedCalendar.id).where(due <= now).order_by(due, FollowedCalendar.id)
    return db.session.scalars(query).all()


def events_of(calendar: FollowedCalendar) -> dict[str, PostedEvent]:
    """What has become of each event of a calendar, by its id there."""
    query = (
        select(PostedEvent)
        .where(PostedEvent.calendar_id == calendar.id)
        .options(selectinload(PostedEvent.listing).selectinload(Listing.schedules))
        .order_by(PostedEvent.id)
    )
    return {each.uid: each for each in db.session.scalars(query)}


def event_states(calendars: Sequence[FollowedCalendar]) -> dict[int, Counter[str]]:
    """How many events of each calendar are in each state."""
    query = (
        select(PostedEvent.calendar_id, PostedEvent.state, func.count(PostedEvent.id))
        .where(PostedEvent.calendar_id.in_([each.id for each in calendars]))
        .group_by(PostedEvent.calendar_id, PostedEvent.state)
    )
    found: dict[int, Counter[str]] = {each.id: Counter() for each in calendars}
    for calendar_id, state, number in db.session.execute(query):
        found[calendar_id][state] = number
    return found


def calendar_draft_of(person: Person, draft_id: int) -> CalendarDraft | None:
    """A calendar that somebody has given and not yet said yes to; another's is not there. Nobody
    says yes to it twice: it is held until the commit."""
    query = select(CalendarDraft).where(
        CalendarDraft.id == draft_id, CalendarDraft.person_id == person.id
    )
    return db.session.scalar(query.with_for_update())


def listings_written_by_hand(person: Person) -> list[Listing]:
    """The listings that somebody looks after and that came from no calendar, by name."""
    listings = [each for each in listings_of(person) if each.status in (LIVE, WAITING)]
    theirs = PostedEvent.listing_id.in_([each.id for each in listings])
    posted = set(db.session.scalars(select(PostedEvent.listing_id).where(theirs)))
    return [each for each in listings if each.id not in posted]
