"""What a group gets back: figures by the one rule, its own and no other's."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask

from connectdo.days import london_today
from connectdo.db import db
from connectdo.insight.models import LedTo, ListingCount, LookedFor
from connectdo.listings.models import Listing
from tests.conftest import Statements
from tests.factories import make_listing, make_person
from tests.visitor import Visitor

PAGE = "/your-groups/figures"


@pytest.fixture
def choir(app: Flask) -> Listing:
    return make_listing("Lantern Street Choir", miles=1, organisation="Singers")


@pytest.fixture
def organiser(visitor: Visitor, choir: Listing) -> Visitor:
    """Looks after the choir, and is signed in."""
    visitor.sign_in(make_person(looks_after=choir.organisation))
    return visitor


def ago(days: int) -> date:
    return london_today() - timedelta(days=days)


def happened(listing: Listing, days: int, **times: int) -> None:
    sums = {"shown": 0, "opened": 0, "kept": 0, "shortlisted": 0, **times}
    db.session.add(ListingCount(listing_id=listing.id, day=ago(days), **sums))
    db.session.commit()


def led(listing: Listing, words: str, times: int, interests: str = "", days: int = 1) -> None:
    day = ago(days)
    wish = {"words": words, "interests": interests, "times": times}
    db.session.add(LedTo(listing_id=listing.id, day=day, **wish))
    db.session.commit()


def sought(
    words: str,
    times: int,
    *,
    near: str = "SE24",
    found: int = 0,
    days: int = 1,
    interests: str = "",
) -> None:
    wish = {"words": words, "interests": interests, "times": times, "found": found}
    db.session.add(LookedFor(outcode=near, day=ago(days), **wish))
    db.session.commit()


def read(visitor: Visitor) -> str:
    """What the page says, without its tags."""
    page = visitor.get(PAGE).text
    main = page[page.index("<h1") : page.index("</main>")]
    return " ".join(re.sub("<[^>]+>", " ", main).split())


def test_each_figure_is_told_by_the_one_rule(organiser: Visitor, choir: Listing) -> None:
    happened(choir, 1, shown=11, opened=7)
    happened(choir, 60, shown=31, opened=1, kept=3)
    happened(choir, 100, shown=500, kept=500)

    said = read(organiser)

    assert "People saw it in their results about 40 times in the last 3 months." in said
    assert "In search results about 10 about 40" in said
    assert "Page opened fewer than 8 about 10" in said
    assert "own lists 0 fewer than 8" in said
    assert "shortlists 0 0" in said


def test_what_led_there_is_told_from_8_times_on(organiser: Visitor, choir: Listing) -> None:
    happened(choir, 1, shown=50)
    led(choir, "evening choir", 9)
    led(choir, "evening choir", 9, days=2)
    led(choir, "sing", 8, "choir")
    led(choir, "canary", 7)

    said = read(organiser)

    assert "evening choir (about 20 times) sing, choir (about 10 times)" in said
    assert "canary" not in said


def test_a_group_without_figures_is_told_when_there_will_be_some(
    organiser: Visitor, choir: Listing
) -> None:
    happened(choir, 1, shown=7)

    said = read(organiser)

    assert "We will tell you here when people have seen it at least 8 times" in said
    assert "look for something at least 8 times" in said


def test_somebody_without_a_group_is_told_what_will_be_here(visitor: Visitor) -> None:
    visitor.sign_in(make_person())

    assert "You do not look after a group here yet." in read(visitor)


def test_anothers_figures_are_not_shown(organiser: Visitor, choir: Listing) -> None:
    other = make_listing("Canary Chess", miles=1, organisation="Players")
    happened(other, 1, shown=500)
    led(other, "canary", 500)

    said = read(organiser)

    assert "anary" not in said
    assert "500" not in said


def test_what_people_near_by_found_little_of_is_told_most_often_first(
    organiser: Visitor, choir: Listing
) -> None:
    sought("daytime choir", 6)
    sought("daytime choir", 9, near="SE5", days=20)
    sought("", 30, interests="chess")
    sought("bingo", 30, near="M1")
    sought("knitting", 30, found=4)
    sought("pottery", 30, days=92)
    sought("canary", 7)

    said = read(organiser)

    assert "chess (about 30 times) daytime choir (about 15 times)" in said
    for left_out in ("bingo", "knitting", "pottery", "canary"):
        assert left_out not in said


def test_a_group_without_a_place_hears_of_the_areas_it_comes_to(visitor: Visitor) -> None:
    listing = make_listing("Calls", organisation="Callers", serves=["Lambeth"])
    visitor.sign_in(make_person(looks_after=listing.organisation))
    sought("bingo", 30, near="SW2")
    sought("pottery", 30, near="M1")

    said = read(visitor)

    assert "bingo (about 30 times)" in said
    assert "pottery" not in said


def test_the_page_makes_the_same_statements_however_many_groups(
    organiser: Visitor, choir: Listing, statements: Statements
) -> None:
    counts = []
    for number in (0, 5):
        for each in range(number):
            more = make_listing(f"Choir {each}", miles=2, serves=["Lambeth"])
            more.organisation = choir.organisation
            db.session.commit()
            led(more, "choir", 20)
        with statements() as made:
            organiser.get(PAGE)
        counts.append(len(made))

    assert counts[0] == counts[1]


def test_your_groups_leads_to_the_figures(organiser: Visitor) -> None:
    assert PAGE in organiser.get("/your-groups").text
