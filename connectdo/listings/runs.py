"""A schedule as runs: evenly spaced dates at one time of day, which search can count on fast.

A weekly group is one run a weekday whatever its length, cut where a date falls out. Rules
that are not evenly spaced (monthly ones) become single dates, as far as a horizon.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from connectdo.listings.recurrence import WEEKDAYS
from connectdo.listings.schedules import Times, last_allowed, planned_dates, rule_parts

FAR_AWAY = date(2200, 1, 1)
DAYS_BACK = 366
DAYS_AHEAD = 3 * 366
EVEN_PARTS = {"FREQ", "INTERVAL", "BYDAY", "UNTIL", "COUNT", "WKST"}


class Run(NamedTuple):
    """Dates from `first` to `last`, `period` days apart, at `minute` of the day (None: unknown)."""

    first: date
    last: date
    period: int
    minute: int | None


def runs(times: Times, today: date) -> list[Run]:
    """All runs of a schedule, less its skipped and cancelled dates.

    Exact for weekly rules and single dates at any time; for other rules from a year before
    `today` (or the start, if later) to three years after.
    """
    minute = times.starts_at.hour * 60 + times.starts_at.minute if times.starts_at else None
    out = times.skip_dates | times.cancelled_dates
    found = [Run(first, last, period, minute) for first, last, period in _spans(times, today)]
    found += [Run(day, day, 1, minute) for day in sorted(times.dates)]
    return [piece for run in found for piece in _cut(run, sorted(out))]


def _spans(times: Times, today: date) -> Iterator[tuple[date, date, int]]:
    parts = rule_parts(times.recurrence)
    weekdays = _weekdays(parts, times.starts_on)
    if not times.recurrence:
        yield times.starts_on, times.starts_on, 1
    elif weekdays is None:
        yield from _single_dates(times, today)
    else:
        period = 7 * int(parts.get("INTERVAL", 1)) if parts["FREQ"] == "WEEKLY" else 7
        last = _last_date(times, parts)
        week = times.starts_on - _days_into_week(times.starts_on, parts)
        for weekday in weekdays:
            first = week + (weekday - week.weekday()) % 7 * timedelta(days=1)
            if first < times.starts_on:
                first += timedelta(days=period)
            if first <= last:
                yield first, last, period


def _weekdays(parts: dict[str, str], start: date) -> list[int] | None:
    """The weekdays (Monday is 0) of an evenly spaced rule, None for one that is not."""
    daily = parts.get("FREQ") == "DAILY" and parts.get("INTERVAL", "1") == "1"
    days = [day for day in parts.get("BYDAY", "").split(",") if day]
    even = set(parts) <= EVEN_PARTS and (daily or parts.get("FREQ") == "WEEKLY")
    if not even or not set(days) <= set(WEEKDAYS):
        return None
    if not days:
        return list(range(7)) if daily else [start.weekday()]
    return sorted({WEEKDAYS.index(day) for day in days})


def _days_into_week(day: date, parts: dict[str, str]) -> timedelta:
    week_starts = WEEKDAYS.index(parts.get("WKST", "MO"))
    return timedelta(days=(day.weekday() - week_starts) % 7)


def _last_date(times: Times, parts: dict[str, str]) -> date:
    if "COUNT" not in parts:
        return last_allowed(parts, times.starts_at) or FAR_AWAY
    rule = Times(times.starts_on, times.starts_at, recurrence=times.recurrence)
    return max(planned_dates(rule, FAR_AWAY), default=times.starts_on - timedelta(days=1))


def _single_dates(times: Times, today: date) -> Iterator[tuple[date, date, int]]:
    rule = Times(times.starts_on, times.starts_at, recurrence=times.recurrence)
    last = max(times.starts_on, today) + timedelta(days=DAYS_AHEAD)
    for day in planned_dates(rule, last, first=today - timedelta(days=DAYS_BACK)):
        yield day, day, 1


def _cut(run: Run, out: list[date]) -> Iterator[Run]:
    """`run` without the dates of `out`, in as many pieces as that takes."""
    for day in out:
        away = (day - run.first).days
        if run.first <= day <= run.last and away % run.period == 0:
            step = timedelta(days=run.period)
            if day > run.first:
                yield run._replace(last=day - step)
            run = run._replace(first=day + step)
    if run.first <= run.last:
        yield run
