"""An organiser changes what is there, one date or all of it, alone or beside another."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from time_machine import TimeMachineFixture

from connectdo.db import db
from connectdo.listings.models import HIDDEN, LIVE, STOPPED, WAITING, Listing
from connectdo.listings.said import as_listing
from connectdo.moderation.actions import approve, ask, propose
from connectdo.moderation.models import ASKED, UNDECIDED
from connectdo.moderation.queries import latest, start_of
from connectdo.organisations.models import Membership, Organisation
from connectdo.people.models import Person
from connectdo.posting.models import Draft
from tests.factories import make_listing, make_person, once
from tests.posting.conftest import Writer
from tests.visitor import Visitor


@pytest.fixture(autouse=True)
def october(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(datetime(2026, 10, 7, 12, tzinfo=UTC))


@pytest.fixture
def choir(app: Flask) -> Listing:
    """On the site, on Tuesdays at 6:30pm."""
    return make_listing(
        "Lantern Street Choir", miles=1, interests=["Choir"], organisation="Singers",
        weekly="Tue 18:30", phone="01632 960123", description="We sing.", booking="drop_in",
    )  # fmt: skip


@pytest.fixture
def ada(choir: Listing, visitor: Visitor) -> Person:
    """Looks after the choir, and is signed in."""
    person = organiser(choir)
    visitor.sign_in(person)
    return person


def organiser(listing: Listing) -> Person:
    assert listing.organisation
    return make_person(looks_after=listing.organisation)


def change(visitor: Visitor, listing: Listing) -> Writer:
    """Begins to change a listing."""
    writer = Writer(visitor)
    response = visitor.post(f"/your-groups/{listing.id}/edit")
    writer.draft = response.headers["Location"].removesuffix("/check")
    return writer


def again(listing: Listing) -> Listing:
    """The listing as it is now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Listing, listing.id)


@pytest.mark.usefixtures("ada")
def test_a_date_that_is_cancelled_is_told_at_once_on_the_page_and_in_calendars(
    choir: Listing, visitor: Visitor
) -> None:
    response = visitor.post(f"/your-groups/{choir.id}/dates/2026-10-13/1830/cancel")

    told = visitor.follow(response).text
    page = visitor.get(f"/listings/{choir.id}").text
    file = visitor.get(f"/listings/{choir.id}/calendar.ics").text
    assert "Tuesday 13 October is cancelled." in told
    assert "Not on Tuesday 13 October" in page
    assert "EXDATE" in file
    assert "20261013T183000" in file


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize("at", ["18301", "2460", "9" * 30, "noon", "-100"])
def test_a_time_that_is_none_is_not_found(choir: Listing, visitor: Visitor, at: str) -> None:
    response = visitor.post(f"/your-groups/{choir.id}/dates/2026-10-13/{at}/cancel")

    assert response.status_code == 404


@pytest.mark.usefixtures("ada")
def test_a_cancelled_date_can_be_on_again(choir: Listing, visitor: Visitor) -> None:
    visitor.post(f"/your-groups/{choir.id}/dates/2026-10-13/1830/cancel")

    visitor.post(f"/your-groups/{choir.id}/dates/2026-10-13/1830/restore")

    assert again(choir).schedules[0].cancelled_dates == []


