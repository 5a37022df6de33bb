"""Reads of visitors' lists, and of every address that a search engine may know."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    CompoundSelect,
    DateTime,
    String,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from connectdo.db import db
from connectdo.directory.models import KeptList, KeptListing
from connectdo.listings.models import Interest, Listing
from connectdo.listings.queries import listings_by_id
from connectdo.organisations.models import Organisation
from connectdo.places.models import Area


def get_kept_list(list_id: UUID | None) -> KeptList | None:
    """The list with that id; None when it is gone."""
    return db.session.get(KeptList, list_id) if list_id else None


def shared_list(token: str) -> KeptList | None:
    """The list that is shared by the link with `token`; None when none is, or no longer."""
    query = select(KeptList).where(KeptList.share_hash == hash_of(token))
    return db.session.scalars(query).one_or_none()


def hash_of(token: str) -> str:
    """What is kept of a link's secret. Whoever reads the database cannot make the link of it."""
    return sha256(token.encode()).hexdigest()


def kept_listing_ids(list_id: UUID) -> list[int]:
    """The listings on a list, in the order they were kept."""
    query = (
        select(KeptListing.listing_id)
        .where(KeptListing.kept_list_id == list_id)
        .order_by(KeptListing.id)
    )
    return list(db.session.scalars(query))


def kept_listings(kept_list: KeptList) -> list[Listing]:
    """The listings on a list with everything that is known of them, in the order kept."""
    return listings_by_id(kept_listing_ids(kept_list.id), whole=True)


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
    kinds = [
        ("interest", Interest.id, Interest.slug, never),
        ("area", Area.id, Area.slug, never),
        ("listing", Listing.id, no_slug, Listing.updated_at),
        ("organisation", Organisation.id, no_slug, Organisation.updated_at),
    ]
    return union_all(
        *(
            select(
                literal(place).label("place"),
                literal(kind).label("kind"),
                number.label("id"),
                slug.label("slug"),
                changed.label("changed"),
            )
            for place, (kind, number, slug, changed) in enumerate(kinds)
        )
    )
