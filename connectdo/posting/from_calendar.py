"""What the page of an event says: what its calendar says of it, and the rest as another page says
it. Reads no table: values in, values out.

At another place than usual, what is known of access and of the first visit is not true: there it
is left out. A place that has no postcode may be a room in the usual one or another one altogether:
it is told in the calendar's own words.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from connectdo.calendars import Calendar, CalendarEvent, Refused
from connectdo.fields import line, lines
from connectdo.listings.schedules import Occurrence, Times, coming, coming_of_all, last_of_rule
from connectdo.listings.vocabulary import Vocabulary
from connectdo.listings.when import carry_over, end_after
from connectdo.places import find_postcode, tidy_postcode
from connectdo.posting.answers import BLANK, Values, kept, times_from
from connectdo.posting.comparing import MINE, PARTS, merged
from connectdo.posting.forms.what import LONGEST_DESCRIPTION
from connectdo.posting.suggesting import MOST_TICKED, named
from connectdo.posting.texts import web_address

# What a calendar does not say: it is taken from a page that is there, or asked once.
REST = (
    "interests", "venue", "hide_address", "delivery", "serves", "serves_everywhere",
    "residents_only", "cost", "is_free", "min_age", "max_age", "gender", "audience", "languages",
    "access", "first_visit", "booking", "contact_name", "phone", "email", "url",
)  # fmt: skip
POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][0-9A-Z]?\s*[0-9][A-Z]{2}\b", re.IGNORECASE)
COUNTRY = {"uk", "united kingdom", "england", "scotland", "wales"}
ONLINE = re.compile(r"\s*https?://", re.IGNORECASE)
# What happens so often, over so many weeks, is a group.
DATES_OF_A_GROUP = 6
WEEKS_OF_A_GROUP = timedelta(weeks=3)
# So many dates are told to be off where all are.
DATES_TOLD_OFF = 12


def rest_of(values: Mapping[str, Any]) -> Values:
    """What another listing says that a calendar does not."""
    return {name: values.get(name, BLANK[name]) for name in REST}


def values_of(event: CalendarEvent, rest: Values, vocabulary: Vocabulary, today: date) -> Values:
    """All that a new listing says of an event. It is about what its name says; only where that says
    nothing, about what its description does, and else what the rest is about."""
    said = said_by(event, rest, today)
    about = named(vocabulary, said["name"]) or named(vocabulary, said["description"])
    return {
        **BLANK,
        **rest,
        **said,
        "kind": "group" if _is_regular(event.times, today) else "event",
        "interests": about[:MOST_TICKED] or rest["interests"],
    }


def said_by(event: CalendarEvent, rest: Values, today: date) -> Values:
    """The part of it that changes when the calendar does."""
    place, note = _place(event.place, rest)
    times = _called_off(event.times, today) if event.cancelled else event.times
    return {
        "name": line(event.name),
        "description": lines(f"{note}\n\n{event.description}")[:LONGEST_DESCRIPTION],
        "schedules": [kept(each) for each in times],
        "url": web_address(line(event.url)) if event.url else rest["url"],
        **place,
    }


def in_step(before: Values, now: Values, listing: Values) -> Values:
    """What a listing says after its calendar has changed from `before` to `now`: what did not
    change there stays as people have made it here, and so do the dates that they have cancelled."""
    if before.get("schedules") != now["schedules"]:
        by_hand = _cancelled(listing) - _cancelled(before)
        old = [Times(date.min, cancelled_dates=by_hand)]
        new = [times_from(each) for each in now["schedules"]]
        now = {**now, "schedules": [kept(each) for each in carry_over(old, new)]}
    return merged(before, now, listing, dict.fromkeys(PARTS, MINE))


def offered(
    found: Calendar,
    known: Collection[str],
    most: int,
    today: date,
    left_out: Collection[str] = (),
) -> tuple[list[CalendarEvent], list[Refused]]:
    """The events that can have a page, the next first, and the others with why not. `known` are the
    ids of those that have one, which keep it; `left_out` of others that nothing is said of."""
    there = [each for each in found.events if each.uid in known]
    new = [each for each in found.events if each.uid not in {*known, *left_out}]
    posts, refused = there, list(found.refused)
    for event in sorted(new, key=lambda each: _next(each, today)):
        if event.cancelled:
            refused.append(Refused(event.uid, event.name, "It is cancelled."))
        elif len(posts) >= most:
            why = f"There is room for {most} events. It follows when another is over."
            refused.append(Refused(event.uid, event.name, why))
        else:
            posts = [*posts, event]
    return sorted(posts, key=lambda each: _next(each, today)), refused


def is_alarming(gone: int, kept: int, *, is_empty: bool) -> bool:
    """Whether so many events have gone at once that it looks like a mistake: all of them from a
    calendar that is empty, or three and more that are more than half."""
    return bool(gone) and (is_empty or (gone > 2 and gone > kept))


def place_in(text: str) -> Values | None:
    """The place that a calendar's words name, None where they have no postcode that there is."""
    for written in POSTCODE.finditer(text):
        postcode = tidy_postcode(written[0])
        found = find_postcode(postcode) if postcode else None
        if postcode and found:
            others = f"{text[: written.start()]},{text[written.end() :]}".split(",")
            parts = [each.strip() for each in others if each.strip()]
            name, *address = [each for each in parts if each.casefold() not in COUNTRY] or [""]
            return {
                "name": line(name)[:200],
                "address": line(", ".join(address))[:300],
                "postcode": postcode,
                "latitude": found.point.latitude,
                "longitude": found.point.longitude,
            }
    return None


