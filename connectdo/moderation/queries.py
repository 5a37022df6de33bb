"""Reads of moderation."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from connectdo.db import db
from connectdo.listings.models import Listing
from connectdo.listings.said import Values, said
from connectdo.moderation.models import APPROVED, ASKED, UNDECIDED, Claim, Record, Version
from connectdo.people.models import Person


class Start(NamedTuple):
    """What somebody who changes a listing starts from, and the number to give `propose` with it."""

    values: Values
    based_on: int


def latest(listing: Listing) -> Version | None:
    """The last version of a listing, None where nobody has ever changed it here."""
    query = select(Version).where(Version.listing_id == listing.id).order_by(Version.number.desc())
    return db.session.scalar(query.limit(1))


def changed_here(ids: Iterable[int]) -> set[int]:
    """Those of some listings that somebody has changed on the site."""
    query = select(Version.listing_id).where(Version.listing_id.in_(list(ids)))
    return set(db.session.scalars(query))


def start_of(listing: Listing) -> Start:
    """The version that waits or that a change was asked of; else what the listing says."""
    last, pending = latest(listing), pending_version(listing)
    return Start(pending.said if pending else said(listing), last.number if last else 0)


def pending_version(listing: Listing) -> Version | None:
    """The version that waits for a decision, or for a change that a moderator asked for."""
    last = latest(listing)
    return last if last and last.decision in (UNDECIDED, ASKED) else None


def is_known(person: Person) -> bool:
    """Whether a moderator has ever approved something that this person wrote."""
    query = select(Version.id).where(
        Version.made_by_id == person.id,
        Version.decision == APPROVED,
        Version.decided_by_id.is_not(None),
    )
    return db.session.scalar(query.limit(1)) is not None


def versions_of(listing: Listing) -> Sequence[Version]:
    """All versions, the last one first."""
    query = (
        select(Version)
        .where(Version.listing_id == listing.id)
        .options(joinedload(Version.made_by), joinedload(Version.decided_by))
        .order_by(Version.number.desc())
    )
    return db.session.scalars(query).all()


def get_version(listing_id: int, number: int) -> Version | None:
    """One version of a listing."""
    return db.session.scalar(
        select(Version).where(Version.listing_id == listing_id, Version.number == number)
    )


def shown_before(version: Version) -> Version | None:
    """The last version that a moderator approved before this one, or that was imported."""
    query = select(Version).where(
        Version.listing_id == version.listing_id,
        Version.number < version.number,
        Version.decision == APPROVED,
    )
    return db.session.scalar(query.order_by(Version.number.desc()).limit(1))


def claim_of(person: Person, listing: Listing) -> Claim | None:
    """What somebody has told the moderators about a listing being theirs, while it waits."""
    query = select(Claim).where(Claim.person_id == person.id, Claim.listing_id == listing.id)
    return db.session.scalar(query)


def records_of(listing: Listing) -> Sequence[Record]:
    """Who did what to a listing, the last first."""
    query = (
        select(Record)
        .where(Record.listing_id == listing.id)
        .options(joinedload(Record.person))
        .order_by(Record.id.desc())
    )
    return db.session.scalars(query).all()
