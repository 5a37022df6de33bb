"""The dates that a recurrence gives. Pure.

A rule is followed period by period (its weeks, its months), from the day asked for to the last
one asked for and no further. So a choir that began in 1974 costs no more than one that began
this week, and a rule that never matches ends like any other: dateutil follows one such as
FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30 to the year 9999, which is seconds for a single row.
"""

from calendar import isleap, monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from connectdo.listings.recurrence import Numbers, Rule

A_DAY = timedelta(days=1)


def rule_dates(rule: Rule, start: date, first: date, last: date) -> Iterator[date]:
    """The dates of a rule that began on `start`, those from `first` to `last`, in order."""
    rule = _with_what_the_start_tells(rule, start)
    # A rule with a count has to be counted from its start.
    begin = start if rule.count is not None else max(start, first)
    told = 0
    for days in _periods(rule, start, begin, last):
        for day in _chosen(rule, days):
            if day < start:
                continue
            if day > last or told == rule.count:
                return
            told += 1
            if day >= first:
                yield day


def _with_what_the_start_tells(rule: Rule, start: date) -> Rule:
    """A rule that names no days falls on the day it started: that weekday, date or birthday."""
    if rule.weekdays or rule.month_days or rule.year_days or rule.week_numbers:
        return rule
    if rule.frequency == "WEEKLY":
        return replace(rule, weekdays=frozenset({(0, start.weekday())}))
    if rule.frequency == "MONTHLY":
        return replace(rule, month_days=frozenset({start.day}))
    if rule.frequency == "YEARLY":
        months = rule.months or frozenset({start.month})
        return replace(rule, months=months, month_days=frozenset({start.day}))
    return rule


def _periods(rule: Rule, start: date, begin: date, last: date) -> Iterator[list[date]]:
    """The days of each period the rule looks at, from the one of `begin` to the one of `last`."""
    number = _period_of(rule, start)
    number += (_period_of(rule, begin) - number) // rule.interval * rule.interval
    while (first := _first_day(rule, number)) <= last:
        length = (_first_day(rule, number + 1) - first).days
        yield [first + n * A_DAY for n in range(length)]
        number += rule.interval


def _period_of(rule: Rule, day: date) -> int:
    """The number of the period a day is in, counted from the year 1."""
    if rule.frequency == "DAILY":
        return day.toordinal()
    if rule.frequency == "WEEKLY":
        return (day.toordinal() - 1 - rule.week_start) // 7
    return day.year if rule.frequency == "YEARLY" else day.year * 12 + day.month - 1


def _first_day(rule: Rule, number: int) -> date:
    if rule.frequency == "DAILY":
        return date.fromordinal(number)
    if rule.frequency == "WEEKLY":
        return date.fromordinal(number * 7 + 1 + rule.week_start)
    if rule.frequency == "YEARLY":
        return date(number, 1, 1)
    return date(number // 12, number % 12 + 1, 1)


def _chosen(rule: Rule, days: list[date]) -> list[date]:
    found = [day for day in days if _matches(rule, day)]
    if not rule.positions:
        return found
    return [day for n, day in enumerate(found, 1) if _among(rule.positions, n, len(found))]


def _matches(rule: Rule, day: date) -> bool:
    return (
        (not rule.months or day.month in rule.months)
        and (not rule.weekdays or _is_weekday(rule, day))
        and (not rule.month_days or _among(rule.month_days, day.day, _month_length(day)))
        and (not rule.year_days or _among(rule.year_days, _year_day(day), _year_length(day)))
        and (not rule.week_numbers or _in_week(rule, day))
    )


def _among(numbers: Numbers, position: int, length: int) -> bool:
    """True where `position` of `length` is one of the numbers, counted from either end."""
    return position in numbers or position - length - 1 in numbers


def _is_weekday(rule: Rule, day: date) -> bool:
    if (0, day.weekday()) in rule.weekdays:
        return True
    of_month = rule.frequency == "MONTHLY" or bool(rule.months)
    position = day.day if of_month else _year_day(day)
    length = _month_length(day) if of_month else _year_length(day)
    from_start, from_end = (position - 1) // 7 + 1, -((length - position) // 7 + 1)
    return bool({(from_start, day.weekday()), (from_end, day.weekday())} & rule.weekdays)


def _in_week(rule: Rule, day: date) -> bool:
    """Week 1 is the first with four days or more in the year, as in ISO 8601."""
    # The year of a week is that of its fourth day.
    into_week = (day.weekday() - rule.week_start) % 7
    middle = day + (3 - into_week) * A_DAY
    weeks = (_year_day(middle) - 1) // 7 + 1
    last_middle = _year_day(middle) + (_year_length(middle) - _year_day(middle)) // 7 * 7
    return _among(rule.week_numbers, weeks, (last_middle - 1) // 7 + 1)


def _month_length(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def _year_day(day: date) -> int:
    return day.timetuple().tm_yday


def _year_length(day: date) -> int:
    return 366 if isleap(day.year) else 365
