"""Everything a listing says, as plain values: what is kept of every version, and what a form that
changes a listing starts from and ends with.

    {"kind": "group", "name": "...", "summary": "", "description": "", "interests": ["choir"],
     "venue": {"name": "", "address": "", "postcode": "SE24 0NG", "latitude": 51.4,
               "longitude": -0.1},
     "hide_address": false, "delivery": ["in_person"], "serves": ["Lambeth"],
     "serves_everywhere": false, "residents_only": false,
     "schedules": [{"starts_on": "2026-10-06", "starts_at": "18:30", "minutes": 90,
                    "recurrence": "FREQ=WEEKLY;BYDAY=TU", "dates": [], "skip_dates": [],
                    "cancelled_dates": []}],
     "cost": "", "is_free": null, "min_age": null, "max_age": null, "gender": "any",
     "audience": "", "languages": [], "access": {"step_free": true}, "first_visit": "",
     "booking": "", "contact_name": "", "phone": "", "email": "", "url": "",
     "photo": {"hash": "...", "alt": "..."}, "tags": [], "schedule_words": ""}

`venue` and `photo` may be null. `tags` and `schedule_words` are what an import left, and may be
left out: words for times stand only as long as nobody has set the times. The venue is the real
one, also where it is hidden.
"""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from sqlalchemy import select

from connectdo.db import db
from connectdo.listings.models import OURS, AccessAnswer, Interest, Listing, Schedule, Venue
from connectdo.listings.venues import Spot, area_named, outcode_only, pinned, venue_at

PLAIN = (
    "kind", "name", "summary", "description", "hide_address", "serves_everywhere",
    "residents_only", "cost", "is_free", "min_age", "max_age", "gender", "audience",
    "first_visit", "booking", "contact_name", "phone", "email", "url",
)  # fmt: skip
LISTS = ("delivery", "languages")
DAYS = ("dates", "skip_dates", "cancelled_dates")
VENUE = ("name", "address", "postcode", "latitude", "longitude")

Values = dict[str, Any]


def said(listing: Listing) -> Values:
    """Everything a listing says."""
    return {
        **{name: getattr(listing, name) for name in PLAIN},
        **{name: list(getattr(listing, name)) for name in LISTS},
        "interests": sorted(each.slug for each in listing.interests),
        "venue": dict(listing.hidden_venue) if listing.hidden_venue else _venue(listing.venue),
        "serves": sorted(each.name for each in listing.serves),
        "schedules": [_schedule(each) for each in listing.schedules],
        "access": {each.feature: each.present for each in listing.access},
        "photo": _photo(listing),
        "tags": list(listing.tags),
        "schedule_words": listing.schedule_words,
    }


def say(listing: Listing, values: Mapping[str, Any]) -> None:
    """Makes a listing say it. An interest that is gone is left out."""
    with db.session.no_autoflush:
        _say(listing, values)


def as_listing(values: Mapping[str, Any]) -> Listing:
    """A listing that says it, to be looked at and not kept: for previews and comparisons."""
    listing = Listing(source=OURS, source_id="")
    say(listing, values)
    return listing


def tidied(values: Mapping[str, Any]) -> Values:
    """The same as a listing says it back: two that mean the same are equal."""
    return said(as_listing(values))


def _say(listing: Listing, values: Mapping[str, Any]) -> None:
    for name in PLAIN:
        setattr(listing, name, values[name])
    for name in LISTS:
        setattr(listing, name, list(values[name]))
    listing.interests = _interests(values["interests"])
    _place(listing, values["venue"])
    here = listing.venue.area if listing.venue else None
    listing.serves = list(dict.fromkeys(area_named(each, here) for each in values["serves"]))
    _set_times(listing, values)
    if {each.feature: each.present for each in listing.access} != values["access"]:
        listing.access = [
            AccessAnswer(feature=feature, present=present)
            for feature, present in sorted(values["access"].items())
        ]
    photo = values["photo"] or {"hash": "", "alt": ""}
    listing.photo_hash, listing.photo_alt = photo["hash"], photo["alt"]
    listing.tags = list(values.get("tags", listing.tags or []))


def _interests(slugs: list[str]) -> list[Interest]:
    query = select(Interest).where(Interest.slug.in_(slugs)).order_by(Interest.name)
    return list(db.session.scalars(query))


def _place(listing: Listing, venue: Mapping[str, Any] | None) -> None:
    listing.hidden_venue = {}
    if venue is None:
        listing.venue = None
        return
    spot = pinned(Spot(**{name: venue[name] for name in VENUE}))
    if listing.hide_address:
        listing.hidden_venue = {name: getattr(spot, name) for name in VENUE}
        spot = outcode_only(spot)
    if listing.venue is None or Spot(**_venue(listing.venue) or {}) != spot:
        listing.venue = venue_at(spot)


def _set_times(listing: Listing, values: Mapping[str, Any]) -> None:
    before = [_schedule(each) for each in listing.schedules]
    after = [_schedule(_stored(each)) for each in values["schedules"]]
    words = values.get("schedule_words", "")
    if before != after:
        stale = bool(after) and words == listing.schedule_words
        listing.schedules = [_stored(each) for each in after]
        words = "" if stale else words
    listing.schedule_words = words


def _venue(venue: Venue | None) -> Values | None:
    return {name: getattr(venue, name) for name in VENUE} if venue else None


def _photo(listing: Listing) -> Values | None:
    return {"hash": listing.photo_hash, "alt": listing.photo_alt} if listing.photo_hash else None


def _schedule(schedule: Schedule) -> Values:
    at = schedule.starts_at
    return {
        "starts_on": schedule.starts_on.isoformat(),
        "starts_at": at.isoformat("minutes") if at else None,
        "minutes": schedule.minutes,
        "recurrence": schedule.recurrence,
        **{name: sorted(getattr(schedule, name)) for name in DAYS},
    }


def _stored(values: Mapping[str, Any]) -> Schedule:
    at = values["starts_at"]
    return Schedule(
        starts_on=date.fromisoformat(values["starts_on"]),
        starts_at=time.fromisoformat(at) if at else None,
        minutes=values["minutes"],
        recurrence=values["recurrence"],
        **{name: sorted(values[name]) for name in DAYS},
    )
