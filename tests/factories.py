"""Listings and what belongs to them, made with as little as a test needs to say."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import count
from typing import Any

from geopy.distance import distance
from sqlalchemy import select

from connectdo.access import COACH as COACH_ROLE
from connectdo.access import TEAM_LEAD
from connectdo.clients.models import (
    COACH,
    LEAD,
    PASSION,
    VOLUNTEER,
    Client,
    ClientInterest,
    Team,
    TeamMember,
)
from connectdo.clients.queries import memberships_of
from connectdo.db import db
from connectdo.listings.models import AccessAnswer, Interest, Listing, Schedule, Venue
from connectdo.organisations.models import Membership, Organisation
from connectdo.outcomes.actions import keep
from connectdo.outcomes.instruments import MOMENTS, SHIPPED, START, UCLA, Questionnaire
from connectdo.outcomes.models import PAPER, Assessment
from connectdo.people.models import Person, SecondStep, StaffRole
from connectdo.people.secrets import password_hash
from connectdo.places import Point, area_at, find_place
from connectdo.places.models import Area
from connectdo.programmes.models import CALL, SUPPORTED, Contact, Programme, ProgrammeLevel
from connectdo.text import slug

HOME = "SE24 0NG"
PASSWORD = "lantern kettle orbit"
APP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
TODAY = "2026-10-07"
A_TUESDAY = date(2026, 10, 6)

_numbers = count(1)
# Slow on purpose, so each is made once.
_hash_of = cache(password_hash)


def make_listing(
    name: str = "Something to do",
    *,
    miles: float | None = None,
    near: str = HOME,
    interests: Sequence[str] = (),
    serves: Sequence[str] = (),
    access: str = "",
    weekly: str = "",
    organisation: str = "",
    **fields: Any,
) -> Listing:
    """A group, kept and committed. `miles` puts it so far north of `near`, None nowhere.

    `access` is like "step_free; no parking"; `weekly` like "Tue 18:30".
    """
    number = next(_numbers)
    listing = Listing(
        **{
            "kind": "group",
            "name": name,
            "source": "test",
            "source_id": f"test-{number}",
            "delivery": ["in_person"],
            **fields,
        }
    )
    db.session.add(listing)
    listing.interests = [
        db.session.scalars(select(Interest).where(Interest.name == each)).one()
        for each in interests
    ]
    listing.serves = [make_area(each) for each in serves]
    listing.venue = make_venue(near, miles) if miles is not None else None
    listing.organisation = make_organisation(organisation) if organisation else None
    listing.access = [
        AccessAnswer(feature=each.removeprefix("no "), present=not each.startswith("no "))
        for each in filter(None, access.split("; "))
    ]
    if weekly:
        listing.schedules = [weekly_schedule(weekly)]
    db.session.commit()
    return listing


def make_venue(near: str = HOME, miles: float = 0.0) -> Venue:
    """A venue so many miles north of a place."""
    start = find_place(near).point
    there = distance(miles=miles).destination((start.latitude, start.longitude), bearing=0)
    area = area_at(Point(there.latitude, there.longitude))
    return Venue(
        name=f"Hall {next(_numbers)}",
        latitude=there.latitude,
        longitude=there.longitude,
        area=make_area(area) if area else None,
    )


def make_area(name: str) -> Area:
    area = db.session.scalar(select(Area).where(Area.name == name))
    if area is None:
        area = Area(name=name, slug=slug(name))
        db.session.add(area)
    return area


def make_organisation(name: str, **fields: Any) -> Organisation:
    organisation = Organisation(source="test", name=name, **fields)
    db.session.add(organisation)
    return organisation


def weekly_schedule(words: str, since: date = A_TUESDAY, **fields: Any) -> Schedule:
    """Weekly from a start: "Tue 18:30", or "Tue" where no time is known."""
    day, _, at = words.partition(" ")
    return Schedule(
        starts_on=since,
        starts_at=time.fromisoformat(at) if at else None,
        **{
            "recurrence": f"FREQ=WEEKLY;BYDAY={day[:2].upper()}",
            "dates": [],
            "skip_dates": [],
            "cancelled_dates": [],
            **fields,
        },
    )


def once(moment: str, **fields: Any) -> Schedule:
    """A single date: "2026-10-20T18:30"."""
    starts = datetime.fromisoformat(moment)
    return Schedule(
        starts_on=starts.date(),
        starts_at=starts.time() if "T" in moment else None,
        recurrence="",
        **{"dates": [], "skip_dates": [], "cancelled_dates": [], **fields},
    )


def make_person(
    email: str = "",
    *roles: str,
    password: str = "",
    looks_after: Organisation | None = None,
    areas: Sequence[str] = (),
    **fields: Any,
) -> Person:
    """Somebody who signs in, committed. Staff have `PASSWORD` and the app with `APP_SECRET`."""
    person = Person(email=email or f"person-{next(_numbers)}@mail.example", **fields)
    person.staff_roles = [StaffRole(role=each) for each in roles]
    person.areas = [make_area(each) for each in areas]
    if roles:
        person.second_step = SecondStep(secret=APP_SECRET, used_step=1)
    if password or roles:
        person.password_hash = _hash_of(password or PASSWORD)
    db.session.add(person)
    if looks_after:
        db.session.add(Membership(person=person, organisation=looks_after))
    db.session.commit()
    return person


def make_team(
    name: str = "",
    *,
    leads: Sequence[Person] = (),
    coaches: Sequence[Person] = (),
    volunteers: Sequence[Person] = (),
) -> Team:
    """People who coach together, committed."""
    team = Team(name=name or f"Team {next(_numbers)}")
    db.session.add(team)
    for kind, people in ((LEAD, leads), (COACH, coaches), (VOLUNTEER, volunteers)):
        team.members += [TeamMember(person=each, kind=kind) for each in people]
    db.session.commit()
    return team


def make_coach(
    kind: str = COACH, team: Team | None = None, email: str = "", **fields: Any
) -> Person:
    """Somebody in a team, of their own unless one is given, who signs in as staff do."""
    person = make_person(email, TEAM_LEAD if kind == LEAD else COACH_ROLE, **fields)
    team = team or make_team()
    team.members.append(TeamMember(person=person, kind=kind))
    db.session.commit()
    return person


def make_client(
    coach: Person | None = None, name: str = "Mary", *, loves: Sequence[str] = (), **known: Any
) -> Client:
    """Somebody's client, in the first team they are in. `loves` are names of interests."""
    coach = coach or make_coach()
    team = memberships_of(coach)[0].team
    client = Client(team=team, coach=coach, name=name, **known)
    client.interests = [
        ClientInterest(said=each, kind=PASSION, slugs=[slug(each)]) for each in loves
    ]
    db.session.add(client)
    db.session.commit()
    return client


