"""What a device sends late, perhaps twice, is done once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from connectdo.clients.actions import cover
from connectdo.clients.models import Client
from connectdo.days import london_today
from connectdo.db import db, utc_now
from connectdo.shortlists import actions, once, queries
from connectdo.shortlists.models import LIKES, Item
from connectdo.shortlists.once import DoneOnce
from tests.factories import make_coach, make_listing
from tests.visitor import Visitor

LATE = {"Once": "3f1c", "Later": "yes"}


@pytest.fixture
def three(mary: Client) -> list[Item]:
    items = [
        actions.keep(mary, mary.coach, make_listing(each), london_today())
        for each in ("Choir", "Garden", "Chess")
    ]
    db.session.commit()
    return items


def page_of(item: Item, more: str = "") -> str:
    return f"/coaching/clients/{item.client_id}/shortlist/{item.id}{more}"


def order(client: Client) -> list[str]:
    db.session.expire_all()
    return [each.listing.name for each in queries.items_of(client)]


def test_what_is_sent_twice_is_done_once(visitor: Visitor, mary: Client, three: list[Item]) -> None:
    answers = [visitor.post(page_of(three[2], "/up"), headers=LATE) for _ in range(2)]

    assert order(mary) == ["Choir", "Chess", "Garden"]
    assert [each.status_code for each in answers] == [204, 204]


def test_another_key_is_another_thing(visitor: Visitor, mary: Client, three: list[Item]) -> None:
    for key in ("one", "two"):
        visitor.post(page_of(three[2], "/up"), headers={"Once": key})

    assert order(mary) == ["Chess", "Choir", "Garden"]


def test_the_answer_tells_the_number_for_what_was_written_after(
    visitor: Visitor, three: list[Item]
) -> None:
    answer = visitor.post(page_of(three[0]), number="1", state=LIKES, headers=LATE)

    assert answer.headers["Number"] == "2"


def test_what_is_refused_may_be_sent_again(visitor: Visitor, three: list[Item]) -> None:
    refused = visitor.post(page_of(three[0]), number="0", state=LIKES, headers=LATE)
    taken = visitor.post(page_of(three[0]), number="1", state=LIKES, headers=LATE)

    assert (refused.status_code, taken.status_code) == (409, 204)


def test_one_persons_key_is_not_anothers(visitor: Visitor, mary: Client, three: list[Item]) -> None:
    visitor.post(page_of(three[2], "/up"), headers=LATE)
    colleague = make_coach(team=mary.team)
    cover(mary, colleague, london_today())
    db.session.commit()
    visitor.sign_in(colleague)

    visitor.post(page_of(three[2], "/up"), headers=LATE)

    assert order(mary) == ["Chess", "Choir", "Garden"]


def test_keys_are_forgotten_after_a_week(mary: Client) -> None:
    old, new = (
        DoneOnce(person_id=mary.coach_id, key=key, at=utc_now() - timedelta(days=days))
        for key, days in (("old", 8), ("new", 6))
    )
    db.session.add_all([old, new])
    db.session.commit()

    once.forget_old()

    assert db.session.scalars(select(DoneOnce.key)).all() == ["new"]


def test_a_devices_key_is_for_one_person(visitor: Visitor, mary: Client) -> None:
    mine = [visitor.post("/coaching/without-signal/key").get_json()["key"] for _ in range(2)]
    visitor.sign_in(make_coach())
    anothers = visitor.post("/coaching/without-signal/key").get_json()["key"]

    assert mine[0] == mine[1] != anothers


def test_what_they_said_no_to_meanwhile_is_not_moved(
    visitor: Visitor, mary: Client, three: list[Item]
) -> None:
    actions.decline(mary, mary.coach, three[0].listing, london_today())
    db.session.commit()

    answer = visitor.post(page_of(three[0], "/up"))

    assert answer.status_code == 303
