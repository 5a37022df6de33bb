"""Writes what was counted, and forgets what is old."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from connectdo.days import london_today, months_before
from connectdo.db import Base, db
from connectdo.insight.counting import KEPT, OPENED, SHORTLISTED, SHOWN, Sums
from connectdo.insight.models import LedTo, ListingCount, LookedFor
from connectdo.limits import INSERT
from connectdo.listings.models import Listing

MONTHS_KEPT = 13
# Of what searches found, the last is kept; all else is added up.
FOUND = "found"
Row = dict[str, Any]


def add_up(sums: Sums) -> None:
    """Adds sums to those that are there. In one order, so that of two workers who write the same
    rows at once one waits for the other, and never both. A listing that is gone has none."""
    there = _those_there({listing_id for _, listing_id, _ in (*sums.listings, *sums.led)})
    _add(ListingCount, [row for row in _listings(sums) if row["listing_id"] in there])
    _add(LedTo, [row for row in _led(sums) if row["listing_id"] in there])
    _add(LookedFor, _searches(sums))


def forget_old() -> None:
    """Deletes the counts of days more than 13 months ago. Commits."""
    long_ago = months_before(london_today(), MONTHS_KEPT)
    for each in (LookedFor, ListingCount, LedTo):
        db.session.execute(delete(each).where(each.day < long_ago))
    db.session.commit()


def _those_there(ids: set[int]) -> set[int]:
    return set(db.session.scalars(select(Listing.id).where(Listing.id.in_(ids))))


def _listings(sums: Sums) -> list[Row]:
    rows: dict[tuple[int, date], Row] = defaultdict(
        lambda: dict.fromkeys((SHOWN, OPENED, KEPT, SHORTLISTED), 0)
    )
    for (day, listing_id, what), times in sums.listings.items():
        rows[listing_id, day][what] = times
    return [{"listing_id": key[0], "day": key[1], **rows[key]} for key in sorted(rows)]


def _led(sums: Sums) -> list[Row]:
    return [
        {"listing_id": listing_id, "day": day, **wish._asdict(), "times": times}
        for (day, listing_id, wish), times in sorted(sums.led.items())
    ]


def _searches(sums: Sums) -> list[Row]:
    return [
        {"outcode": key[1], "day": key[0], **key[2]._asdict(), "times": times}
        | {FOUND: sums.found[key]}
        for key, times in sorted(sums.searches.items())
    ]


def _add(model: type[Base], rows: list[Row]) -> None:
    """Adds rows to those of the same key."""
    if not rows:
        return
    insert = INSERT[db.engine.dialect.name](model)
    keys = {column.name for column in model.__table__.primary_key}
    changes = {
        name: insert.excluded[name]
        if name == FOUND
        else getattr(model, name) + insert.excluded[name]
        for name in rows[0]
        if name not in keys
    }
    db.session.execute(insert.on_conflict_do_update(index_elements=keys, set_=changes), rows)
