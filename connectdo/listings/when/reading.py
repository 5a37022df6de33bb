"""A form's answers -> schedules, or what is wrong with which answer. Pure.

The fields, as texts:

    repeats     one of REPEATS
    weekday     any of `choices.DAYS` (weekly, fortnightly, monthly by weekday, terms)
    which       any of WHICH (monthly by weekday)
    month_day   "15", "1 and 15" or "last" (monthly by date)
    first, last dates in three boxes each; `first` is the date of what happens once
    dates       a list of dates (some dates only)
    terms       a list of spans, the first and last day of each
    starts      a time, or "all day"
    ends        a time or a length, or empty
    skip        dates and spans on which it does not happen
    off         one of NATIONS where bank holidays are skipped
    also        further dates
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from connectdo.listings.choices import DAYS
from connectdo.listings.recurrence import WEEKDAYS
from connectdo.listings.schedules import Times, coming_of_all, never_happens, planned_dates
from connectdo.listings.when.answers import Answered, Answers
from connectdo.listings.when.bank_holidays import NATIONS, bank_holidays
from connectdo.listings.when.words import Span
from connectdo.wording import date_in_words

REPEATS = {
    "weekly": "Every week",
    "fortnightly": "Every other week",
    "monthly_weekday": "Every month, on a day of the week",
    "monthly_date": "Every month, on a date",
    "terms": "Every week in term time",
    "dates": "On some dates only",
    "once": "Once",
}
WHICH = {"1": "First", "2": "Second", "3": "Third", "4": "Fourth", "-1": "Last"}
INTERVALS = {"weekly": "FREQ=WEEKLY", "fortnightly": "FREQ=WEEKLY;INTERVAL=2"}
LAST_DAY = "last"
# What stands around the numbers in "the 1st and the 15th".
JOINING = re.compile(r"(?<=\d)(st|nd|rd|th)\b|\b(the|day|and|of)\b")
MOST_TERMS = 20
# Bank holidays are skipped so far ahead, which is as far as anybody plans.
YEARS_OFF = 3


@dataclass(frozen=True)
class When:
    """The schedules that were said, or, by field, what is wrong: never both."""

    schedules: tuple[Times, ...] = ()
    wrong: dict[str, str] = field(default_factory=dict)


def read_when(answers: Answers, today: date) -> When:
    """The schedules of one way of repeating, one for each term. `today` is London's."""
    form = Answered(answers, today)
    schedules = schedules_said(form)
    if not form.wrong:
        _refuse_what_is_over(form, schedules)
    return When((), form.wrong) if form.wrong else When(schedules)


def schedules_said(form: Answered) -> tuple[Times, ...]:
    """The schedules, past ones too; none and the reason in `form.wrong` where one is unclear."""
    repeats = form.text("repeats")
    if repeats not in REPEATS:
        form.refuse("repeats", "Choose how often it happens.")
        return ()
    found: list[Times] = []
    if repeats == "once":
        found = _once(form)
    elif repeats == "dates":
        found = _some_dates(form)
    elif repeats == "terms":
        found = _terms(form)
    else:
        found = _repeating(form, repeats)
    starts_at, minutes = form.hours()
    if repeats not in ("once", "dates"):
        found = _with_exceptions(form, found)
    if form.wrong:
        return ()
    return tuple(replace(times, starts_at=starts_at, minutes=minutes) for times in found)


def _once(form: Answered) -> list[Times]:
    day = form.day("first")
    if day is None:
        form.refuse("first", "Enter the date.")
        return []
    return [Times(day)]


def _some_dates(form: Answered) -> list[Times]:
    days = form.days("dates")
    if not days:
        form.refuse("dates", "Enter the dates, like 6 October 2026, one on a line.")
        return []
    return [Times(days[0], dates=frozenset(days[1:]))]


def _terms(form: Answered) -> list[Times]:
    terms = sorted(form.spans("terms"))
    days = _weekdays(form, None)
    if not terms:
        form.refuse(
            "terms",
            "Enter the first and last day of each term, like "
            "7 September 2026 to 23 October 2026, one on a line.",
        )
    if len(terms) > MOST_TERMS:
        form.refuse("terms", f"Enter up to {MOST_TERMS} terms.")
    for (_, ends), (begins, _) in pairwise(terms):
        if begins <= ends:
            form.refuse("terms", f"Two terms share {_said(form, begins)}. Check the dates.")
    return [] if form.wrong else list(filter(None, [_term(form, days, each) for each in terms]))


def _term(form: Answered, days: str, term: Span) -> Times | None:
    rule = f"FREQ=WEEKLY;BYDAY={days}"
    times = _from_its_first_date(Times(term[0], recurrence=f"{rule};UNTIL={term[1]:%Y%m%d}"))
    if times is None:
        span = f"{_said(form, term[0])} to {_said(form, term[1])}"
        form.refuse("terms", f"None of your days is in the term from {span}.")
    return times


