"""No rule is ever an hour out: dates and hours of random rules over three years, against dateutil's
dates and the law's own words of when the clocks change."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar

from connectdo.calendars import read_calendar
from connectdo.listings.calendar import calendar_of
from connectdo.listings.models import Listing, Schedule
from connectdo.listings.schedules import Times, coming, planned_dates
from tests.trust.site import FULL

RULES = 10_000 if FULL else 400
FILES = 500 if FULL else 25
THREE_YEARS = timedelta(days=3 * 366)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# On the two nights of the year, and at any other time.
NIGHT = (time(0, 30), time(0, 59), time(1), time(1, 30), time(1, 59), time(2), time(2, 30))


def last_sunday(year: int, month: int) -> date:
    """Both months have 31 days."""
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def in_greenwich(day: date, at: time) -> datetime:
    """Summer Time Act 1972 and the order of 2002: an hour ahead of Greenwich from 1 in the morning,
    Greenwich time, of the last Sunday in March to that of October. What the clocks skip is an hour
    later; of what they show twice the first counts."""
    wall = datetime.combine(day, at, UTC)
    forward = datetime.combine(last_sunday(day.year, 3), time(1), UTC)
    back = datetime.combine(last_sunday(day.year, 10), time(1), UTC)
    is_summer = forward + timedelta(hours=1) <= wall < back + timedelta(hours=1)
    return wall - timedelta(hours=is_summer)


def random_rule(chance: Random) -> str:
    frequency = chance.choice(["DAILY", "WEEKLY", "WEEKLY", "MONTHLY", "MONTHLY", "YEARLY"])
    parts = [f"FREQ={frequency}", f"INTERVAL={chance.randint(1, 4)}"]
    by = chance.choice(["", "BYDAY", "which", "BYMONTHDAY"])
    days = chance.sample(WEEKDAYS, chance.randint(1, 3))
    if by == "BYDAY":
        parts.append("BYDAY=" + ",".join(days))
    elif by == "which" and frequency in ("MONTHLY", "YEARLY"):
        parts.append(f"BYDAY={chance.choice([1, 2, 3, 4, 5, -1])}{days[0]}")
    elif by == "BYMONTHDAY" and frequency != "WEEKLY":
        parts.append(f"BYMONTHDAY={chance.choice([1, 15, 28, 29, 30, 31, -1, -3])}")
    if chance.random() < 0.2:
        parts.append(f"BYMONTH={','.join(map(str, chance.sample(range(1, 13), 4)))}")
    if by and frequency in ("MONTHLY", "YEARLY") and chance.random() < 0.3:
        parts.append("BYSETPOS=" + chance.choice(["1", "2", "-1"]))
    if chance.random() < 0.3:
        parts.append("WKST=" + chance.choice(WEEKDAYS))
    if chance.random() < 0.2:
        parts.append(f"COUNT={chance.randint(1, 60)}")
    return ";".join(parts)


def random_times(how_many: int) -> Iterator[Times]:
    chance = Random(20261122)
    for _ in range(how_many):
        start = date(2026, 1, 1) + timedelta(days=chance.randrange(3 * 365))
        at = chance.choice(NIGHT) if chance.random() < 0.5 else time(chance.randrange(24))
        yield Times(start, at, 60, random_rule(chance))


def planned_by_dateutil(times: Times) -> list[date]:
    start = datetime.combine(times.starts_on, time())
    rule = rrulestr(times.recurrence, dtstart=start)
    return [each.date() for each in rule.between(start, start + THREE_YEARS, inc=True)]


def test_no_random_rule_has_a_wrong_date_or_a_wrong_hour() -> None:
    wrong = 0
    occurrences = 0
    for times in random_times(RULES):
        last = times.starts_on + THREE_YEARS
        planned = list(planned_dates(times, last))
        wrong += planned != planned_by_dateutil(times)
        shown = coming(times, datetime.combine(times.starts_on, time()), len(planned))
        for each in shown[: len(planned)]:
            occurrences += 1
            wrong += each.starts.astimezone(UTC) != in_greenwich(each.on, times.starts_at or time())
    print(f"{RULES:,} rules, {occurrences:,} occurrences in 3 years: {wrong} wrong")

    assert wrong == 0
    assert occurrences > 10 * RULES


@pytest.mark.usefixtures("app")
def test_no_random_rule_is_an_hour_out_in_a_calendar_of_ours() -> None:
    wrong = 0
    for times in random_times(FILES):
        if not planned_by_dateutil(times):
            continue
        data = calendar_of(as_listing(times), "https://groups.example/listings/1")
        event: Any = Calendar.from_ical(data or b"").walk("VEVENT")[0]
        start = event["dtstart"].dt
        wrong += start.astimezone(UTC) != in_greenwich(start.date(), start.time())
        # As somebody else's site that follows ours reads it.
        (found,) = read_calendar(data or b"", times.starts_on).events
        dates = planned_dates(found.times[0], times.starts_on + THREE_YEARS)
        wrong += found.times[0].starts_at != times.starts_at
        wrong += list(dates) != planned_by_dateutil(times)

    assert wrong == 0


def as_listing(times: Times) -> Listing:
    schedule = Schedule(
        starts_on=times.starts_on,
        starts_at=times.starts_at,
        minutes=times.minutes,
        recurrence=times.recurrence,
        dates=[],
        skip_dates=[],
        cancelled_dates=[],
    )
    listing = Listing(id=1, name="Choir", kind="group", delivery=[], schedules=[schedule])
    listing.updated_at = datetime(2026, 1, 1)
    return listing


@pytest.mark.parametrize(
    ("day", "at", "greenwich"),
    [
        # The clocks skip it; the clocks show it twice; the evening of each.
        ("2026-03-29", "01:30", "2026-03-29T01:30+00:00"),
        ("2026-10-25", "01:30", "2026-10-25T00:30+00:00"),
        ("2026-03-29", "18:30", "2026-03-29T17:30+00:00"),
        ("2026-10-25", "18:30", "2026-10-25T18:30+00:00"),
    ],
)
def test_the_two_odd_nights_are_read_one_way(day: str, at: str, greenwich: str) -> None:
    times = Times(date.fromisoformat(day), time.fromisoformat(at))

    (only,) = coming(times, datetime.combine(times.starts_on, time()))

    assert only.starts.astimezone(UTC) == datetime.fromisoformat(greenwich)
    assert in_greenwich(only.on, only.at or time()) == datetime.fromisoformat(greenwich)


def test_a_rule_for_the_31st_falls_on_the_months_that_have_one() -> None:
    times = Times(date(2026, 1, 31), time(18), recurrence="FREQ=MONTHLY;BYMONTHDAY=31")

    months = [each.month for each in planned_dates(times, date(2026, 12, 31))]

    assert months == [1, 3, 5, 7, 8, 10, 12]
