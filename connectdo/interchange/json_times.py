"""The schedule of a public directory's row -> times where it can be read, and its words.

Three shapes are read: dates from a start to an end, days with words ("Closed"), and lines of
weekly hours ("Monday 9:00am-5:00pm"). Any other is kept as its words.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from typing import Any

from connectdo.interchange import when
from connectdo.interchange.fields import Fields
from connectdo.listings.schedules import Times
from connectdo.text import one_line

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NOT_OPEN = ("closed", "no")
LONGEST_WORDS = 500
# Weekly hours are read as a rule that began on this Monday.
A_MONDAY = date(2024, 1, 1)
HOURS = re.compile(
    r"(?P<day>[A-Za-z]+) +(?P<from>\d{1,2}(?::\d\d)?) *(?P<a>[ap]m) *- *"
    r"(?P<to>\d{1,2}(?::\d\d)?) *(?P<b>[ap]m)",
    re.IGNORECASE | re.ASCII,
)
Read = tuple[tuple[Times, ...], str]


def read_schedule(fields: Fields, schedule: object) -> Read:
    """The times a schedule gives and the words to show beside them or instead."""
    if isinstance(schedule, dict):
        if "start" in schedule:
            return _from_start_to_end(fields, schedule), ""
        if set(DAYS) & set(schedule):
            return _opening_days(schedule)
        return (), _words(f"{day}: {said}" for day, said in _texts(schedule).items())
    if isinstance(schedule, str):
        schedule = [schedule]
    if isinstance(schedule, list) and all(isinstance(line, str) for line in schedule):
        return _opening_hours([one_line(line) for line in schedule])
    if schedule is not None:
        fields.cleaned.append("Took out the schedule, which is neither words nor dates.")
    return (), ""


def _from_start_to_end(fields: Fields, schedule: Mapping[str, Any]) -> tuple[Times, ...]:
    """From one date, or every day from one date to another."""
    dates = Fields(schedule)
    start, end = when.start(dates, "start"), when.start(dates, "end")
    fields.wrong += dates.wrong
    fields.cleaned += dates.cleaned
    if start is None:
        return ()
    if end is not None and end[0] > start[0]:
        return when.schedule(fields, start, None, f"FREQ=DAILY;UNTIL={end[0]:%Y%m%d}")
    same_day = end is not None and end[0] == start[0]
    return (Times(*start, _minutes(start[1], end[1]) if end and same_day else None),)


def _opening_days(days: Mapping[str, Any]) -> Read:
    """Weekdays with words such as "AM & PM (continuous)" or "Closed"."""
    said = {day: one_line(str(days.get(day) or "")) for day in DAYS}
    days_open = [day for day, words in said.items() if words and words.casefold() not in NOT_OPEN]
    if not days_open:
        return (), ""
    weekly = _weekly([DAYS.index(day) for day in days_open], None, None)
    return (weekly,), _words(f"{day.capitalize()}: {said[day]}" for day in days_open)


def _opening_hours(lines: list[str]) -> Read:
    """Lines such as "Monday 9:00am-5:00pm": one schedule for each pair of hours."""
    words = _words(lines)
    hours: dict[tuple[time, int | None], list[int]] = {}
    for line in lines:
        found = HOURS.fullmatch(line)
        if not found or found["day"].lower() not in DAYS:
            return (), words
        opens, closes = _clock(found["from"], found["a"]), _clock(found["to"], found["b"])
        if opens is None or closes is None:
            return (), words
        weekday = DAYS.index(found["day"].lower())
        hours.setdefault((opens, _minutes(opens, closes)), []).append(weekday)
    return tuple(_weekly(days, *at) for at, days in hours.items()), words


def _weekly(weekdays: Iterable[int], opens: time | None, minutes: int | None) -> Times:
    days = sorted(set(weekdays))
    rule = "FREQ=WEEKLY;BYDAY=" + ",".join(CODES[day] for day in days)
    return Times(A_MONDAY + timedelta(days=days[0]), opens, minutes, rule)


def _minutes(start: time | None, end: time | None) -> int | None:
    """From one time of day to the next time it is the other; None where either is not known."""
    if start is None or end is None:
        return None
    minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
    return minutes % (24 * 60) or None


def _clock(text: str, half: str) -> time | None:
    hour, _, minute = text.partition(":")
    if not 1 <= int(hour) <= 12 or int(minute or 0) > 59:
        return None
    return time(int(hour) % 12 + (12 if half.lower() == "pm" else 0), int(minute or 0))


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    """Those of the values that are words."""
    words = {key: one_line(value) for key, value in values.items() if isinstance(value, str)}
    return {key: value for key, value in words.items() if value}


def _words(parts: Iterable[str]) -> str:
    words = one_line("; ".join(parts))
    return words if len(words) <= LONGEST_WORDS else words[: LONGEST_WORDS - 1] + "…"
