"""A group is added page by page."""

import io
import re
from datetime import UTC, datetime, timedelta

from flask import Flask
from PIL import Image
from sqlalchemy import select
from time_machine import TimeMachineFixture

from connectdo.db import db
from connectdo.listings.models import OURS, WAITING, Listing, Venue
from connectdo.organisations.models import Organisation
from connectdo.posting.actions import forget_old
from connectdo.posting.models import Draft
from tests.factories import make_listing, make_organisation, make_person
from tests.posting.conftest import PAGES, Writer
from tests.visitor import Visitor


def test_each_page_leads_to_the_next_and_the_group_waits_for_a_moderator(writer: Writer) -> None:
    writer.visitor.sign_in(make_person("ada@mail.example"))

    writer.write()
    check = writer.get("check").text
    sent = writer.send()
    listing = db.session.scalars(select(Listing)).one()

    for said in (
        "Lantern Street Choir", "Every Tuesday, 6:30pm to 8pm", "Lantern Street Hall", "SE24 0NG",
        "£3", "Drop in", "Maureen meets you", "01632 960123", "/interests/choir",
    ):  # fmt: skip
        assert said in check
    assert "is sent" in writer.visitor.follow(sent).text
    assert listing.status == WAITING
    assert listing.organisation
    assert listing.organisation.name == "Lantern Street Choir"
    assert db.session.scalars(select(Draft)).all() == []


def test_what_was_answered_is_there_when_they_come_back(app: Flask, writer: Writer) -> None:
    ada = make_person()
    writer.visitor.sign_in(ada)
    writer.begin()
    writer.post("interests", **PAGES["interests"])
    later = Visitor(app)
    later.sign_in(ada)

    page = later.get("/your-groups").text
    went_on = later.get(writer.draft)

    assert "Lantern Street Choir" in page
    assert went_on.headers["Location"] == f"{writer.draft}/when"


def test_nobody_else_can_read_or_change_a_draft(app: Flask, writer: Writer) -> None:
    writer.visitor.sign_in(make_person())
    writer.write()
    other, administrator = Visitor(app), Visitor(app)
    other.sign_in(make_person())
    administrator.sign_in(make_person("", "administrator"))

    answers = {
        ask(f"{writer.draft}{page}").status_code
        for who in (other, administrator)
        for ask in (who.get, who.post)
        for page in ("/what", "/interests", "/when", "/when/0/weekly", "/dates", "/where", "/venue",
                     "/who", "/visit", "/contact", "/photo", "/delete", "/both")
    }  # fmt: skip

    assert answers == {404}
    for who in (other, administrator):
        assert who.get(f"{writer.draft}/check").status_code == 404
        assert who.post(f"{writer.draft}/send").status_code == 404


def test_a_stranger_who_adds_a_group_signs_in_first_and_is_led_back(visitor: Visitor) -> None:
    home = visitor.get("/").text
    page = visitor.get("/add-your-group").text
    asked = visitor.get("/your-groups/add")

    assert "/add-your-group" in home
    assert 'value="/your-groups/add"' in page
    assert asked.headers["Location"] == "/sign-in?next=/your-groups/add"


def test_looking_at_the_page_before_it_is_sent_keeps_nothing(writer: Writer) -> None:
    writer.visitor.sign_in(make_person())
    writer.write()

    writer.get("check")

    for table in (Listing, Venue, Organisation):
        assert db.session.scalars(select(table)).all() == []


def test_interests_are_suggested_from_what_is_said(writer: Writer) -> None:
    writer.visitor.sign_in(make_person())
    writer.begin(name="Monday group", description="Come and play chess, or bring your knitting.")

    page = writer.get("interests").text

    assert 'value="chess" checked' in page
    assert 'value="knitting" checked' in page


def test_an_interest_can_be_written(writer: Writer) -> None:
    writer.visitor.sign_in(make_person())
    writer.begin()

    writer.post("interests", interests=["choir"], more="Tai chi\nchess")

    answers = db.session.scalars(select(Draft)).one().answers
    assert answers["interests"] == ["choir", "tai-chi", "chess"]


