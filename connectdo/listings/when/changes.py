"""What happens to single dates: cancelled, moved, skipped; and how a series ends. Pure.

Each takes all the schedules of a listing and gives them back changed. A date that is off is
kept and told ("Not on 24 November"); a date skipped was never planned.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time

from connectdo.listings.schedules import Times, last_of_rule, never_happens, planned_dates
from connectdo.listings.when.reading import days_within
from connectdo.listings.when.words import Span
from connectdo.wording import date_in_words

Schedules = tuple[Times, ...]


class CannotChange(ValueError):
    """A change that makes no sense; the message says why."""


def cancel_date(schedules: Sequence[Times], day: date, at: time | None = None) -> Schedules:
    """The same with one date off. `at` tells two of one day apart. Raises CannotChange."""
    _required(schedules, day, at)
    return tuple(
        replace(times, cancelled_dates=times.cancelled_dates | {day})
        if _has(times, day, at)
        else times
        for times in schedules
    )


def restore_date(schedules: Sequence[Times], day: date, at: time | None = None) -> Schedules:
    """The same with one cancelled date on again. Raises CannotChange."""
    _required(schedules, day, at)
    return tuple(
        replace(times, cancelled_dates=times.cancelled_dates - {day})
        if _has(times, day, at)
        else times
        for times in schedules
    )


def move_date(
    schedules: Sequence[Times],
    day: date,
    to: date,
    today: date,
    *,
    at: time | None = None,
    new_time: time | None = None,
    new_minutes: int | None = None,
) -> Schedules:
    """The same with one date off and another, on `to`, instead: at its usual time, or at
    `new_time` for `new_minutes`. Raises CannotChange."""
    moved = _required(schedules, day, at)
    starts_at, minutes = moved.starts_at, moved.minutes
    if new_time is not None:
        starts_at, minutes = new_time, new_minutes or moved.minutes
    if to < today:
        raise CannotChange("The new date has passed. Enter one that is still to come.")
    if any(_stands(times, to) and times.starts_at == starts_at for times in schedules):
        raise CannotChange(f"It already happens on {date_in_words(to, today)} at that time.")
    changed = cancel_date(schedules, day, at)
    usual = (starts_at, minutes) == (moved.starts_at, moved.minutes)
    if not usual:
        return (*changed, Times(to, starts_at, minutes))
    place = list(schedules).index(moved)
    return (*changed[:place], _with(changed[place], to), *changed[place + 1 :])


def skip_days(schedules: Sequence[Times], spans: Sequence[Span]) -> Schedules:
    """The same without the dates within `spans`. Raises CannotChange where none would be left."""
    skipped = tuple(
        replace(times, skip_dates=times.skip_dates | days_within(times, spans))
        for times in schedules
    )
    if all(never_happens(times) for times in skipped):
        raise CannotChange("This skips every date. Leave some for people to come to.")
    return skipped


def end_after(schedules: Sequence[Times], last: date) -> Schedules:
    """The same with no date after `last`. Raises CannotChange where none would be left."""
    ended = [_ended(times, last) for times in schedules]
    kept = tuple(times for times in ended if times and not never_happens(times))
    if not kept:
        raise CannotChange("It has no date so early. Enter a later last date.")
    return kept


def carry_over(before: Sequence[Times], after: Sequence[Times]) -> Schedules:
    """`after`, with the dates that were cancelled in `before` and are planned still."""
    off = [(day, day) for times in before for day in times.cancelled_dates]
    return tuple(
        replace(times, cancelled_dates=times.cancelled_dates | days_within(times, off))
        for times in after
    )


def _ended(times: Times, last: date) -> Times | None:
    """None where it would begin after its end."""
    if not times.recurrence:
        days = sorted(day for day in {times.starts_on, *times.dates} if day <= last)
        return replace(times, starts_on=days[0], dates=frozenset(days[1:])) if days else None
    parts = [part for part in times.recurrence.split(";") if not _is_end(part)]
    if times.starts_on > last:
        return None
    until = min(last, last_of_rule(times) or last)
    return replace(
        times,
        recurrence=";".join([*parts, f"UNTIL={until:%Y%m%d}"]),
        dates=frozenset(day for day in times.dates if day <= last),
    )


def _is_end(part: str) -> bool:
    return part.startswith(("UNTIL=", "COUNT="))


def _with(times: Times, day: date) -> Times:
    """The same with one date more, whether it was planned and off, skipped or never there."""
    return replace(
        times,
        dates=times.dates if _has(times, day, None) else times.dates | {day},
        skip_dates=times.skip_dates - {day},
        cancelled_dates=times.cancelled_dates - {day},
    )


def _required(schedules: Sequence[Times], day: date, at: time | None) -> Times:
    """The schedule that a date is of."""
    for times in schedules:
        if _has(times, day, at):
            return times
    raise CannotChange(f"Nothing is planned on {day.day} {day:%B %Y}. Choose one of its dates.")


def _has(times: Times, day: date, at: time | None) -> bool:
    """True where a date is planned, cancelled or not, at that time if one is given."""
    return at in (None, times.starts_at) and day in planned_dates(times, day, day)


def _stands(times: Times, day: date) -> bool:
    return _has(times, day, None) and day not in times.cancelled_dates
