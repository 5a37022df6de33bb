"""Somebody says that an imported group is theirs, and the group itself agrees."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from connectdo.db import db
from connectdo.listings.models import HIDDEN, OURS, Listing
from connectdo.moderation.claims import take
from connectdo.moderation.models import Record
from connectdo.people.models import Person
from connectdo.post.models import Mail
from connectdo.posting.limits import CLAIMS, CLAIMS_TO_AN_ADDRESS
from tests.factories import make_listing, make_person
from tests.visitor import Visitor

GROUP = "choir@group.example"
ASKED = "Is this your group?"


@pytest.fixture
def ada(visitor: Visitor) -> Person:
    """Has signed in, and looks after nothing."""
    person = make_person("ada@mail.example")
    visitor.sign_in(person)
    return person


def choir(**fields: Any) -> Listing:
    return make_listing("Lantern Street Choir", **{"email": GROUP, **fields})


def claim(listing: Listing) -> str:
    return f"/your-groups/claim/{listing.id}"


def mails_to(email: str) -> list[str]:
    return list(db.session.scalars(select(Mail.body).where(Mail.recipient == email)))


def link() -> str:
    found = re.search(r"/your-groups/claimed/[\w-]+", mails_to(GROUP)[-1])
    assert found
    return found[0]


def organisers(listing: Listing) -> list[str]:
    db.session.expire_all()
    run_by = listing.organisation
    return [each.person.email for each in run_by.memberships] if run_by else []


@pytest.mark.parametrize("organisation", ["", "Singers"])
def test_the_group_agrees_and_they_look_after_it(
    app: Flask, visitor: Visitor, ada: Person, organisation: str
) -> None:
    listing = choir(organisation=organisation)
    group = Visitor(app)

    asked = visitor.get(claim(listing))
    visitor.post(claim(listing))
    looked = group.get(link())
    before = organisers(listing)
    group.post(link())

    assert "c•••@group.example" in asked.text
    assert GROUP not in asked.text
    assert ada.email in looked.text
    assert before == []
    assert organisers(listing) == [ada.email]
    assert "You can change the page" in mails_to(ada.email)[-1]
    assert "Lantern Street Choir" in visitor.get("/your-groups").text
    assert [each.did for each in db.session.scalars(select(Record))] == ["claimed"]


def test_a_link_works_once(app: Flask, visitor: Visitor, ada: Person) -> None:
    listing = choir()
    visitor.post(claim(listing))
    Visitor(app).post(link())

    again = Visitor(app).post(link())

    assert again.status_code == 410


def test_a_link_ends_when_somebody_else_looks_after_it(
    app: Flask, visitor: Visitor, ada: Person
) -> None:
    listing = choir(organisation="Singers")
    visitor.post(claim(listing))
    make_person("bo@mail.example", looks_after=listing.organisation)

    late = Visitor(app).post(link())

    assert late.status_code == 410
    assert organisers(listing) == ["bo@mail.example"]


def test_who_reads_mail_to_that_address_needs_no_link(visitor: Visitor) -> None:
    listing = choir()
    visitor.sign_in(make_person(GROUP))

    visitor.post(claim(listing))

    assert organisers(listing) == [GROUP]
    assert mails_to(GROUP) == []


def test_one_listing_does_not_speak_for_all_that_an_organisation_runs(
    visitor: Visitor, ada: Person
) -> None:
    listing = choir(organisation="Council")
    other = make_listing("Knitting", email="knit@group.example")
    other.organisation = listing.organisation
    db.session.commit()

    page = visitor.post(claim(listing))

    assert "a moderator checks it" in page.text
    assert mails_to(GROUP) == []


def test_the_address_of_the_organisation_comes_first(visitor: Visitor, ada: Person) -> None:
    listing = choir(organisation="Singers")
    assert listing.organisation
    listing.organisation.email = "office@group.example"
    db.session.commit()

    visitor.post(claim(listing))

    assert len(mails_to("office@group.example")) == 1
    assert mails_to(GROUP) == []


@pytest.mark.parametrize("fields", [{"status": HIDDEN}, {"source": OURS}])
def test_what_is_hidden_or_was_written_here_cannot_be_claimed(
    visitor: Visitor, ada: Person, fields: dict[str, str]
) -> None:
    listing = choir(**fields)

    answers = [visitor.get(claim(listing)), visitor.post(claim(listing))]

    assert [each.status_code for each in answers] == [404, 404]


def test_the_public_pages_ask_whose_group_it_is_only_while_it_is_nobodys(
    visitor: Visitor,
) -> None:
    listing = choir(organisation="Singers")
    assert listing.organisation
    pages = [f"/listings/{listing.id}", f"/organisations/{listing.organisation.id}"]
    before = [ASKED in visitor.get(each).text for each in pages]
    make_person(looks_after=listing.organisation)

    after = [ASKED in visitor.get(each).text for each in pages]

    assert before == [True, True]
    assert after == [False, False]


def test_one_person_claims_only_so_much(visitor: Visitor, ada: Person) -> None:
    listings = [choir(email=f"{each}@group.example") for each in range(CLAIMS.most + 1)]

    answers = [visitor.post(claim(each)).status_code for each in listings]

    assert answers == [303] * CLAIMS.most + [429]


def test_one_address_is_asked_only_so_often(visitor: Visitor, ada: Person) -> None:
    listing = choir()

    answers = [
        visitor.post(claim(listing)).status_code for _ in range(CLAIMS_TO_AN_ADDRESS.most + 1)
    ]

    assert answers == [303] * CLAIMS_TO_AN_ADDRESS.most + [429]


def test_importing_it_again_leaves_who_claimed_it(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "groups.csv"
    file.write_text(f"source,source_id,name,kind,email\nhall,1,Choir,group,{GROUP}\n")
    app.test_cli_runner().invoke(args=["import", str(file)])
    listing = db.session.scalars(select(Listing)).one()
    take(make_person(GROUP), listing)
    db.session.commit()
    file.write_text(f"source,source_id,name,kind,email\nhall,1,Choir,event,{GROUP}\n")

    app.test_cli_runner().invoke(args=["import", str(file)])

    again = db.session.scalars(select(Listing)).one()
    assert organisers(again) == [GROUP]
    assert again.kind == "event"
