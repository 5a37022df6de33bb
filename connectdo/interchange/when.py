"""Dates and times of a row. London wall time, like everything that is kept of schedules."""

from datetime import date, datetime, time

from connectdo.interchange.fields import Fields, said
from connectdo.listings.schedules import BadRecurrence, Times, never_happens, tidy_recurrence

FIRST_YEAR, LAST_YEAR = 1900, 2150
A_DATE, A_START = "2026-10-06", "2026-10-06T18:30"


def day(fields: Fields, name: str) -> date | None:
    """A date like 2026-10-06, None where the field is empty. A time after it is passed over."""
    text = fields.text(name)
    moment = _moment(fields, name, text, A_DATE) if text else None
    return moment.date() if moment else None


def days(fields: Fields, name: str) -> frozenset[date]:
    """Several dates parted by ";"."""
    found = [_moment(fields, name, text, A_DATE) for text in fields.many(name, firm=True)]
    return frozenset(moment.date() for moment in found if moment)


def start(fields: Fields, name: str) -> tuple[date, time | None] | None:
    """A start like 2026-10-06T18:30 or 2026-10-06, in London wall time."""
    text = fields.text(name)
    moment = _moment(fields, name, text, A_START) if text else None
    if moment is None:
        return None
    if moment.tzinfo:
        fields.wrong.append(
            f'"{text[:40]}" ({said(name)}) has a time zone. Write London time without one.'
        )
        return None
    has_time = "T" in text.upper() or ":" in text
    return moment.date(), moment.time().replace(second=0, microsecond=0) if has_time else None


def schedule(
    fields: Fields,
    starts: tuple[date, time | None],
    minutes: int | None,
    recurrence: str,
    dates: frozenset[date] = frozenset(),
    skip_dates: frozenset[date] = frozenset(),
    cancelled_dates: frozenset[date] = frozenset(),
) -> tuple[Times, ...]:
    """One schedule, or none and the reason among what is wrong with the row."""
    try:
        rule = tidy_recurrence(recurrence) if recurrence else ""
    except BadRecurrence as error:
        fields.wrong.append(str(error))
        return ()
    times = Times(*starts, minutes, rule, dates, skip_dates, cancelled_dates)
    if never_happens(times):
        fields.wrong.append("The recurrence never falls on a date, so nobody could come.")
        return ()
    return (times,)


def _moment(fields: Fields, name: str, text: str, example: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        fields.wrong.append(f'"{text[:40]}" ({said(name)}) is not a date. Write it like {example}.')
        return None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        fields.wrong.append(f'"{text[:40]}" ({said(name)}) has an unlikely year. Check it.')
        return None
    return moment
