"""What is written about a client is found nowhere that its reader may not look."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import null, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from connectdo.access import ADMINISTRATOR, MODERATOR
from connectdo.clients.models import (
    LEAD,
    PASSION,
    VOLUNTEER,
    BrokenGlass,
    Client,
    ClientInterest,
    Worry,
)
from connectdo.db import db
from connectdo.people.models import Person
from connectdo.post.delivering import deliver
from connectdo.post.models import Mail
from connectdo.post.sending import outbox
from connectdo.programmes.models import Contact
from connectdo.search.sync import sync
from connectdo.shortlists.models import Item
from tests.clients.canaries import CANARY, canary, sow
from tests.factories import make_client, make_coach, make_listing, make_person
from tests.visitor import Visitor

OPENED_IT = "an administrator who opened the record and closed it again"
KINDS = (
    "stranger",
    "member",
    MODERATOR,
    ADMINISTRATOR,
    OPENED_IT,
    "a coach who had them before",
    "a coach of the team",
    "a volunteer of the team",
    "a coach of another team",
    "a lead of another team",
)
# What other rooms' addresses ask for, in pages that have nothing to do with clients.
ANYTHING = {"secret": "never-was", "token": "never-was", "slug": "choir", "page": "1"}


@pytest.fixture
def mary(app: Flask) -> Client:
    client = make_client()
    make_coach(LEAD, team=client.team)
    sow(client)
    make_listing("Lantern Street Choir", miles=0.0, interests=["Choir"])
    sync()
    return client


def somebody(kind: str, client: Client) -> Person | None:
    """Somebody who may not see the client."""
    before = db.session.scalars(select(Worry)).first()
    assert before
    people = {
        "member": lambda: make_person(),
        MODERATOR: lambda: make_person("", MODERATOR, areas=["Lambeth"]),
        ADMINISTRATOR: lambda: make_person("", ADMINISTRATOR),
        OPENED_IT: lambda: db.session.scalars(select(BrokenGlass)).one().person,
        "a coach who had them before": lambda: before.by,
        "a coach of the team": lambda: make_coach(team=client.team),
        "a volunteer of the team": lambda: make_coach(VOLUNTEER, team=client.team),
        "a coach of another team": lambda: make_coach(),
        "a lead of another team": lambda: make_coach(LEAD),
    }
    return people[kind]() if kind in people else None


def ids_about(client: Client) -> dict[str, object]:
    """What addresses of coaching pages ask for. A room with others adds them here."""
    found: dict[str, object] = {
        "client_id": client.id,
        "team_id": client.team_id,
        "person_id": client.coach_id,
        "interest_id": db.session.scalars(select(ClientInterest.id)).first(),
        "worry_id": db.session.scalars(select(Worry.id)).first(),
        "glass_id": db.session.scalars(select(BrokenGlass.id)).first(),
        "contact_id": db.session.scalars(select(Contact.id)).first(),
        "kind": "call",
        "step": "review",
        "questionnaire": "ucla",
        "moment": "start",
        "item_id": db.session.scalars(select(Item.id)).first(),
        "listing_id": 1,
        "organisation_id": 1,
    }
    db.session.rollback()
    return found


def pages(app: Flask, client: Client) -> Iterator[str]:
    """Every page there is, about this client where it is about one."""
    known = {**ANYTHING, **ids_about(client)}
    addresses = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint != "static" and _knows(rule, known):
            yield addresses.build(rule.endpoint, {each: known[each] for each in rule.arguments})


def _knows(rule: Rule, known: dict[str, object]) -> bool:
    unknown = rule.arguments - set(known)
    assert not (unknown and rule.rule.startswith("/coaching")), f"Say in ids_about: {unknown}"
    return not unknown


def words_of(answer: TestResponse) -> str:
    """All that it says; what is in a PDF is packed, and looked at where it is made."""
    return answer.data.decode(errors="replace").lower()


def comes(app: Flask, person: Person | None) -> Visitor:
    visitor = Visitor(app)
    if person:
        visitor.sign_in(person)
    return visitor


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_shows_a_client_to_who_may_not_see_them(
    app: Flask, mary: Client, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    visitor = comes(app, somebody(kind, mary))

    answers = {path: visitor.get(path) for path in pages(app, mary)}

    # They may read again why they opened it.
    own = canary("reason") if kind == OPENED_IT else "nothing"
    shown = {path: words_of(each) for path, each in answers.items()}
    assert len(answers) > 50
    assert [path for path, each in shown.items() if CANARY in each.replace(own, "")] == []
    assert [path for path, each in answers.items() if each.status_code >= 500] == []
    assert CANARY not in visitor.cookie().lower()
    assert CANARY not in caplog.text.lower()


def test_who_may_see_them_does(app: Flask, mary: Client) -> None:
    """Or the tests around this one would find nothing for want of anything to find."""
    visitor = comes(app, mary.coach)

    found = [path for path in pages(app, mary) if CANARY in words_of(visitor.get(path))]

    assert f"/coaching/clients/{mary.id}" in found
    assert f"/coaching/clients/{mary.id}/copy/all" in found


def test_a_volunteer_sees_nothing_of_the_copy(app: Flask, mary: Client) -> None:
    mary.coach = make_coach(VOLUNTEER, team=mary.team)
    db.session.commit()
    visitor = comes(app, mary.coach)

    assert visitor.get(f"/coaching/clients/{mary.id}/copy/all").status_code == 404


def test_no_mail_and_no_file_beside_the_database_names_a_client(app: Flask, mary: Client) -> None:
    waiting = db.session.scalars(select(Mail)).all()
    texts = [f"{each.subject} {each.body}" for each in waiting]
    db.session.rollback()
    deliver()

    files = [
        each
        for each in Path(app.instance_path).rglob("*")
        if each.is_file() and not each.name.startswith(("connectdo.sqlite3", "places."))
    ]

    assert len(texts) >= 3
    assert list(outbox().glob("*.eml"))
    assert any("index" in str(each) for each in files)
    assert [each for each in texts if CANARY in each.lower()] == []
    assert [each for each in files if CANARY.encode() in each.read_bytes().lower()] == []


def test_a_fault_says_nothing_of_what_was_being_written(
    app: Flask, mary: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The database refuses a row, which is logged."""

    def refused(client: Client, said: str, *_: object) -> None:
        db.session.add(ClientInterest(client_id=client.id, said=said, kind=null()))
        db.session.flush()

    monkeypatch.setattr("connectdo.clients.actions.add_interest", refused)
    said = CANARY + "fault"

    response = comes(app, mary.coach).post(
        f"/coaching/clients/{mary.id}/interests", said=said, kind=PASSION
    )

    assert response.status_code == 500
    assert "IntegrityError" in caplog.text
    assert said not in response.text + caplog.text
