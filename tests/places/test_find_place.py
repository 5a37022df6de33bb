"""Finding the place that was meant."""

import logging
import math
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from connectdo.places import (
    AmbiguousPlace,
    Place,
    Point,
    UnknownPlace,
    boundary_areas,
    find_place,
    find_postcode,
    miles_between,
    place_at,
)
from connectdo.places.facts import fact_rows
from connectdo.places.gazetteer.lookups import FILE_NAME
from connectdo.places.names import search_key

pytestmark = pytest.mark.usefixtures("gazetteer")


@pytest.mark.parametrize("typed", ["SE24 0NG", "se240ng", "SE24 ONG", " se24-0ng\n"])
def test_a_full_postcode_is_found(typed: str) -> None:
    place = find_place(typed)

    assert place == Place("SE24 0NG", "postcode", Point(51.452774, -0.103189), "Lambeth")


def test_a_closed_postcode_is_still_found() -> None:
    place = find_place("BR1 1AD")

    assert (place.kind, place.area) == ("postcode", "Bromley")


def test_an_unknown_postcode_becomes_its_outcode_and_says_so() -> None:
    place = find_place("se24 9zz")

    assert (place.name, place.kind, place.area) == ("SE24", "outcode", "Lambeth")
    assert place.note == "We do not have SE24 9ZZ, so distances are from the middle of SE24."


@pytest.mark.parametrize("typed", ["sw2", "SW2 1"])
def test_half_a_postcode_is_found_without_a_note(typed: str) -> None:
    place = find_place(typed)

    assert (place.name, place.kind, place.area, place.note) == ("SW2", "outcode", "Lambeth", None)


def test_a_postcode_at_the_end_of_an_address_is_found() -> None:
    place = find_place("12 Rosendale Road, London SE24 9EH")

    assert place.name == "SE24 9EH"


def test_an_import_finds_postcodes_and_no_names() -> None:
    found = [find_postcode(text) for text in ("se24 0ng", "SE24", "Brixton", "", "BT1 1AA")]

    assert [place and place.name for place in found] == ["SE24 0NG", "SE24", None, None, None]


@pytest.mark.parametrize(
    ("typed", "area"),
    [
        ("Tulse Hill", "Lambeth"),
        ("herne hill", "Lambeth"),
        ("the oval", "Lambeth"),
        ("Camberwell", "Southwark"),
        ("Elephant & Castle", "Southwark"),
        ("Hanwell, Ealing", "Ealing"),
        ("Northfields", "Ealing"),
        ("Perivale", "Ealing"),
        ("Penge", "Bromley"),
        ("Anerley", "Bromley"),
        ("Crystal Palace", "Bromley"),
        ("Kensal Rise", "Brent"),
        ("Harlesden", "Brent"),
        ("Isleworth", "Hounslow"),
        ("Feltham", "Hounslow"),
        ("Crosby", "Sefton"),
        ("Maghull", "Sefton"),
        ("weston super mare", "North Somerset"),
        ("Worle", "North Somerset"),
        ("Portishead", "North Somerset"),
        ("Edinburgh", "City of Edinburgh"),
        ("St. Leonards on Sea", "Hastings"),
    ],
)
def test_a_place_is_found_by_its_name(typed: str, area: str) -> None:
    place = find_place(typed)

    assert (place.kind, place.area) == ("place", area)


def test_london_is_found() -> None:
    place = find_place("London")

    assert (place.name, place.kind) == ("London", "place")
    assert miles_between(place.point, Point(51.5074, -0.1278)) < 1


def test_a_borough_is_found_as_an_area_in_the_middle_of_its_land() -> None:
    place = find_place("lambeth")

    lambeth = next(area for area in boundary_areas() if area.name == "Lambeth")
    assert place == Place("Lambeth", "area", lambeth.centre, "Lambeth")


def test_a_district_elsewhere_is_found_at_its_town() -> None:
    place = find_place("Winchester")

    assert (place.kind, place.area) == ("area", "Winchester")
    assert miles_between(place.point, Point(51.0632, -1.3080)) < 1


def test_two_places_of_one_name_are_asked_about() -> None:
    with pytest.raises(AmbiguousPlace) as caught:
        find_place("brixton")

    assert [place.area for place in caught.value.candidates] == ["Lambeth", "South Hams"]
    assert str(caught.value) == (
        "There is more than one Brixton: Brixton, Lambeth or Brixton, Devon. Which one?"
    )


