"""The dates of an event: its rule, its exceptions and the single dates that were changed. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from connectdo.calendars.values import every, held, one, status, wall
from connectdo.days import LONDON
from connectdo.listings.schedules import (
    BadRecurrence,
    Times,
    last_of_rule,
    never_happens,
    tidy_recurrence,
)

LONGEST_RULE = 300
MOST_DATES = 1_000
MOST_DAYS = 366
FIRST_YEAR, LAST_YEAR = 1900, 2150
A_YEAR_AND_MORE = 400
# Parts that say what is so anyway.
NEEDLESS = ("RSCALE=GREGORIAN", "SKIP=OMIT")


class Unusable(ValueError):
    """An event that cannot be posted; the message says why, for its organiser."""


@dataclass(frozen=True)
class Moment:
    """When one date of an event is. `at` is None for a whole day; `days` is how many it lasts."""

    on: date
    at: time | None
    minutes: int | None
    days: int = 1


def all_times(event: Any, changed: Sequence[Any]) -> tuple[Times, ...]:
    """The schedule of an event, and one more for each date that is at another time.

    `changed` are the versions of single dates (RECURRENCE-ID). Raises Unusable.
    """
    start = _moment(event)
    rule = _rule(event, start)
    single, elsewhere = _further_dates(event, start)
    times = Times(
        start.on, start.at, start.minutes, rule, single, frozenset(_days(event, "EXDATE"))
    )
    if never_happens(times) and not elsewhere:
        raise Unusable("It never falls on a date.")
    for each in changed:
        times, moved = _with_one_changed(times, each)
        elsewhere += moved
    return (times, *dict.fromkeys(elsewhere))


def _moment(event: Any) -> Moment:
    given = one(event, "DTSTART")
    start = wall(given)
    if start is None:
        raise Unusable("When it starts is missing or cannot be read.")
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise Unusable(f"It starts in the year {start.year}.")
    lasts = _lasts(event, given)
    if not isinstance(start, datetime):
        return Moment(start, None, None, max(1, lasts.days))
    return Moment(start.date(), start.time(), round(lasts.total_seconds() / 60) or None)


def _lasts(event: Any, start: Any) -> timedelta:
    """How long it lasts; nothing where it does not say."""
    end, length = held(one(event, "DTEND"), "dt"), held(one(event, "DURATION"), "dt")
    try:
        lasts = end - start.dt if end is not None else length
    except TypeError as error:
        raise Unusable("When it ends cannot be read.") from error
    if not isinstance(lasts, timedelta):
        return timedelta()
    if lasts < timedelta():
        raise Unusable("It ends before it starts.")
    if lasts > timedelta(days=MOST_DAYS):
        raise Unusable("It lasts more than a year.")
    return lasts


def _rule(event: Any, start: Moment) -> str:
    """The rule in a form that we follow; every day for what lasts several days."""
    rules = every(event, "RRULE")
    if not rules:
        last = start.on + timedelta(days=start.days - 1)
        return f"FREQ=DAILY;UNTIL={last:%Y%m%d}" if start.days > 1 else ""
    if len(rules) > 1 or every(event, "EXRULE"):
        raise Unusable("It repeats in two ways at once.")
    if start.days > 1:
        raise Unusable("It repeats and lasts several days. Put each time in as its own event.")
    text = rules[0].to_ical().decode("utf-8", "replace")
    text = ";".join(part for part in text.split(";") if part.upper() not in NEEDLESS)
    if len(text) > LONGEST_RULE:
        raise Unusable("The recurrence is too long.")
    try:
        rule = tidy_recurrence(text)
    except BadRecurrence as error:
        raise Unusable(str(error)) from error
    _refuse_another_clock(event, Times(start.on, start.at, recurrence=rule))
    return rule


def _refuse_another_clock(event: Any, times: Times) -> None:
    """Refuses what repeats by a clock that London's does not keep step with."""
    start = held(one(event, "DTSTART"), "dt")
    if not isinstance(start, datetime) or start.tzinfo is None:
        return
    last = last_of_rule(times) or date.max
    weeks = range(0, min((last - times.starts_on).days, A_YEAR_AND_MORE) + 1, 7)
    moments = [start.replace(tzinfo=None) + timedelta(days=days) for days in weeks]
    apart = {_offset(moment, start.tzinfo) - _offset(moment, LONDON) for moment in moments}
    if len(apart) > 1 or start.date() != times.starts_on:
        raise Unusable(
            "It repeats by the clock of another time zone, so its time here would change. "
            "Set the time zone of the calendar to London."
        )


def _offset(moment: datetime, zone: tzinfo) -> timedelta:
    return moment.replace(tzinfo=zone).utcoffset() or timedelta()


def _further_dates(event: Any, start: Moment) -> tuple[frozenset[date], list[Times]]:
    """RDATEs: those at the usual time of day, and the others."""
    usual, others = set(), []
    for each in _moments(event, "RDATE"):
        day = each.date() if isinstance(each, datetime) else each
        at = each.time() if isinstance(each, datetime) else start.at
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise Unusable(f"One of its dates is in the year {day.year}.")
        if at == start.at:
            usual.add(day)
        else:
            others.append(Times(day, at, start.minutes))
    return frozenset(usual), others


def _with_one_changed(times: Times, version: Any) -> tuple[Times, list[Times]]:
    """The schedule after one date was called off or moved, and the date it was moved to."""
    given = one(version, "RECURRENCE-ID")
    if "THISANDFUTURE" in str((held(given, "params") or {}).get("RANGE", "")).upper():
        raise Unusable("It changes from one date on. Put it in as two events.")
    was = wall(given)
    if was is None:
        raise Unusable("One of its changed dates cannot be read.")
    day = was.date() if isinstance(was, datetime) else was
    off = replace(times, cancelled_dates=times.cancelled_dates | {day})
    if status(version) == "CANCELLED":
        return off, []
    now = _moment(version)
    if (now.on, now.at) == (day, times.starts_at):
        return times, []
    return off, [Times(now.on, now.at, now.minutes)]


def _days(event: Any, name: str) -> list[date]:
    return [each.date() if isinstance(each, datetime) else each for each in _moments(event, name)]


def _moments(event: Any, name: str) -> list[date]:
    """The dates of a list of them. Raises Unusable where one cannot be read."""
    found = [wall(value) for each in every(event, name) for value in held(each, "dts") or [None]]
    moments = [each for each in found if each is not None]
    if len(moments) < len(found) or len(moments) > MOST_DATES:
        raise Unusable("Its list of dates cannot be read.")
    return moments
