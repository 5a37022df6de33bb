"""What has changed in a listing since the coach last saw it. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from connectdo.listings.models import LIVE, STOPPED, Listing
from connectdo.listings.rules import is_unchecked
from connectdo.wording import date_in_words, listed

Facts = dict[str, Any]


def facts(listing: Listing, today: date) -> Facts:
    """What a coach relies on, as plain values."""
    venue = listing.venue
    return {
        "status": listing.status,
        "times": [
            [
                each.starts_on.isoformat(),
                each.starts_at.isoformat("minutes") if each.starts_at else None,
                each.minutes,
                each.recurrence,
                sorted(each.dates),
                sorted(each.skip_dates),
            ]
            for each in listing.schedules
        ],
        "off": sorted({day for each in listing.schedules for day in each.cancelled_dates}),
        "place": [venue.name, venue.address, venue.postcode] if venue else [],
        "cost": listing.cost or {True: "free", False: "not free", None: ""}[listing.is_free],
        "booking": listing.booking,
        "access": {each.feature: each.present for each in listing.access},
        "unchecked": is_unchecked(listing.confirmed_on, today),
    }


def changes(before: Mapping[str, Any], now: Mapping[str, Any], today: date) -> list[str]:
    """What to tell a coach, a sentence for each thing that changed; the gravest first."""
    if now["status"] != before["status"]:
        return [_status(now["status"])]
    told = []
    off = [date.fromisoformat(day) for day in now["off"] if day not in before["off"]]
    coming = [day for day in off if day >= today]
    if coming:
        told.append(f"Not on {listed([date_in_words(day, today) for day in coming])} any more.")
    if now["times"] != before["times"]:
        told.append("The times have changed.")
    if now["place"] != before["place"]:
        place = ", ".join(filter(None, now["place"]))
        told.append(f"It has moved to {place}." if place else "It has no fixed place any more.")
    if now["cost"] != before["cost"]:
        told.append(f"The cost has changed: {now['cost']}." if now["cost"] else _UNKNOWN_COST)
    if now["booking"] != before["booking"]:
        told.append("How to join has changed.")
    if now["access"] != before["access"]:
        told.append("What it says about access has changed.")
    if now["unchecked"] and not before["unchecked"]:
        told.append("Nobody has confirmed it for a while. Ring before you go.")
    return told


_UNKNOWN_COST = "It does not say any more what it costs."


def _status(status: str) -> str:
    if status == LIVE:
        return "It is on the site again."
    if status == STOPPED:
        return "It has stopped. It does not happen any more."
    return "Its page has been taken down. Ring before you go."
