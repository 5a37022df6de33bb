"""Who may change a listing, who may decide about it, and what is shown before anybody has looked:
every rule by itself."""

from typing import Any

import pytest

from connectdo.access import ADMINISTRATOR, COACH, MODERATOR, TEAM_LEAD
from connectdo.listings.models import HIDDEN, LIVE, OURS, STOPPED, WAITING, Listing, Venue
from connectdo.listings.said import LISTS, PLAIN, said
from connectdo.moderation import rules
from connectdo.organisations.models import Membership, Organisation
from connectdo.people.models import Person, StaffRole
from connectdo.places.models import Area

LAMBETH, SOUTHWARK = Area(id=1, name="Lambeth"), Area(id=2, name="Southwark")
ADA, VIC = 1, 2


def person(*roles: str, number: int = ADA, areas: tuple[Area, ...] = ()) -> Person:
    made = Person(id=number, email="ada@mail.example")
    made.staff_roles = [StaffRole(role=each) for each in roles]
    made.areas = list(areas)
    return made


def organisation(*members: int, source: str = OURS, trusted: bool = False) -> Organisation:
    made = Organisation(name="Singers", source=source, trusted=trusted)
    made.memberships = [Membership(person_id=each) for each in members]
    return made


def listing(
    run_by: Organisation | None = None,
    *,
    at: Area | None = None,
    serves: tuple[Area, ...] = (),
    source: str = OURS,
    status: str = LIVE,
    **fields: Any,
) -> Listing:
    plain = {**dict.fromkeys(PLAIN, ""), **{name: [] for name in LISTS}}
    made = Listing(
        **{**plain, "status": status, "source": source, "tags": [], "schedule_words": "", **fields}
    )
    made.organisation = run_by
    made.venue = Venue(name="Hall", area=at) if at else None
    made.serves = list(serves)
    return made


def test_who_is_one_of_its_organisers_looks_after_it() -> None:
    assert rules.looks_after(person(), organisation(ADA))
    assert rules.looks_after(person(), organisation(VIC, ADA))
    assert not rules.looks_after(person(), organisation(VIC))
    assert not rules.looks_after(person(), organisation())
    assert not rules.looks_after(person(), None)
    assert not rules.looks_after(person(ADMINISTRATOR), organisation(VIC))


@pytest.mark.parametrize(
    ("made", "may"),
    [
        (listing(source="charity"), True),
        (listing(source="charity:12"), True),
        (listing(organisation(source="charity"), source="charity"), True),
        (listing(organisation(VIC, source="charity"), source="charity"), False),
        (listing(organisation(), source="charity"), False),
        (listing(), False),
        (listing(source=f"{OURS}:3"), False),
        (listing(source="charity", status=HIDDEN), False),
        (listing(source="charity", status=STOPPED), False),
        (listing(source="charity", status=WAITING), False),
    ],
)
def test_an_imported_one_that_nobody_looks_after_can_be_claimed(made: Listing, may: bool) -> None:
    assert rules.can_be_claimed(made) == may


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (person(ADMINISTRATOR), True),
        (person(MODERATOR, areas=(LAMBETH,)), True),
        (person(MODERATOR, areas=(SOUTHWARK, LAMBETH)), True),
        (person(MODERATOR, areas=(SOUTHWARK,)), False),
        (person(MODERATOR), False),
        (person(COACH, areas=(LAMBETH,)), False),
        (person(TEAM_LEAD, areas=(LAMBETH,)), False),
        (person(areas=(LAMBETH,)), False),
    ],
)
def test_who_moderates_an_area_decides_what_is_in_it(who: Person, may: bool) -> None:
    assert rules.can_moderate(who, listing(at=LAMBETH)) == may
    assert rules.can_moderate(who, listing(serves=(LAMBETH,))) == may
    assert rules.can_edit(who, listing(at=LAMBETH)) == may
    assert rules.can_edit(who, listing(organisation(ADA), at=LAMBETH))
    # Where it is counts, and not whom it serves.
    assert rules.can_moderate(who, listing(at=LAMBETH, serves=(SOUTHWARK,))) == may


@pytest.mark.parametrize("who", [person(MODERATOR), person(MODERATOR, areas=(SOUTHWARK,))])
def test_what_is_nowhere_is_every_moderators(who: Person) -> None:
    assert rules.can_moderate(who, listing())
    assert not rules.can_moderate(person(), listing())


TRUSTED = organisation(ADA, trusted=True)
NEW = {"description": "See https://new.example"}


@pytest.mark.parametrize(
    ("who", "made", "change", "is_known", "at_once"),
    [
        (person(MODERATOR, areas=(LAMBETH,)), listing(at=LAMBETH), NEW, False, True),
        (person(ADMINISTRATOR), listing(status=HIDDEN), NEW, False, True),
        # Their own dates, whoever they are; another's, or what is not shown, not.
        (person(), listing(organisation(ADA)), {"schedule_words": "Mondays"}, False, True),
        (person(), listing(organisation(VIC)), {"schedule_words": "Mondays"}, True, False),
        (person(), listing(organisation(ADA), status=WAITING), {}, True, False),
        (person(), listing(organisation(ADA)), {"cost": "£2"}, True, False),
        (person(), listing(TRUSTED), {"cost": "£2"}, False, True),
        (person(), listing(TRUSTED), NEW, False, False),
        (person(), listing(TRUSTED), NEW, True, True),
        (person(), listing(TRUSTED, status=HIDDEN), {"cost": "£2"}, True, False),
        (person(), listing(TRUSTED, url="https://new.example"), NEW, False, True),
        (person(), listing(TRUSTED, url="https://new.example", status=WAITING), NEW, False, False),
        (person(), listing(), {"cost": "£2"}, True, False),
    ],
)
def test_what_goes_live_before_anybody_has_looked_at_it(
    who: Person, made: Listing, change: dict[str, Any], is_known: bool, at_once: bool
) -> None:
    values = {**said(made), **change}

    assert rules.is_shown_at_once(who, made, values, is_known=is_known) == at_once


def test_a_change_of_dates_alone_is_told_from_others() -> None:
    before = {"name": "Choir", "schedules": [], "schedule_words": ""}

    assert rules.changes_only_dates(before, {**before, "schedules": ["Mondays"]})
    assert rules.changes_only_dates(before, {**before, "schedule_words": "Mondays"})
    assert not rules.changes_only_dates(before, {**before, "name": "Band", "schedules": [1]})
