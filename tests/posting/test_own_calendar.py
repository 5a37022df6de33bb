"""A calendar is given, looked at and followed."""

import io
import re
from typing import Any

import pytest
from sqlalchemy import select

from connectdo.db import db
from connectdo.listings.models import LIVE, STOPPED, WAITING
from connectdo.listings.said import said
from connectdo.organisations.models import Organisation
from connectdo.posting import giving, looking
from connectdo.posting.models import CalendarDraft, FollowedCalendar
from tests.calendars.conftest import site
from tests.calendars.writing import calendar, event
from tests.factories import make_person
from tests.people.conftest import Later, later
from tests.posting.own_calendar import (
    ADD,
    Keeper,
    ada,
    choir,
    keeper,
    listing_called,
    names,
    october,
)
from tests.visitor import Visitor

__all__ = ["ada", "choir", "keeper", "later", "october", "site"]
pytestmark = pytest.mark.usefixtures("october")

CONCERT = event(
    uid="concert", summary="Autumn concert", starts="20261024T190000",
    description="Songs of the sea.", location="Herne Hill Hall\\, 1 Half Moon Lane\\, SE24 9HU",
    url="https://concert.example/",
)  # fmt: skip
REHEARSAL = event("RRULE:FREQ=WEEKLY", uid="rehearsal", summary="Sewing bee", location="Main hall")


def test_what_is_shown_is_what_is_posted(keeper: Keeper) -> None:
    keeper.put(CONCERT, REHEARSAL)
    keeper.give()
    page = keeper.preview()

    keeper.follow()

    concert, sewing = listing_called("Autumn concert"), listing_called("Sewing bee")
    for shown in ("Saturday 24 October, 7pm to 8:30pm", "Songs of the sea."):
        assert shown in page
        assert shown in keeper.visitor.get(f"/listings/{concert.id}").text
    assert "Herne Hill Hall, 1 Half Moon Lane, SE24 9HU" in page
    assert said(concert)["venue"]["address"] == "1 Half Moon Lane"
    assert "https://concert.example/" in page
    assert concert.url == "https://concert.example/"
    assert (concert.kind, sewing.kind) == ("event", "group")
    assert "Every Tuesday, 6:30pm to 8pm" in page
    assert (sewing.status, sewing.phone, sewing.cost) == (LIVE, "01632 960123", "£4")


def test_what_it_is_about_comes_from_its_own_words_first(keeper: Keeper) -> None:
    keeper.give_and_follow(event(uid="open", summary="Open evening"), REHEARSAL)

    assert [each.slug for each in listing_called("Sewing bee").interests] == ["sewing"]
    assert [each.slug for each in listing_called("Open evening").interests] == ["choir"]


def test_access_is_not_promised_of_another_place(keeper: Keeper) -> None:
    keeper.give_and_follow(CONCERT, REHEARSAL)

    concert, sewing = said(listing_called("Autumn concert")), said(listing_called("Sewing bee"))
    assert (concert["access"], concert["first_visit"]) == ({}, "")
    assert (sewing["access"], sewing["first_visit"]) == ({"step_free": True}, "Maureen meets you.")


def test_a_place_in_words_alone_is_told(keeper: Keeper) -> None:
    keeper.give_and_follow(REHEARSAL)

    sewing = listing_called("Sewing bee")
    assert sewing.description == "Where: Main hall"
    assert sewing.venue == keeper.choir.venue


def test_what_is_refused_is_told_with_why(keeper: Keeper) -> None:
    off = event(uid="off", summary="Garden day", status="CANCELLED")
    keeper.put(CONCERT, event(uid="odd", summary=""), off)
    keeper.give()

    page = re.sub(r"<[^>]+>", "", keeper.preview())

    assert "Without a name: It has no name." in page
    assert "Garden day: It is cancelled." in page


def test_what_is_not_ticked_stays_out_also_later(keeper: Keeper) -> None:
    keeper.put(CONCERT, REHEARSAL)
    keeper.give()

    keeper.follow("rehearsal")
    keeper.look(CONCERT, REHEARSAL)

    assert names() == ["Sewing bee"]
    assert "1 page is from it, 1 left out by you." in keeper.groups()


def test_what_was_left_out_can_be_taken_in_and_the_other_way_round(keeper: Keeper) -> None:
    keeper.put(CONCERT, REHEARSAL)
    keeper.give()
    keeper.follow("rehearsal")
    one = db.session.scalars(select(FollowedCalendar)).one()
    change = f"/your-groups/calendars/{one.id}/change"

    response = keeper.visitor.post(change, address=one.address, like="as it is")
    keeper.given = response.headers["Location"]
    keeper.follow("concert")

    assert listing_called("Autumn concert").status == LIVE
    assert listing_called("Sewing bee").status == STOPPED


def test_a_file_is_posted_and_a_newer_one_changes_it(keeper: Keeper) -> None:
    def upload(to: str, *events: str, like: str) -> None:
        file = (io.BytesIO(calendar(*events)), "events.ics")
        keeper.given = keeper.visitor.post(to, file=file, like=like).headers["Location"]

    upload(ADD, CONCERT, REHEARSAL, like=str(keeper.choir.id))
    keeper.follow()
    one = db.session.scalars(select(FollowedCalendar)).one()
    upload(f"/your-groups/calendars/{one.id}/change",
           CONCERT.replace("Autumn concert", "Winter concert"), like="as it is")  # fmt: skip
    assert "Sewing bee" in keeper.preview()
    keeper.follow()

    assert listing_called("Winter concert").status == LIVE
    assert listing_called("Sewing bee").status == STOPPED
    assert (one.name, one.due_at) == ("events.ics", None)
    assert "Look now" not in keeper.groups()


