"""Who looks after an organisation, and since when, is on record; moderators read it."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from connectdo.access import MODERATOR
from connectdo.db import db
from connectdo.moderation.claims import take
from connectdo.organisations.models import MembershipRecord, Organisation
from connectdo.organisations.queries import membership_records_of
from connectdo.organisations.wording import DID
from connectdo.people.models import Person
from connectdo.post.models import Mail
from tests.factories import make_listing, make_person
from tests.posting.conftest import Writer
from tests.visitor import Visitor

ADA, BO = "ada@mail.example", "bo@mail.example"


def comes(app: Flask, person: Person) -> Visitor:
    visitor = Visitor(app)
    visitor.sign_in(person)
    return visitor


def on_record(organisation: Organisation) -> list[tuple[str, str, str]]:
    """What was done, by whom and to whom, the first first."""
    records = reversed(membership_records_of(organisation))
    return [(each.did, each.person.email, each.whom.email if each.whom else "") for each in records]


def test_whoever_joins_is_removed_or_leaves_is_on_record(app: Flask) -> None:
    listing = make_listing("Lantern Street Choir", miles=0.0, organisation="Singers")
    singers = listing.organisation
    assert singers
    ada, bo = make_person(ADA), make_person(BO)
    take(ada, listing)
    db.session.commit()
    people = f"/your-groups/organisations/{singers.id}/people"
    hers, his = comes(app, ada), comes(app, bo)

    hers.post(people, email="nobody@mail.example")
    hers.post(f"{people}/take-back", email="nobody@mail.example")
    hers.post(people, email=BO)
    link = re.search(r"/your-groups/invited/[\w-]+", mails_to(BO)[-1])
    assert link
    his.post(link[0])
    his.post(f"{people}/{ada.id}/remove")
    take_another(hers, his, people, bo)

    assert on_record(singers) == [
        ("claimed", ADA, ""),
        ("invited", ADA, ""),
        ("took back", ADA, ""),
        ("invited", ADA, ""),
        ("joined", BO, ""),
        ("removed", BO, ADA),
        ("invited", BO, ""),
        ("joined", ADA, ""),
        ("left", BO, ""),
    ]
    page = comes(app, make_person("", MODERATOR, areas=["Lambeth"]))
    text = " ".join(page.get(f"/moderation/listings/{listing.id}").text.split())
    assert f"Took somebody off the list, {BO} (it was {ADA})" in text
    assert "nobody@mail.example" not in text


def take_another(hers: Visitor, his: Visitor, people: str, bo: Person) -> None:
    """Ada is asked again, and Bo leaves."""
    his.post(people, email=ADA)
    link = re.search(r"/your-groups/invited/[\w-]+", mails_to(ADA)[-1])
    assert link
    hers.post(link[0])
    his.post(f"{people}/{bo.id}/remove")


def mails_to(email: str) -> list[str]:
    query = select(Mail.body).where(Mail.recipient == email).order_by(Mail.id)
    return list(db.session.scalars(query))


def test_who_writes_of_a_group_first_is_on_record(writer: Writer) -> None:
    writer.visitor.sign_in(make_person(ADA))
    writer.write()

    writer.send()

    made = db.session.scalars(select(MembershipRecord)).one()
    assert (made.did, made.person.email) == ("began", ADA)
    assert made.did in DID


def test_the_record_stays_as_it_is(app: Flask) -> None:
    listing = make_listing("Lantern Street Choir")
    take(make_person(ADA), listing)
    record = db.session.scalars(select(MembershipRecord)).one()
    record.did = "left"

    with pytest.raises(RuntimeError):
        db.session.flush()
