"""Reads of what cards show, of visitors' lists, and of every address a search engine may know."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    CompoundSelect,
    DateTime,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)

from connectdo.db import db
from connectdo.directory.models import KeptList, KeptListing
from connectdo.listings.models import LIVE, OURS, STOPPED, Interest, Listing, Venue
from connectdo.listings.queries import listings_by_id
from connectdo.organisations.models import Organisation
from connectdo.people.secrets import hash_of
from connectdo.places.models import Area


class Row(NamedTuple):
    """What a card shows of a listing, from its own row and those of who runs it and where it is.

    All of the venue's are None where there is no venue. `delivery` and `languages` are lists as
    they are kept, in JSON: most listings say the same few, which need not be read each time.
    """

    id: int
    kind: str
    name: str
    summary: str
    delivery: str
    languages: str
    gender: str
    booking: str
    is_free: bool | None
    schedule_words: str
    phone: str
    confirmed_on: date | None
    organisation: str | None
    venue_id: int | None
    venue: str | None
    address: str | None
    postcode: str | None
    latitude: float | None
    longitude: float | None
    area: str | None


# Made once: to put it together takes a fifth as long as to run it, on every page of results.
_ROWS = (
    select(
        Listing.id,
        Listing.kind,
        Listing.name,
        Listing.summary,
        cast(Listing.delivery, String).label("delivery"),
        cast(Listing.languages, String).label("languages"),
        Listing.gender,
        Listing.booking,
        Listing.is_free,
        Listing.schedule_words,
        Listing.phone,
        Listing.confirmed_on,
        Organisation.name.label("organisation"),
        Venue.id.label("venue_id"),
        Venue.name.label("venue"),
        Venue.address,
        Venue.postcode,
        Venue.latitude,
        Venue.longitude,
        Area.name.label("area"),
    )
    .outerjoin(Listing.organisation)
    .outerjoin(Listing.venue)
    .outerjoin(Venue.area)
    .where(Listing.id.in_(bindparam("ids", expanding=True)), Listing.status == LIVE)
    .order_by(Listing.id)
)


def rows_by_id(ids: Sequence[int]) -> dict[int, Row]:
    """What cards show, by listing; those that are gone are left out. One statement, or none."""
    if not ids:
        return {}
    # There are no objects to be made, so the session need not look at what comes.
    found = db.session.connection().execute(_ROWS, {"ids": list(ids)})
    return {row.id: row for row in map(Row._make, found.all())}


def get_kept_list(list_id: UUID | None) -> KeptList | None:
    """The list with that id; None when it is gone."""
    return db.session.get(KeptList, list_id) if list_id else None


def shared_list(token: str) -> KeptList | None:
    """The list that is shared by the link with `token`; None when none is, or no longer."""
    query = select(KeptList).where(KeptList.share_hash == hash_of(token))
    return db.session.scalars(query).one_or_none()


def kept_listing_ids(list_id: UUID) -> list[int]:
    """The listings on a list, in the order they were kept."""
    query = (
        select(KeptListing.listing_id)
        .where(KeptListing.kept_list_id == list_id)
        .order_by(KeptListing.id)
    )
    return list(db.session.scalars(query))


def kept_listings(kept_list: KeptList) -> list[Listing]:
    """The listings on a list with everything that is known of them, in the order kept. One that is
    hidden is left out, one that has stopped is not: whoever kept it is told."""
    every = listings_by_id(kept_listing_ids(kept_list.id), whole=True)
    return [each for each in every if each.status in (LIVE, STOPPED)]


class Page(NamedTuple):
    """A page made from a row: which kind, its row's id, its slug if it has one, its last change."""

    kind: str
    id: int
    slug: str
    changed: datetime | None


def count_pages() -> int:
    """How many pages `pages` holds."""
    return db.session.scalars(select(func.count()).select_from(_pages().subquery())).one()


def pages(first: int, how_many: int) -> Sequence[Page]:
    """Pages of interests, areas, listings and organisations, in one order, from number `first`."""
    every = _pages().subquery()
    query = (
        select(every.c.kind, every.c.id, every.c.slug, every.c.changed)
        .order_by(every.c.place, every.c.id)
        .offset(first)
        .limit(how_many)
    )
    return [Page(*row) for row in db.session.execute(query)]


def _pages() -> CompoundSelect[int, str, int, str, datetime | None]:
    never = cast(null(), DateTime)
    no_slug = literal("", String)
    live = Listing.status == LIVE
    known = or_(
        and_(Organisation.source != OURS, Organisation.source.not_like(f"{OURS}:%")),
        select(Listing.id).where(Listing.organisation_id == Organisation.id, live).exists(),
    )
    kinds = [
        ("interest", Interest.id, Interest.slug, never, true()),
        ("area", Area.id, Area.slug, never, true()),
        ("listing", Listing.id, no_slug, Listing.updated_at, live),
        ("organisation", Organisation.id, no_slug, Organisation.updated_at, known),
    ]
    return union_all(
        *(
            select(
                literal(place).label("place"),
                literal(kind).label("kind"),
                number.label("id"),
                slug.label("slug"),
                changed.label("changed"),
            ).where(shown)
            for place, (kind, number, slug, changed, shown) in enumerate(kinds)
        )
    )
