"""Schedules -> the answers that say them, so that they can be changed in the same form."""

from datetime import date, time
from itertools import islice

import pytest
from hypothesis import given, settings

from connectdo.listings.schedules import Times, planned_dates
from connectdo.listings.when import NotSaid, answers_of, read_when
from connectdo.listings.when.answers import Answers
from tests.listings.when.saying import TODAY, schedules
from tests.listings.when.test_reading import ways

SINCE = date(2026, 10, 6)


@settings(max_examples=100, deadline=None)
@given(ways())
def test_what_was_said_is_told_back_and_says_the_same(said: Answers) -> None:
    start = date(2025, 1, 1)
    before = read_when(said, start).schedules

    (told,) = answers_of(before, start)

    assert read_when(told, start).schedules == before


@pytest.mark.parametrize(
    "found",
    [
        schedules("once", first=date(2026, 11, 3), starts="10pm", ends="4 hours"),
        schedules("once", first=date(2026, 11, 3), starts="all day", ends=""),
        schedules("dates", dates="3 November 2026\n24 November 2026"),
    ],
)
def test_dates_without_a_rule_are_told_back(found: tuple[Times, ...]) -> None:
    (told,) = answers_of(found, TODAY)

    assert read_when(told, TODAY).schedules == found


@pytest.mark.parametrize(
    ("rule", "repeats"),
    [
        ("FREQ=WEEKLY", "weekly"),
        ("FREQ=DAILY", "weekly"),
        ("FREQ=WEEKLY;COUNT=12", "weekly"),
        ("FREQ=WEEKLY;UNTIL=20991231T235959Z", "weekly"),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU", "fortnightly"),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2", "monthly_weekday"),
        ("FREQ=MONTHLY;BYDAY=2TU", "monthly_weekday"),
        ("FREQ=MONTHLY", "monthly_date"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "monthly_date"),
    ],
)
def test_a_rule_from_elsewhere_is_told_if_the_form_can_say_the_same(
    rule: str, repeats: str
) -> None:
    times = Times(SINCE, time(18, 30), 90, rule)

    (told,) = answers_of([times], TODAY)

    assert told["repeats"] == repeats
    (again,) = read_when(told, TODAY).schedules
    assert list(islice(planned_dates(again), 9)) == list(islice(planned_dates(times), 9))


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY",
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=WEEKLY;INTERVAL=3",
        "FREQ=WEEKLY;BYDAY=TU;BYMONTH=10,11,12",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;WKST=SU",
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU",
        "FREQ=MONTHLY;BYDAY=1MO,2TU",
        "FREQ=MONTHLY;BYDAY=5TU",
        "FREQ=MONTHLY;BYDAY=TU;BYMONTHDAY=13",
        "FREQ=MONTHLY;BYMONTHDAY=31",
    ],
)
def test_a_rule_that_the_form_cannot_say_is_left_as_it_is_and_that_is_told(rule: str) -> None:
    with pytest.raises(NotSaid, match="Its dates stay as they are"):
        answers_of([Times(SINCE, time(18, 30), 90, rule)], TODAY)


def test_terms_are_told_together_and_anything_else_on_its_own() -> None:
    terms = schedules(
        "terms", weekday=["mon"], terms="7 September to 23 October 2026\n2 to 30 November 2026"
    )
    fridays = schedules("weekly", weekday=["fri"])
    moved = schedules("once", first=date(2026, 12, 3))

    told = answers_of([*terms, *fridays, *moved], TODAY)

    assert [each["repeats"] for each in told] == ["terms", "weekly", "once"]
