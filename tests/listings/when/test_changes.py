"""One date cancelled or moved, some skipped, an end set."""

from datetime import date, datetime, time

import pytest

from connectdo.listings.schedules import Times, coming_of_all
from connectdo.listings.when import (
    CannotChange,
    cancel_date,
    carry_over,
    end_after,
    move_date,
    restore_date,
    skip_days,
)
from tests.listings.when.saying import TODAY, days, schedules

THE_13TH, THE_15TH, THE_20TH = date(2026, 10, 13), date(2026, 10, 15), date(2026, 10, 20)


@pytest.fixture
def tuesdays() -> tuple[Times, ...]:
    """From 6:30pm to 8pm, the next on 13 October."""
    return schedules("weekly", weekday=["tue"])


def next_dates(found: tuple[Times, ...], how_many: int = 3) -> list[str]:
    """Like "13 Oct 18:30", with "off" where it is cancelled."""
    coming = coming_of_all(list(found), datetime(2026, 10, 7), how_many)
    return [
        f"{each.on.day} {each.on:%b} {each.at:%H:%M}{' off' * each.cancelled}" for each in coming
    ]


def test_a_cancelled_date_is_told_as_off_and_can_be_put_on_again(tuesdays) -> None:
    off = cancel_date(tuesdays, THE_13TH)

    assert next_dates(off, 1) == ["13 Oct 18:30 off", "20 Oct 18:30"]
    assert restore_date(off, THE_13TH) == tuesdays


def test_a_day_on_which_nothing_is_planned_cannot_be_cancelled(tuesdays) -> None:
    with pytest.raises(CannotChange, match="Nothing is planned on 15 October 2026"):
        cancel_date(tuesdays, THE_15TH)


def test_of_two_on_one_day_only_the_one_meant_is_off(tuesdays) -> None:
    morning = schedules("weekly", weekday=["tue"], starts="10am", ends="noon")

    off = cancel_date([*tuesdays, *morning], THE_13TH, time(10))

    assert next_dates(off, 1) == ["13 Oct 10:00 off", "13 Oct 18:30"]


def test_a_moved_date_is_off_and_on_another_day(tuesdays) -> None:
    moved = move_date(tuesdays, THE_13TH, THE_15TH, TODAY)

    assert next_dates(moved, 2) == ["13 Oct 18:30 off", "15 Oct 18:30", "20 Oct 18:30"]


def test_a_date_can_be_moved_to_another_time_of_day(tuesdays) -> None:
    moved = move_date(tuesdays, THE_13TH, THE_13TH, TODAY, new_time=time(14), new_minutes=60)

    assert next_dates(moved, 1) == ["13 Oct 14:00"]
    assert moved[1] == Times(THE_13TH, time(14), 60)


def test_a_moved_date_can_be_moved_back(tuesdays) -> None:
    moved = move_date(tuesdays, THE_13TH, THE_15TH, TODAY)

    back = move_date(moved, THE_15TH, THE_13TH, TODAY)

    assert next_dates(back, 1) == ["13 Oct 18:30"]


def test_a_date_can_be_moved_to_one_that_was_skipped(tuesdays) -> None:
    skipped = skip_days(tuesdays, [(THE_20TH, THE_20TH)])

    moved = move_date(skipped, THE_13TH, THE_20TH, TODAY)

    assert next_dates(moved, 2) == ["13 Oct 18:30 off", "20 Oct 18:30", "27 Oct 18:30"]


@pytest.mark.parametrize(
    ("to", "told"),
    [(date(2026, 10, 6), "has passed"), (THE_20TH, "already happens on Tuesday 20 October")],
)
def test_a_date_cannot_be_moved_to_the_past_or_onto_another(tuesdays, to: date, told: str) -> None:
    with pytest.raises(CannotChange, match=told):
        move_date(tuesdays, THE_13TH, to, TODAY)


def test_holidays_are_skipped_but_never_all_dates(tuesdays) -> None:
    skipped = skip_days(tuesdays, [(date(2026, 10, 12), date(2026, 10, 26))])

    assert days(skipped, 1) == ["27 Oct"]
    with pytest.raises(CannotChange, match="skips every date"):
        skip_days(tuesdays, [(TODAY, date(2040, 1, 1))])


def test_a_series_ends_with_its_last_date(tuesdays) -> None:
    moved = move_date(tuesdays, THE_20TH, date(2026, 10, 29), TODAY)

    ended = end_after(moved, date(2026, 10, 28))

    assert days(ended) == ["13 Oct", "20 Oct", "27 Oct"]


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY;COUNT=3", "FREQ=WEEKLY;UNTIL=20261027"])
def test_an_end_is_never_put_off_by_ending(rule: str) -> None:
    ended = end_after([Times(THE_13TH, time(18), recurrence=rule)], date(2027, 1, 1))

    assert days(ended) == ["13 Oct", "20 Oct", "27 Oct"]


def test_terms_and_dates_after_the_end_are_gone() -> None:
    terms = schedules(
        "terms", weekday=["mon"], terms="7 September to 23 October 2026\n2 to 30 November 2026"
    )
    dates = schedules("dates", dates="13 October 2026, 15 October 2026, 5 November 2026")

    ended = end_after([*terms, *dates], THE_15TH)

    assert len(ended) == 2
    assert days(ended, 20)[-3:] == ["12 Oct", "13 Oct", "15 Oct"]


def test_what_ends_before_it_begins_is_refused(tuesdays) -> None:
    with pytest.raises(CannotChange, match="no date so early"):
        end_after(tuesdays, TODAY)


def test_what_was_off_stays_off_when_the_rest_changes(tuesdays) -> None:
    off = cancel_date(cancel_date(tuesdays, THE_13TH), THE_20TH)
    later = schedules("fortnightly", first=THE_13TH, starts="7pm", ends="")

    changed = carry_over(off, later)

    assert next_dates(changed, 1) == ["13 Oct 19:00 off", "27 Oct 19:00"]