def _repeating(form: Answered, repeats: str) -> list[Times]:
    first, last = form.day("first"), form.day("last")
    if repeats == "fortnightly" and first is None:
        form.refuse("first", "Enter the date of one of its weeks, so that we know which they are.")
    if repeats == "monthly_date":
        rule = f"FREQ=MONTHLY;BYMONTHDAY={_month_days(form)}"
    elif repeats == "monthly_weekday":
        rule = f"FREQ=MONTHLY;BYDAY={_which_weekdays(form)}"
    else:
        rule = f"{INTERVALS[repeats]};BYDAY={_weekdays(form, first)}"
    if form.wrong:
        return []
    start = first or form.today
    if last is not None:
        rule += f";UNTIL={last:%Y%m%d}"
    times = _from_its_first_date(Times(start, recurrence=rule))
    if last is not None and last < start:
        form.refuse("last", f"The last date must be {_said(form, start)} or later.")
    elif times is None:
        form.refuse("last", "There is no such date before the last date. Check both.")
    elif repeats == "fortnightly" and times.starts_on != start:
        told = f"{_said(form, start)} is not one of the days of the week you chose."
        form.refuse("first", f"{told} Choose that day too or enter another date.")
    return [times] if times and not form.wrong else []


def _weekdays(form: Answered, first: date | None) -> str:
    """The days chosen, as a rule writes them; that of the first date where none is."""
    days = form.chosen("weekday", DAYS)
    if not days and first is None:
        form.refuse("weekday", "Choose the day of the week, or several.")
    return ",".join(day[:2].upper() for day in days) or WEEKDAYS[first.weekday() if first else 0]


def _which_weekdays(form: Answered) -> str:
    which = form.chosen("which", WHICH)
    if not which:
        form.refuse("which", "Choose which one of the month, or several.")
    days = _weekdays(form, None).split(",")
    return ",".join(f"{number}{day}" for number in which for day in days)


def _month_days(form: Answered) -> str:
    """Days of the month, as a rule writes them. Only those that every month has."""
    text = form.text("month_day").casefold()
    said = re.findall(
        r"\d+|[a-z]+", re.sub(r"(?<=\d)(st|nd|rd|th)\b|\b(the|day|and|of)\b", "", text)
    )
    days = sorted({-1 if each == LAST_DAY else _small_number(each) for each in said})
    if any(day > 28 for day in days if day <= 31):
        form.refuse(
            "month_day",
            'Not every month has that day. Enter a day up to 28, or "last" for the last day.',
        )
    if not days or not set(days) <= {-1, *range(1, 32)}:
        form.refuse("month_day", 'Enter the day of the month, like 15, or "last" for the last day.')
    return ",".join(str(day) for day in days)


def _small_number(text: str) -> int:
    """0 for what is no number, or one of many digits."""
    return int(text) if text.isdecimal() and len(text) < 4 else 0


def _with_exceptions(form: Answered, found: list[Times]) -> list[Times]:
    """The schedules without the dates skipped and with the further dates."""
    also = frozenset(form.days("also"))
    skip = form.spans("skip")
    nation = form.text("off")
    if nation in NATIONS:
        last = form.today + timedelta(days=YEARS_OFF * 366)
        skip += [(day, day) for day in bank_holidays(nation, form.today, last)]
    elif nation:
        form.refuse("off", "Choose whose bank holidays to skip.")
    found = [replace(times, skip_dates=days_within(times, skip)) for times in found]
    for times in found:
        also -= days_within(times, [(day, day) for day in also]) | times.skip_dates
    if found:
        found[0] = replace(found[0], dates=also)
    if found and all(never_happens(times) for times in found):
        form.refuse("skip", "This skips every date. Leave some for people to come to.")
    return found


def days_within(times: Times, spans: Iterable[Span]) -> frozenset[date]:
    """The planned dates that fall within spans of dates."""
    return frozenset(day for first, last in spans for day in planned_dates(times, last, first))


def _from_its_first_date(times: Times) -> Times | None:
    """The same, starting on the first date it really has; None where it has none."""
    first = next(planned_dates(times), None)
    return replace(times, starts_on=first) if first else None


def _refuse_what_is_over(form: Answered, schedules: tuple[Times, ...]) -> None:
    now = datetime.combine(form.today, time.min)
    if coming_of_all(list(schedules), now):
        return
    repeats = form.text("repeats")
    if repeats in ("once", "dates", "terms"):
        name = {"once": "first", "dates": "dates", "terms": "terms"}[repeats]
        form.refuse(name, "That has passed. Enter a date that is still to come.")
    else:
        form.refuse("last", "The last date has passed. Enter a later one, or leave it empty.")


def _said(form: Answered, day: date) -> str:
    return date_in_words(day, form.today)