def test_the_next_five_dates_are_shown_to_check(
    writer: Writer, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(datetime(2026, 10, 7, 12, tzinfo=UTC))
    writer.visitor.sign_in(make_person())
    writer.begin()
    writer.post("when/0/monthly_weekday", which=["1"], weekday=["mon"], starts="10am")

    page = writer.get("dates").text

    for day in ("2 November", "7 December", "4 January 2027", "1 February 2027", "1 March 2027"):
        assert f"Monday {day}, 10am" in page


def test_it_may_meet_at_another_time_too(writer: Writer) -> None:
    writer.visitor.sign_in(make_person())
    writer.write()
    writer.post("when/1/weekly", weekday=["thu"], starts="10am")

    both = writer.get("dates").text
    writer.post("when/0/remove")
    one = writer.get("dates").text

    assert "Every Tuesday, 6:30pm to 8pm" in both
    assert "Every Thursday, 10am" in both
    assert "Every Tuesday" not in one


def test_a_known_place_is_chosen_and_shared(writer: Writer) -> None:
    known = make_listing(miles=0).venue
    assert known
    known.name, known.postcode = "Lantern Street Hall", "SE24 0NG"
    db.session.commit()
    writer.visitor.sign_in(make_person())

    writer.write(venue={"known": "0", "name": "", "address": ""})
    writer.send()

    listing = db.session.scalars(select(Listing).where(Listing.source == OURS)).one()
    assert listing.venue_id == known.id


def test_a_hidden_address_shows_only_half_the_postcode(writer: Writer) -> None:
    writer.visitor.sign_in(make_person())

    writer.write(where={"place": "hidden", "postcode": "SE24 0NG"})
    page = writer.get("check").text
    writer.send()
    listing = db.session.scalars(select(Listing)).one()

    assert "They do not show the address" in page
    assert "<p>SE24</p>" in page
    for secret in ("SE24 0NG", "Lantern Street Hall", "Get directions"):
        assert secret not in page
    assert listing.hide_address
    assert listing.venue
    assert listing.venue.postcode == "SE24"


def test_no_fixed_place_is_an_answer(writer: Writer) -> None:
    writer.visitor.sign_in(make_person())
    writer.begin()
    for page in ("interests", "when", "when/0/weekly", "dates", "who", "visit", "contact", "photo"):
        writer.post(page, **PAGES[page])

    where = writer.post("where", place="nowhere", ways=["online", "phone"])
    reach = writer.visitor.post(where.headers["Location"], serves="lambeth")
    page = writer.visitor.follow(reach).text

    assert "Online" in page
    assert "By phone" in page
    assert "For people who live in Lambeth" in page


def test_no_set_times_is_an_answer(writer: Writer) -> None:
    writer.visitor.sign_in(make_person())
    writer.begin()

    response = writer.post("when", repeats="no_times")

    draft = db.session.scalars(select(Draft)).one()
    assert response.headers["Location"].endswith("/interests")
    assert "when" in draft.done


def test_a_photo_is_kept_and_shown_with_its_words(writer: Writer) -> None:
    writer.visitor.sign_in(make_person())
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "PNG")
    file.seek(0)

    writer.write(photo={"photo": (file, "choir.png"), "alt": "Eight people sing"})
    page = writer.get("check").text
    address = re.search(r'src="(/photos/[^"]+)"', page)

    assert 'alt="Eight people sing"' in page
    assert address
    picture = writer.visitor.get(address[1])
    assert picture.mimetype == "image/jpeg"
    assert "immutable" in picture.headers["Cache-Control"]


def test_who_runs_it_may_be_one_they_look_after(writer: Writer) -> None:
    singers = make_organisation("Singers United")
    writer.visitor.sign_in(make_person(looks_after=singers))

    writer.write(what={"organisation": str(singers.id)})
    writer.send()

    listing = db.session.scalars(select(Listing)).one()
    assert listing.organisation_id == singers.id


def test_nobody_posts_for_an_organisation_that_others_look_after(writer: Writer) -> None:
    theirs, other = make_organisation("Theirs"), make_organisation("Others")
    writer.visitor.sign_in(make_person(looks_after=theirs))
    db.session.commit()

    response = writer.begin(organisation=str(other.id))

    assert response.status_code == 422
    assert "Choose who runs it" in response.text


def test_two_people_may_have_groups_of_one_name(app: Flask) -> None:
    for _ in range(2):
        writer = Writer(Visitor(app))
        writer.visitor.sign_in(make_person())
        writer.write()
        assert writer.send().status_code == 303

    names = [each.name for each in db.session.scalars(select(Organisation))]
    assert names == ["Lantern Street Choir"] * 2


def test_a_draft_is_deleted_when_they_say_so(writer: Writer) -> None:
    writer.visitor.sign_in(make_person())
    writer.begin()

    writer.post("delete")

    assert db.session.scalars(select(Draft)).all() == []


def test_drafts_are_forgotten_after_half_a_year(
    writer: Writer, time_machine: TimeMachineFixture
) -> None:
    writer.visitor.sign_in(make_person())
    writer.begin()

    time_machine.move_to(datetime.now(UTC) + timedelta(days=181))
    forget_old()

    assert db.session.scalars(select(Draft)).all() == []
