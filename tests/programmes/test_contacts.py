"""Contacts: two taps, what may be written besides, and who reads it."""

import logging
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from connectdo.audit.models import Entry
from connectdo.clients.actions import cover
from connectdo.clients.models import LEAD, VOLUNTEER, Client
from connectdo.days import london_today
from connectdo.db import db
from connectdo.programmes.models import CALL, MEETING, REVIEW, TEXT, VISIT, Contact
from connectdo.programmes.queries import contacts_of
from tests.factories import make_client, make_coach, make_contact
from tests.visitor import Visitor

CANARY = "Zebrafinch allotment"


def page_of(client: Client, page: str = "") -> str:
    return f"/coaching/clients/{client.id}{page}"


def only_contact(client: Client) -> Contact:
    (contact,) = contacts_of(client)
    return contact


@pytest.mark.parametrize(
    ("page", "back"),
    [
        ("/coaching", "/coaching"),
        ("/coaching/clients/{}", "/coaching/clients/{}"),
        ("/coaching/clients/{}/twelve-weeks", "/coaching/clients/{}/twelve-weeks"),
    ],
)
def test_a_call_is_written_down_in_two_taps(
    visitor: Visitor, mary: Client, page: str, back: str
) -> None:
    first_tap = next(
        line.split('href="')[1].split('"')[0]
        for line in visitor.get(page.format(mary.id)).text.splitlines()
        if "/contacts/add/call" in line
    )
    visitor.get(first_tap)
    second_tap = visitor.post(first_tap, minutes="10")

    contact = only_contact(mary)
    assert (contact.kind, contact.minutes, contact.times) == (CALL, 10, 1)
    assert (contact.day, contact.by_id) == (london_today(), mary.coach_id)
    assert second_tap.headers["Location"] == f"{back.format(mary.id)}?logged={contact.id}"
    assert "Mary: Call, 10 minutes." in visitor.follow(second_tap).text


def test_it_can_be_undone_at_once(visitor: Visitor, mary: Client) -> None:
    logged = visitor.post(page_of(mary, "/contacts/add/call?back=home"), minutes="10")
    contact = only_contact(mary)
    undo = page_of(mary, f"/contacts/{contact.id}/remove?back=home")
    assert undo in visitor.follow(logged).text

    undone = visitor.post(undo)

    assert contacts_of(mary) == []
    assert undone.headers["Location"] == "/coaching"


def test_a_number_that_is_written_counts(visitor: Visitor, mary: Client) -> None:
    visitor.post(page_of(mary, "/contacts/add/call"), minutes="5", other="12")

    assert only_contact(mary).minutes == 12


@pytest.mark.parametrize("other", ["", "0", "long", "1441", "-5", "²"])
def test_without_a_number_of_minutes_it_says_what_to_write(
    visitor: Visitor, mary: Client, other: str
) -> None:
    response = visitor.post(page_of(mary, "/contacts/add/call"), other=other)

    assert response.status_code == 422
    assert "Write how many minutes, like 25" in response.text
    assert contacts_of(mary) == []


def test_a_contact_may_be_for_a_step(visitor: Visitor, mary: Client) -> None:
    visitor.post(page_of(mary, "/contacts/add/meeting?step=review"), minutes="30")
    visitor.post(page_of(mary, "/contacts/add/meeting?step=nonsense"), minutes="30")

    assert [each.step for each in contacts_of(mary)] == ["", REVIEW]


def test_several_of_another_day_are_written_down_at_once(visitor: Visitor, mary: Client) -> None:
    visitor.post(
        page_of(mary, "/contacts/write/text"),
        kind=TEXT,
        minutes="120",
        day="yesterday",
        times="37",
        step="",
        line=CANARY,
    )

    contact = only_contact(mary)
    assert (contact.times, contact.minutes, contact.line) == (37, 120, CANARY)
    assert contact.day == london_today() - timedelta(days=1)
    page = visitor.get(page_of(mary, "/twelve-weeks")).text
    assert "37 texts, 2 hours" in page
    assert CANARY in page


def test_faults_are_named_and_the_rest_is_kept(visitor: Visitor, mary: Client) -> None:
    response = visitor.post(
        page_of(mary, "/contacts/write/call"),
        kind="pigeon",
        minutes="soon",
        day="31 February",
        times="0",
        step="picnic",
        line=CANARY,
    )

    assert response.status_code == 422
    for message in (
        "Choose what it was",
        "Write how many minutes, like 25",
        "Write how many there were, from 1 to 500",
        "Choose what it was for",
    ):
        assert message in response.text
    assert f'value="{CANARY}"' in response.text
    assert contacts_of(mary) == []


