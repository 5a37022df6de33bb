"""The nightly job deletes photos that nothing holds any more, and never one that something does."""

import io
import os
import time
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from connectdo.access import MODERATOR
from connectdo.db import db
from connectdo.listings.models import Listing
from connectdo.moderation.actions import propose
from connectdo.moderation.queries import start_of
from connectdo.people.models import Person
from connectdo.posting.models import Draft
from tests.factories import make_person
from tests.posting.conftest import Writer


@pytest.fixture
def ada(writer: Writer) -> Person:
    person = make_person()
    writer.visitor.sign_in(person)
    return person


def send_photo(writer: Writer, colour: str) -> str:
    """A photo that the draft holds from now on; its name."""
    drawn = io.BytesIO()
    Image.new("RGB", (900, 600), colour).save(drawn, "JPEG")
    drawn.seek(0)
    response = writer.post("photo", photo=(drawn, "choir.jpg"), alt="Eight people sing")
    assert response.status_code == 303, response.text
    db.session.expire_all()
    draft = db.session.scalars(select(Draft).order_by(Draft.id.desc())).first()
    assert draft
    name: str = draft.answers["photo"]["hash"]
    return name


def a_night_later(app: Flask, days: int = 2) -> set[str]:
    """The photos that are there after all were so old and the job ran."""
    folder = Path(app.instance_path) / "photos"
    at = time.time() - days * 24 * 60 * 60
    for path in folder.iterdir():
        os.utime(path, (at, at))
    db.session.rollback()
    app.extensions["jobs_by_name"]["forget_photos"].call_local()
    return {path.name.split("-")[0] for path in folder.iterdir()}


@pytest.mark.usefixtures("ada")
def test_a_photo_of_a_draft_stays_until_another_takes_its_place(app: Flask, writer: Writer) -> None:
    writer.begin()
    first = send_photo(writer, "red")
    kept = a_night_later(app)

    second = send_photo(writer, "blue")
    young = a_night_later(app, days=0)
    old = a_night_later(app)

    assert kept == {first}
    assert young == {first, second}, "Somebody may be about to post it."
    assert old == {second}


@pytest.mark.usefixtures("ada")
def test_a_photo_of_a_draft_that_is_deleted_goes(app: Flask, writer: Writer) -> None:
    writer.begin()
    send_photo(writer, "red")

    writer.post("delete")

    assert a_night_later(app) == set()


def test_a_photo_stays_while_a_listing_or_any_version_of_it_holds_it(
    app: Flask, writer: Writer, ada: Person
) -> None:
    writer.write()
    red = send_photo(writer, "red")
    writer.send()
    listing = db.session.scalars(select(Listing)).one()
    moderator = make_person("", MODERATOR)
    start = start_of(listing)
    with app.test_request_context():
        propose(moderator, listing, {**start.values, "photo": None}, start.based_on)
        db.session.commit()
    shown = listing.photo_hash

    kept = a_night_later(app)
    db.session.delete(listing)
    db.session.commit()

    assert shown == ""
    assert kept == {red}, "An old version can be restored."
    assert a_night_later(app) == set()


def test_a_photo_of_a_listing_that_has_no_version_stays(app: Flask, writer: Writer) -> None:
    writer.visitor.sign_in(make_person())
    writer.begin()
    red = send_photo(writer, "red")
    listing = Listing(kind="group", name="Choir", source="test", source_id="1", photo_hash=red)
    db.session.add(listing)
    db.session.commit()
    writer.post("delete")

    assert a_night_later(app) == {red}
