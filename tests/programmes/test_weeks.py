"""Which programme and which week a contact belongs to."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectdo.programmes.models import CALL, LOOK_BACK, MEETING
from connectdo.programmes.weeks import by_week, programme_of, week_of
from tests.programmes.conftest import START, contact, programme

FIRST = programme(ended_on=date(2026, 5, 26), id=1)
SECOND = programme(date(2027, 1, 5), id=2)


@pytest.mark.parametrize(
    ("day", "step", "belongs_to"),
    [
        (date(2026, 2, 20), "", FIRST),
        (date(2026, 3, 3), "", FIRST),
        (date(2026, 5, 26), "", FIRST),
        (date(2026, 6, 1), "", SECOND),
        (date(2026, 8, 26), LOOK_BACK, FIRST),
        (date(2027, 1, 5), "", SECOND),
        (date(2029, 1, 5), "", SECOND),
    ],
)
def test_a_contact_belongs_to_the_programme_of_its_day(
    day: date, step: str, belongs_to: object
) -> None:
    assert programme_of([FIRST, SECOND], contact(day=day, step=step)) is belongs_to


def test_after_the_last_programme_a_contact_belongs_to_none() -> None:
    assert programme_of([FIRST], contact(day=date(2026, 6, 1))) is None
    assert programme_of([], contact()) is None


@pytest.mark.parametrize(("days", "week"), [(-1, 0), (0, 1), (6, 1), (7, 2), (83, 12), (84, 13)])
def test_a_week_has_seven_days(days: int, week: int) -> None:
    assert week_of(FIRST, START + timedelta(days)) == week


def test_contacts_are_shown_by_week_the_newest_first() -> None:
    call = contact(CALL, START - timedelta(20), id=1)
    meeting = contact(MEETING, START, id=2)
    after = contact(CALL, START + timedelta(6), id=3)
    review = contact(MEETING, START + timedelta(42), id=4)

    found = by_week([FIRST], [call, meeting, after, review])

    assert [(each.number, each.contacts) for each in found] == [
        (7, [review]),
        (1, [after, meeting]),
        (0, [call]),
    ]
    assert found[0].starts_on == START + timedelta(42)


@given(st.lists(st.integers(-100, 900)))
def test_each_contact_is_shown_once(days: list[int]) -> None:
    contacts = [contact(day=START + timedelta(each), id=n) for n, each in enumerate(days)]

    found = by_week([FIRST, SECOND], contacts)

    shown = [each.id for week in found for each in week.contacts]
    assert sorted(shown) == [each.id for each in contacts]
    assert len({(each.number, each.starts_on) for each in found if each.starts_on}) == len(
        [each for each in found if each.starts_on]
    )
