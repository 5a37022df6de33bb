"""A shortlist: its order, its notes, where each thing has got to, and what changed meanwhile."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from connectdo.clients.models import VOLUNTEER, Client
from connectdo.days import london_today
from connectdo.db import db
from connectdo.listings.models import HIDDEN, STOPPED, Listing
from connectdo.shortlists import actions, queries
from connectdo.shortlists.models import LIKES, NO, REGULAR, TRIED, VISITING, Item, ItemStep
from tests.factories import make_client, make_coach, make_listing
from tests.visitor import Visitor


def kept(client: Client, *names: str, **fields: Any) -> list[Item]:
    """Things on a client's shortlist, committed."""
    items = [
        actions.keep(
            client,
            client.coach,
            make_listing(each, miles=1.0, weekly="Tue 11:00", **fields),
            london_today(),
        )
        for each in names
    ]
    db.session.commit()
    return items


def page_of(client: Client, more: str = "") -> str:
    return f"/coaching/clients/{client.id}/shortlist{more}"


def names(client: Client) -> list[str]:
    db.session.expire_all()
    return [each.listing.name for each in queries.items_of(client)]


def test_it_is_put_in_order_by_buttons(visitor: Visitor, mary: Client) -> None:
    _, garden, _ = kept(mary, "Choir", "Garden", "Chess")

    visitor.post(page_of(mary, f"/{garden.id}/up"))
    visitor.post(page_of(mary, f"/{garden.id}/up"))
    first = names(mary)
    visitor.post(page_of(mary, f"/{garden.id}/down"))

    assert first == ["Garden", "Choir", "Chess"]
    assert names(mary) == ["Choir", "Garden", "Chess"]


def test_why_and_notes_are_kept_and_shown(visitor: Visitor, mary: Client) -> None:
    (choir,) = kept(mary, "Choir")

    visitor.post(
        page_of(mary, f"/{choir.id}"),
        number="1",
        state=LIKES,
        why="My mother sang alto",
        note="Ask for Ines",
        private_note="Walk there with her first",
    )

    page = visitor.get(page_of(mary)).text
    for words in ("My mother sang alto", "Ask for Ines", "Walk there with her first", "They like"):
        assert words in page


def test_each_change_keeps_its_date(visitor: Visitor, mary: Client) -> None:
    (choir,) = kept(mary, "Choir")
    day = london_today() + timedelta(days=3)

    visitor.post(
        page_of(mary, f"/{choir.id}"),
        number="1",
        state=VISITING,
        visit_on=f"{day.day} {day:%B %Y}",
    )
    visitor.post(page_of(mary, f"/{choir.id}"), number="2", state=TRIED)
    visitor.post(page_of(mary, f"/{choir.id}"), number="3", state=REGULAR)

    steps = db.session.scalars(select(ItemStep).order_by(ItemStep.id)).all()
    assert [(each.state, each.visit_on) for each in steps] == [
        ("idea", None),
        (VISITING, day),
        (TRIED, None),
        (REGULAR, None),
    ]
    assert all(each.at is not None and each.by_id == mary.coach_id for each in steps)


def test_a_day_that_is_none_is_asked_again_and_the_rest_kept(
    visitor: Visitor, mary: Client
) -> None:
    (choir,) = kept(mary, "Choir")

    response = visitor.post(
        page_of(mary, f"/{choir.id}"), number="1", state=VISITING, visit_on="soonish", note="Coat"
    )

    assert response.status_code == 422
    assert 'value="soonish"' in response.text
    assert "Coat" in response.text


def test_two_who_change_one_thing_lose_nothing(visitor: Visitor, mary: Client) -> None:
    (choir,) = kept(mary, "Choir")
    visitor.post(page_of(mary, f"/{choir.id}"), number="1", state=LIKES, note="From the first")

    second = visitor.post(
        page_of(mary, f"/{choir.id}"), number="1", state=LIKES, note="From the second"
    )

    assert second.status_code == 409
    assert "From the first" in second.text
    assert "From the second" in second.text
    db.session.refresh(choir)
    assert choir.note == "From the first"


def test_who_does_not_say_what_they_read_changes_nothing(visitor: Visitor, mary: Client) -> None:
    (choir,) = kept(mary, "Choir")

    answer = visitor.post(page_of(mary, f"/{choir.id}"), state=LIKES, note="From nowhere")

    assert answer.status_code == 409
    assert "From nowhere" in answer.text
    db.session.refresh(choir)
    assert choir.note == ""


def test_what_they_said_no_to_stands_apart_with_why(visitor: Visitor, mary: Client) -> None:
    (choir,) = kept(mary, "Choir")

    visitor.post(
        page_of(mary, f"/{choir.id}"), number="1", state=NO, why_not="Too loud for my ears"
    )

    assert names(mary) == []
    assert "Too loud for my ears" in visitor.get(page_of(mary)).text