def make_programme(client: Client, started_on: date = A_TUESDAY, **fields: Any) -> Programme:
    """A client's twelve weeks, committed."""
    programme = Programme(client_id=client.id, started_on=started_on, **fields)
    programme.levels = [ProgrammeLevel(level=SUPPORTED, since=started_on)]
    db.session.add(programme)
    db.session.commit()
    return programme


def make_contact(
    client: Client, kind: str = CALL, minutes: int = 10, day: date = A_TUESDAY, **fields: Any
) -> Contact:
    """A contact with a client, by their coach unless by another, committed."""
    contact = Contact(
        **{"client": client, "by": client.coach, **fields}, kind=kind, minutes=minutes, day=day
    )
    db.session.add(contact)
    db.session.commit()
    return contact


def make_assessment(
    client: Client,
    values: Sequence[int | None] = (3, 3, 3),
    moment: str = START,
    *,
    asked: Questionnaire = SHIPPED[UCLA],
    on: date | None = None,
) -> Assessment:
    """What a client answered, in the order of the questions, six weeks after the moment before,
    committed."""
    keys = (each.key for each in asked.items)
    answers = dict(zip(keys, values, strict=True))
    day = on or date(2026, 6, 2) + timedelta(days=42 * list(MOMENTS).index(moment))
    assessment = keep(client, asked, moment, PAPER, day, answers, client.coach_id)
    db.session.commit()
    return assessment