def test_a_file_that_is_given_again_as_new_posts_nothing_twice(keeper: Keeper) -> None:
    for events, chosen in (([CONCERT], "concert"), ([CONCERT, REHEARSAL], "rehearsal")):
        file = (io.BytesIO(calendar(*events)), f"{chosen}.ics")
        keeper.give(address="", file=file)
        keeper.follow()

    assert names() == ["Autumn concert", "Sewing bee"]


def test_another_file_of_the_same_name_is_another_calendar(keeper: Keeper) -> None:
    for each in (CONCERT, REHEARSAL):
        keeper.give(address="", file=(io.BytesIO(calendar(each)), "basic.ics"))
        keeper.follow()

    assert listing_called("Autumn concert").status == LIVE
    assert listing_called("Sewing bee").status == LIVE


def test_events_of_somebody_who_is_not_trusted_wait(keeper: Keeper) -> None:
    organisation = keeper.choir.organisation
    assert organisation
    organisation.trusted = False
    db.session.commit()
    many = [event(uid=f"n{n}", summary=f"Walk {n:02}", starts=f"202611{n:02}T100000")
            for n in range(1, 24)]  # fmt: skip
    keeper.put(*many)
    keeper.give()

    page = keeper.preview()
    keeper.follow()

    assert "A moderator looks at each new page" in page
    assert "There is room for 20 events." in page
    assert names() == [f"Walk {n:02}" for n in range(1, 21)]
    assert listing_called("Walk 01").status == WAITING


def test_somebody_without_a_group_is_asked_the_rest(keeper: Keeper, visitor: Visitor) -> None:
    visitor.sign_in(make_person())
    keeper.put(CONCERT)
    keeper.give(like="ask")
    rest: dict[str, Any] = {
        "organisation_name": "Sea Singers", "interests": "Choir", "postcode": "se240ng",
        "place": "Lantern Street Hall", "is_free": "yes", "booking": "book",
        "email": "sea@mail.example",
    }  # fmt: skip
    page = visitor.follow(visitor.get(keeper.given))
    to = re.sub("$", "/rest", keeper.given)
    refused = visitor.post(to, **{**rest, "interests": "Zzyzx"})
    visitor.post(to, **rest)
    keeper.follow()

    assert "What your calendar does not say" in page.text
    assert refused.status_code == 422
    assert "sea@mail.example" in refused.text
    concert = listing_called("Autumn concert")
    assert concert.status == WAITING
    assert (concert.email, concert.is_free, concert.booking) == ("sea@mail.example", True, "book")
    assert db.session.scalars(
        select(Organisation.name).where(Organisation.source == "connectdo")
    ).all() == ["Sea Singers"]


def test_another_s_calendar_is_not_there(keeper: Keeper, visitor: Visitor) -> None:
    keeper.give_and_follow(CONCERT)
    one = db.session.scalars(select(FollowedCalendar.id)).one()
    file = (io.BytesIO(calendar(CONCERT)), "events.ics")
    keeper.give(address="", file=file)
    assert keeper.offered() == ["concert"]
    visitor.sign_in(make_person())
    theirs = [f"/your-groups/calendars/{one}/{page}" for page in ("change", "stop")]
    buttons = [f"/your-groups/calendars/{one}/{page}" for page in ("look", "missing")]

    seen = [visitor.get(each).status_code for each in (keeper.given, *theirs)]
    done = [visitor.post(each).status_code for each in (keeper.given, *theirs, *buttons)]

    assert {*seen, *done} == {404}


def test_what_nobody_said_yes_to_is_forgotten(keeper: Keeper, later: Later) -> None:
    keeper.put(CONCERT)
    keeper.give()
    later(hours=23)
    giving.forget_old_drafts()
    assert db.session.scalars(select(CalendarDraft)).all()
    later(hours=2)

    giving.forget_old_drafts()

    assert db.session.scalars(select(CalendarDraft)).all() == []
    assert names() == []


def test_a_calendar_is_followed_once(keeper: Keeper) -> None:
    keeper.give_and_follow(CONCERT)

    response = keeper.give()

    assert response.status_code == 422
    assert "You follow this calendar already" in response.text


def test_who_stops_following_says_what_becomes_of_the_pages(keeper: Keeper) -> None:
    keeper.give_and_follow(CONCERT)
    one = db.session.scalars(select(FollowedCalendar.id)).one()
    path = f"/your-groups/calendars/{one}/stop"

    asked = keeper.visitor.post(path)
    keeper.visitor.post(path, pages="leave")

    assert "Choose what to do with the pages" in asked.text
    assert listing_called("Autumn concert").status == LIVE
    assert "Your calendars" not in keeper.groups()
    looking.look_around()
    assert len(keeper.site.asked) == 1


@pytest.mark.parametrize("pages", ["leave", "stop"])
def test_a_calendar_that_is_followed_again_posts_nothing_twice(keeper: Keeper, pages: str) -> None:
    keeper.give_and_follow(CONCERT)
    one = db.session.scalars(select(FollowedCalendar.id)).one()
    keeper.visitor.post(f"/your-groups/calendars/{one}/stop", pages=pages)

    keeper.give_and_follow(CONCERT)

    assert names() == ["Autumn concert"]
    assert listing_called("Autumn concert").status == LIVE
