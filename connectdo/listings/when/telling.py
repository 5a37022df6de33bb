"""Schedules -> the answers of a form that say them, for changing what is there. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import chain, groupby

from connectdo.listings.choices import DAYS
from connectdo.listings.recurrence import Rule, read_rule
from connectdo.listings.schedules import Times, last_of_rule, planned_dates
from connectdo.listings.when.answers import ALL_DAY, Answered
from connectdo.listings.when.reading import LAST_DAY, WHICH, schedules_said
from connectdo.listings.when.words import YEARS_AHEAD
from connectdo.wording import time_in_words

Said = dict[str, str | list[str]]
CODES = list(DAYS)
# How far what the answers say is held to what was there.
LOOK_BACK, LOOK_AHEAD = timedelta(days=366), timedelta(days=3 * 366)


class NotSaid(ValueError):
    """The form has no words for a schedule; the message is for its organiser."""

    def __init__(self) -> None:
        super().__init__(
            "We cannot show how often this happens in the form. "
            "Its dates stay as they are until you choose new ones."
        )


def answers_of(schedules: Sequence[Times], today: date) -> list[Said]:
    """The answers that say each schedule, those of terms together, cancelled dates aside.

    Raises NotSaid where any of them has no answers that say the same dates.
    """
    blocks = [list(block) for _, block in groupby(schedules, _belongs_with)]
    return [_held_to(block, _answers(block, today), today) for block in blocks]


def _belongs_with(times: Times) -> object:
    """What the terms of a year have in common; nothing else is like anything else."""
    rule = read_rule(times.recurrence) if times.recurrence else None
    if rule and rule.frequency == "WEEKLY" and rule.interval == 1 and last_of_rule(times):
        return times.starts_at, times.minutes, frozenset(_weekdays(rule, times.starts_on))
    return id(times)


def _answers(block: Sequence[Times], today: date) -> Said:
    times = block[0]
    said: Said = {"starts": time_in_words(times.starts_at) if times.starts_at else ALL_DAY}
    said["ends"] = _ends(times)
    if not times.recurrence:
        days = sorted({times.starts_on, *times.dates} - times.skip_dates)
        if len(days) == 1:
            return said | {"repeats": "once"} | _boxes("first", days[0])
        return said | {"repeats": "dates", "dates": _lines(days)}
    said["skip"] = _lines(chain.from_iterable(each.skip_dates for each in block))
    said["also"] = _lines(chain.from_iterable(each.dates - each.skip_dates for each in block))
    if len(block) > 1:
        days_of_week = _weekdays(read_rule(times.recurrence), times.starts_on)
        terms = [f"{_written(each.starts_on)} to {_written(_end(each))}" for each in block]
        return said | {"repeats": "terms", "weekday": days_of_week, "terms": "\n".join(terms)}
    last = last_of_rule(times)
    said |= _boxes("first", times.starts_on)
    # An end that nobody will live to see is what some calendars write for "goes on".
    if last and last.year <= today.year + YEARS_AHEAD:
        said |= _boxes("last", last)
    return said | _repeats(read_rule(times.recurrence), times.starts_on)


def _repeats(rule: Rule, start: date) -> Said:
    """How a rule repeats. What it cannot say is found out when the answers are read again."""
    if rule.frequency == "DAILY":
        return {"repeats": "weekly", "weekday": CODES}
    if rule.frequency == "WEEKLY":
        repeats = {1: "weekly", 2: "fortnightly"}.get(rule.interval, "")
        return {"repeats": repeats, "weekday": _weekdays(rule, start)}
    if not rule.weekdays:
        days = sorted(rule.month_days or {start.day})
        written = " and ".join(LAST_DAY if day == -1 else str(day) for day in days)
        return {"repeats": "monthly_date", "month_day": written}
    which = rule.positions or {which for which, _ in rule.weekdays}
    return {
        "repeats": "monthly_weekday",
        "which": [each for each in WHICH if int(each) in which],
        "weekday": _weekdays(rule, start),
    }


def _held_to(block: Sequence[Times], said: Said, today: date) -> Said:
    """`said`, if reading it gives the dates and hours that are there."""
    again = schedules_said(Answered(said, today))
    last = max(today, *(times.starts_on for times in block)) + LOOK_AHEAD
    hours = {(times.starts_at, times.minutes) for times in block}
    same_hours = hours == {(times.starts_at, times.minutes) for times in again}
    if not again or not same_hours or _dates(again, today, last) != _dates(block, today, last):
        raise NotSaid
    return said


def _dates(schedules: Iterable[Times], today: date, last: date) -> list[date]:
    first = today - LOOK_BACK
    return sorted({day for times in schedules for day in planned_dates(times, last, first)})


def _weekdays(rule: Rule, start: date) -> list[str]:
    days = {day for _, day in rule.weekdays} or {start.weekday()}
    return [CODES[day] for day in sorted(days)]


def _ends(times: Times) -> str:
    """The end as a time of day or, where it is not later that day, as a length."""
    if times.minutes is None:
        return ""
    if times.starts_at:
        starts = datetime.combine(times.starts_on, times.starts_at)
        ends = starts + timedelta(minutes=times.minutes)
        if ends.date() == starts.date():
            return time_in_words(ends.time())
    return f"{times.minutes} minutes"


def _end(times: Times) -> date:
    return last_of_rule(times) or times.starts_on


def _boxes(field: str, day: date) -> Said:
    return {
        f"{field}-day": str(day.day),
        f"{field}-month": str(day.month),
        f"{field}-year": str(day.year),
    }


def _lines(days: Iterable[date]) -> str:
    return "\n".join(_written(day) for day in sorted(set(days)))


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