def _place(text: str, rest: Values) -> tuple[Values, str]:
    """Where it is, with what is known of that place; and a first line of the description where that
    is said in words alone."""
    usual = rest["venue"] or {}
    elsewhere: Values = {"access": {}, "first_visit": ""}
    if ONLINE.match(text):
        return {"venue": None, "delivery": ["online"], **elsewhere}, ""
    found = place_in(text)
    if found and found["postcode"] != usual.get("postcode"):
        return {"venue": found, "delivery": ["in_person"], **elsewhere}, ""
    here = {name: rest[name] for name in ("venue", "delivery", "access", "first_visit")}
    known = " ".join((usual.get("name", ""), usual.get("address", ""))).casefold()
    is_new = text and not found and not rest["hide_address"] and text.casefold() not in known
    return here, f"Where: {text}" if is_new else ""


def _called_off(every: Sequence[Times], today: date) -> Sequence[Times]:
    """All dates to come are off; a series that goes on ends with the last that is told."""
    now, off = datetime.combine(today, time.min), []
    for times in every:
        days = [each.on for each in coming(times, now, DATES_TOLD_OFF)]
        goes_on = times.recurrence and days and (last_of_rule(times) or date.max) > days[-1]
        ended = end_after([times], days[-1]) if goes_on else [times]
        off += [replace(each, cancelled_dates=each.cancelled_dates | set(days)) for each in ended]
    return off


def _is_regular(every: Sequence[Times], today: date) -> bool:
    now = datetime.combine(today, time.min)
    dates = [each.on for each in coming_of_all(list(every), now, DATES_OF_A_GROUP)]
    return len(dates) >= DATES_OF_A_GROUP and dates[-1] - dates[0] > WEEKS_OF_A_GROUP


def _next(event: CalendarEvent, today: date) -> tuple[date, time, str]:
    dates: list[Occurrence] = coming_of_all(list(event.times), datetime.combine(today, time.min))
    first = dates[0] if dates else Occurrence(date.max, None, None)
    return first.on, first.at or time.min, event.name


def _cancelled(values: Values) -> frozenset[date]:
    return frozenset(
        day for each in values.get("schedules", []) for day in times_from(each).cancelled_dates
    )