@pytest.mark.usefixtures("ada")
def test_one_date_is_moved(choir: Listing, visitor: Visitor) -> None:
    path = f"/your-groups/{choir.id}/dates/2026-10-13/1830/move"

    visitor.post(path, day="15 October 2026", starts="7pm", ends="9pm")

    page = visitor.get(f"/listings/{choir.id}").text
    assert "Thursday 15 October, 7pm to 9pm" in page
    assert "Not on Tuesday 13 October" in page


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize(
    ("path", "fields", "told"),
    [
        ("dates/2026-10-13/1830/move", {"day": "soon"}, "is not a date"),
        ("dates/2026-10-13/1830/move", {"day": "1 October 2026"}, "has passed"),
        ("dates/2026-10-13/1830/move", {"day": "15 October", "ends": "8pm"}, "when it starts too"),
        ("break", {"skip": ""}, "Enter when the break is"),
        ("break", {"skip": "1 October 2026 to 1 October 2036"}, "more than two years"),
        ("end", {"day": "1 October 2026"}, "today or later"),
        ("end", {"day": ""}, "Enter the last date"),
    ],
)
def test_changes_of_dates_that_make_no_sense_are_told(
    choir: Listing, visitor: Visitor, path: str, fields: dict[str, Any], told: str
) -> None:
    response = visitor.post(f"/your-groups/{choir.id}/{path}", **fields)

    assert response.status_code == 422
    assert told in response.text


@pytest.mark.usefixtures("ada")
def test_a_break_and_an_end_are_kept(choir: Listing, visitor: Visitor) -> None:
    visitor.post(f"/your-groups/{choir.id}/break", skip="13 October 2026 to 20 October 2026")
    visitor.post(f"/your-groups/{choir.id}/end", day="10 November 2026")

    page = visitor.get(f"/listings/{choir.id}").text
    assert "until 10 November" in page
    assert "Tuesday 27 October" in page
    assert "Tuesday 20 October" not in page


def test_a_change_of_words_waits_and_a_date_cancelled_meanwhile_does_not(
    choir: Listing, visitor: Visitor, ada: Person
) -> None:
    writer = change(visitor, choir)
    writer.post("contact", phone="01632 960999")
    writer.send()

    visitor.post(f"/your-groups/{choir.id}/dates/2026-10-13/1830/cancel")
    now = again(choir)
    waiting = latest(now)

    assert now.phone == "01632 960123"
    assert now.schedules[0].cancelled_dates == ["2026-10-13"]
    assert waiting
    assert waiting.said["phone"] == "01632 960999"
    assert waiting.said["schedules"][0]["cancelled_dates"] == ["2026-10-13"]
    assert "Your last change waits" in visitor.get("/your-groups").text


@pytest.mark.parametrize("status", [LIVE, WAITING])
def test_what_a_moderator_asks_is_still_asked_after_a_date_was_cancelled(
    choir: Listing, visitor: Visitor, ada: Person, status: str
) -> None:
    choir.status = status
    db.session.commit()
    writer = change(visitor, choir)
    writer.post("contact", phone="01632 960999")
    writer.send()
    version = latest(again(choir))
    assert version
    with visitor.app.test_request_context():
        ask(make_person("mo@mail.example", "moderator"), version, "Whose number is it?")
        db.session.commit()

    visitor.post(f"/your-groups/{choir.id}/dates/2026-10-13/1830/cancel")

    now, groups = again(choir), visitor.get("/your-groups").text
    asked = latest(now)
    assert asked
    assert asked.decision == ASKED
    assert asked.decided_by
    assert asked.decided_by.email == "mo@mail.example"
    assert asked.said["phone"] == "01632 960999"
    assert asked.said["schedules"][0]["cancelled_dates"] == ["2026-10-13"]
    assert now.schedules[0].cancelled_dates == ["2026-10-13"]
    assert now.phone == ("01632 960123" if status == LIVE else "01632 960999")
    assert "Whose number is it?" in groups
    assert "01632 960999" in change(visitor, choir).get("contact").text


def test_a_moderator_who_cancels_a_date_has_not_approved_the_rest(
    choir: Listing, visitor: Visitor, ada: Person
) -> None:
    writer = change(visitor, choir)
    writer.post("contact", phone="01632 960999")
    writer.send()
    visitor.sign_in(make_person("", "moderator", areas=["Lambeth"]))

    visitor.post(f"/your-groups/{choir.id}/dates/2026-10-13/1830/cancel")

    now = again(choir)
    waiting = latest(now)
    assert now.schedules[0].cancelled_dates == ["2026-10-13"]
    assert now.phone == "01632 960123"
    assert waiting
    assert (waiting.decision, waiting.made_by) == (UNDECIDED, ada)


