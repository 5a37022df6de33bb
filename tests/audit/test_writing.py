"""An entry is there when what it tells of was committed, and only then."""

from datetime import date
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from connectdo import audit
from connectdo.access import ADMINISTRATOR
from connectdo.audit.models import Entry, Head
from connectdo.audit.verifying import verify
from connectdo.clients import forgetting
from connectdo.clients.models import Client
from connectdo.clients.telling import looks
from connectdo.db import alembic, db, utc_now
from connectdo.moderation import asking
from connectdo.moderation.models import Question
from connectdo.outcomes import actions as outcomes
from connectdo.outcomes.instruments import START, UCLA
from connectdo.outcomes.models import LINK
from connectdo.people.tickets import CLAIM, NEW_PASSWORD, SIGN_IN, issue
from connectdo.ready import make_ready
from connectdo.shortlists import actions as shortlists
from connectdo.shortlists import sharing
from tests.conftest import Statements
from tests.factories import (
    PASSWORD,
    make_client,
    make_listing,
    make_person,
)
from tests.people.conftest import code_now
from tests.visitor import Visitor

NEW = "harbour violin thimble"
WRITERS, EACH = 4, 10
OFTEN: dict[str, Any] = {"ucla-companionship": "3", "ucla-left-out": "2", "ucla-isolated": "3"}


@pytest.fixture
def mary(visitor: Visitor) -> Client:
    client = make_client()
    visitor.sign_in(client.coach)
    return client


def page_of(client: Client, page: str = "") -> str:
    return f"/coaching/clients/{client.id}{page}"


def told(*columns: str) -> list[tuple[Any, ...]]:
    """What the entries say, the first one first."""
    wanted = [getattr(Entry, each) for each in columns]
    found = [tuple(row) for row in db.session.execute(select(*wanted).order_by(Entry.number))]
    db.session.rollback()
    return found


def acts() -> list[str]:
    return [act for (act,) in told("act")]


# When there is one.


def test_what_is_rolled_back_leaves_no_entry(app: Flask) -> None:
    audit.tell("test", "client", 7)
    db.session.rollback()
    db.session.commit()

    assert acts() == []


def test_a_form_that_is_not_taken_is_a_look(visitor: Visitor, mary: Client) -> None:
    answer = visitor.post(page_of(mary, "/about"), name="")

    assert answer.status_code == 422
    assert told("act", "about_id", "looked") == [("clients.learn", mary.id, True)]


