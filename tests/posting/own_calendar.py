"""An organiser who gives the address of a calendar, and the site that it is on."""

import re
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from time_machine import TimeMachineFixture
from werkzeug.test import TestResponse

from connectdo.access import MODERATOR
from connectdo.db import db
from connectdo.listings.models import Listing
from connectdo.listings.said import said
from connectdo.moderation.actions import propose
from connectdo.moderation.models import APPROVED
from connectdo.people.models import Person
from connectdo.posting import looking
from connectdo.posting.models import FollowedCalendar
from tests.calendars.conftest import Answer, Site
from tests.calendars.writing import calendar
from tests.factories import make_listing, make_person
from tests.visitor import Visitor

ADD = "/your-groups/calendars/add"


class Keeper:
    """Keeps a calendar elsewhere, and has it followed."""

    def __init__(self, site: Site, visitor: Visitor, choir: Listing, ada: Person) -> None:
        self.site, self.visitor, self.choir, self.ada = site, visitor, choir, ada
        self.given = ""

    def put(self, *events: str) -> None:
        """What is in the calendar from now on."""
        self.site.paths["/cal.ics"] = partial(Answer.say, body=calendar(*events))

    def give(self, path: str = "/cal.ics", **fields: Any) -> TestResponse:
        """Gives its address, or what is said instead; the rest as the choir has it."""
        sent: dict[str, Any] = {
            "address": self.site.url(path),
            "like": str(self.choir.id),
            **fields,
        }
        response = self.visitor.post(ADD, **sent)
        self.given = response.headers.get("Location", "")
        return response

    def preview(self) -> str:
        return self.visitor.get(self.given).text

    def offered(self) -> list[str]:
        """The ids of the events that would be posted."""
        return re.findall(r'name="post" type="checkbox" value="([^"]+)"', self.preview())

    def follow(self, *chosen: str) -> None:
        """Says yes to the events with these ids; to all where none are said."""
        response = self.visitor.post(self.given, post=list(chosen or self.offered()))
        assert response.status_code == 303, response.text

    def give_and_follow(self, *events: str) -> None:
        self.put(*events)
        self.give()
        self.follow()

    def due(self) -> None:
        """Some hours have gone by."""
        db.session.rollback()
        db.session.scalars(select(FollowedCalendar)).one().due_at = datetime(2026, 1, 1)
        db.session.commit()

    def look(self, *events: str) -> None:
        """The worker's job, when the calendar is due again and holds these events."""
        self.put(*events)
        self.due()
        looking.look_around()

    def groups(self) -> str:
        return self.visitor.get("/your-groups").text


@pytest.fixture
def october(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(datetime(2026, 10, 7, 12, tzinfo=UTC))


@pytest.fixture
def choir(app: Flask) -> Listing:
    """On the site, of a trusted organisation."""
    listing = make_listing(
        "Lantern Street Choir", miles=0.0, interests=["Choir"], organisation="Singers",
        weekly="Tue 18:30", phone="01632 960123", booking="drop_in", access="step_free",
        cost="£3", is_free=False, first_visit="Maureen meets you.",
    )  # fmt: skip
    assert listing.organisation
    listing.organisation.trusted = True
    db.session.commit()
    return listing


@pytest.fixture
def ada(choir: Listing, visitor: Visitor) -> Person:
    """Looks after the choir, and is signed in."""
    person = make_person("ada@mail.example", looks_after=choir.organisation)
    # A moderator has read something of hers, so what she writes may lead to other sites.
    version = propose(person, choir, {**said(choir), "cost": "£4"}, 0)
    version.decision, version.decided_by = APPROVED, make_person("", MODERATOR)
    db.session.commit()
    visitor.sign_in(person)
    return person


@pytest.fixture
def keeper(
    site: Site, visitor: Visitor, choir: Listing, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> Keeper:
    """The network of these tests is the one small site."""
    monkeypatch.setattr(looking, "NETWORK", site.network())
    return Keeper(site, visitor, choir, ada)


def listing_called(name: str) -> Listing:
    """The one listing of that name, as it is now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(Listing).where(Listing.name == name)).one()


def names() -> list[str]:
    """What is there besides the choir."""
    db.session.rollback()
    db.session.expire_all()
    query = select(Listing.name).where(Listing.source == "connectdo").order_by(Listing.name)
    return list(db.session.scalars(query))
