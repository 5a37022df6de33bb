"""Reads of shortlists."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import Row, func, select
from sqlalchemy.orm import joinedload, selectinload

from connectdo.audit.models import Entry
from connectdo.clients.models import Client
from connectdo.clients.queries import about_client
from connectdo.db import db
from connectdo.listings.models import Listing, Venue
from connectdo.people.models import Person
from connectdo.shortlists.models import NO, TRIED_BEFORE, VISITING, Item

FIND = "shortlists.find"


def items_of(client: Client) -> Sequence[Item]:
    """Everything on a client's shortlist in its order, with all that is known of each listing;
    what they said no to is left out."""
    return _items(client, Item.state != NO)


def declined_by(client: Client) -> Sequence[Item]:
    """What a client said no to."""
    return _items(client, Item.state == NO)


def _items(client: Client, where: object) -> Sequence[Item]:
    of_listing = joinedload(Item.listing)
    query = (
        select(Item)
        .where(Item.client_id == client.id, where)  # type: ignore[arg-type]
        .options(
            of_listing.joinedload(Listing.organisation),
            of_listing.joinedload(Listing.venue).joinedload(Venue.area),
            of_listing.selectinload(Listing.access),
            of_listing.selectinload(Listing.schedules),
            of_listing.selectinload(Listing.serves),
            selectinload(Item.steps),
        )
        .order_by(Item.position, Item.id)
    )
    return db.session.scalars(query).all()


def item_of(client: Client, item_id: int) -> Item | None:
    """One thing on a client's shortlist."""
    return next((each for each in _items(client, Item.id == item_id)), None)


def item_for(client: Client, listing_id: int) -> Item | None:
    """A listing on a client's shortlist, or one that they said no to."""
    return db.session.scalar(
        select(Item).where(Item.client_id == client.id, Item.listing_id == listing_id)
    )


def states_of(client: Client) -> dict[int, str]:
    """Where each listing has got to, by its id."""
    query = select(Item.listing_id, Item.state).where(Item.client_id == client.id)
    return {row.listing_id: row.state for row in db.session.execute(query)}


def had_before(states: dict[int, str]) -> list[int]:
    """Those that they have been to."""
    return sorted(each for each, state in states.items() if state in TRIED_BEFORE)


def said_no_to(states: dict[int, str]) -> list[int]:
    """Those that they said no to."""
    return sorted(each for each, state in states.items() if state == NO)


def visits_between(
    client_ids: Iterable[int], first: date, last: date
) -> Sequence[Row[int, date | None, str]]:
    """The client, the day and the name of each visit together, from a day to another."""
    query = (
        select(Item.client_id, Item.visit_on, Listing.name)
        .join(Item.listing)
        .where(
            Item.client_id.in_(client_ids),
            Item.state == VISITING,
            Item.visit_on.between(first, last),
        )
        .order_by(Item.visit_on, Item.position, Item.id)
    )
    return db.session.execute(query).all()


def last_position(client: Client) -> int:
    """The place of the last thing on a shortlist, 0 where there is none."""
    query = select(func.max(Item.position)).where(Item.client_id == client.id)
    return db.session.scalar(query) or 0


def looked_before(person: Person, client: Client, now: datetime) -> datetime | None:
    """When somebody last looked for things for a client, before `now` (UTC)."""
    query = select(func.max(Entry.at)).where(
        *about_client(client), Entry.by_id == person.id, Entry.act == FIND, Entry.at < now
    )
    return db.session.scalar(query)


def made_since(ids: Sequence[int], moment: datetime) -> set[int]:
    """Those of some listings that were made after a moment (UTC)."""
    query = select(Listing.id).where(Listing.id.in_(list(ids)), Listing.created_at > moment)
    return set(db.session.scalars(query))
