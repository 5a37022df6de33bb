"""Outcodes: what is told of a place."""

import pytest
from flask import Flask

from connectdo.places import find_place, outcode_at, outcodes_near, outcodes_of, place_at


@pytest.mark.parametrize(
    ("typed", "outcode"),
    [("SE24 0NG", "SE24"), ("se24", "SE24"), ("Herne Hill", "SE24"), ("SW1A 1AA", "SW1A")],
)
def test_a_place_is_told_by_its_outcode(gazetteer: Flask, typed: str, outcode: str) -> None:
    assert outcode_at(find_place(typed)) == outcode


def test_a_place_far_from_any_outcode_has_none(gazetteer: Flask) -> None:
    assert outcode_at(place_at(48.86, 2.35)) == ""


def test_outcodes_near_are_those_whose_middle_is(gazetteer: Flask) -> None:
    near = outcodes_near(find_place("SE24 0NG").point, 2.0)

    assert {"SE24", "SE5"} <= near
    assert not near & {"E1", "M1"}


def test_the_outcodes_of_an_area_are_those_mostly_in_it(gazetteer: Flask) -> None:
    assert {"SE24", "SW2"} <= outcodes_of({"Lambeth"})
    assert "SE22" not in outcodes_of({"Lambeth"})
