"""Organisers are asked whether a listing is still right, and answer with one button."""

import re
from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from connectdo.days import london_day, london_today, months_before
from connectdo.db import db
from connectdo.listings.facts import notices
from connectdo.listings.models import HIDDEN, LIVE, STOPPED, Listing
from connectdo.listings.rules import unanswered_since
from connectdo.listings.said import said
from connectdo.listings.schedules import Occurrence
from connectdo.moderation import actions, asking
from connectdo.moderation.models import Question
from connectdo.moderation.queries import records_of
from connectdo.moderation.queue import queue_of
from connectdo.organisations.models import Membership, Organisation
from connectdo.people.models import Person
from tests.factories import make_listing, make_person, once
from tests.moderation.conftest import Mails
from tests.visitor import Visitor

ADA = "ada@mail.example"
MAY = date(2026, 5, 1)


@pytest.fixture
def choir(ada: Person, choirs: Organisation) -> Listing:
    """Last confirmed on 1 May 2026."""
    listing = make_listing("Choir", miles=0.0, weekly="Tue 18:30", confirmed_on=MAY)
    listing.organisation = choirs
    db.session.commit()
    return listing


def ask_on(*days: date) -> None:
    for day in days:
        asking.ask_on(day)
        db.session.commit()


def link(listing: Listing, person: Person) -> str:
    question = db.session.query(Question).filter_by(listing_id=listing.id).one()
    return f"/still-right/{asking.link_for(question, person)}"


def again(listing: Listing) -> Listing:
    db.session.rollback()
    db.session.expire_all()
    return listing


def test_the_page_the_queue_and_the_search_say_on_one_day_that_nobody_answers(
    choir: Listing, mo: Person
) -> None:
    days = [MAY + timedelta(days=each) for each in range(170)]
    told, queued = [], []

    for day in days:
        ask_on(day)
        told += [day] if notices(choir, [Occurrence(day, None, None)], day) else []
        queued += [day] if queue_of(mo, day).items else []

    unanswered = [day for day in days if unanswered_since(day) >= MAY]
    assert told == queued == unanswered
    assert unanswered[0] == date(2026, 9, 12)
    assert "since May" in notices(choir, [Occurrence(days[-1], None, None)], unanswered[0])[0]


def test_the_organiser_is_asked_after_three_months_and_twice_more(
    choir: Listing, mails: Mails
) -> None:
    for day in range(200):
        ask_on(MAY + timedelta(days=day))

    records = records_of(choir)
    assert len(mails(ADA)) == 3
    assert [each.did for each in records] == ["asked if right"] * 3


@pytest.mark.parametrize(
    ("day", "how_many"),
    [
        (date(2026, 7, 31), 0),
        (date(2026, 8, 1), 1),
        (date(2026, 8, 14), 1),
        (date(2026, 8, 15), 2),
        (date(2026, 8, 28), 2),
        (date(2026, 8, 29), 3),
    ],
)
def test_each_mail_is_due_on_its_day(
    choir: Listing, mails: Mails, day: date, how_many: int
) -> None:
    days = [MAY + timedelta(days=each) for each in range((day - MAY).days + 1)]

    ask_on(*days, day)

    assert len(mails(ADA)) == how_many


def test_a_day_on_which_nothing_ran_is_made_up_for(choir: Listing, mails: Mails) -> None:
    ask_on(date(2026, 10, 1))

    assert len(mails(ADA)) == 1


def test_one_mail_asks_about_all_that_somebody_looks_after(
    choir: Listing, choirs: Organisation, mails: Mails
) -> None:
    make_listing("Chess", confirmed_on=MAY).organisation = choirs
    db.session.commit()

    ask_on(date(2026, 8, 1))

    (mail,) = mails(ADA)
    assert mail["Subject"] == "Are your 2 pages still right?"
    assert len(re.findall(r"/still-right/\S+", mail.get_content())) == 2


def test_nobody_is_asked_about_what_is_over_or_has_no_organiser(
    ada: Person, choirs: Organisation, mails: Mails
) -> None:
    make_listing("Imported", confirmed_on=MAY, email="desk@mail.example")
    party = make_listing("Party", kind="event", confirmed_on=MAY)
    party.organisation, party.schedules = choirs, [once("2026-06-01T18:00")]
    db.session.commit()

    ask_on(date(2026, 8, 1))

    assert mails(ADA) == mails("desk@mail.example") == []
    assert db.session.query(Question).count() == 0


def test_the_link_in_the_mail_leads_to_a_button_and_changes_nothing(
    choir: Listing, mails: Mails, visitor: Visitor
) -> None:
    ask_on(date(2026, 8, 1))
    found = re.search(r"/still-right/\S+", mails(ADA)[0].get_content())
    assert found

    page = visitor.get(found[0])
    visitor.get(f"{found[0]}/stopped")

    assert page.status_code == 200
    assert "Yes, still right" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert again(choir).confirmed_on == MAY
    assert choir.status == LIVE


