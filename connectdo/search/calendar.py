"""What comes from one moment on, for every listing at once. Pure arithmetic over runs of dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from connectdo.listings.choices import DAYS, TIMES
from connectdo.listings.rules import unanswered_since
from connectdo.search import ranking
from connectdo.search.columns import UNKNOWN, Groups, day_number

if TYPE_CHECKING:
    from connectdo.search.snapshot import Snapshot

NEVER = np.iinfo(np.int32).max
MINUTES_A_DAY = 24 * 60
MIDDAY, EVENING = 12 * 60, 17 * 60
UNTIMED = len(DAYS) * len(TIMES)
DAYTIME = ("morning", "afternoon")
# Whether something is so, as far as the dates tell.
NO, UNSAID, YES = -1, 0, 1


@dataclass(frozen=True)
class Calendar:
    """`next` is in minutes since 1970-01-01, London wall time, NEVER for none.

    `has_time` tells whether the next date has a known time; `slots` has a bit for each weekday
    and part of the day on which coming dates start (`slot_bits`); `standing` are the listings
    that are not over: those with a date to come or with no dates at all. `timely` is how well
    each stands for being soon and lately confirmed, 0 to 1.
    """

    next: np.ndarray
    has_time: np.ndarray
    slots: np.ndarray
    slot_groups: Groups
    standing: np.ndarray
    standing_documents: np.ndarray
    timely: np.ndarray

    def daytime(self, documents: np.ndarray) -> np.ndarray:
        """Whether anything to come starts in the daytime: YES, NO, or UNSAID."""
        slots = self.slots.take(documents)
        says = np.where((slots == 0) | (slots >> UNTIMED != 0), UNSAID, NO)
        return np.where(slots & slot_bits((), DAYTIME), YES, says)

    def suits(self, documents: np.ndarray, when: tuple[tuple[str, str], ...]) -> np.ndarray:
        """Whether anything to come starts on one of these days in these parts of it: YES, NO, or
        UNSAID where no date is known. A date without a time suits any part of its day."""
        wanted = 0
        for day, part in when:
            wanted |= slot_bits((day,) if day else (), (part,) if part else ())
            wanted |= slot_bits((day,), ()) & ~0 << UNTIMED if day else ~0 << UNTIMED
        slots = self.slots.take(documents)
        return np.where(slots & wanted, YES, np.where(slots == 0, UNSAID, NO))


def calendar(snapshot: Snapshot, now: datetime) -> Calendar:
    """The calendar of a snapshot from `now` on: London wall time without a zone."""
    today, minute = day_number(now.date()), now.hour * 60 + now.minute
    next_moment, has_time, slots = _coming(snapshot, today, minute)
    standing = snapshot.live & ~(snapshot.has_dates & (next_moment == NEVER))
    return Calendar(
        next=next_moment,
        has_time=has_time,
        slots=slots,
        slot_groups=Groups.of(slots),
        standing=standing,
        standing_documents=np.flatnonzero(standing),
        timely=_timely(snapshot, next_moment, now.date()),
    )


@lru_cache(maxsize=256)
def slot_bits(days: tuple[str, ...], times: tuple[str, ...]) -> int:
    """The slots of these days and parts of the day; none given means any.

    A date with no known time is on its day, and in no part of it.
    """
    all_days, all_times = tuple(DAYS), tuple(TIMES)
    wanted = 0
    for number in map(all_days.index, days or all_days):
        for part in map(all_times.index, times or all_times):
            wanted |= 1 << (number * len(TIMES) + part)
        if not times:
            wanted |= 1 << (UNTIMED + number)
    return wanted


def _coming(
    snapshot: Snapshot, today: int, minute: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of each document the next moment, whether its time is known, and the slots."""
    runs, owners = snapshot.runs, snapshot.run_documents
    days = _next_days(runs, today, minute)
    coming = days <= runs["last"]
    slots = np.zeros(snapshot.size, dtype=np.int32)
    np.bitwise_or.at(slots, owners, np.where(coming, _slot(days, runs["minute"]), 0))
    moments = days * np.int32(MINUTES_A_DAY) + np.maximum(runs["minute"], 0)
    moments[~coming] = NEVER
    next_moment = np.full(snapshot.size, NEVER, dtype=np.int32)
    np.minimum.at(next_moment, owners, moments)
    timed = coming & (runs["minute"] != UNKNOWN)
    has_time = np.zeros(snapshot.size, dtype=bool)
    has_time[owners[timed & (moments == next_moment[owners])]] = True
    return next_moment, has_time, slots


def _next_days(runs: np.ndarray, today: int, minute: int) -> np.ndarray:
    """The first day of each run that has not begun."""
    steps = np.maximum(-((runs["first"] - today) // runs["period"]), 0)
    days = runs["first"] + steps * runs["period"]
    begun = (days == today) & (runs["minute"] != UNKNOWN) & (runs["minute"] < minute)
    return np.where(begun, days + runs["period"], days)


def _slot(days: np.ndarray, minutes: np.ndarray) -> np.ndarray:
    """The bit of a date on each of some days at a minute that may be UNKNOWN."""
    weekday = (days + np.int32(3)) % np.int32(7)  # 1970-01-01 was a Thursday.
    part = (minutes >= MIDDAY).astype(np.int32) + (minutes >= EVENING)
    part += weekday * np.int32(len(TIMES))
    return np.int32(1) << np.where(minutes == UNKNOWN, np.int32(UNTIMED) + weekday, part)


def _timely(snapshot: Snapshot, next_moment: np.ndarray, day: date) -> np.ndarray:
    unknown, today = np.float32(np.nan), day_number(day)
    days = np.where(snapshot.has_dates, next_moment // np.int32(MINUTES_A_DAY) - today, unknown)
    timely = ranking.soonness(days)
    days = np.where(snapshot.confirmed == UNKNOWN, unknown, today - snapshot.confirmed)
    timely *= ranking.freshness(days, today - day_number(unanswered_since(day)))
    return timely.astype(np.float32)
