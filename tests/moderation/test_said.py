"""What a listing says, as plain values and back."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from connectdo.db import db
from connectdo.listings.models import Listing, Venue
from connectdo.listings.said import as_listing, said, say, tidied
from connectdo.places.models import Area
from tests.factories import make_listing
from tests.moderation.conftest import Values


def test_a_listing_says_again_what_it_said(app: Flask) -> None:
    rich = make_listing(
        "Choir",
        miles=1,
        interests=["Choir", "Gardening"],
        serves=["Lambeth", "Southwark"],
        access="step_free; no parking",
        weekly="Tue 18:30",
        languages=["English", "Welsh"],
        min_age=18,
        is_free=True,
        tags=["A cappella"],
        schedule_words="In term time",
    )
    other = make_listing("Another")

    say(other, said(rich))
    db.session.commit()

    assert said(other) == said(rich)
    assert other.venue is rich.venue


def test_a_listing_to_look_at_is_not_kept(values: Values) -> None:
    made = as_listing(values(serves=["Nowhere-on-Sea"]))
    db.session.commit()

    assert made.venue
    assert made.venue.area
    assert made.venue.area.name == "Lambeth"
    assert db.session.scalar(select(func.count(Listing.id))) == 1
    assert db.session.scalar(select(Area).where(Area.name == "Nowhere-on-Sea")) is None
    assert db.session.scalar(select(Venue).where(Venue.name == "Hall")) is None


def test_a_postcode_puts_a_venue_on_the_map(values: Values) -> None:
    venue = tidied(values())["venue"]

    assert venue["latitude"] == pytest.approx(51.45, abs=0.02)
    assert venue["longitude"] == pytest.approx(-0.1, abs=0.02)


def test_of_a_hidden_address_only_the_outcode_is_with_the_listing(values: Values) -> None:
    listing = as_listing(values(hide_address=True))

    assert listing.venue
    assert (listing.venue.name, listing.venue.address) == ("", "")
    assert listing.venue.postcode == "SE24"
    assert listing.venue.latitude != said(listing)["venue"]["latitude"]
    assert said(listing)["venue"]["address"] == "1 Half Moon Lane"


def test_an_address_that_is_no_longer_hidden_is_shown_again(values: Values) -> None:
    listing = as_listing(values(hide_address=True))

    say(listing, {**said(listing), "hide_address": False})

    assert listing.venue
    assert listing.venue.postcode == "SE24 0NG"
    assert listing.hidden_venue == {}


def test_old_words_for_times_go_when_somebody_sets_the_times(values: Values) -> None:
    listing = make_listing("Choir", schedule_words="Most Tuesdays")

    say(listing, {**said(listing), "schedules": values()["schedules"]})

    assert listing.schedule_words == ""
    assert listing.schedules[0].starts_on == date(2026, 10, 6)


def test_no_place_is_an_answer(values: Values) -> None:
    listing = as_listing(values(venue=None, serves=["Lambeth"]))

    assert listing.venue is None
    assert [each.name for each in listing.serves] == ["Lambeth"]


def test_one_new_area_is_made_for_a_venue_in_it_and_those_it_serves(values: Values) -> None:
    listing = make_listing("Choir")

    say(listing, values(serves=["Lambeth"]))
    db.session.commit()

    assert listing.venue
    assert listing.venue.area is listing.serves[0]
