"""A listing's dates as an iCalendar file (RFC 5545), for the calendar in a visitor's phone.

Times are London wall time with the zone's own rules beside them, so that a choir at 6:30pm
stays at 6:30pm when the clocks change. A start that its own rule never falls on is moved to
the first date that it does: calendars would show it as one meeting too many.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit

from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vRecur,
)

from connectdo.days import LONDON
from connectdo.listings.choices import BOOKING, DELIVERY
from connectdo.listings.models import Listing
from connectdo.listings.queries import times_of
from connectdo.listings.schedules import Times, last_allowed, planned_dates, rule_parts

PRODUCT = "-//Connect & Do//Community directory//EN"
WINTER, SUMMER = timedelta(0), timedelta(hours=1)
# The clocks change on the last Sunday of March and of October, at 1am Greenwich time.
FORWARD, BACK = datetime(1970, 3, 29, 1), datetime(1970, 10, 25, 2)


def calendar_of(listing: Listing, address: str) -> bytes | None:
    """The file, an event for each schedule; None for a listing with no dates at all.

    `address` is that of the listing's page. Each event keeps its id for as long as the site
    keeps its name, so that taking the file again replaces what was there.
    """
    calendar = _empty_calendar()
    return calendar.to_ical() if _add_events(calendar, listing, address) else None


def calendar_of_all(
    name: str, listings: Sequence[Listing], address_of: Callable[[Listing], str]
) -> bytes:
    """One file of many listings, for a calendar that asks for it again and again. It may be empty:
    a feed that went away would be given up. Each event has the id that its own listing's file
    gives it."""
    calendar = _empty_calendar()
    calendar.add("x-wr-calname", name)
    for listing in listings:
        _add_events(calendar, listing, address_of(listing))
    return calendar.to_ical()


def _empty_calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(_london())
    return calendar


def _add_events(calendar: Calendar, listing: Listing, address: str) -> bool:
    """False where the listing has no dates at all."""
    host = urlsplit(address).hostname or "localhost"
    found = False
    for number, schedule in enumerate(listing.schedules, start=1):
        event = Event()
        if _add_times(event, times_of(schedule)):
            event.add("uid", f"listing-{listing.id}-{number}@{host}")
            _add_words(event, listing, address)
            calendar.add_component(event)
            found = True
    return found


def _add_times(event: Event, times: Times) -> bool:
    """Start, end, rule and exceptions; False where nothing is ever planned."""
    first = next(planned_dates(_rule_alone(times)), None)
    if times.recurrence and first:
        further, out = sorted(times.dates), sorted(times.skip_dates | times.cancelled_dates)
        event.add("rrule", _rule(times))
    else:
        planned = list(planned_dates(times))
        standing = [day for day in planned if day not in times.cancelled_dates]
        if not planned:
            return False
        if not standing:
            event.add("status", "CANCELLED")
        (first, *further), out = standing or planned, []
    _add_start(event, first, times)
    for name, days in (("rdate", further), ("exdate", out)):
        if days:
            event.add(name, _moments(days, times.starts_at))
    return True


def _rule_alone(times: Times) -> Times:
    return Times(times.starts_on, times.starts_at, recurrence=times.recurrence)


def _rule(times: Times) -> vRecur:
    """The rule, its end said the way RFC 5545 asks for."""
    rule: vRecur = vRecur.from_ical(times.recurrence)
    last = last_allowed(rule_parts(times.recurrence), times.starts_at)
    if last and times.starts_at:
        rule["UNTIL"] = [datetime.combine(last, times.starts_at, LONDON).astimezone(UTC)]
    elif last:
        rule["UNTIL"] = [last]
    return rule


def _add_start(event: Event, day: date, times: Times) -> None:
    (start,) = _moments([day], times.starts_at)
    event.add("dtstart", start)
    if times.starts_at and times.minutes:
        event.add("dtend", start + timedelta(minutes=times.minutes))


def _moments(days: Iterable[date], at: time | None) -> list[date]:
    """Wall time in London where a time is known, else whole days."""
    return [datetime.combine(day, at, LONDON) if at else day for day in days]


def _add_words(event: Event, listing: Listing, address: str) -> None:
    event.add("dtstamp", listing.updated_at.replace(tzinfo=UTC))
    event.add("summary", listing.name)
    event.add("description", _description(listing, address))
    event.add("url", address)
    if where := _where(listing):
        event.add("location", where)
    venue = listing.venue
    if venue and venue.latitude is not None and venue.longitude is not None:
        event.add("geo", (venue.latitude, venue.longitude))
    if listing.email:
        organiser = vCalAddress(f"mailto:{listing.email}")
        run_by = listing.organisation.name if listing.organisation else listing.name
        organiser.params["CN"] = listing.contact_name or run_by
        event.add("organizer", organiser)


def _where(listing: Listing) -> str:
    venue = listing.venue
    if venue:
        return ", ".join(filter(None, [venue.name, venue.address, venue.postcode]))
    ways = [DELIVERY[way].capitalize() for way in listing.delivery if way != "in_person"]
    return ", ".join(ways)


def _description(listing: Listing, address: str) -> str:
    ask = ", ".join(filter(None, [listing.contact_name, listing.phone, listing.email]))
    lines = [
        listing.summary,
        f"Cost: {listing.cost}" if listing.cost else "",
        BOOKING.get(listing.booking, ""),
        f"Ask: {ask}" if ask else "",
        address,
    ]
    return "\n".join(filter(None, lines))


def _london() -> Timezone:
    """Europe/London by its rules, so that it holds for dates as far off as anybody plans."""
    zone = Timezone()
    zone.add("tzid", LONDON.key)
    for change, month, when, name, before, after in (
        (TimezoneDaylight(), 3, FORWARD, "BST", WINTER, SUMMER),
        (TimezoneStandard(), 10, BACK, "GMT", SUMMER, WINTER),
    ):
        change.add("tzname", name)
        change.add("dtstart", when)
        change.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        change.add("tzoffsetfrom", before)
        change.add("tzoffsetto", after)
        zone.add_component(change)
    return zone
