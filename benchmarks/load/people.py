"""Coaches with their clients, and members with a group they are writing, all signed in."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask, g, session
from flask_wtf.csrf import generate_csrf

from connectdo.access import COACH as COACH_ROLE
from connectdo.clients.models import COACH, PASSION, Client, ClientInterest, Team, TeamMember
from connectdo.db import db
from connectdo.listings.models import Listing
from connectdo.organisations.models import Membership
from connectdo.people import here
from connectdo.people.coming_in import sign_in
from connectdo.people.models import Person, SecondStep, StaffRole
from connectdo.posting.actions import begin
from connectdo.posting.answers import blank

COACHES, CLIENTS_OF_EACH, MEMBERS = 50, 3, 50
LOVES = ("choir", "gardening", "walking", "crafts")
NEAR = ("Leeds", "Bristol", "Sheffield", "Liverpool")


@dataclass(frozen=True)
class Browser:
    """What somebody's browser holds: the cookie, and a token for forms."""

    cookie: str
    token: str


@dataclass(frozen=True)
class Coach:
    """Somebody with clients: id and name of each."""

    browser: Browser
    clients: list[tuple[int, str]]


@dataclass(frozen=True)
class Member:
    """Somebody who looks after a group, and has begun to write another."""

    browser: Browser
    group: str
    draft: int


def coaches(app: Flask) -> Iterator[Coach]:
    """Each in a team of their own, committed. Every client has a name that is in no other's."""
    for number in range(COACHES):
        person = _person(f"coach-{number}@mail.example")
        person.staff_roles = [StaffRole(role=COACH_ROLE)]
        person.second_step = SecondStep(secret="JBSWY3DPEHPK3PXP", used_step=1)  # noqa: S106
        team = Team(name=f"Team {number}", members=[TeamMember(person=person, kind=COACH)])
        clients = [
            Client(team=team, coach=person, name=name_of(number, n), near=NEAR[n % len(NEAR)])
            for n in range(CLIENTS_OF_EACH)
        ]
        for n, client in enumerate(clients):
            loves = LOVES[(number + n) % len(LOVES)]
            client.interests = [ClientInterest(said=loves, kind=PASSION, slugs=[loves])]
        db.session.add_all([team, *clients])
        browser = _browser(app, person, "code")
        yield Coach(browser, [(each.id, each.name) for each in clients])


def members(app: Flask, listings: int) -> Iterator[Member]:
    """Each looks after one of the organisations, committed."""
    for number in range(MEMBERS):
        person = _person(f"member-{number}@mail.example")
        listing = db.session.get_one(Listing, 1 + number * listings // MEMBERS)
        db.session.add(Membership(person=person, organisation=listing.organisation))
        draft = begin(person, {**blank(), "name": f"Lantern {number}", "kind": "group"}, ["what"])
        yield Member(_browser(app, person, "link"), listing.name, draft.id)


def name_of(coach: int, client: int) -> str:
    """A client's name, to be found in a page by `NAMES`."""
    return f"Client{coach}x{client}y"


def _person(email: str) -> Person:
    person = Person(email=email)
    db.session.add(person)
    db.session.flush()
    return person


def _browser(app: Flask, person: Person, way: str) -> Browser:
    """As coming in leaves it. Commits."""
    db.session.flush()
    secret = sign_in(person, way)
    db.session.commit()
    with app.test_request_context():
        # A token is kept for as long as the context, which is the same for all of them here.
        g.pop(app.config["WTF_CSRF_FIELD_NAME"], None)
        token = generate_csrf()
        cookie = {**session, here.SIGNED_IN: secret, here.SEEN: here.now_in_seconds()}
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        return Browser(signer.dumps(cookie), token)
