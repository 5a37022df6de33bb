"""In an emergency an administrator opens a record: for some hours, and the leads are told why."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from connectdo.access import ADMINISTRATOR
from connectdo.audit.models import Entry
from connectdo.clients.limits import EMERGENCIES
from connectdo.clients.models import LEAD, BrokenGlass, Client
from connectdo.db import db, utc_now
from connectdo.people.models import Person
from connectdo.post.models import Mail
from tests.factories import make_client, make_coach, make_person, make_team
from tests.visitor import Visitor

WHY = "The hospital rang about her and her coach is away."
Comes = Callable[[Person], Visitor]


@pytest.fixture
def mary(app: Flask) -> Client:
    return make_client(make_coach(team=make_team("Walkers")))


@pytest.fixture
def lead(mary: Client) -> Person:
    return make_coach(LEAD, team=mary.team)


@pytest.fixture
def administrator(visitor: Visitor, mary: Client) -> Person:
    person = make_person("adam@mail.example", ADMINISTRATOR, name="Adam")
    visitor.sign_in(person)
    return person


def page_of(client: Client, page: str = "") -> str:
    return f"/coaching/clients/{client.id}{page}"


def open_it(visitor: Visitor, client: Client, reason: str = WHY) -> int:
    return visitor.post("/coaching/emergency", number=client.id, reason=reason).status_code


def test_a_reason_opens_the_record_for_four_hours(
    visitor: Visitor, administrator: Person, mary: Client
) -> None:
    before = visitor.get(page_of(mary)).status_code
    open_it(visitor, mary)
    during = visitor.get(page_of(mary))

    broken = db.session.scalars(select(BrokenGlass)).one()
    assert timedelta(hours=3.9) < broken.ends_at - utc_now() <= timedelta(hours=4)
    broken.ends_at = utc_now()
    db.session.commit()
    assert (before, during.status_code) == (404, 200)
    assert "You have opened this record in an emergency" in during.text
    assert visitor.get(page_of(mary)).status_code == 404


def test_the_name_of_the_team_and_the_person_do_as_well(
    visitor: Visitor, administrator: Person, mary: Client
) -> None:
    response = visitor.post("/coaching/emergency", team="walkers", name="mary", reason=WHY)

    assert response.headers["Location"] == page_of(mary)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"number": "1", "reason": "Urgent"}, "Write at least one sentence"),
        ({"reason": WHY}, "Enter the number of the record, or the team and the name"),
        ({"team": "Walkers", "name": "Noor", "reason": WHY}, "There is no such record"),
        ({"number": "99999", "reason": WHY}, "There is no such record"),
        ({"number": "99999999999999", "reason": WHY}, "up to 9 figures"),
        ({"number": "-1", "reason": WHY}, "up to 9 figures"),
    ],
)
def test_what_opens_nothing_says_what_to_do(
    visitor: Visitor, administrator: Person, mary: Client, typed: dict[str, Any], said: str
) -> None:
    response = visitor.post("/coaching/emergency", **typed)

    assert response.status_code == 422
    assert said in response.text
    assert typed["reason"] in response.text
    assert db.session.scalars(select(BrokenGlass)).all() == []


def test_two_of_the_same_name_are_told_apart_by_number_only(
    visitor: Visitor, administrator: Person, mary: Client
) -> None:
    make_client(mary.coach, "Mary")

    response = visitor.post("/coaching/emergency", team="Walkers", name="Mary", reason=WHY)

    assert "several people of that name" in response.text


def test_the_leads_are_mailed_at_once_and_read_why(
    app: Flask, visitor: Visitor, administrator: Person, mary: Client, lead: Person
) -> None:
    open_it(visitor, mary)

    mail = db.session.scalars(select(Mail).where(Mail.recipient == lead.email)).one()
    theirs = Visitor(app)
    theirs.sign_in(lead)
    page = theirs.get("/coaching/glass").text
    assert "/coaching/glass" in mail.body
    assert not [word for word in ("Mary", "hospital") if word in mail.subject + mail.body]
    assert all(each in page for each in ("Adam", "Mary", WHY))


def test_where_no_lead_can_come_in_the_coach_is_told(
    visitor: Visitor, administrator: Person, mary: Client
) -> None:
    open_it(visitor, mary)

    assert db.session.scalars(select(Mail.recipient)).all() == [mary.coach.email]


def test_leads_of_other_teams_do_not_hear_of_it(
    app: Flask, visitor: Visitor, administrator: Person, mary: Client
) -> None:
    open_it(visitor, mary)
    other = Visitor(app)
    other.sign_in(make_coach(LEAD))
    broken = db.session.scalars(select(BrokenGlass)).one()

    assert "Mary" not in other.get("/coaching/glass").text
    assert other.post(f"/coaching/glass/{broken.id}/close").status_code == 404


def test_each_look_through_it_is_written_down(
    visitor: Visitor, administrator: Person, mary: Client
) -> None:
    open_it(visitor, mary)

    visitor.get(page_of(mary))
    visitor.get(page_of(mary, "/record"))

    theirs = select(Entry.act, Entry.looked).where(Entry.by_id == administrator.id)
    entries = db.session.execute(theirs.order_by(Entry.number)).all()
    assert entries == [
        ("clients.break_glass", False),
        ("coaching.client", True),
        ("clients.record", True),
    ]


def test_who_broke_the_glass_reads_and_does_not_write(
    app: Flask, visitor: Visitor, mary: Client
) -> None:
    """Not even somebody who coaches elsewhere, and has the pages that write."""
    outside = make_coach()
    visitor.sign_in(outside)
    db.session.add(
        BrokenGlass(
            client_id=mary.id,
            person_id=outside.id,
            reason=WHY,
            ends_at=utc_now() + timedelta(hours=1),
        )
    )
    db.session.commit()
    client_pages = [
        rule.rule.replace(f"<int(max={2**31 - 1}):client_id>", str(mary.id))
        for rule in app.url_map.iter_rules()
        if rule.arguments == {"client_id"} and "POST" in (rule.methods or ())
    ]

    answers = {path: visitor.post(path).status_code for path in client_pages}

    assert len(answers) > 8
    assert set(answers.values()) == {404}
    page = visitor.get(page_of(mary)).text
    assert 'action="/coaching/clients' not in page


@pytest.mark.parametrize("by", ["who opened it", "a lead"])
def test_it_is_closed_again_before_its_time(
    app: Flask, visitor: Visitor, administrator: Person, mary: Client, lead: Person, by: str
) -> None:
    open_it(visitor, mary)
    broken = db.session.scalars(select(BrokenGlass)).one()
    closing = visitor
    if by == "a lead":
        closing = Visitor(app)
        closing.sign_in(lead)

    closing.post(f"/coaching/glass/{broken.id}/close")

    assert visitor.get(page_of(mary)).status_code == 404


def test_what_was_closed_does_not_name_them_to_who_opened_it(
    visitor: Visitor, administrator: Person, mary: Client
) -> None:
    open_it(visitor, mary)
    broken = db.session.scalars(select(BrokenGlass)).one()

    before = visitor.get("/coaching/glass").text
    visitor.post(f"/coaching/glass/{broken.id}/close")

    assert "Mary" in before
    assert "Mary" not in visitor.get("/coaching/glass").text


def test_nobody_opens_one_record_after_another(
    visitor: Visitor, administrator: Person, mary: Client
) -> None:
    answers = [open_it(visitor, mary) for _ in range(EMERGENCIES.most + 1)]

    assert answers == [303] * EMERGENCIES.most + [429]