@pytest.mark.usefixtures("ada")
def test_a_change_begins_with_what_is_there_and_keeps_the_rest(
    choir: Listing, visitor: Visitor
) -> None:
    choir.schedule_words, choir.tags = "Ask us about July", ["imported"]
    db.session.commit()
    writer = change(visitor, choir)
    page = writer.get("check").text

    writer.post("what", kind="group", name="Lantern Choir", description="We sing.",
                organisation=str(choir.organisation_id))  # fmt: skip
    writer.send()

    version = latest(again(choir))
    assert version
    assert "Every Tuesday, 6:30pm" in page
    assert version.said == {**start_of(choir).values, "name": "Lantern Choir"}
    assert version.said["schedule_words"] == "Ask us about July"
    assert version.said["tags"] == ["imported"]


@pytest.mark.parametrize("trusted", [True, False])
def test_the_second_of_two_sees_what_changed_and_loses_nothing(
    app: Flask, choir: Listing, visitor: Visitor, ada: Person, trusted: bool
) -> None:
    assert choir.organisation
    choir.organisation.trusted = trusted
    db.session.commit()
    mine = change(visitor, choir)
    mine.post("contact", phone="01632 960111", contact_name="Ada")
    mine.post("who", is_free="yes", gender="any")
    start = start_of(choir)
    theirs = {**start.values, "phone": "01632 960222", "summary": "All are welcome."}
    propose(organiser(choir), choir, theirs, start.based_on)
    db.session.commit()

    sent = mine.send()
    both = visitor.follow(sent).text
    asked = mine.post("both")
    chosen = mine.post("both", phone="mine")
    mine.send()

    now = again(choir)
    if not trusted:
        assert now.phone == "01632 960123"
        waiting = latest(now)
        assert waiting
        now = as_listing(waiting.said)
    assert "01632 960222" in both
    assert "All are welcome." in both
    assert asked.status_code == 422
    assert "Choose what to use for: Phone" in asked.text
    assert chosen.headers["Location"].endswith("/check")
    assert now.phone == "01632 960111"
    assert now.contact_name == "Ada"
    assert now.is_free is True
    assert now.summary == "All are welcome."


def test_what_is_sent_twice_is_posted_once(writer: Writer) -> None:
    writer.visitor.sign_in(make_person())
    writer.write()

    first, second = writer.send(), writer.send()

    assert (first.status_code, second.status_code) == (303, 404)
    assert len(db.session.scalars(select(Listing)).all()) == 1


@pytest.mark.parametrize(
    ("status", "told"),
    [(LIVE, "Everybody can see it"), (WAITING, "waits for a moderator"), (HIDDEN, "Hidden"),
     (STOPPED, "has stopped")],
)  # fmt: skip
@pytest.mark.usefixtures("ada")
def test_its_state_is_said_in_plain_words(
    choir: Listing, visitor: Visitor, status: str, told: str
) -> None:
    choir.status = status
    db.session.commit()

    page = visitor.get("/your-groups").text

    assert told in page


def test_what_a_moderator_asks_is_shown(writer: Writer) -> None:
    ada, moderator = make_person(), make_person("", "moderator", areas=["Lambeth"])
    writer.visitor.sign_in(ada)
    writer.write()
    writer.send()
    version = latest(db.session.scalars(select(Listing)).one())
    assert version
    with writer.visitor.app.test_request_context():
        ask(moderator, version, "Which door is it?")
        db.session.commit()

    page = writer.visitor.get("/your-groups").text

    assert "Which door is it?" in page