@pytest.mark.parametrize(
    ("typed", "area"),
    [
        ("Brixton, Lambeth", "Lambeth"),
        ("brixton lambeth", "Lambeth"),
        ("Brixton, London", "Lambeth"),
        ("Brixton, London, UK", "Lambeth"),
        ("Brixton, Devon", "South Hams"),
        ("Brixton, South Hams", "South Hams"),
        ("Waterloo, Sefton", "Sefton"),
        ("Waterloo, Merseyside", "Sefton"),
        ("waterloo lambeth", "Lambeth"),
        ("Newport, Wales", "Newport"),
        ("Newport Isle of Wight", "Isle of Wight"),
    ],
)
def test_an_area_or_county_chooses_between_them(typed: str, area: str) -> None:
    assert find_place(typed).area == area


@pytest.mark.parametrize("typed", ["Waterloo", "Newport", "Kew", "Weston", "Kingston", "Newcastle"])
def test_no_place_is_guessed_where_several_may_be_meant(typed: str) -> None:
    with pytest.raises(AmbiguousPlace):
        find_place(typed)


@pytest.mark.parametrize("typed", ["Bristol", "Liverpool", "Preston", "Hull", "Sutton"])
def test_a_city_is_meant_whatever_village_shares_its_name(typed: str) -> None:
    assert typed in find_place(typed).name


def test_a_name_with_the_wrong_county_is_found_and_says_where_it_is() -> None:
    place = find_place("Chislehurst, Kent")

    assert (place.area, place.note) == ("Bromley", "This is Chislehurst, Bromley.")


def test_every_name_finds_a_place_that_its_own_label_finds_again(built: Path) -> None:
    with closing(sqlite3.connect(built / FILE_NAME)) as reference:
        keys = [key for (key,) in reference.execute("SELECT DISTINCT key FROM place")]

    lost = [place.name for key in keys for place in _offered(key) if not _found_again(place)]

    assert len(keys) > 6000
    assert lost == []


def _offered(key: str) -> list[Place]:
    try:
        return [find_place(key)]
    except AmbiguousPlace as ambiguous:
        return ambiguous.candidates


def _found_again(place: Place) -> bool:
    try:
        return find_place(place.name).point == place.point
    except LookupError:
        return False


def test_every_neighbourhood_of_ours_can_be_found_in_its_area() -> None:
    ours = [(row["name"], row["area"]) for row in fact_rows("localities.csv")]

    found = [(name, find_place(f"{name}, {area}").area) for name, area in ours]

    assert found == ours
    assert len({search_key(name) for name, _ in ours}) == len(ours)


@pytest.mark.parametrize("typed", ["Xyz", "BT1 1AA", "12 High Street"])
def test_an_unknown_place_is_named_and_the_sentence_says_what_to_do(typed: str) -> None:
    with pytest.raises(UnknownPlace) as caught:
        find_place(typed)

    assert str(caught.value) == (
        f'We do not know "{typed}". Enter a full UK postcode, like SE24 0NG, or the name of a town.'
    )


@pytest.mark.parametrize("typed", ["", "  ", "a\x00b", "Brix\nton", "x" * 101, "\ud800"])
def test_what_is_unfit_to_repeat_is_not_repeated(typed: str) -> None:
    with pytest.raises(UnknownPlace) as caught:
        find_place(typed)

    assert str(caught.value) == "Enter a full UK postcode, like SE24 0NG, or the name of a town."


@settings(deadline=None)
@given(text=st.text(max_size=110) | st.from_regex(r"[A-Z0-9 ,]{0,12}", fullmatch=True))
def test_any_text_is_a_place_or_a_sentence(shared_app: Flask, text: str) -> None:
    with shared_app.app_context():
        try:
            answer = find_place(text).name
        except (UnknownPlace, AmbiguousPlace) as error:
            answer = str(error)

    assert answer


def test_nothing_that_is_typed_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    for typed in ("SE24 9ZZ", "Brixton", "Secret Place", "SE24 0NG"):
        try:
            find_place(typed)
        except LookupError:
            continue

    assert caplog.text == ""


def test_a_position_becomes_a_place() -> None:
    place = place_at(51.45, -0.1)

    assert place == Place("51.4500, -0.1000", "point", Point(51.45, -0.1), "Lambeth")


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(0, 0), (91, 0), (-91, 0), (51, 181), (51, -181), (math.nan, 0), (51, math.inf)],
)
def test_what_cannot_be_a_position_is_refused_in_words(latitude: float, longitude: float) -> None:
    with pytest.raises(ValueError, match=r"^(Latitude|Longitude) .*\.$"):
        place_at(latitude, longitude)
