"""What was counted, as it stands in the database."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from connectdo.db import db
from connectdo.insight.models import LedTo, ListingCount, LookedFor
from connectdo.insight.writing import write_out
from connectdo.listings.models import Listing


def counted(listing: Listing) -> dict[str, int]:
    """What was written of a listing, over all days; nothing that is 0."""
    write_out()
    rows = db.session.scalars(select(ListingCount).where(ListingCount.listing_id == listing.id))
    sums: dict[str, int] = {}
    for row in rows:
        for what in ("shown", "opened", "kept", "shortlisted"):
            sums[what] = sums.get(what, 0) + getattr(row, what)
    db.session.rollback()
    return {what: times for what, times in sums.items() if times}


def looked_for() -> Sequence[Any]:
    """Outcode, words, interests, times and how much was found, of each search remembered."""
    write_out()
    query = select(
        LookedFor.outcode, LookedFor.words, LookedFor.interests, LookedFor.times, LookedFor.found
    )
    rows = db.session.execute(query.order_by(*query.selected_columns)).all()
    db.session.rollback()
    return [tuple(row) for row in rows]


def led_to(listing: Listing) -> Sequence[Any]:
    """Words, interests and times of what led to a listing."""
    write_out()
    query = select(LedTo.words, LedTo.interests, LedTo.times).where(LedTo.listing_id == listing.id)
    rows = db.session.execute(query.order_by(*query.selected_columns)).all()
    db.session.rollback()
    return [tuple(row) for row in rows]
