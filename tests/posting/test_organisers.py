"""Several people look after one organisation: they invite, remove and leave."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from connectdo.db import db, utc_now
from connectdo.organisations.models import Membership, Organisation
from connectdo.people.models import Person, Ticket
from connectdo.post.models import Mail
from connectdo.posting.limits import INVITATIONS, INVITATIONS_TO_AN_ADDRESS
from tests.conftest import Comes
from tests.factories import make_listing, make_person
from tests.visitor import Visitor

BO = "bo@mail.example"


@pytest.fixture
def singers(app: Flask) -> Organisation:
    """Runs a choir."""
    organisation = make_listing("Lantern Street Choir", organisation="Singers").organisation
    assert organisation
    return organisation


@pytest.fixture
def ada(singers: Organisation, visitor: Visitor) -> Person:
    """Looks after the singers, and is signed in."""
    person = make_person("ada@mail.example", looks_after=singers)
    visitor.sign_in(person)
    return person


def page(organisation: Organisation) -> str:
    return f"/your-groups/organisations/{organisation.id}/people"


def removing(organisation: Organisation, person: Person) -> str:
    return f"{page(organisation)}/{person.id}/remove"


def mails_to(email: str) -> list[str]:
    return list(db.session.scalars(select(Mail.body).where(Mail.recipient == email)))


def link_to(email: str) -> str:
    found = re.search(r"/your-groups/invited/[\w-]+", mails_to(email)[-1])
    assert found
    return found[0]


def who(organisation: Organisation) -> set[str]:
    query = select(Person.email).join(Membership, Membership.person_id == Person.id)
    found = set(db.session.scalars(query.where(Membership.organisation_id == organisation.id)))
    db.session.rollback()
    return found


def test_who_is_invited_looks_after_it_too(
    visitor: Visitor, ada: Person, singers: Organisation, comes: Comes
) -> None:
    visitor.post(page(singers), email=BO)
    guest = comes(make_person(BO))

    looked = guest.get(link_to(BO))
    before = who(singers)
    joined = guest.follow(guest.post(link_to(BO)))

    assert "Look after Singers?" in looked.text
    assert before == {ada.email}
    assert who(singers) == {ada.email, BO}
    assert "Lantern Street Choir" in joined.text


def test_signing_in_by_mail_does_not_spend_an_invitation(
    app: Flask, visitor: Visitor, ada: Person, singers: Organisation
) -> None:
    visitor.post(page(singers), email=BO)
    link, guest = link_to(BO), Visitor(app)
    led = guest.get(link).headers["Location"]
    guest.post("/sign-in", email=BO, next=link)
    found = re.search(r"/sign-in/link/[\w-]+", mails_to(BO)[-1])
    assert found

    there = guest.follow(guest.post(found[0]))

    assert led.startswith("/sign-in?next=")
    assert "Look after Singers?" in there.text


def test_an_invitation_works_once(
    visitor: Visitor, ada: Person, singers: Organisation, comes: Comes
) -> None:
    visitor.post(page(singers), email=BO)
    bo = make_person(BO)
    guest, link = comes(bo), link_to(BO)
    guest.post(link)
    visitor.post(removing(singers, bo))

    again = guest.post(link)

    assert again.status_code == 410
    assert who(singers) == {ada.email}


def test_an_invitation_is_for_one_address(
    visitor: Visitor, ada: Person, singers: Organisation, comes: Comes
) -> None:
    visitor.post(page(singers), email=BO)

    response = comes(make_person("eve@mail.example")).post(link_to(BO))

    assert response.status_code == 403
    assert BO not in response.text
    assert who(singers) == {ada.email}


def test_the_secret_of_an_invitation_is_not_kept(
    visitor: Visitor, ada: Person, singers: Organisation
) -> None:
    visitor.post(page(singers), email=BO)

    ticket = db.session.scalars(select(Ticket).where(Ticket.email == BO)).one()

    assert ticket.secret_hash not in link_to(BO)
    assert 6 <= (ticket.ends_at - utc_now()).days <= 7


def test_an_invitation_can_be_taken_back(
    visitor: Visitor, ada: Person, singers: Organisation, comes: Comes
) -> None:
    visitor.post(page(singers), email=BO)
    listed = visitor.get(page(singers))
    visitor.post(f"{page(singers)}/take-back", email=BO)

    response = comes(make_person(BO)).post(link_to(BO))

    assert "Asked, no answer yet" in listed.text
    assert response.status_code == 410


def test_who_is_removed_is_told_and_cannot_look_in(
    visitor: Visitor, ada: Person, singers: Organisation, comes: Comes
) -> None:
    bo = make_person(BO, looks_after=singers)

    asked = visitor.get(removing(singers, bo))
    visitor.post(removing(singers, bo))

    assert f"Take {BO} off the list?" in asked.text
    assert who(singers) == {"ada@mail.example"}
    assert "taken you off" in mails_to(BO)[-1]
    assert comes(bo).get(page(singers)).status_code == 404


def test_one_of_two_can_leave(visitor: Visitor, ada: Person, singers: Organisation) -> None:
    make_person(BO, looks_after=singers)

    left = visitor.follow(visitor.post(removing(singers, ada)))

    assert "You do not look after Singers any more." in left.text
    assert who(singers) == {BO}
    assert mails_to(ada.email) == []


def test_the_last_one_is_told_what_to_do_instead(
    visitor: Visitor, ada: Person, singers: Organisation
) -> None:
    told = visitor.follow(visitor.post(removing(singers, ada)))

    assert "You are the only one who looks after Singers" in told.text
    assert "Ask somebody else first" in told.text
    assert who(singers) == {ada.email}


def test_somebody_whose_account_is_closed_does_not_count(
    visitor: Visitor, ada: Person, singers: Organisation
) -> None:
    make_person(BO, looks_after=singers, disabled_at=utc_now())

    visitor.post(removing(singers, ada))

    assert ada.email in who(singers)


def test_nobody_else_sees_or_changes_who_looks_after_it(
    ada: Person, singers: Organisation, comes: Comes
) -> None:
    others = [comes(make_person()), comes(make_person("", "administrator"))]

    answers = [
        response.status_code
        for browser in others
        for response in (
            browser.get(page(singers)),
            browser.post(page(singers), email=BO),
            browser.post(f"{page(singers)}/take-back", email=BO),
            browser.get(removing(singers, ada)),
            browser.post(removing(singers, ada)),
        )
    ]

    assert answers == [404] * 10


@pytest.mark.parametrize("email", ["", "bo", "ada@mail.example"])
def test_an_address_that_cannot_be_invited_is_explained(
    visitor: Visitor, ada: Person, singers: Organisation, email: str
) -> None:
    response = visitor.post(page(singers), email=email)

    assert response.status_code == 422
    assert "There is a problem" in response.text


def test_one_person_invites_only_so_many(
    visitor: Visitor, ada: Person, singers: Organisation
) -> None:
    answers = [
        visitor.post(page(singers), email=f"{number}@mail.example").status_code
        for number in range(INVITATIONS.most + 1)
    ]

    assert answers == [303] * INVITATIONS.most + [429]


def test_one_address_is_invited_only_so_often(
    visitor: Visitor, ada: Person, singers: Organisation
) -> None:
    most = INVITATIONS_TO_AN_ADDRESS.most

    answers = [visitor.post(page(singers), email=BO).status_code for _ in range(most + 1)]

    assert answers == [303] * most + [429]
