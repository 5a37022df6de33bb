"""Distance, radius, and what needs no travelling."""

from collections.abc import Callable

import pytest

from connectdo.search.finding import Found
from connectdo.search.query import BadQuery, query_from
from connectdo.search.wording import notes_in_words
from tests.factories import HOME, make_area, make_listing

Names = Callable[..., list[str]]
Search = Callable[..., Found]


def test_the_distance_is_that_of_the_venue(search: Search) -> None:
    make_listing(miles=1.5)

    found = search(near=HOME)

    assert found.results[0].reasons.miles == pytest.approx(1.5, rel=0.005)


def test_within_counts_what_is_inside_and_leaves_out_the_rest(search: Search) -> None:
    make_listing("In", miles=1.9)
    make_listing("Out", miles=2.1)

    found = search(near=HOME, within=2)

    assert (found.total, len(found.results)) == (1, 1)


@pytest.mark.parametrize("within", [0.5, 2, 20])
def test_what_comes_to_you_is_there_at_every_radius(search: Search, within: float) -> None:
    make_listing("By phone", delivery=["phone"], serves_everywhere=True)
    make_listing("Online", delivery=["online"], miles=150)
    make_listing("Area-wide", delivery=["home_visit"], serves=["Lambeth"])

    found = search(near=HOME, within=within)

    assert found.total == 3


def test_what_comes_to_another_area_is_left_out_of_a_radius(search: Search) -> None:
    make_area("Lambeth")
    make_listing("Theirs", delivery=["phone"], serves=["Ealing"])

    found = search(near=HOME, within=5)

    assert found.total == 0


def test_nothing_inside_shows_the_nearest_few_and_says_so(search: Search) -> None:
    for miles in (9, 7, 8, 12, 11, 10):
        make_listing(f"{miles} away", miles=miles, interests=["Choir"])

    found = search("choir", near=HOME, within=2)

    assert found.total == 0
    assert [round(r.reasons.miles or 0) for r in found.results] == [7, 8, 9, 10, 11]
    assert notes_in_words(found) == [
        "Nothing with a place is within 2 miles. The nearest is 7 miles away."
    ]


def test_a_listing_with_no_position_has_no_distance(search: Search) -> None:
    make_listing("Nowhere")

    found = search(near=HOME)

    assert found.results[0].reasons.miles is None


def test_an_unknown_full_postcode_is_read_as_its_outcode_and_says_so(search: Search) -> None:
    make_listing(miles=1)

    found = search(near="SE24 9ZZ")

    assert "SE24" in notes_in_words(found)[0]


@pytest.mark.parametrize(
    ("options", "option"),
    [
        ({"near": "Nowhere-on-Sea-at-all"}, "near"),
        ({"near": "Brixton"}, "near"),
        ({"within": 5}, "near"),
        ({"near": HOME, "within": "far"}, "within"),
        ({"near": HOME, "within": -1}, "within"),
        ({"at": "north"}, "at"),
        ({"at": "99.9,0"}, "at"),
        ({"at": "0,0"}, "at"),
        ({"day": "someday"}, "day"),
        ({"access": "magic"}, "access"),
        ({"as_of": "2026-13-01"}, "as_of"),
        ({"limit": "lots"}, "limit"),
        ({"colour": "blue"}, "colour"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(
    app: object, options: dict[str, object], option: str
) -> None:
    with pytest.raises(BadQuery) as refused:
        query_from(options)

    assert refused.value.option == option


def test_an_ambiguous_place_is_asked_back(app: object) -> None:
    with pytest.raises(BadQuery) as refused:
        query_from({"near": "Brixton"})

    assert [place.name for place in refused.value.candidates] == [
        "Brixton, Lambeth",
        "Brixton, Devon",
    ]
