"""What comes from one moment on, for every listing at once. Pure arithmetic over runs of dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from connectdo.listings.choices import DAYS, TIMES
from connectdo.search import ranking
from connectdo.search.columns import UNKNOWN, Groups, day_number

if TYPE_CHECKING:
    from connectdo.search.snapshot import Snapshot

NEVER = np.iinfo(np.int64).max
MINUTES_A_DAY = 24 * 60
MIDDAY, EVENING = 12 * 60, 17 * 60
UNTIMED = len(DAYS) * len(TIMES)


@dataclass(frozen=True)
class Calendar:
    """`next` is in minutes since 1970-01-01, London wall time, NEVER for none.

    `has_time` tells whether the next date has a known time; `slots` has a bit for each weekday
    and part of the day on which coming dates start (`slot_bits`); `standing` are the listings
    that are not over: those with a date to come or with no dates at all. `timely` is how well
    each stands for being soon and lately confirmed, 0 to 1.
    """

    next: np.ndarray
    has_dates: np.ndarray
    has_time: np.ndarray
    slots: np.ndarray
    slot_groups: Groups
    standing: np.ndarray
    standing_documents: np.ndarray
    timely: np.ndarray


def calendar(snapshot: Snapshot, now: datetime) -> Calendar:
    """The calendar of a snapshot from `now` on: London wall time without a zone."""
    today, minute = day_number(now.date()), now.hour * 60 + now.minute
    runs, owners = snapshot.runs, snapshot.run_documents
    has_dates = np.zeros(snapshot.size, dtype=bool)
    has_dates[owners] = True
    days = _next_days(runs, today, minute)
    coming = days <= runs["last"]
    owners, days, minutes = owners[coming], days[coming], runs["minute"][coming]
    timed = minutes != UNKNOWN
    moments = days * MINUTES_A_DAY + np.where(timed, minutes, 0)
    next_moment = np.full(snapshot.size, NEVER, dtype=np.int64)
    np.minimum.at(next_moment, owners, moments)
    has_time = np.zeros(snapshot.size, dtype=bool)
    has_time[owners[timed & (moments == next_moment[owners])]] = True
    standing = snapshot.live & ~(has_dates & (next_moment == NEVER))
    days_away = np.where(has_dates, next_moment // MINUTES_A_DAY - today, np.nan)
    confirmed = snapshot.confirmed
    days_since = np.where(confirmed == UNKNOWN, np.nan, today - confirmed.astype(float))
    slots = _slots(snapshot.size, owners, days, minutes, timed)
    return Calendar(
        next=next_moment,
        has_dates=has_dates,
        has_time=has_time,
        slots=slots,
        slot_groups=Groups.of(slots),
        standing=standing,
        standing_documents=np.flatnonzero(standing),
        timely=ranking.soonness(days_away) * ranking.freshness(days_since),
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


def _next_days(runs: np.ndarray, today: int, minute: int) -> np.ndarray:
    """The first day of each run that has not begun."""
    steps = np.maximum(-((runs["first"] - today) // runs["period"]), 0)
    days = runs["first"].astype(np.int64) + steps * runs["period"]
    begun = (days == today) & (runs["minute"] != UNKNOWN) & (runs["minute"] < minute)
    return np.where(begun, days + runs["period"], days)


def _slots(
    size: int, owners: np.ndarray, days: np.ndarray, minutes: np.ndarray, timed: np.ndarray
) -> np.ndarray:
    slots = np.zeros(size, dtype=np.int32)
    weekday = (days + 3) % 7  # 1970-01-01 was a Thursday.
    part = (minutes >= MIDDAY).astype(np.int64) + (minutes >= EVENING)
    bit = np.where(timed, weekday * len(TIMES) + part, UNTIMED + weekday)
    np.bitwise_or.at(slots, owners, (1 << bit).astype(np.int32))
    return slots
