"""A visitor who reports something hears what came of it, and is forgotten."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from connectdo.db import db, utc_now
from connectdo.moderation import reports
from connectdo.moderation.models import Report
from connectdo.people.models import Person
from tests.factories import make_listing
from tests.moderation.conftest import Mails
from tests.visitor import Visitor

VIC = "vic@mail.example"


@pytest.fixture
def moderator(visitor: Visitor, mo: Person) -> Visitor:
    visitor.sign_in(mo)
    return visitor


def report(email: str = VIC) -> Report:
    made = reports.report(make_listing("Chess", miles=0.0), "stopped", "The door is shut", email)
    db.session.commit()
    return made


@pytest.mark.parametrize(
    ("decision", "told"),
    [
        ("nothing", "It is right, or we have put it right."),
        ("stopped", "The page says now that it has stopped."),
        ("hide", "We have taken the page down."),
    ],
)
def test_a_visitor_hears_what_came_of_it(
    moderator: Visitor, mails: Mails, decision: str, told: str
) -> None:
    path = f"/moderation/reports/{report().id}"

    moderator.post(path, decision=decision, words="Rang Bo.", answer="They moved to Brixton.")

    (mail,) = mails(VIC)
    body = " ".join(mail.get_content().split())
    assert mail["Subject"] == "What you told Connect & Do"
    assert told in body
    assert "They moved to Brixton." in body
    assert "Rang Bo." not in body, "The note is for other moderators."


def test_their_address_is_forgotten_once_they_are_answered(moderator: Visitor) -> None:
    made = report()

    moderator.post(f"/moderation/reports/{made.id}", decision="nothing")

    db.session.expire_all()
    assert made.email == ""
    assert VIC not in moderator.get(f"/moderation/reports/{made.id}").text


def test_who_left_no_address_is_written_to_by_nobody(moderator: Visitor, mails: Mails) -> None:
    made = report(email="")
    page = moderator.get(f"/moderation/reports/{made.id}").text

    moderator.post(f"/moderation/reports/{made.id}", decision="nothing", answer="Thank you")

    assert "Tell them" not in page
    assert mails("") == []


def test_two_moderators_answer_once(moderator: Visitor, mails: Mails) -> None:
    made = report()
    moderator.post(f"/moderation/reports/{made.id}", decision="nothing")

    again = moderator.post(f"/moderation/reports/{made.id}", decision="hide")

    assert "Somebody was quicker" in again.text
    assert made.listing.status == "live"
    assert len(mails(VIC)) == 1


def test_reports_are_forgotten_thirteen_months_after_they_are_closed(app: Flask) -> None:
    old, newer, still_open = report(), report(), report()
    old.closed_at = utc_now() - timedelta(days=400)
    newer.closed_at = utc_now() - timedelta(days=390)
    still_open.reported_at = utc_now() - timedelta(days=900)
    db.session.commit()

    app.extensions["jobs_by_name"]["forget_old_reports"].call_local()

    kept = db.session.scalars(select(Report.id).order_by(Report.id)).all()
    assert kept == [newer.id, still_open.id]
