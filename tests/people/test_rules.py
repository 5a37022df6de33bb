"""Yes or no, about people: how long a sign-in counts, and for whom."""

from datetime import datetime, timedelta

import pytest

from connectdo.access import ADMINISTRATOR, COACH, MODERATOR, TEAM_LEAD
from connectdo.people import rules
from connectdo.people.models import Person, SecondStep, SignIn, StaffRole

NOW = datetime(2026, 10, 6, 12)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


def person(*roles: str, **fields: object) -> Person:
    made = Person(email="ada@mail.example", **{"password_hash": "", **fields})
    made.staff_roles = [StaffRole(role=each) for each in roles]
    return made


def counts(who: Person, age: timedelta, pause: timedelta = SECOND, way: str = "code") -> bool:
    sign_in = SignIn(person=who, way=way, made_at=NOW - age)
    return rules.still_counts(sign_in, NOW - pause, NOW)


def test_a_members_sign_in_lasts_ninety_days_however_long_they_pause() -> None:
    ada = person()

    assert counts(ada, timedelta(days=90) - SECOND, timedelta(days=89), way="link")
    assert not counts(ada, timedelta(days=90), way="link")


@pytest.mark.parametrize("role", [COACH, TEAM_LEAD, MODERATOR, ADMINISTRATOR])
def test_a_sign_in_of_staff_lasts_a_working_day_without_an_hours_pause(role: str) -> None:
    ada = person(role)

    assert counts(ada, 12 * HOUR - SECOND, HOUR - SECOND)
    assert not counts(ada, 12 * HOUR, HOUR - SECOND)
    assert not counts(ada, 2 * HOUR, HOUR)


@pytest.mark.parametrize("way", ["link", "password", "", "CODE"])
def test_staff_come_in_by_a_code_only(way: str) -> None:
    assert not counts(person(COACH), SECOND, way=way)
    assert counts(person(), SECOND, way=way)


def test_who_is_disabled_is_out_at_once() -> None:
    assert not counts(person(disabled_at=NOW), SECOND)
    assert not counts(person(COACH, disabled_at=NOW), SECOND)


@pytest.mark.parametrize(
    ("roles", "page"),
    [
        ((), "posting.groups"),
        ((COACH,), "coaching.home"),
        ((TEAM_LEAD,), "coaching.home"),
        ((MODERATOR,), "moderation.queue"),
        ((ADMINISTRATOR,), "moderation.queue"),
        ((ADMINISTRATOR, COACH), "coaching.home"),
        ((MODERATOR, TEAM_LEAD), "coaching.home"),
    ],
)
def test_everybody_begins_where_their_work_is(roles: tuple[str, ...], page: str) -> None:
    assert rules.work_of(person(*roles)) == page
    assert rules.is_staff(person(*roles)) == bool(roles)


@pytest.mark.parametrize(
    ("password", "used_step", "has", "is_set_up"),
    [
        ("", None, False, False),
        ("hash", None, False, False),
        ("hash", 0, False, False),
        ("", 1, True, False),
        ("hash", 1, True, True),
    ],
)
def test_staff_are_set_up_with_a_password_and_an_app_that_has_shown_a_code(
    password: str, used_step: int | None, has: bool, is_set_up: bool
) -> None:
    ada = person(COACH, password_hash=password)
    ada.second_step = None if used_step is None else SecondStep(secret="A", used_step=used_step)

    assert (rules.has_second_step(ada), rules.is_set_up(ada)) == (has, is_set_up)


@pytest.mark.parametrize(
    ("password", "way", "age", "must"),
    [
        ("hash", "link", timedelta(minutes=30) - SECOND, False),
        ("hash", "link", timedelta(minutes=30), True),
        ("hash", "password", SECOND, True),
        ("hash", "code", SECOND, True),
        ("", "code", 5 * HOUR, False),
        ("", "link", 5 * HOUR, False),
    ],
)
def test_the_old_password_is_asked_unless_a_link_has_just_shown_who_it_is(
    password: str, way: str, age: timedelta, must: bool
) -> None:
    sign_in = SignIn(person=person(password_hash=password), way=way, made_at=NOW - age)

    assert rules.must_say_password(sign_in, NOW) == must
