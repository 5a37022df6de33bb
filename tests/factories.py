"""Listings and what belongs to them, made with as little as a test needs to say."""

from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import count
from typing import Any

from geopy.distance import distance
from sqlalchemy import select

from connectdo.db import db
from connectdo.listings.models import AccessAnswer, Interest, Listing, Schedule, Venue
from connectdo.organisations.models import Organisation
from connectdo.places import Point, area_at, find_place
from connectdo.places.models import Area
from connectdo.text import slug

HOME = "SE24 0NG"
TODAY = "2026-10-07"
A_TUESDAY = date(2026, 10, 6)

_numbers = count(1)


def make_listing(
    name: str = "Something to do",
    *,
    miles: float | None = None,
    near: str = HOME,
    interests: Sequence[str] = (),
    serves: Sequence[str] = (),
    access: str = "",
    weekly: str = "",
    organisation: str = "",
    **fields: Any,
) -> Listing:
    """A group, kept and committed. `miles` puts it so far north of `near`, None nowhere.

    `access` is like "step_free; no parking"; `weekly` like "Tue 18:30".
    """
    number = next(_numbers)
    listing = Listing(
        **{
            "kind": "group",
            "name": name,
            "source": "test",
            "source_id": f"test-{number}",
            "delivery": ["in_person"],
            **fields,
        }
    )
    db.session.add(listing)
    listing.interests = [
        db.session.scalars(select(Interest).where(Interest.name == each)).one()
        for each in interests
    ]
    listing.serves = [make_area(each) for each in serves]
    listing.venue = make_venue(near, miles) if miles is not None else None
    listing.organisation = make_organisation(organisation) if organisation else None
    listing.access = [
        AccessAnswer(feature=each.removeprefix("no "), present=not each.startswith("no "))
        for each in filter(None, access.split("; "))
    ]
    if weekly:
        listing.schedules = [weekly_schedule(weekly)]
    db.session.commit()
    return listing


def make_venue(near: str = HOME, miles: float = 0.0) -> Venue:
    """A venue so many miles north of a place."""
    start = find_place(near).point
    there = distance(miles=miles).destination((start.latitude, start.longitude), bearing=0)
    area = area_at(Point(there.latitude, there.longitude))
    return Venue(
        name=f"Hall {next(_numbers)}",
        latitude=there.latitude,
        longitude=there.longitude,
        area=make_area(area) if area else None,
    )


def make_area(name: str) -> Area:
    area = db.session.scalar(select(Area).where(Area.name == name))
    if area is None:
        area = Area(name=name, slug=slug(name))
        db.session.add(area)
    return area


def make_organisation(name: str, **fields: Any) -> Organisation:
    organisation = Organisation(source="test", name=name, **fields)
    db.session.add(organisation)
    return organisation


def weekly_schedule(words: str, since: date = A_TUESDAY, **fields: Any) -> Schedule:
    """Weekly from a start: "Tue 18:30", or "Tue" where no time is known."""
    day, _, at = words.partition(" ")
    return Schedule(
        starts_on=since,
        starts_at=time.fromisoformat(at) if at else None,
        **{
            "recurrence": f"FREQ=WEEKLY;BYDAY={day[:2].upper()}",
            "dates": [],
            "skip_dates": [],
            "cancelled_dates": [],
            **fields,
        },
    )


def once(moment: str, **fields: Any) -> Schedule:
    """A single date: "2026-10-20T18:30"."""
    starts = datetime.fromisoformat(moment)
    return Schedule(
        starts_on=starts.date(),
        starts_at=starts.time() if "T" in moment else None,
        recurrence="",
        **{"dates": [], "skip_dates": [], "cancelled_dates": [], **fields},
    )
