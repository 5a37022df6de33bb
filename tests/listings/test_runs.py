"""Schedules as runs, which search counts on."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectdo.listings.runs import FAR_AWAY, Run, runs
from connectdo.listings.schedules import Times, coming, planned_dates

A_TUESDAY = date(2026, 10, 6)
TODAY = date(2026, 10, 7)
RULES = [
    "", "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=DAILY;BYDAY=MO,TU;UNTIL=20261201T000000Z",
    "FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=TU", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
    "FREQ=WEEKLY;COUNT=9;BYDAY=WE,FR", "FREQ=WEEKLY;INTERVAL=3;WKST=SU;BYDAY=SU,SA;UNTIL=20270702",
    "FREQ=MONTHLY;BYDAY=1SA", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=YEARLY",
]  # fmt: skip


@st.composite
def schedules(draw: st.DrawFn) -> Times:
    start = date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 400)))
    at = draw(st.sampled_from([None, time(9), time(18, 30)]))
    rule = draw(st.sampled_from(RULES))
    some = list(planned_dates(Times(start, at, recurrence=rule), start + timedelta(days=200)))
    out = st.frozensets(st.sampled_from(some), max_size=3) if some else st.just(frozenset())
    extra = st.frozensets(st.dates(start, start + timedelta(days=100)), max_size=2)
    return Times(start, at, None, rule, draw(extra), draw(out), draw(out))


def next_in_runs(times: Times, now: datetime) -> date | None:
    """The next date of the runs that has not begun."""
    soonest = None
    for run in runs(times, now.date()):
        day = run.first
        while day < now.date() or (day == now.date() and _has_begun(run, now)):
            day += timedelta(days=run.period)
        if day <= run.last and (soonest is None or day < soonest):
            soonest = day
    return soonest


def _has_begun(run: Run, now: datetime) -> bool:
    return run.minute is not None and run.minute < now.hour * 60 + now.minute


@settings(max_examples=400, deadline=None)
@given(schedules(), st.integers(0, 500 * 24 * 60))
def test_runs_and_schedules_agree_on_the_next_date(times: Times, minutes: int) -> None:
    now = datetime(2026, 5, 1) + timedelta(minutes=minutes)

    found = [one.on for one in coming(times, now) if not one.cancelled]

    assert next_in_runs(times, now) == next(iter(found), None)


def test_a_weekly_group_is_one_run_however_long_it_goes_on() -> None:
    weekly = Times(A_TUESDAY, time(18, 30), recurrence="FREQ=WEEKLY;BYDAY=TU,TU")

    assert runs(weekly, TODAY) == [Run(A_TUESDAY, FAR_AWAY, 7, 18 * 60 + 30)]


def test_a_date_that_falls_out_cuts_a_run_in_two() -> None:
    out = frozenset({date(2026, 10, 20)})
    weekly = Times(A_TUESDAY, recurrence="FREQ=WEEKLY;UNTIL=20261103", skip_dates=out)

    assert runs(weekly, TODAY) == [
        Run(A_TUESDAY, date(2026, 10, 13), 7, None),
        Run(date(2026, 10, 27), date(2026, 11, 3), 7, None),
    ]


def test_a_counted_rule_ends_with_its_last_date_however_far_away() -> None:
    counted = Times(A_TUESDAY, recurrence="FREQ=WEEKLY;COUNT=1000")

    assert runs(counted, TODAY)[0].last == A_TUESDAY + timedelta(weeks=999)


@pytest.mark.parametrize(("rule", "how_many"), [("FREQ=MONTHLY;BYDAY=1SA", 36), ("FREQ=YEARLY", 4)])
def test_uneven_rules_are_single_dates_for_three_years(rule: str, how_many: int) -> None:
    found = runs(Times(A_TUESDAY, recurrence=rule), TODAY)

    assert all(run.first == run.last for run in found)
    assert len(found) == how_many
