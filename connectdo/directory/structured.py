"""A listing as schema.org's Event, for search engines (JSON-LD). Pure: a listing in, a dict out.

A group that meets every week is an Event too: its next date, and its rule as an eventSchedule.
"""

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from connectdo.days import LONDON
from connectdo.listings.models import Listing, Venue
from connectdo.listings.queries import times_of
from connectdo.listings.recurrence import WEEKDAYS as DAYS
from connectdo.listings.schedules import Occurrence, Times, last_allowed, rule_parts
from connectdo.listings.wording import WEEKDAYS

SCHEMA = "https://schema.org/"
PERIODS = {"DAILY": "D", "WEEKLY": "W", "MONTHLY": "M", "YEARLY": "Y"}
# A schema.org Schedule has no words for these.
UNSAID = {"BYSETPOS", "BYWEEKNO", "BYYEARDAY"}


def listing_data(
    listing: Listing, dates: Sequence[Occurrence], address: str, run_by_address: str = ""
) -> dict[str, Any]:
    """The Event. `dates` are those still to come; the addresses are whole ones, with a host."""
    standing = [each for each in dates if not each.cancelled]
    nearest = next(iter([*standing, *dates]), None)
    status = "EventCancelled" if dates and not standing else "EventScheduled"
    told = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": listing.name,
        "description": listing.summary or listing.description,
        "url": address,
        "eventStatus": SCHEMA + status,
        "eventAttendanceMode": SCHEMA + _attendance(listing),
        **_start_and_end(nearest),
        "eventSchedule": _schedules(listing),
        "location": _locations(listing, address),
        "organizer": _organiser(listing, run_by_address),
        "isAccessibleForFree": listing.is_free,
        "inLanguage": [{"@type": "Language", "name": name} for name in listing.languages],
        "typicalAgeRange": _ages(listing),
        "keywords": [interest.name for interest in listing.interests],
    }
    return _without_blanks(told)


def _without_blanks(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value not in (None, "", [])}


def _attendance(listing: Listing) -> str:
    here = bool({"in_person", "home_visit"} & set(listing.delivery)) or not listing.delivery
    away = bool({"phone", "online"} & set(listing.delivery))
    if here and away:
        return "MixedEventAttendanceMode"
    return "OnlineEventAttendanceMode" if away else "OfflineEventAttendanceMode"


def _start_and_end(occurrence: Occurrence | None) -> dict[str, str]:
    if occurrence is None:
        return {}
    if occurrence.at is None:
        return {"startDate": occurrence.on.isoformat()}
    start = {"startDate": occurrence.starts.isoformat()}
    if not occurrence.minutes:
        return start
    wall = datetime.combine(occurrence.on, occurrence.at) + timedelta(minutes=occurrence.minutes)
    return {**start, "endDate": wall.replace(tzinfo=LONDON).isoformat()}


def _schedules(listing: Listing) -> list[dict[str, Any]]:
    every = [times_of(schedule) for schedule in listing.schedules]
    return [told for times in every if times.recurrence and (told := _schedule(times))]


def _schedule(times: Times) -> dict[str, Any]:
    """A schema.org Schedule; empty for a rule that it cannot say."""
    parts = rule_parts(times.recurrence)
    if UNSAID & set(parts):
        return {}
    last = last_allowed(parts, times.starts_at)
    out = times.skip_dates | times.cancelled_dates
    told = {
        "@type": "Schedule",
        "repeatFrequency": f"P{parts.get('INTERVAL', '1')}{PERIODS[parts['FREQ']]}",
        "repeatCount": int(parts["COUNT"]) if "COUNT" in parts else None,
        "byDay": [_day(day) for day in parts.get("BYDAY", "").split(",") if day],
        "byMonthDay": _numbers(parts.get("BYMONTHDAY", "")),
        "byMonth": _numbers(parts.get("BYMONTH", "")),
        "startDate": times.starts_on.isoformat(),
        "endDate": last.isoformat() if last else None,
        "startTime": times.starts_at.isoformat() if times.starts_at else None,
        "endTime": _end(times.starts_at, times.minutes),
        "exceptDate": [day.isoformat() for day in sorted(out)],
        "scheduleTimezone": LONDON.key,
    }
    return _without_blanks(told)


def _day(day: str) -> str:
    """A weekday by its schema.org name; the first one of a month stays "1MO"."""
    return SCHEMA + WEEKDAYS[DAYS.index(day)] if day in DAYS else day


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"-?\d+", text)]


def _end(at: time | None, minutes: int | None) -> str | None:
    if at is None or not minutes or minutes >= 24 * 60:
        return None
    return (datetime.combine(datetime.min, at) + timedelta(minutes=minutes)).time().isoformat()


def _locations(listing: Listing, address: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if listing.venue:
        found.append(_place(listing.venue))
    if {"phone", "online"} & set(listing.delivery):
        found.append({"@type": "VirtualLocation", "url": listing.url or address})
    if not found:
        found = [{"@type": "AdministrativeArea", "name": area.name} for area in listing.serves]
    return found


def _place(venue: Venue) -> dict[str, Any]:
    address = _without_blanks(
        {
            "@type": "PostalAddress",
            "streetAddress": venue.address,
            "addressLocality": venue.area.name if venue.area else "",
            "postalCode": venue.postcode,
            "addressCountry": "GB",
        }
    )
    place = {"@type": "Place", "name": venue.name, "address": address}
    if venue.latitude is not None and venue.longitude is not None:
        point = {"latitude": venue.latitude, "longitude": venue.longitude}
        place["geo"] = {"@type": "GeoCoordinates", **point}
    return _without_blanks(place)


def _organiser(listing: Listing, address: str) -> dict[str, Any] | None:
    run_by = listing.organisation
    if run_by is None:
        return None
    return _without_blanks({"@type": "Organization", "name": run_by.name, "url": address})


def _ages(listing: Listing) -> str:
    """ "18-25", "60-", or "" where nothing is said."""
    if listing.min_age is None and listing.max_age is None:
        return ""
    return f"{listing.min_age or 0}-{'' if listing.max_age is None else listing.max_age}"