def test_what_is_approved_is_found_on_its_page(writer: Writer) -> None:
    writer.visitor.sign_in(make_person())
    writer.write()
    writer.send()
    listing = db.session.scalars(select(Listing)).one()
    before = writer.visitor.get(f"/listings/{listing.id}").status_code
    version = latest(listing)
    assert version
    with writer.visitor.app.test_request_context():
        approve(make_person("", "moderator", areas=["Lambeth"]), version)
        db.session.commit()

    after = writer.visitor.get(f"/listings/{listing.id}")

    assert before == 404
    assert after.status_code == 200


@pytest.mark.usefixtures("ada")
def test_another_like_it_asks_only_when(choir: Listing, visitor: Visitor) -> None:
    response = visitor.post(f"/your-groups/{choir.id}/another")

    draft = db.session.scalars(select(Draft)).one()
    assert response.headers["Location"].endswith("/when")
    assert draft.listing_id is None
    assert draft.answers["name"] == "Lantern Street Choir"
    assert draft.answers["organisation_id"] == choir.organisation_id


def test_last_years_is_copied_to_the_same_day_of_the_week(app: Flask, visitor: Visitor) -> None:
    fair = make_listing(
        "Winter fair", kind="event", organisation="Singers", schedules=[once("2025-12-06T10:00")]
    )
    visitor.sign_in(organiser(fair))

    response = visitor.post(f"/your-groups/{fair.id}/copy")

    page = visitor.follow(response).text
    assert "Saturday 5 December, 10am" in page


@pytest.mark.usefixtures("ada")
def test_it_has_stopped(choir: Listing, visitor: Visitor) -> None:
    asked = visitor.get(f"/your-groups/{choir.id}/stop").text

    visitor.post(f"/your-groups/{choir.id}/stop")

    assert "Has Lantern Street Choir stopped?" in asked
    assert again(choir).status == STOPPED


def test_an_organiser_cannot_read_or_change_what_another_of_the_same_group_is_writing(
    app: Flask, choir: Listing, visitor: Visitor, ada: Person
) -> None:
    change(visitor, choir).post("contact", phone="01632 960999")
    draft = db.session.scalars(select(Draft)).one()
    bo = Visitor(app)
    bo.sign_in(organiser(choir))
    known = {"draft_id": draft.id, "number": 0, "page": "what", "repeats": "weekly"}
    routes = [each for each in app.url_map.iter_rules() if "draft_id" in each.arguments]

    addresses = app.url_map.bind("localhost")
    answers = {}
    for route in routes:
        there = addresses.build(route.endpoint, {each: known[each] for each in route.arguments})
        for method in {"GET", "POST"} & (route.methods or set()):
            ask_for = bo.get if method == "GET" else bo.post
            answers[method, route.endpoint] = ask_for(there).status_code
    groups, own = bo.get("/your-groups").text, change(bo, choir).get("contact").text

    assert len(routes) > 10
    assert set(answers.values()) == {404}, answers
    assert "Not finished" not in groups
    assert "01632 960999" not in own
    assert db.session.scalars(select(Draft).where(Draft.person_id == ada.id)).one()


def test_one_organiser_cannot_touch_what_another_looks_after(
    choir: Listing, visitor: Visitor
) -> None:
    others = Organisation(source="test", name="Others")
    bob = make_person()
    db.session.add_all([others, Membership(organisation=others, person=bob)])
    db.session.commit()
    visitor.sign_in(bob)
    paths = ["edit", "another", "copy", "stop", "break", "end", "dates/2026-10-13/1830/cancel",
             "dates/2026-10-13/1830/restore", "dates/2026-10-13/1830/move"]  # fmt: skip

    answers = {visitor.post(f"/your-groups/{choir.id}/{each}").status_code for each in paths}

    assert answers == {404}
    assert visitor.get(f"/your-groups/{choir.id}/dates").status_code == 404
    assert "Lantern Street Choir" not in visitor.get("/your-groups").text
    assert again(choir).status == LIVE
