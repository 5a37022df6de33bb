"""A listing's times in words. Pure.

The words for a rule are few and always the same, so that a visitor learns them once. A rule
there are no words for gives None, and the listing's own words stand in for it.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from connectdo.listings.choices import DAYS
from connectdo.listings.recurrence import Rule, read_rule
from connectdo.listings.schedules import (
    Occurrence,
    Times,
    last_of_rule,
    planned_dates,
)
from connectdo.wording import date_in_words, listed, sentence, time_in_words

WEEKDAYS = list(DAYS.values())
WORKING_DAYS = list(range(5))
WHICH = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
MINUTES_A_DAY = 24 * 60
MOST_DATES = 6


def schedules_in_words(schedules: Sequence[Times], otherwise: str, today: date) -> list[str]:
    """A line for each schedule. `otherwise` is what the listing itself says of its times.

    That stands alone where a rule has no words, and is added where no time of day is known.
    """
    lines = [schedule_in_words(times, today) for times in schedules]
    known = list(dict.fromkeys(filter(None, lines)))
    if None in lines:
        return [otherwise] if otherwise else [*known, "Dates vary"]
    timed = bool(schedules) and all(times.starts_at for times in schedules)
    return [*known, otherwise] if otherwise and not timed else known


def schedule_in_words(times: Times, today: date) -> str | None:
    """ "Every Tuesday, 6:30pm to 8pm, until 2 July 2027"; None for a rule we have no words for."""
    if not times.recurrence:
        return _joined(_dates_in_words(times, today), _hours(times.starts_at, times.minutes))
    first, last = _first_date(times), last_of_rule(times)
    rule = _rule_in_words(times.starts_on, read_rule(times.recurrence))
    if rule is None or first is None:
        return None
    if first == last:
        rule, span = date_in_words(first, today), ""
    else:
        span = _span(first, last, today)
    return _joined(rule, _hours(times.starts_at, times.minutes), span) + _further(times, today)


def occurrence_in_words(occurrence: Occurrence, today: date) -> str:
    """ "Tuesday 24 November, 6:30pm to 8pm"."""
    hours = _hours(occurrence.at, occurrence.minutes)
    return _joined(date_in_words(occurrence.on, today), hours)


def _joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _hours(at: time | None, minutes: int | None) -> str:
    if at is None:
        return ""
    start = time_in_words(at)
    if not minutes or minutes >= MINUTES_A_DAY:
        return start
    end = datetime.combine(date.min, at) + timedelta(minutes=minutes)
    return f"{start} to {time_in_words(end.time())}"


# Dates.


def _dates_in_words(times: Times, today: date) -> str:
    """The dates of a schedule without a rule that stand; those that are past only if all are."""
    planned = list(planned_dates(times))
    standing = [day for day in planned if day not in times.cancelled_dates] or planned
    days = [day for day in standing if day >= today] or standing
    if len(days) > MOST_DATES:
        first, last = date_in_words(days[0], days[-1]), date_in_words(days[-1], today)
        return f"{len(days)} dates from {first} to {last}"
    # A year is said once for the dates that share it, with the last of them.
    following = [*days[1:], today]
    return listed([date_in_words(*pair) for pair in zip(days, following, strict=True)])


def _further(times: Times, today: date) -> str:
    """The single dates besides a rule that are still to come."""
    out = times.skip_dates | times.cancelled_dates
    days = sorted(day for day in times.dates - out if day >= today)
    if len(days) > MOST_DATES:
        return f", and on {len(days)} more dates"
    return f", and on {listed([date_in_words(day, today) for day in days])}" if days else ""


def _first_date(times: Times) -> date | None:
    alone = Times(times.starts_on, times.starts_at, recurrence=times.recurrence)
    return next(planned_dates(alone), None)


def _span(first: date, last: date | None, today: date) -> str:
    end = date_in_words(last, today, weekday=False) if last else ""
    if first <= today:
        return f"until {end}" if end else ""
    start = date_in_words(first, last or today, weekday=False)
    return f"from {start} to {end}" if end else f"from {start}"


# Rules.


def _rule_in_words(start: date, rule: Rule) -> str | None:
    if rule.year_days or rule.week_numbers:
        return None
    if rule.frequency == "YEARLY":
        return _yearly(start, rule) if rule.interval == 1 else None
    words = _monthly(start, rule) if rule.frequency == "MONTHLY" else _weekly_or_daily(start, rule)
    return f"{words} in {_months(rule)}" if words and rule.months else words


def _weekly_or_daily(start: date, rule: Rule) -> str | None:
    every, days = rule.interval, sorted(day for _, day in rule.weekdays)
    if rule.month_days or rule.positions or (rule.frequency == "DAILY" and days and every > 1):
        return None
    if rule.frequency == "DAILY" and not days:
        return {1: "Every day", 2: "Every other day"}.get(every, f"Every {every} days")
    days = days or [start.weekday()]
    names = listed([WEEKDAYS[day] for day in days])
    if every == 1:
        return _every_week(days)
    if every == 2:
        return f"Every other {names}" if len(days) == 1 else f"Every other week, on {names}"
    return f"Every {every} weeks, on {names}"


def _every_week(days: list[int]) -> str:
    in_a_row = days[-1] - days[0] == len(days) - 1
    if len(days) == len(WEEKDAYS):
        return "Every day"
    if in_a_row and len(days) > 2:
        return f"{WEEKDAYS[days[0]]} to {WEEKDAYS[days[-1]]}"
    return f"Every {listed([WEEKDAYS[day] for day in days])}"


def _monthly(start: date, rule: Rule) -> str | None:
    others = {2: "every other month"}.get(rule.interval, f"every {rule.interval} months")
    if not rule.weekdays:
        days = None if rule.positions else _month_days(sorted(rule.month_days or {start.day}))
        return f"{days} of {'every month' if rule.interval == 1 else others}" if days else None
    if rule.month_days:
        return None
    if not rule.positions and all(which == 0 for which, _ in rule.weekdays):
        days_of_week = sorted(day for _, day in rule.weekdays)
        return _every_week(days_of_week) if rule.interval == 1 else None
    named = _which_weekdays(rule)
    return f"{named} of {'the month' if rule.interval == 1 else others}" if named else None


def _yearly(start: date, rule: Rule) -> str | None:
    month = _months(rule) if rule.months else f"{start:%B}"
    if rule.weekdays:
        named = _which_weekdays(rule) if len(rule.months) == 1 and not rule.month_days else None
        return f"{named} of {month}, every year" if named else None
    # Days of the month alone mean those of every month.
    if rule.positions or len(rule.months) > 1 or (rule.month_days and not rule.months):
        return None
    days = rule.month_days or {start.day}
    return f"Every year on {max(days)} {month}" if len(days) == 1 and min(days) > 0 else None


def _which_weekdays(rule: Rule) -> str | None:
    """ "First Monday and second and last Sunday"."""
    named: dict[str, list[str]] = {}
    for which, day in sorted(_places(rule), key=lambda place: (place[1], place[0] < 0, place[0])):
        if which not in WHICH:
            return None
        named.setdefault(day, []).append(WHICH[which])
    words = listed([f"{listed(which)} {day}" for day, which in named.items()])
    return sentence(words) or None


def _places(rule: Rule) -> list[tuple[int, str]]:
    """(1, "Monday") for the first Monday, whichever of the two ways a rule says it; else none."""
    days = sorted(day for which, day in rule.weekdays if which == 0)
    if not rule.positions:
        return [] if days else [(which, WEEKDAYS[day]) for which, day in rule.weekdays]
    if len(days) != len(rule.weekdays) or (len(days) > 1 and days != WORKING_DAYS):
        return []
    name = WEEKDAYS[days[0]] if len(days) == 1 else "weekday"
    return [(which, name) for which in rule.positions]


def _month_days(days: list[int]) -> str | None:
    """ "The 1st and 15th", "The last day"."""
    if days == [-1]:
        return "The last day"
    return f"The {listed([_ordinal(day) for day in days])}" if days[0] > 0 else None


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 < number % 100 < 14 else ending}"


def _months(rule: Rule) -> str:
    return listed([f"{date(2000, month, 1):%B}" for month in sorted(rule.months)])
