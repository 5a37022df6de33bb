"""The moderator's queue: what waits for somebody, the oldest first."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true
from sqlalchemy.orm import contains_eager

from connectdo.access import ADMINISTRATOR
from connectdo.db import db
from connectdo.listings.models import LIVE, WAITING, Listing, Venue, listing_area
from connectdo.listings.rules import DAYS_TO_ANSWER, MAILS
from connectdo.moderation.models import (
    PROBLEMS,
    UNDECIDED,
    UNSEEN,
    Claim,
    Question,
    Report,
    Version,
)
from connectdo.people.models import Person

NEW, CHANGE, SHOWN = "new", "change", "shown"
REPORT, CLAIM, UNANSWERED = "report", "claim", "unanswered"
KINDS = {
    NEW: "New",
    CHANGE: "Change",
    SHOWN: "Shown already",
    REPORT: "Report",
    CLAIM: "Their group?",
    UNANSWERED: "No answer",
}
MOST_SHOWN = 100

Thing = Version | Report | Claim | Question


class Item(NamedTuple):
    """Something that waits, since when (UTC), of which listing, and what it is about in words.

    `thing` is the version, report, claim or question.
    """

    kind: str
    since: datetime
    listing: Listing
    about: str
    thing: Thing


class Queue(NamedTuple):
    """The oldest items, and how many there are in all."""

    items: list[Item]
    total: int


def queue_of(person: Person, today: date) -> Queue:
    """What waits in the areas that somebody moderates. `today` is London's."""
    here = in_areas_of(person)
    sources = [_versions(here), _reports(here), _claims(here), _unanswered(here, today)]
    items = [item for query in sources for item in _first(query)]
    total = sum(
        db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
        for query in sources
    )
    oldest = sorted(items, key=lambda each: (each.since, each.kind, each.thing.id))
    return Queue(oldest[:MOST_SHOWN], total)


def in_areas_of(person: Person) -> ColumnElement[bool]:
    """The listings of which `rules.can_moderate` is true, for a moderator or an administrator. The
    query joins the listing's venue."""
    if ADMINISTRATOR in person.roles:
        return true()
    own = [each.id for each in person.areas]
    serves = listing_area.c
    served = exists().where(serves.listing_id == Listing.id)
    return or_(
        Venue.area_id.in_(own),
        and_(Venue.area_id.is_(None), or_(served.where(serves.area_id.in_(own)), ~served)),
    )


def _versions(here: ColumnElement[bool]) -> Select[Version]:
    query = select(Version).where(Version.decision.in_((UNDECIDED, UNSEEN)))
    return _of_listings(query, Version, here).order_by(Version.made_at, Version.id)


def _reports(here: ColumnElement[bool]) -> Select[Report]:
    query = select(Report).where(Report.closed_at.is_(None))
    return _of_listings(query, Report, here).order_by(Report.reported_at, Report.id)


def _claims(here: ColumnElement[bool]) -> Select[Claim]:
    return _of_listings(select(Claim), Claim, here).order_by(Claim.made_at, Claim.id)


def _unanswered(here: ColumnElement[bool], today: date) -> Select[Question]:
    query = select(Question).where(
        Question.mails >= MAILS,
        Question.last_on <= today - timedelta(days=DAYS_TO_ANSWER),
        Question.left_on.is_(None),
        Listing.status == LIVE,
    )
    return _of_listings(query, Question, here).order_by(Question.last_on, Question.id)


def _of_listings(query: Select[Any], thing: Any, here: ColumnElement[bool]) -> Select[Any]:
    return (
        query.join(thing.listing)
        .outerjoin(Listing.venue)
        .where(here)
        .options(contains_eager(thing.listing).joinedload(Listing.organisation))
    )


def _first(query: Select[Any]) -> Sequence[Item]:
    found = db.session.scalars(query.limit(MOST_SHOWN)).unique()
    return [_item(each) for each in found]


def _item(thing: Thing) -> Item:
    listing = thing.listing
    if isinstance(thing, Report):
        return Item(REPORT, thing.reported_at, listing, PROBLEMS[thing.problem], thing)
    if isinstance(thing, Claim):
        return Item(CLAIM, thing.made_at, listing, "Somebody asks to look after it", thing)
    if isinstance(thing, Question):
        since = datetime.combine(thing.last_on, time.min)
        return Item(UNANSWERED, since, listing, "Nobody says if it is still right", thing)
    if thing.decision == UNSEEN:
        return Item(SHOWN, thing.made_at, listing, "Look at it after it was shown", thing)
    kind = NEW if listing.status == WAITING else CHANGE
    about = "Asks to be shown" if kind == NEW else "Asks to be changed"
    return Item(kind, thing.made_at, listing, about, thing)
