"""Every page that changes something for staff, and every page about a client, leaves its entry.

A new page for staff that takes a form fails until it has a row in `WRITES`; a new public one until
it is in `TOLD` or has a reason in `UNTOLD`.
"""

from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from flask import Flask
from sqlalchemy import select

from connectdo.access import ADMINISTRATOR, MEMBER, STRANGER, who_may_enter
from connectdo.audit.models import Entry
from connectdo.clients.models import COACH, LEAD, Client
from connectdo.days import london_today
from connectdo.db import db
from connectdo.listings.models import Listing
from connectdo.people.models import Person
from connectdo.search.sync import sync
from connectdo.shortlists.models import Item
from tests.factories import (
    PASSWORD,
    make_client,
    make_coach,
    make_listing,
    make_person,
)
from tests.test_access import IN_AN_ADDRESS, what_is_to_be_looked_at
from tests.visitor import Visitor

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
# Public pages that say themselves what they are about; each has a test in `test_writing`.
TOLD = {
    "moderation.confirm",
    "moderation.stop",
    "outcomes.answer",
    "people.choose_password",
    "people.code",
    "people.follow",
    "people.password",
    "people.set_up_app",
    "people.sign_out",
    "posting.claimed",
    "shortlists.reply",
}
OWN_LIST = "A list that somebody keeps for themselves, without an account"
UNTOLD = {
    "directory.keep": OWN_LIST,
    "directory.drop": OWN_LIST,
    "directory.clear": OWN_LIST,
    "directory.share": OWN_LIST,
    "directory.stop_sharing": OWN_LIST,
    "directory.report": "From a visitor; what a moderator makes of it is told",
    "people.sign_in": "Anybody may ask for a link to any address; its use is told",
    "shortlists.key": "Gives somebody's own device its key, and changes nothing",
}
OFTEN = {"ucla-companionship": "3", "ucla-left-out": "2", "ucla-isolated": "3"}
# Some of what is typed into these forms.
SAID = ("Mary", "Cy", "@", "sing", "bruise", "hospital", "Rang")
# Those that are about a client, and whose address does not say so.
ABOUT_A_CLIENT = {"clients.add", "clients.break_glass", "clients.mend_glass", "clients.see_to"}


class World(NamedTuple):
    """One of everything, and the people who may change it."""

    client: Client
    other_client: Client
    listing: Listing
    other_listing: Listing
    lead: Person
    colleague: Person
    administrator: Person
    ids: dict[str, Any]


@pytest.fixture
def world(app: Flask) -> World:
    listing = make_listing("Choir", miles=0.0, organisation="Choirs", weekly="Tue 18:30")
    other = make_listing("Other choir")
    ids = {"listing_id": listing.id, **what_is_to_be_looked_at(listing)}
    client = db.session.get_one(Client, ids["client_id"])
    lead = make_coach(LEAD, team=client.team)
    colleague = make_coach(COACH, team=client.team)
    other_client = make_client(lead, "Bo")
    sync()
    administrator = make_person("", ADMINISTRATOR)
    return World(client, other_client, listing, other, lead, colleague, administrator, ids)


class Write(NamedTuple):
    """A form that is taken."""

    endpoint: str
    form: dict[str, Any] = {}
    address: dict[str, Any] = {}
    by_administrator: bool = False