def test_the_button_confirms_without_signing_in(
    choir: Listing, ada: Person, visitor: Visitor
) -> None:
    ask_on(date(2026, 8, 1))
    path = link(choir, ada)

    page = visitor.follow(visitor.post(path))

    assert "Thank you" in page.text
    assert again(choir).confirmed_on == london_today()
    assert (records_of(choir)[0].did, records_of(choir)[0].person) == ("confirmed", ada)


def test_the_button_is_good_once_for_each_time_they_are_asked(
    choir: Listing, ada: Person, visitor: Visitor
) -> None:
    ask_on(date(2026, 8, 1))
    path = link(choir, ada)
    visitor.post(path)
    again(choir).confirmed_on = MAY
    db.session.commit()

    visitor.post(path)
    visitor.post(f"{path}/stopped")

    assert again(choir).confirmed_on == MAY
    assert choir.status == LIVE


def test_it_has_stopped_is_said_with_a_button_too(
    choir: Listing, ada: Person, visitor: Visitor
) -> None:
    ask_on(date(2026, 8, 1))

    page = visitor.follow(visitor.post(f"{link(choir, ada)}/stopped"))

    assert "says that it has stopped" in page.text
    assert again(choir).status == STOPPED


def test_a_button_needs_the_token_of_its_page(choir: Listing, ada: Person, app: Flask) -> None:
    ask_on(date(2026, 8, 1))

    answer = Visitor(app).post(link(choir, ada), token=False)

    assert answer.status_code == 400
    assert again(choir).confirmed_on == MAY


@pytest.mark.parametrize("token", ["nonsense", "WzEsMSwiMjAyNi0wOC0wMSJd.AAAA", "a.b.c"])
def test_a_made_up_link_has_ended(choir: Listing, visitor: Visitor, token: str) -> None:
    ask_on(date(2026, 8, 1))

    assert visitor.get(f"/still-right/{token}").status_code == 410


def test_who_no_longer_looks_after_it_cannot_answer(
    choir: Listing, ada: Person, choirs: Organisation, visitor: Visitor
) -> None:
    make_person("bo@mail.example", looks_after=choirs)
    ask_on(date(2026, 8, 1))
    path = link(choir, ada)
    db.session.query(Membership).filter_by(person_id=ada.id).delete()
    db.session.commit()

    assert visitor.get(path).status_code == 410
    visitor.post(path)
    assert again(choir).confirmed_on == MAY


def test_a_moderator_sees_who_does_not_answer(choir: Listing, mo: Person, visitor: Visitor) -> None:
    ask_on(date(2026, 8, 1), date(2026, 8, 15), date(2026, 8, 29))

    early, later = queue_of(mo, date(2026, 9, 11)), queue_of(mo, date(2026, 9, 12))

    assert early.items == []
    assert [each.kind for each in later.items] == ["unanswered"]


@pytest.mark.parametrize(
    ("decision", "status"), [("right", LIVE), ("stopped", STOPPED), ("leave", LIVE)]
)
def test_a_moderator_settles_what_nobody_answers(
    choir: Listing, mo: Person, visitor: Visitor, decision: str, status: str
) -> None:
    ask_on(date(2026, 8, 1), date(2026, 8, 15), date(2026, 8, 29))
    (item,) = queue_of(mo, date(2026, 9, 12)).items
    visitor.sign_in(mo)
    path = f"/moderation/questions/{item.thing.id}"
    assert visitor.get(path).status_code == 200

    visitor.post(path, decision=decision)

    assert again(choir).status == status
    assert queue_of(mo, date(2026, 9, 12)).items == []
    assert (choir.confirmed_on != MAY) == (decision == "right")


def test_after_a_year_of_silence_it_is_hidden_and_one_button_shows_it(
    choir: Listing, ada: Person, visitor: Visitor, mails: Mails
) -> None:
    ask_on(date(2026, 8, 1), date(2026, 8, 15), date(2026, 8, 29), date(2027, 4, 30))
    assert again(choir).status == LIVE

    ask_on(date(2027, 5, 1), date(2027, 5, 2))

    assert again(choir).status == HIDDEN
    assert mails(ADA)[-1]["Subject"] == "We have hidden Choir"
    visitor.post(link(choir, ada))
    assert again(choir).status == LIVE


def test_what_a_moderator_hid_is_not_shown_by_a_button(
    choir: Listing, ada: Person, mo: Person, visitor: Visitor
) -> None:
    ask_on(date(2026, 8, 1))
    path = link(choir, ada)
    actions.hide(mo, choir)
    db.session.commit()

    visitor.post(path)

    assert again(choir).status == HIDDEN


def test_an_approved_change_answers_too(choir: Listing, mo: Person) -> None:
    ask_on(date(2026, 8, 1))

    actions.propose(mo, choir, {**said(choir), "cost": "£2"}, 0)
    db.session.commit()

    assert db.session.query(Question).count() == 0


def test_days_are_londons() -> None:
    assert london_day(datetime(2026, 6, 30, 23, 30)) == date(2026, 7, 1)
    assert london_day(datetime(2026, 12, 31, 23, 30)) == date(2026, 12, 31)
    assert months_before(date(2026, 5, 31), 3) == date(2026, 2, 28)
