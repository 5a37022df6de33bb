"""Who may see a client, and what of them: every rule by itself."""

from datetime import date, datetime, timedelta
from itertools import product

import pytest

from connectdo.clients import rules
from connectdo.clients.models import COACH, LEAD, VOLUNTEER, BrokenGlass, Client, Cover, TeamMember
from connectdo.clients.rules import Ties
from connectdo.programmes.models import Contact
from connectdo.programmes.rules import sees_line

TODAY = date(2026, 10, 6)
NOW = datetime(2026, 10, 6, 12)
ME, OTHER = 1, 2
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


def client(coach: int = OTHER, closed: datetime | None = None) -> Client:
    return Client(coach_id=coach, closed_at=closed)


def ties(kind: str | None, *, until: date | None = None, glass: datetime | None = None) -> Ties:
    return Ties(
        ME,
        TeamMember(kind=kind) if kind else None,
        Cover(until=until) if until else None,
        BrokenGlass(ends_at=glass) if glass else None,
    )


@pytest.mark.parametrize(
    ("who", "of_whom", "looks_after", "works_with"),
    [
        (ties(None), client(), False, False),
        # Who has left the team, though the record still names them.
        (ties(None), client(ME), False, False),
        (ties(COACH), client(ME), True, True),
        (ties(VOLUNTEER), client(ME), True, True),
        (ties(COACH), client(), False, False),
        (ties(VOLUNTEER), client(), False, False),
        (ties(LEAD), client(), True, True),
        (ties(COACH, until=TODAY), client(), False, True),
        (ties(COACH, until=TODAY + DAY), client(), False, True),
        (ties(COACH, until=TODAY - DAY), client(), False, False),
        (ties(None, until=TODAY), client(), False, False),
        (ties(None, glass=NOW + DAY), client(), False, False),
    ],
)
def test_who_works_with_a_client(
    who: Ties, of_whom: Client, looks_after: bool, works_with: bool
) -> None:
    assert rules.looks_after(who, of_whom) == looks_after
    assert rules.works_with(who, of_whom, TODAY) == works_with
    assert rules.can_see(who, of_whom, TODAY, NOW + 2 * DAY) == works_with
    assert rules.can_change(who, of_whom, TODAY) == works_with
    assert not rules.can_change(who, client(of_whom.coach_id, closed=NOW), TODAY)


def test_broken_glass_is_to_see_and_not_to_change_until_it_ends() -> None:
    who = ties(None, glass=NOW + SECOND)

    assert rules.can_see(who, client(), TODAY, NOW)
    assert not rules.can_see(who, client(), TODAY, NOW + SECOND)
    assert not rules.can_see(ties(None), client(), TODAY, NOW)
    assert not rules.can_change(who, client(), TODAY)


@pytest.mark.parametrize(
    ("who", "lead", "coach", "reads"),
    [
        (ties(None), False, False, False),
        (ties(VOLUNTEER), False, False, False),
        (ties(COACH), False, True, True),
        (ties(LEAD), True, True, True),
        (ties(None, glass=NOW), False, False, True),
    ],
)
def test_what_is_for_colleagues_is_for_coaches_and_leads(
    who: Ties, lead: bool, coach: bool, reads: bool
) -> None:
    assert rules.is_lead(who) == lead
    assert rules.is_coach(who) == coach
    assert rules.sees_notes_for_colleagues(who) == reads
    assert sees_line(who, Contact(by_id=OTHER)) == reads
    assert sees_line(who, Contact(by_id=ME))


def test_a_cover_counts_for_colleagues_of_the_team_until_its_day_is_over() -> None:
    found = {
        (kind, days): rules.covers(ties(kind, until=TODAY + days * DAY), TODAY)
        for kind, days in product((None, VOLUNTEER, COACH), (-1, 0, 1))
    }

    assert found == {each: bool(each[0]) and each[1] >= 0 for each in found}
    assert not rules.covers(ties(COACH), TODAY)


def test_one_team_that_is_led_is_enough() -> None:
    coach, lead = TeamMember(kind=COACH), TeamMember(kind=LEAD)

    assert rules.leads_any([coach, lead])
    assert not rules.leads_any([coach])
    assert not rules.leads_any([])
