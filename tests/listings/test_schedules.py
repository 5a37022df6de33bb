"""Dates of schedules: recurrence over London wall time."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from time import perf_counter

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from connectdo.days import LONDON
from connectdo.listings.schedules import (
    BadRecurrence,
    Occurrence,
    Times,
    coming,
    coming_of_all,
    never_happens,
    planned_dates,
    tidy_recurrence,
)

A_TUESDAY = date(2026, 10, 6)
TUESDAYS = "FREQ=WEEKLY;BYDAY=TU"
DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))
WEEKDAYS = st.lists(st.sampled_from("MO TU WE TH FR SA SU".split()), min_size=1, max_size=3)


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Rules of every frequency, each of which has a date in most years."""
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 3))}"]
    by = draw(st.sampled_from(["", "BYDAY", "which", "BYMONTHDAY"]))
    if by == "BYDAY":
        parts.append("BYDAY=" + ",".join(sorted(set(draw(WEEKDAYS)))))
    elif by == "which" and frequency in ("MONTHLY", "YEARLY"):
        parts.append(f"BYDAY={draw(st.sampled_from([1, 2, 4, -1]))}{draw(WEEKDAYS)[0]}")
    elif by == "BYMONTHDAY":
        parts.append(f"BYMONTHDAY={draw(st.sampled_from([1, 15, 28, 31, -1, -3]))}")
    if by and frequency in ("MONTHLY", "YEARLY") and draw(st.booleans()):
        parts.append("BYSETPOS=" + draw(st.sampled_from(["1", "-1"])))
    if draw(st.booleans()):
        parts.append("WKST=" + draw(WEEKDAYS)[0])
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 40))}")
    return ";".join(parts)


@settings(max_examples=150, deadline=None)
@given(rules(), DAYS, st.integers(0, 800))
def test_the_dates_of_a_rule_are_those_dateutil_finds(rule: str, start: date, later: int) -> None:
    first = start + timedelta(days=later)
    last = first + timedelta(days=400)

    expected = rrulestr(rule, dtstart=datetime.combine(start, time())).between(
        datetime.combine(first, time()), datetime.combine(last, time()), inc=True
    )

    found = planned_dates(Times(start, recurrence=rule), last, first)
    assert list(found) == [moment.date() for moment in expected]


@settings(max_examples=150)
@given(DAYS, st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_the_time_on_the_clock_stays_when_the_clocks_change(start: date, at: time) -> None:
    for occurrence in coming(
        Times(start, at, recurrence="FREQ=MONTHLY"), datetime.combine(start, time()), 8
    ):
        skipped = occurrence.on.month == 3 and at.hour == 1

        assert occurrence.starts.tzinfo is LONDON
        assert occurrence.starts.date() == occurrence.on
        assert occurrence.starts.time() == at or skipped


def test_a_time_that_the_clocks_skip_is_an_hour_later() -> None:
    starts = Occurrence(date(2027, 3, 28), time(1, 30), None).starts

    assert starts.isoformat() == "2027-03-28T02:30:00+01:00"
    assert starts.astimezone(UTC).hour == 1


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=HOURLY;INTERVAL=24",
        "FREQ=DAILY;BYHOUR=9",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;INTERVAL=99999999999999999999",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=-3",
        "FREQ=DAILY;COUNT=99999999999999999999",
        "FREQ=DAILY;UNTIL=tomorrow",
        "FREQ=DAILY;UNTIL=00010101T000000Z",
        "FREQ=WEEKLY;BYDAY=",
        "FREQ=WEEKLY;BYDAY=2TU",
        "FREQ=MONTHLY;BYDAY=0MO",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=WEEKLY;WKST=XX",
        "BYDAY=TU",
        "every Tuesday",
        "=;=",
    ],
)
def test_a_rule_that_cannot_be_used_is_refused_in_words(rule: str) -> None:
    with pytest.raises(BadRecurrence, match=r"^The recurrence .+\.$"):
        tidy_recurrence(rule)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYSETPOS=3",
        "FREQ=WEEKLY;BYDAY=MO;UNTIL=20200101",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=MONTHLY;BYDAY=9MO",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29",
    ],
)
def test_a_rule_that_never_matches_is_found_out_quickly(rule: str) -> None:
    started = perf_counter()

    never = never_happens(Times(A_TUESDAY, time(18, 30), recurrence=tidy_recurrence(rule)))

    assert never
    assert perf_counter() - started < 1


def test_a_choir_that_began_long_ago_costs_no_more_than_a_new_one() -> None:
    old = Times(date(1900, 1, 2), time(18, 30), recurrence="FREQ=DAILY")
    started = perf_counter()

    for _ in range(100):
        found = coming(old, datetime(2026, 10, 6, 12))

    assert found == [Occurrence(A_TUESDAY, time(18, 30), None)]
    assert perf_counter() - started < 1


def test_a_rule_is_tidied() -> None:
    assert tidy_recurrence(" rrule:freq=weekly; byday=TU;\n") == TUESDAYS


@pytest.mark.parametrize(
    ("until", "at", "last"),
    [
        ("20261020", time(18, 30), date(2026, 10, 20)),
        ("20261020T183000", time(18, 30), date(2026, 10, 20)),
        ("20261020T180000", time(18, 30), date(2026, 10, 13)),
        # 5:30pm in Greenwich is 6:30pm in London until the clocks go back.
        ("20261020T173000Z", time(18, 30), date(2026, 10, 20)),
        ("20261020T172900Z", time(18, 30), date(2026, 10, 13)),
    ],
)
def test_the_last_date_counts_if_it_begins_in_time(until: str, at: time, last: date) -> None:
    times = Times(A_TUESDAY, at, recurrence=f"{TUESDAYS};UNTIL={until}")

    assert list(planned_dates(times))[-1] == last


def test_extra_dates_come_in_their_order_and_skipped_ones_do_not_come() -> None:
    times = Times(
        A_TUESDAY,
        recurrence=TUESDAYS,
        dates=frozenset({date(2026, 10, 8), date(2026, 10, 13)}),
        skip_dates=frozenset({date(2026, 10, 20)}),
    )

    days = [day.day for day in islice(planned_dates(times), 4)]

    assert days == [6, 8, 13, 27]


def test_a_cancelled_date_is_told_and_does_not_count() -> None:
    times = Times(
        A_TUESDAY, time(18, 30), recurrence=TUESDAYS, cancelled_dates=frozenset({A_TUESDAY})
    )

    found = coming(times, datetime(2026, 10, 6, 9), 2)

    assert [(one.on.day, one.cancelled) for one in found] == [(6, True), (13, False), (20, False)]


def test_what_has_begun_is_over_and_what_has_no_time_lasts_all_day() -> None:
    now = datetime(2026, 10, 6, 18, 31)

    timed = coming(Times(A_TUESDAY, time(18, 30), recurrence=TUESDAYS), now)
    untimed = coming(Times(A_TUESDAY, recurrence=TUESDAYS), now)

    assert (timed[0].on.day, untimed[0].on.day) == (13, 6)


def test_the_schedules_of_a_listing_are_told_together_earliest_first() -> None:
    evening = Times(A_TUESDAY, time(18, 30), recurrence=TUESDAYS)
    morning = Times(A_TUESDAY, time(10), recurrence="FREQ=WEEKLY;INTERVAL=2")

    found = coming_of_all([evening, morning], datetime(2026, 10, 6), 3)

    assert [(one.on.day, one.at) for one in found] == [
        (6, time(10)),
        (6, time(18, 30)),
        (13, time(18, 30)),
    ]
