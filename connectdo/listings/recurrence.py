"""An RFC 5545 rule (RRULE) as values. Pure. Its dates: `recurrence_dates`."""

import re
from dataclasses import dataclass
from functools import lru_cache

FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# The parts that hold numbers, which also count back from the end, and the largest of each.
NUMBERED = {"BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366}
RULE_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH", *NUMBERED}
MOST_INTERVAL = 1_000
MOST_COUNT = 10_000
WEEKDAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
Numbers = frozenset[int]


class BadRecurrence(ValueError):
    """A recurrence that cannot be used; the message says why in plain words."""


@dataclass(frozen=True)
class Rule:
    """An RRULE as values. Empty sets allow every day. Weekdays are (which, day): Monday is 0,
    `which` is 0 for every one, else the first, second ... or, below 0, the last of its month
    or year."""

    frequency: str
    interval: int = 1
    count: int | None = None
    week_start: int = 0
    weekdays: frozenset[tuple[int, int]] = frozenset()
    months: Numbers = frozenset()
    month_days: Numbers = frozenset()
    year_days: Numbers = frozenset()
    week_numbers: Numbers = frozenset()
    positions: Numbers = frozenset()


def rule_parts(rule: str) -> dict[str, str]:
    """The parts of an RRULE value by name."""
    pairs = (part.partition("=") for part in rule.split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}


@lru_cache(maxsize=10_000)
def read_rule(text: str) -> Rule:
    """The rule that an RRULE value in upper case stands for. Raises BadRecurrence."""
    parts = rule_parts(text)
    if unknown := sorted(set(parts) - RULE_PARTS):
        raise BadRecurrence(f'The recurrence has "{unknown[0][:40]}", which we do not read.')
    if parts.get("FREQ") not in FREQUENCIES:
        raise BadRecurrence("The recurrence must repeat daily, weekly, monthly or yearly.")
    try:
        return Rule(
            frequency=parts["FREQ"],
            interval=_whole(parts.get("INTERVAL", "1"), MOST_INTERVAL),
            count=_whole(parts["COUNT"], MOST_COUNT) if "COUNT" in parts else None,
            week_start=WEEKDAYS.index(parts.get("WKST", "MO")),
            weekdays=_weekdays(parts),
            months=frozenset(_whole(each, 12) for each in _listed(parts, "BYMONTH")),
            month_days=_numbers(parts, "BYMONTHDAY"),
            year_days=_numbers(parts, "BYYEARDAY"),
            week_numbers=_numbers(parts, "BYWEEKNO"),
            positions=_numbers(parts, "BYSETPOS"),
        )
    except ValueError as error:
        raise BadRecurrence(f'The recurrence "{text[:80]}" cannot be read.') from error


def _whole(text: str, most: int) -> int:
    """A number from 1 to `most`. Raises ValueError."""
    if not re.fullmatch("[0-9]{1,9}", text) or not 1 <= int(text) <= most:
        raise ValueError(text)
    return int(text)


def _listed(parts: dict[str, str], name: str) -> list[str]:
    return parts[name].split(",") if name in parts else []


def _numbers(parts: dict[str, str], name: str) -> Numbers:
    return frozenset(
        -_whole(each[1:], NUMBERED[name])
        if each.startswith("-")
        else _whole(each.removeprefix("+"), NUMBERED[name])
        for each in _listed(parts, name)
    )


def _weekdays(parts: dict[str, str]) -> frozenset[tuple[int, int]]:
    """Numbered weekdays (1TU) only have a meaning within a month or a year."""
    found = set()
    for each in _listed(parts, "BYDAY"):
        match = WEEKDAY.fullmatch(each)
        which = int(match[1] or 0) if match else 0
        if not match or (match[1] and not which):
            raise ValueError(each)
        if which and parts["FREQ"] not in ("MONTHLY", "YEARLY"):
            raise ValueError(each)
        found.add((which, WEEKDAYS.index(match[2])))
    return frozenset(found)