def test_a_change_that_fails_leaves_nothing(
    app: Flask, visitor: Visitor, mary: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(db.session.__class__, "commit", _fails)

    answer = visitor.post(page_of(mary, "/interests"), said="I sing", kind="passion")

    monkeypatch.undo()
    assert answer.status_code == 500
    assert acts() == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_where_a_look_cannot_be_written_there_is_no_page(
    app: Flask, visitor: Visitor, mary: Client, method: str
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    token = visitor.get(page_of(mary, "/about")).status_code
    db.session.execute(delete(Head))
    db.session.commit()

    answer = getattr(visitor, method)(page_of(mary, "/about"))

    assert (token, answer.status_code) == (200, 500)
    assert "Mary" not in answer.text


def test_a_look_is_one_short_transaction(
    visitor: Visitor, mary: Client, statements: Statements
) -> None:
    with statements() as made:
        visitor.get(page_of(mary))

    changes = [each for each in made if each.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [each.split("(")[0].split("SET")[0].strip() for each in changes] == [
        "INSERT INTO audit",
        "UPDATE audit_head",
    ]


def test_a_member_who_changes_something_leaves_an_entry(visitor: Visitor) -> None:
    ada = make_person()
    visitor.sign_in(ada)

    visitor.post("/account/name", name="Ada")

    assert told("act", "by_id") == [("people.name", ada.id)]


def test_what_somebody_keeps_on_their_own_list_is_nobodys_business(visitor: Visitor) -> None:
    listing = make_listing()
    visitor.sign_in(make_person())

    visitor.post(f"/my-list/{listing.id}")
    visitor.post("/sign-in", email="ada@mail.example")

    assert acts() == []


def test_workers_that_write_at_once_make_one_chain(app: Flask) -> None:
    writers = [Thread(target=_write, args=(app,)) for _ in range(WRITERS)]

    for each in writers:
        each.start()
    for each in writers:
        each.join()

    head, found = verify()
    assert head.number == WRITERS * EACH
    assert found.faults == []


# Who comes in, and who has tried.


def test_each_step_of_signing_in_and_out_is_told(visitor: Visitor) -> None:
    ada = make_person("ada@mail.example", ADMINISTRATOR)

    visitor.post("/sign-in/password", email=ada.email, password="wrong")
    visitor.post("/sign-in/password", email="nobody@mail.example", password="wrong")
    visitor.post("/sign-in/password", email=ada.email, password=PASSWORD)
    visitor.post("/sign-in/code", code="000000")
    visitor.post("/sign-in/code", code=code_now())
    visitor.post("/sign-out")

    assert told("act", "about_id", "by_id") == [
        ("people.wrong_password", ada.id, None),
        ("people.wrong_password", None, None),
        ("people.wrong_code", ada.id, None),
        ("people.sign_in code", ada.id, ada.id),
        ("people.sign_out", ada.id, ada.id),
    ]


def test_a_member_who_follows_a_link_is_told(visitor: Visitor) -> None:
    secret = issue(SIGN_IN, "ada@mail.example")
    db.session.commit()

    visitor.post(f"/sign-in/link/{secret}")

    assert acts() == ["people.sign_in link"]


def test_a_new_password_and_a_new_app_are_told(app: Flask, visitor: Visitor) -> None:
    ada = make_person("ada@mail.example", ADMINISTRATOR)
    ada.second_step = None
    secret = issue(NEW_PASSWORD, ada.email)
    db.session.commit()

    visitor.post(f"/sign-in/link/{secret}")
    visitor.post("/sign-in/new-password", password=NEW)
    db.session.refresh(ada)
    assert ada.second_step
    visitor.post("/sign-in/app", code=code_now(ada.second_step.secret))

    assert acts() == [
        "people.choose_password",
        "people.begin_second_step",
        "people.make_recovery_codes",
        "people.sign_in code",
    ]


def test_a_wrong_password_on_the_page_of_ones_account_is_told(visitor: Visitor) -> None:
    ada = make_person("", ADMINISTRATOR)
    visitor.sign_in(ada)

    visitor.post("/account/app", current="wrong")

    assert told("act", "about_id", "by_id") == [("people.wrong_password", ada.id, ada.id)]


# What nobody who has signed in does.


def test_a_command_that_changes_something_is_told_and_one_that_reads_is_not(app: Flask) -> None:
    run = app.test_cli_runner().invoke
    run(args=["people", "add", "ada@mail.example", "--role", "coach"])
    run(args=["people", "list"])
    run(args=["people", "remove", "ada@mail.example", "--role", "coach"])
    run(args=["people", "disable", "ada@mail.example"])

    assert told("act", "kind", "by_id") == [
        ("people.give_role coach", "person", None),
        ("connectdo people add", "", None),
        ("people.take_role coach", "person", None),
        ("connectdo people remove", "", None),
        ("people.disable", "person", None),
        ("connectdo people disable", "", None),
    ]


def test_a_record_that_is_forgotten_by_the_clock_leaves_its_number(app: Flask) -> None:
    mary = make_client()
    number = mary.id
    mary.used_at = mary.closed_at = utc_now().replace(year=2020)
    db.session.commit()

    forgetting.close_and_forget()

    assert told("act", "kind", "about_id") == [("clients.forget", "client", number)]


def test_what_a_client_says_by_their_link_is_told_of_them(app: Flask, visitor: Visitor) -> None:
    mary, listing = make_client(), make_listing()
    item = shortlists.keep(mary, mary.coach, listing, date(2026, 8, 1))
    link = sharing.share(mary, mary.coach, [item])
    outcomes.choose(mary.team, [UCLA], [])
    asked = outcomes.ask(mary, mary.coach, UCLA, START, LINK)
    secret = sharing.secret_of(link)
    db.session.commit()

    visitor.post(f"/l/{secret}/{item.id}/like")
    visitor.post(f"/questions/{asked}", **OFTEN)

    assert told("act", "kind", "about_id", "by_id") == [
        ("shortlists.reply", "client", mary.id, None),
        ("outcomes.answer", "client", mary.id, None),
    ]


def test_what_a_group_says_by_its_link_is_told_of_its_page(app: Flask, visitor: Visitor) -> None:
    listing = make_listing(organisation="Singers", email="choir@group.example")
    ada = make_person(looks_after=listing.organisation)
    question = Question(listing=listing, asked_on=date(2026, 8, 1), last_on=date(2026, 8, 1))
    db.session.add(question)
    db.session.flush()
    token = asking.link_for(question, ada)
    db.session.commit()

    visitor.post(f"/still-right/{token}")
    visitor.post(f"/still-right/{token}/stopped")

    assert ("moderation.confirm", "listing", listing.id) in told("act", "kind", "about_id")


def test_who_agrees_to_a_claim_by_its_link_is_told_of_its_page(
    app: Flask, visitor: Visitor
) -> None:
    listing, ada = make_listing(source="directory"), make_person()
    secret = issue(CLAIM, ada.email, about=listing.id)
    db.session.commit()

    visitor.post(f"/your-groups/claimed/{secret}")

    assert ("posting.claimed", "listing", listing.id) in told("act", "kind", "about_id")


# Looks.


def test_looks_at_one_who_is_gone_are_not_told_of_the_next(app: Flask, visitor: Visitor) -> None:
    gone = make_client()
    coach, number = gone.coach, gone.id
    visitor.sign_in(coach)
    visitor.get(page_of(gone))
    forgetting.forget(gone)
    bo = make_client(coach, "Bo", id=number)

    assert list(looks(bo)) == []


def test_looks_that_were_kept_before_there_was_an_audit_are_in_it(app: Flask) -> None:
    mary = make_client()
    before = "2026-10-07 09:30:00.250000"
    alembic.downgrade("0015")
    old = "insert into look (client_id, person_id, page, at) values ({}, {}, 'clients.about', '{}')"
    db.session.connection().exec_driver_sql(old.format(mary.id, mary.coach_id, before))
    db.session.commit()

    make_ready(app)

    audit.tell("test")
    db.session.commit()
    assert told("act", "about_id", "by_id", "looked") == [
        ("clients.about", mary.id, mary.coach_id, True),
        ("test", None, None, False),
    ]
    assert verify()[1].faults == []


def _fails(_session: object) -> None:
    raise ZeroDivisionError


def _write(app: Flask) -> None:
    with app.app_context():
        for number in range(EACH):
            audit.tell("test", "client", number)
            db.session.commit()