def test_a_contact_is_put_right(visitor: Visitor, mary: Client) -> None:
    contact = make_contact(mary, CALL, 10, london_today())

    visitor.post(
        page_of(mary, f"/contacts/{contact.id}"),
        kind=VISIT,
        minutes="90",
        day="today",
        times="1",
        step="visits",
        line="The garden together",
    )

    db.session.refresh(contact)
    assert (contact.kind, contact.minutes, contact.step) == (VISIT, 90, "visits")
    assert "The garden together" in visitor.get(page_of(mary, f"/contacts/{contact.id}")).text


def test_a_contact_with_another_client_is_not_there(visitor: Visitor, mary: Client) -> None:
    others = make_contact(make_client())
    page = page_of(mary, f"/contacts/{others.id}")

    answers = [visitor.get(page), visitor.post(page), visitor.post(f"{page}/remove")]

    assert [each.status_code for each in answers] == [404, 404, 404]
    assert db.session.get(Contact, others.id)


def test_a_banner_is_not_made_of_another_clients_contact(visitor: Visitor, mary: Client) -> None:
    others = make_contact(make_client())

    pages = [
        visitor.get(f"{page}?logged={number}").text
        for page in ("/coaching", page_of(mary), page_of(mary, "/twelve-weeks"))
        for number in (others.id, 10**30, "x")
    ]

    assert not any("Undo" in each for each in pages)


def test_in_a_closed_record_nothing_is_written_down(visitor: Visitor, mary: Client) -> None:
    contact = make_contact(mary)
    mary.closed_at = mary.created_at
    db.session.commit()

    assert visitor.post(page_of(mary, "/contacts/add/call"), minutes="5").status_code == 404
    assert visitor.post(page_of(mary, f"/contacts/{contact.id}/remove")).status_code == 404
    assert "Remove" not in visitor.get(page_of(mary, f"/contacts/{contact.id}")).text


def test_a_volunteer_reads_their_own_lines_only(app: Flask, visitor: Visitor) -> None:
    volunteer = make_coach(VOLUNTEER)
    client = make_client(volunteer)
    lead = make_coach(LEAD, team=client.team)
    own = make_contact(client, CALL, 7, line="We spoke of tomatoes")
    others = make_contact(client, MEETING, 45, by=lead, line=CANARY)
    visitor.sign_in(volunteer)

    page = visitor.get(page_of(client, "/twelve-weeks")).text

    assert "We spoke of tomatoes" in page
    assert "Face to face, 45 minutes" in page
    assert CANARY not in page
    assert visitor.get(page_of(client, f"/contacts/{own.id}")).status_code == 200
    assert visitor.get(page_of(client, f"/contacts/{others.id}")).status_code == 404
    assert visitor.post(page_of(client, f"/contacts/{others.id}/remove")).status_code == 404


def test_a_colleague_who_covers_reads_every_line(visitor: Visitor, mary: Client) -> None:
    colleague = make_coach(team=mary.team, name="Sam")
    cover(mary, colleague, london_today())
    make_contact(mary, line=CANARY)
    visitor.sign_in(colleague)

    visitor.post(page_of(mary, "/contacts/add/call"), minutes="5")

    assert CANARY in visitor.get(page_of(mary, "/twelve-weeks")).text
    assert "Sam" in visitor.get(page_of(mary, "/twelve-weeks")).text


def test_a_line_is_in_no_address_message_or_log(
    visitor: Visitor, mary: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    written = visitor.post(
        page_of(mary, "/contacts/write/call?back=home"),
        kind=CALL,
        minutes="5",
        day="today",
        times="1",
        line=CANARY,
    )

    assert only_contact(mary).line == CANARY
    assert CANARY not in written.headers["Location"]
    assert CANARY not in visitor.follow(written).text
    assert CANARY not in visitor.get(page_of(mary)).text
    assert CANARY not in caplog.text


def test_each_page_of_contacts_is_a_look(visitor: Visitor, mary: Client) -> None:
    contact = make_contact(mary)

    visitor.get(page_of(mary, "/twelve-weeks"))
    visitor.get(page_of(mary, f"/contacts/{contact.id}"))

    looks = db.session.scalars(select(Entry.act).order_by(Entry.number)).all()
    assert looks == ["programmes.weeks", "programmes.contact"]


def test_with_a_client_all_contacts_are_deleted(app: Flask, mary: Client) -> None:
    make_contact(mary)

    db.session.delete(mary)
    db.session.commit()

    assert db.session.scalars(select(Contact)).all() == []