def writes(world: World) -> list[Write]:
    """A form for every page, in an order in which all are taken."""
    today = london_today()
    day = f"{today.day} {today:%B %Y}"
    later = today + timedelta(days=3)
    other, colleague = {"client_id": world.other_client.id}, {"person_id": world.colleague.id}
    coach = {"person_id": world.client.coach_id}
    item = db.session.get_one(Item, world.ids["item_id"])
    return [
        Write("clients.add", {"name": "Cy", "team": world.client.team_id}),
        Write("clients.learn", {"name": "Mary", "near": "SE24"}),
        Write("clients.add_interest", {"said": "I sing", "kind": "passion"}),
        Write("clients.drop_interest"),
        Write("clients.consent", {"keep": "yes"}),
        Write("clients.cover", {"person": world.colleague.id, "until": day}),
        Write("clients.end_cover", address=colleague),
        Write("clients.worried", {"words": "A bruise", "team": world.client.team_id}),
        Write("clients.see_to", {"done": "Rang"}),
        Write("clients.worried_about", {"words": "A bruise"}, other),
        Write("clients.hand_over", {"person": world.colleague.id}, other),
        Write("clients.close", address=other),
        Write("clients.open_again", address=other),
        Write("clients.invite", {"email": "new@groups.example", "kind": "coach"}),
        Write("clients.member", {"kind": "volunteer"}, coach),
        Write("clients.set_up_team", {"close_after_months": "6", "forget_after_months": "12"}),
        Write("shortlists.keep", {}, {"listing_id": world.other_listing.id}),
        Write(
            "shortlists.change",
            {"number": item.number, "state": "tried", "why": "Loud"},
        ),
        Write("shortlists.move", address={"way": "down"}),
        Write("shortlists.seen"),
        Write("shortlists.share", {"item": world.ids["item_id"]}),
        Write("shortlists.mail", {"email": "mary@mail.example"}),
        Write("shortlists.stop_sharing"),
        Write("shortlists.decline", {}, {"listing_id": world.other_listing.id}),
        Write("shortlists.drop"),
        Write("programmes.begin", {"day": "1 October 2026", "level": "supported"}),
        Write("programmes.support", {"level": "signposting"}),
        Write("programmes.say"),
        Write("programmes.another_day", {"day": f"{later.day} {later:%B}"}),
        Write("programmes.log", {"minutes": "10"}),
        Write("programmes.write", {"kind": "call", "minutes": "5", "day": day, "times": "1"}),
        Write("programmes.change", {"kind": "call", "minutes": "5", "day": day, "times": "1"}),
        Write("programmes.remove"),
        Write("programmes.end", {"day": day, "ending": "alone"}),
        Write("programmes.go_on"),
        Write("outcomes.remove"),
        Write("outcomes.went_on", {"kinds": "group", "on": day}),
        Write("outcomes.drop_went_on"),
        Write("outcomes.stop_link"),
        Write("outcomes.choose", {"questionnaires": "ucla", "statements": "I sing more"}),
        Write("outcomes.ask", {"questionnaire": "ucla", "moment": "start", "how": "link"}),
        Write("outcomes.paper", {"on": day, **OFTEN}),
        Write(
            "clients.break_glass",
            {"number": world.client.id, "reason": "The hospital rang about her."},
            by_administrator=True,
        ),
        Write("clients.mend_glass"),
        Write("clients.forget"),
        Write("clients.remove", address=coach),
        Write("people.change_app", {"current": PASSWORD}, by_administrator=True),
        Write("moderation.question", {"decision": "leave"}, by_administrator=True),
        Write("moderation.version", {"decision": "approve"}, by_administrator=True),
        Write("moderation.report", {"decision": "nothing"}, by_administrator=True),
        Write("moderation.claim", {"decision": "refuse", "words": "No."}, by_administrator=True),
        Write("moderation.restore", address={"number": 1}, by_administrator=True),
        Write("moderation.hide", by_administrator=True),
        Write("moderation.show", by_administrator=True),
        Write("moderation.trust", {"trusted": "yes"}, by_administrator=True),
    ]


def entries() -> list[Entry]:
    found = list(db.session.scalars(select(Entry).order_by(Entry.number)))
    db.session.rollback()
    return found


def path_of(app: Flask, world: World, endpoint: str, **address: Any) -> str:
    rule = next(app.url_map.iter_rules(endpoint))
    values = {**IN_AN_ADDRESS.get(endpoint, {}), **world.ids, **address}
    return app.url_map.bind("localhost").build(
        endpoint, {each: values[each] for each in rule.arguments}
    )


def unsafe(app: Flask) -> set[str]:
    return {each.endpoint for each in app.url_map.iter_rules() if UNSAFE & (each.methods or set())}


def test_every_page_that_changes_something_is_known_here(app: Flask, world: World) -> None:
    known = {each.endpoint for each in writes(world)} | set(TOLD) | set(UNTOLD)
    for_members = {each for each in unsafe(app) if is_for_members(app, each)}

    assert unsafe(app) == known | for_members


def is_for_members(app: Flask, endpoint: str) -> bool:
    """What they change is told by the same few lines as for staff: `test_writing` tries one."""
    kinds = who_may_enter(app, endpoint)
    return MEMBER in kinds and STRANGER not in kinds


def test_every_change_by_staff_leaves_an_entry(app: Flask, world: World, visitor: Visitor) -> None:
    faults = []
    for each in writes(world):
        who = world.administrator if each.by_administrator else world.lead
        path = path_of(app, world, each.endpoint, **each.address)
        visitor.sign_in(who)
        before = len(entries())
        visitor.post(path, **each.form)
        own = [entry for entry in entries()[before:] if entry.act == each.endpoint]
        told = [(entry.by_id, entry.looked, entry.kind) for entry in own]
        if told != [(who.id, False, kind_of(path, each.endpoint))]:
            faults.append((each.endpoint, told))

    assert faults == []
    words = " ".join(f"{each.act} {each.kind}" for each in entries())
    assert not {word for word in SAID if word in words}


def kind_of(path: str, endpoint: str) -> str:
    """What a page is about."""
    if path.startswith("/coaching/clients/") or endpoint in ABOUT_A_CLIENT:
        return "client"
    if path.startswith("/coaching/team/"):
        return "team"
    return "listing" if path.startswith("/moderation") else ""


def test_every_page_about_a_client_is_a_look(app: Flask, world: World, visitor: Visitor) -> None:
    pages = [
        each.endpoint
        for each in app.url_map.iter_rules()
        if "GET" in (each.methods or set()) and "client_id" in each.arguments
    ]
    visitor.sign_in(world.lead)
    faults = []

    for page in pages:
        before = len(entries())
        visitor.get(path_of(app, world, page))
        told = [
            (each.act, each.kind, each.about_id, each.by_id, each.looked)
            for each in entries()[before:]
        ]
        if told != [(page, "client", world.client.id, world.lead.id, True)]:
            faults.append((page, told))

    assert pages
    assert faults == []
