"""Something new that would suit somebody is told once a week at most, and names nobody."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from connectdo.clients.models import Client
from connectdo.db import db, utc_now
from connectdo.post.models import Mail
from connectdo.search.sync import sync
from connectdo.shortlists.news import tell_coaches
from tests.factories import make_listing


@pytest.fixture
def known(mary: Client) -> Client:
    """Known for a month."""
    mary.created_at = utc_now() - timedelta(days=30)
    db.session.commit()
    return mary


def mails() -> list[Mail]:
    return list(db.session.scalars(select(Mail)))


def test_a_coach_is_told_of_something_new(known: Client) -> None:
    make_listing("Lantern Street Choir", miles=1.0, interests=["Choir"])
    sync()

    tell_coaches()

    (mail,) = mails()
    assert mail.recipient == known.coach.email
    assert mail.subject == "Something new on Connect & Do"
    assert "Mary" not in mail.body


def test_one_mail_a_week_is_enough(known: Client) -> None:
    make_listing("Lantern Street Choir", miles=1.0, interests=["Choir"])
    sync()

    tell_coaches()
    tell_coaches()

    assert len(mails()) == 1


def test_what_does_not_suit_or_is_old_is_not_told(known: Client) -> None:
    make_listing("Chess", miles=1.0, interests=["Chess"])
    old = make_listing("Old Choir", miles=1.0, interests=["Choir"])
    old.created_at = utc_now() - timedelta(days=60)
    db.session.commit()
    sync()

    tell_coaches()

    assert mails() == []
