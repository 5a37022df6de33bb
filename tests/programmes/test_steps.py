"""What a programme offers, and when."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectdo.programmes.models import (
    ASIDE,
    CALL,
    DONE,
    FIRST_MEETING,
    INTRODUCTION,
    LAST_MEETING,
    LOOK_BACK,
    MEETING,
    NEXT_DAY,
    PLANNED,
    REVIEW,
    VISIT,
    VISITS,
    Contact,
    Programme,
    StepSaid,
)
from connectdo.programmes.steps import Offered, steps_of
from tests.programmes.conftest import START, contact, programme, said


def offered(
    step: str,
    *contacts: Contact,
    of: Programme | None = None,
    told: StepSaid | None = None,
    on: date = START,
) -> Offered:
    """A step of a programme on a day."""
    found = steps_of(of or programme(), contacts, [told] if told else [], on)
    return next(each for each in found if each.step == step)


@pytest.mark.parametrize(
    ("step", "due"),
    [
        (REVIEW, date(2026, 4, 14)),
        (LAST_MEETING, date(2026, 5, 26)),
        (LOOK_BACK, date(2026, 8, 26)),
    ],
)
def test_a_step_is_due_so_long_after_the_first_meeting(step: str, due: date) -> None:
    found = offered(step)

    assert found.is_open
    assert found.due == due


def test_looking_back_is_three_calendar_months_after_an_early_end() -> None:
    ended = programme(ended_on=date(2026, 3, 31))

    found = offered(LOOK_BACK, of=ended)

    assert found.due == date(2026, 6, 30)


def test_after_the_end_only_looking_back_is_offered() -> None:
    found = steps_of(programme(ended_on=date(2026, 3, 31)), [], [], START)

    assert [each.step for each in found if each.is_open] == [LOOK_BACK]


def test_before_the_first_meeting_there_are_two() -> None:
    nothing_yet = steps_of(None, [], [], START)
    after_a_call = steps_of(None, [contact(CALL)], [], START)
    after_both = steps_of(None, [contact(CALL), contact(MEETING)], [], START)

    assert [each.step for each in nothing_yet if each.is_open] == [INTRODUCTION, FIRST_MEETING]
    assert [each.step for each in after_a_call if each.is_open] == [FIRST_MEETING]
    assert not any(each.is_open for each in after_both)


def test_a_contact_that_was_for_a_step_does_it() -> None:
    found = offered(REVIEW, contact(MEETING, date(2026, 4, 20), step=REVIEW))

    assert found.done_on == date(2026, 4, 20)


def test_a_step_is_done_without_a_contact_too() -> None:
    found = offered(REVIEW, told=said(REVIEW, DONE, date(2026, 4, 15)))

    assert found.done_on == date(2026, 4, 15)
    assert found.was_said


def test_a_step_that_is_put_aside_is_open_no_more() -> None:
    found = offered(LAST_MEETING, told=said(LAST_MEETING, ASIDE))

    assert found.is_aside
    assert not found.is_open


def test_a_step_may_have_another_day() -> None:
    found = offered(REVIEW, told=said(REVIEW, PLANNED, date(2026, 4, 21)))

    assert found.is_open
    assert found.due == date(2026, 4, 21)


def test_a_call_is_due_the_day_after_each_visit() -> None:
    visits = [contact(VISIT, START, id=1), contact(VISIT, START + timedelta(3), id=2)]

    found = steps_of(programme(), visits, [], START + timedelta(3))

    calls = [each for each in found if each.step == NEXT_DAY]
    assert [(each.visit, each.due) for each in calls] == [
        (visits[0], START + timedelta(1)),
        (visits[1], START + timedelta(4)),
    ]
    assert [each.is_open for each in calls] == [False, True]


@pytest.mark.parametrize(
    ("days", "step", "is_done"), [(0, "", False), (0, NEXT_DAY, True), (1, "", True), (4, "", True)]
)
def test_any_later_contact_is_that_call(days: int, step: str, is_done: bool) -> None:
    later = contact(CALL, START + timedelta(days), id=2, step=step)

    found = offered(NEXT_DAY, contact(VISIT), later)

    assert found.is_open is not is_done


def test_a_call_after_a_visit_is_not_offered_for_ever() -> None:
    visit = contact(VISIT)

    offered_on = [
        any(each.step == NEXT_DAY for each in steps_of(programme(), [visit], [], START + days))
        for days in (timedelta(8), timedelta(9))
    ]

    assert offered_on == [True, False]


def test_what_was_said_of_one_call_says_nothing_of_another() -> None:
    visits = [contact(VISIT, id=1), contact(VISIT, id=2)]

    found = steps_of(programme(), visits, [said(NEXT_DAY, ASIDE, visit_id=1)], START)

    assert [each.is_aside for each in found if each.step == NEXT_DAY] == [True, False]


def test_another_visit_may_be_planned_after_one() -> None:
    visit = contact(VISIT, START)

    done = offered(VISITS, visit)
    planned = offered(VISITS, visit, told=said(VISITS, PLANNED, START + timedelta(7)))

    assert not done.is_open
    assert planned.is_open
    assert planned.due == START + timedelta(7)


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.none() | st.integers(0, 200),
    st.integers(0, 400),
)
def test_the_steps_come_in_their_order_whenever_it_ends(
    start: date, ends_after: int | None, days: int
) -> None:
    of = programme(
        start, ended_on=start + timedelta(ends_after) if ends_after is not None else None
    )

    found = [each for each in steps_of(of, [], [], start + timedelta(days)) if each.due]

    dues = [each.due for each in found if each.due]
    assert dues == sorted(dues)
    assert all(each > (of.ended_on or start) for each in dues)
