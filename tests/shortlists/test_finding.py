"""Finding things with a client: theirs from the first look, narrowed as they talk."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from connectdo.audit.models import Entry
from connectdo.clients.models import Client
from connectdo.days import london_today
from connectdo.db import db, utc_now
from connectdo.search.sync import sync
from connectdo.shortlists import actions, queries
from connectdo.shortlists.models import NO, TRIED
from tests.factories import make_client, make_coach, make_listing
from tests.visitor import Visitor


def find_page(client: Client, more: str = "") -> str:
    return f"/coaching/clients/{client.id}/find{more}"


def names_on(page: str) -> list[str]:
    found = re.findall(r'<li class="cd-result".*?<h2[^>]*><a[^>]*>([^<]*)</a>', page, re.DOTALL)
    return [name.replace("&#39;", "'") for name in found]


def test_what_suits_them_is_there_without_a_word(visitor: Visitor, mary: Client) -> None:
    make_listing("Tenants meeting", miles=0.2)
    make_listing("Lantern Street Choir", miles=1.0, interests=["Choir"])
    sync()

    page = visitor.get(find_page(mary)).text

    assert names_on(page) == ["Lantern Street Choir"]
    assert "Matches choir" in page


def test_words_narrow_it(visitor: Visitor, mary: Client) -> None:
    make_listing("Lantern Street Choir", miles=1.0, interests=["Choir"])
    make_listing("Harbour Gospel Choir", miles=1.0, interests=["Choir"])
    sync()

    page = visitor.get(find_page(mary, "?q=gospel")).text

    assert names_on(page) == ["Harbour Gospel Choir"]


def test_what_is_too_far_is_shown_and_said_to_be(visitor: Visitor, mary: Client) -> None:
    make_listing("Lantern Street Choir", miles=8.0, interests=["Choir"])
    sync()

    far, none = (visitor.get(find_page(mary, more)).text for more in ("", "?q=zzzzqqq"))

    assert names_on(far) == ["Lantern Street Choir"]
    assert "Nothing near enough" in far
    assert "0 things" in none


def test_what_is_kept_is_on_the_list_and_the_place_is_kept(visitor: Visitor, mary: Client) -> None:
    choir = make_listing("Lantern Street Choir", miles=1.0, interests=["Choir"])
    sync()
    back = find_page(mary, f"?q=choir#listing-{choir.id}")

    response = visitor.post(find_page(mary, f"/{choir.id}"), next=back)

    assert response.headers["Location"] == back
    assert [each.listing_id for each in queries.items_of(mary)] == [choir.id]
    assert "An idea" in visitor.get(find_page(mary)).text


def test_what_they_said_no_to_is_not_found_again(visitor: Visitor, mary: Client) -> None:
    choir = make_listing("Lantern Street Choir", miles=1.0, interests=["Choir"])
    sync()

    visitor.post(find_page(mary, f"/{choir.id}/no"))

    assert names_on(visitor.get(find_page(mary)).text) == []
    assert queries.states_of(mary) == {choir.id: NO}


def test_what_they_have_been_to_is_marked(visitor: Visitor, mary: Client) -> None:
    choir = make_listing("Lantern Street Choir", miles=1.0, interests=["Choir"])
    sync()
    item = actions.keep(mary, mary.coach, choir, london_today())
    actions.get_to(item, mary.coach, TRIED)
    db.session.commit()

    page = visitor.get(find_page(mary)).text

    assert "suggested before" in page
    assert "Tried it" in page


def test_what_is_new_since_the_last_look_is_marked(visitor: Visitor, mary: Client) -> None:
    make_listing("Lantern Street Choir", miles=1.0, interests=["Choir"])
    visitor.get(find_page(mary))
    mary.created_at = utc_now() - timedelta(days=2)
    db.session.execute(update(Entry).values(at=utc_now() - timedelta(days=1)))
    old = make_listing("Old Choir", miles=1.0, interests=["Choir"])
    old.created_at = utc_now() - timedelta(days=2)
    db.session.commit()
    sync()

    first, second = (visitor.get(find_page(mary)).text for _ in range(2))

    assert first.count("New for Mary") == 1
    assert "New for Mary" not in second


def test_a_listing_that_is_hidden_cannot_be_kept(visitor: Visitor, mary: Client) -> None:
    hidden = make_listing("Secret Choir", status="hidden")

    response = visitor.post(find_page(mary, f"/{hidden.id}"))

    assert response.status_code == 404


def test_three_things_are_kept_within_ten_requests_of_small_pages(
    visitor: Visitor, mary: Client
) -> None:
    for number in range(12):
        make_listing(f"Choir {number}", miles=0.5, interests=["Choir"], summary="Sing. " * 30)
    sync()
    asked = [visitor.get(f"/coaching/clients/{mary.id}"), visitor.get(find_page(mary))]

    for listing_id in re.findall(r'id="listing-(\d+)"', asked[1].text)[:3]:
        kept = visitor.post(find_page(mary, f"/{listing_id}"), next=find_page(mary))
        asked += [kept, visitor.follow(kept)]

    assert len(queries.items_of(mary)) == 3
    assert len(asked) < 10
    assert all(len(each.data) < 100_000 for each in asked)


@pytest.fixture
def hodan(app: Flask) -> Client:
    """67, of West Norwood, likes gardening and cooking, speaks Somali."""
    return make_client(
        name="Hodan",
        loves=["Gardening", "Cooking"],
        near="SE27",
        within=1.5,
        needs=["step_free", "daytime", "free"],
        languages=["English", "Somali"],
    )


def test_the_two_that_suit_come_first_and_the_others_where_they_belong(
    visitor: Visitor, hodan: Client
) -> None:
    two_weeks_ago = london_today() - timedelta(days=14)
    here: dict[str, Any] = {"near": "SE27"}
    known: dict[str, Any] = {"confirmed_on": two_weeks_ago}
    suits: dict[str, Any] = {"access": "step_free", "is_free": True, **here}
    make_listing(
        "Harvest garden", miles=1.3, interests=["Gardening"], weekly="Tue 11:00", **suits, **known
    )
    make_listing(
        "Somali women's kitchen",
        miles=1.4,
        interests=["Cooking"],
        weekly="Wed 11:00",
        languages=["Somali"],
        gender="women",
        **suits,
        **known,
    )
    make_listing(
        "Garden up the stairs",
        miles=0.5,
        interests=["Gardening"],
        weekly="Tue 10:00",
        access="no step_free",
        is_free=True,
        **here,
        **known,
    )
    make_listing(
        "Forgotten garden",
        miles=1.3,
        interests=["Gardening"],
        weekly="Thu 11:00",
        confirmed_on=two_weeks_ago - timedelta(days=14 * 30),
        **suits,
    )
    make_listing(
        "Evening cookery",
        miles=0.8,
        interests=["Cooking"],
        weekly="Mon 19:00",
        access="step_free",
        is_free=False,
        cost="£12",
        **here,
        **known,
    )
    lunch = make_listing(
        "Lunch club X", miles=0.3, interests=["Cooking"], weekly="Fri 12:00", **suits, **known
    )
    actions.decline(hodan, hodan.coach, lunch, london_today())
    db.session.commit()
    sync()
    visitor.sign_in(hodan.coach)

    page = visitor.get(find_page(hodan)).text

    names = names_on(page)
    assert set(names[:2]) == {"Harvest garden", "Somali women's kitchen"}
    assert names[2:] == ["Forgotten garden"]
    assert "says Somali" in page
    for reason in ("Matches gardening", "Matches cooking", "1.3 miles", "1.4 miles", "step-free"):
        assert reason in page
    assert page.count("Not checked for a while") == 1


def test_a_client_of_another_finds_nothing(visitor: Visitor, mary: Client) -> None:
    visitor.sign_in(make_coach())

    assert visitor.get(find_page(mary)).status_code == 404
