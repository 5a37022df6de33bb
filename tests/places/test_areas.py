"""Areas and their boundaries."""

import pytest

from connectdo.places import Point, area_at, area_names, boundary, boundary_areas
from connectdo.places.boundaries import polygons
from connectdo.places.facts import fact_rows

pytestmark = pytest.mark.usefixtures("gazetteer")


@pytest.mark.parametrize(
    ("point", "area"),
    [
        (Point(51.4627, -0.1145), "Lambeth"),
        (Point(51.4740, -0.0692), "Southwark"),
        (Point(51.5130, -0.3060), "Ealing"),
        (Point(51.4050, 0.0150), "Bromley"),
        (Point(51.5588, -0.2817), "Brent"),
        (Point(51.4700, -0.3610), "Hounslow"),
        (Point(53.6475, -3.0053), "Sefton"),
        (Point(51.3460, -2.9770), "North Somerset"),
    ],
)
def test_a_point_in_each_of_the_eight_is_in_its_area(point: Point, area: str) -> None:
    assert area_at(point) == area


@pytest.mark.parametrize(
    ("point", "area"),
    [
        (Point(51.4452, -0.0207), "Lewisham"),
        (Point(53.4075, -2.9919), "Liverpool"),
        (Point(55.9533, -3.1883), "City of Edinburgh"),
    ],
)
def test_a_point_elsewhere_is_in_the_area_of_the_nearest_outcode(point: Point, area: str) -> None:
    assert area_at(point) == area


def test_the_end_of_southport_pier_still_belongs_to_sefton() -> None:
    assert area_at(Point(53.6553, -3.0220)) == "Sefton"


@pytest.mark.parametrize("point", [Point(48.8566, 2.3522), Point(54.597, -5.930), Point(0, 0)])
def test_a_point_far_from_any_outcode_is_in_no_area(point: Point) -> None:
    assert area_at(point) is None


def test_nearly_all_postcodes_lie_in_the_boundary_of_their_own_area() -> None:
    every_hundredth = list(fact_rows("postcodes.csv.gz"))[::100]

    strays = [
        row["postcode"]
        for row in every_hundredth
        if area_at(Point(float(row["latitude"]), float(row["longitude"]))) != row["lad"]
    ]

    assert len(strays) <= len(every_hundredth) / 100


def test_there_are_eight_areas_with_boundaries() -> None:
    areas = boundary_areas()

    assert [(area.slug, area.code, area.name) for area in areas] == [
        ("brent", "E09000005", "Brent"),
        ("bromley", "E09000006", "Bromley"),
        ("ealing", "E09000009", "Ealing"),
        ("hounslow", "E09000018", "Hounslow"),
        ("lambeth", "E09000022", "Lambeth"),
        ("north-somerset", "E06000024", "North Somerset"),
        ("sefton", "E08000014", "Sefton"),
        ("southwark", "E09000028", "Southwark"),
    ]


def test_the_centre_of_each_of_the_eight_lies_inside_it() -> None:
    assert [area_at(area.centre) for area in boundary_areas()] == [
        area.name for area in boundary_areas()
    ]


def test_a_boundary_is_a_geojson_geometry_of_closed_rings() -> None:
    geometry = boundary("North Somerset")

    assert geometry is not None
    assert geometry["type"] == "MultiPolygon"
    assert all(ring[0] == ring[-1] for polygon in polygons(geometry) for ring in polygon)


def test_other_areas_have_no_boundary() -> None:
    assert boundary("Leeds") is None


def test_all_areas_are_named_in_order() -> None:
    names = area_names()

    assert names == sorted(set(names))
    assert {area.name for area in boundary_areas()} < set(names)
    assert len(names) == 350
