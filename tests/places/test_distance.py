"""Miles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectdo.places import Point, miles_between, miles_to_many

points_in_the_uk = st.builds(Point, st.floats(49.8, 60.9), st.floats(-8.7, 1.8))
points_anywhere = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))


def test_brixton_is_about_four_miles_from_london_bridge() -> None:
    brixton, london_bridge = Point(51.4627, -0.1145), Point(51.5055, -0.0865)

    miles = miles_between(brixton, london_bridge)

    assert miles == pytest.approx(3.2, abs=0.1)


@given(points_in_the_uk, st.lists(points_in_the_uk, min_size=1, max_size=20))
def test_many_distances_at_once_agree_with_each_alone_to_a_foot(
    point: Point, others: list[Point]
) -> None:
    miles = miles_to_many(point, [o.latitude for o in others], [o.longitude for o in others])

    a_foot = 1 / 5280
    assert miles == pytest.approx([miles_between(point, other) for other in others], abs=a_foot)


@given(points_anywhere, points_anywhere)
def test_a_distance_is_always_a_number(point: Point, other: Point) -> None:
    (miles,) = miles_to_many(point, [other.latitude], [other.longitude])

    assert 0 <= miles < 12_500


def test_no_points_are_no_distances() -> None:
    miles = miles_to_many(Point(51.5, 0.1), np.array([]), np.array([]))

    assert miles.shape == (0,)
