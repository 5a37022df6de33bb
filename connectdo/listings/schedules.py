"""When things happen: RFC 5545 recurrence over London wall time. Pure: dates in, dates out.

A rule is expanded by date alone and the time of day is put back afterwards, so that a
choir at 6:30pm is at 6:30pm on both sides of a clock change.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from heapq import merge

from connectdo.days import LONDON
from connectdo.listings.recurrence import BadRecurrence, read_rule, rule_parts
from connectdo.listings.recurrence_dates import rule_dates

__all__ = [
    "BadRecurrence",
    "Occurrence",
    "Times",
    "coming",
    "coming_of_all",
    "last_allowed",
    "last_of_rule",
    "never_happens",
    "planned_dates",
    "rule_parts",
    "tidy_recurrence",
]

YEARS_AHEAD = 10
EARLIEST_YEAR = 1900


@dataclass(frozen=True)
class Times:
    """One schedule's values; the fields are those of `connectdo.listings.models.Schedule`."""

    starts_on: date
    starts_at: time | None = None
    minutes: int | None = None
    recurrence: str = ""
    dates: frozenset[date] = field(default_factory=frozenset)
    skip_dates: frozenset[date] = field(default_factory=frozenset)
    cancelled_dates: frozenset[date] = field(default_factory=frozenset)


@dataclass(frozen=True, order=True)
class Occurrence:
    """One date of a listing. `at` is None where no time is known."""

    on: date
    at: time | None
    minutes: int | None
    cancelled: bool = False

    @property
    def starts(self) -> datetime:
        """The start with its offset in London; midnight where no time is known.

        A time that the clocks skip in March is read as the clock would show it after the jump.
        """
        wall = datetime.combine(self.on, self.at or time.min, LONDON)
        return datetime.fromtimestamp(wall.timestamp(), LONDON)


def tidy_recurrence(text: str) -> str:
    """An RRULE value in upper case without its label. Raises BadRecurrence if it is not one."""
    value = "".join(text.upper().split()).removeprefix("RRULE:").rstrip(";")
    read_rule(value)
    try:
        last = last_allowed(rule_parts(value), None)
    except (ValueError, OverflowError) as error:
        raise BadRecurrence(f'The recurrence "{value[:80]}" cannot be read.') from error
    if last and last.year < EARLIEST_YEAR:
        raise BadRecurrence(f"The recurrence ends in the year {last.year}. Check it.")
    return value


def planned_dates(times: Times, last: date | None = None, first: date = date.min) -> Iterator[date]:
    """Every date planned, cancelled ones too, in order, from `first` up to `last` (ten years
    from the start when None)."""
    last = last or times.starts_on + timedelta(days=366 * YEARS_AHEAD)
    return _dates_from(times, first, last)


def coming(times: Times, after: datetime, how_many: int = 1) -> list[Occurrence]:
    """The next occurrences that start at or after `after` (London wall time, no zone).

    Cancelled dates are among them, marked, and do not count towards `how_many`. An
    occurrence with no known time counts until its day is over.
    """
    last = max(times.starts_on, after.date()) + timedelta(days=366 * YEARS_AHEAD)
    found: list[Occurrence] = []
    wanted = how_many
    for day in _dates_from(times, after.date(), last):
        if day == after.date() and times.starts_at and times.starts_at < after.time():
            continue
        occurrence = Occurrence(day, times.starts_at, times.minutes, day in times.cancelled_dates)
        found.append(occurrence)
        wanted -= not occurrence.cancelled
        if not wanted:
            break
    return found


def coming_of_all(schedules: list[Times], after: datetime, how_many: int = 1) -> list[Occurrence]:
    """`coming` over all schedules of a listing, earliest first."""
    found = [one for times in schedules for one in coming(times, after, how_many)]
    found.sort(key=lambda one: (one.on, one.at or time.min))
    kept: list[Occurrence] = []
    for occurrence in found:
        kept.append(occurrence)
        how_many -= not occurrence.cancelled
        if not how_many:
            break
    return kept


def never_happens(times: Times) -> bool:
    """True where the rule, less what is skipped, has no date in ten years."""
    return next(planned_dates(times), None) is None


def _dates_from(times: Times, first: date, last: date) -> Iterator[date]:
    singles = sorted(day for day in times.dates if first <= day <= last)
    seen: date | None = None
    for day in merge(singles, _rule_dates(times, first, last)):
        if day != seen and day not in times.skip_dates:
            yield day
        seen = day


def _rule_dates(times: Times, first: date, last: date) -> Iterator[date]:
    """The rule's own dates; without a rule, the start."""
    if not times.recurrence:
        return iter([times.starts_on] if first <= times.starts_on <= last else [])
    until = last_allowed(rule_parts(times.recurrence), times.starts_at)
    last = min(until, last) if until else last
    return rule_dates(read_rule(times.recurrence), times.starts_on, first, last)


def last_of_rule(times: Times) -> date | None:
    """The last day a rule allows, None for one that goes on."""
    parts = rule_parts(times.recurrence)
    if "COUNT" not in parts:
        return last_allowed(parts, times.starts_at)
    alone = Times(times.starts_on, times.starts_at, recurrence=times.recurrence)
    return max(planned_dates(alone), default=None)


def last_allowed(parts: dict[str, str], starts_at: time | None) -> date | None:
    """The last day in London that a rule allows. RFC 5545 writes UNTIL in UTC or wall time."""
    text = parts.get("UNTIL")
    if not text:
        return None
    if "T" not in text:
        return datetime.strptime(text, "%Y%m%d").date()
    moment = datetime.strptime(text.removesuffix("Z"), "%Y%m%dT%H%M%S")
    if text.endswith("Z"):
        moment = moment.replace(tzinfo=UTC).astimezone(LONDON)
    too_late_that_day = starts_at is not None and starts_at > moment.time()
    return moment.date() - timedelta(days=too_late_that_day)