def test_what_is_taken_off_may_be_suggested_again(visitor: Visitor, mary: Client) -> None:
    (choir,) = kept(mary, "Choir")

    visitor.post(page_of(mary, f"/{choir.id}/remove"))

    assert queries.states_of(mary) == {}


def test_a_volunteer_sees_no_note_for_colleagues(visitor: Visitor, mary: Client) -> None:
    hers = make_client(make_coach(VOLUNTEER, team=mary.team))
    (choir,) = kept(hers, "Choir")
    choir.private_note = "Canary"
    db.session.commit()
    visitor.sign_in(hers.coach)

    pages = [visitor.get(page_of(hers, each)).text for each in ("", f"/{choir.id}")]
    visitor.post(page_of(hers, f"/{choir.id}"), number="1", state=LIKES, private_note="Mine")

    assert not any("Canary" in page for page in pages)
    db.session.refresh(choir)
    assert choir.private_note == "Canary"


def test_a_thing_on_anothers_list_is_not_there(visitor: Visitor, mary: Client) -> None:
    other = make_client()
    (theirs,) = kept(other, "Choir")

    answers = [
        visitor.get(page_of(mary, f"/{theirs.id}")),
        visitor.post(page_of(mary, f"/{theirs.id}"), state=LIKES),
        visitor.post(page_of(mary, f"/{theirs.id}/up")),
        visitor.post(page_of(mary, f"/{theirs.id}/remove")),
    ]

    assert [each.status_code for each in answers] == [404] * 4


# What has changed since.


def cancel_next(listing: Listing) -> None:
    today = london_today()
    tuesday = today + timedelta(days=(1 - today.weekday()) % 7 or 7)
    listing.schedules[0].cancelled_dates = [tuesday.isoformat()]


def stop(listing: Listing) -> None:
    listing.status = STOPPED


def hide(listing: Listing) -> None:
    listing.status = HIDDEN


def raise_the_price(listing: Listing) -> None:
    listing.cost = "£5"


def meet_later(listing: Listing) -> None:
    listing.schedules[0].recurrence = "FREQ=WEEKLY;BYDAY=WE"


def move_elsewhere(listing: Listing) -> None:
    listing.venue = make_listing(miles=2.0).venue
    assert listing.venue
    listing.venue.name = "Harbour Hall"


def forget_to_confirm(listing: Listing) -> None:
    listing.confirmed_on = london_today() - timedelta(days=200)


@pytest.mark.parametrize(
    ("happen", "told"),
    [
        (cancel_next, "any more."),
        (stop, "It has stopped."),
        (hide, "Its page has been taken down."),
        (raise_the_price, "The cost has changed: £5."),
        (meet_later, "The times have changed."),
        (move_elsewhere, "It has moved to Harbour Hall."),
        (forget_to_confirm, "Nobody has confirmed it for a while."),
    ],
)
def test_what_changed_is_said_until_it_is_seen(
    visitor: Visitor, mary: Client, happen: object, told: str
) -> None:
    (choir,) = kept(mary, "Choir", confirmed_on=london_today())
    assert callable(happen)
    happen(choir.listing)
    db.session.commit()

    before = visitor.get(page_of(mary)).text
    visitor.post(page_of(mary, f"/{choir.id}/seen"))
    after = visitor.get(page_of(mary)).text

    assert "Since you last looked" in before
    assert told in before
    assert "Since you last looked" not in after


def test_nothing_is_said_where_nothing_changed(visitor: Visitor, mary: Client) -> None:
    kept(mary, "Choir", confirmed_on=london_today())

    assert "Since you last looked" not in visitor.get(page_of(mary)).text


# Side by side.


def test_two_stand_side_by_side(visitor: Visitor, mary: Client) -> None:
    choir, garden = kept(mary, "Choir", "Garden", cost="£2", confirmed_on=london_today())

    page = visitor.get(f"/coaching/clients/{mary.id}/compare?item={choir.id}&item={garden.id}").text

    for words in ("Choir", "Garden", "£2", "Every Tuesday", "miles", "Confirmed today"):
        assert words in page


@pytest.mark.parametrize("how_many", [0, 1, 5])
def test_fewer_than_two_or_more_than_four_do_not(
    visitor: Visitor, mary: Client, how_many: int
) -> None:
    items = kept(mary, *(f"Choir {n}" for n in range(5)))
    asked = "&".join(f"item={each.id}" for each in items[:how_many])

    response = visitor.get(f"/coaching/clients/{mary.id}/compare?{asked}")

    assert "Tick 2 to 4 things" in visitor.follow(response).text
