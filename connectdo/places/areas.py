"""Areas: local authorities, which a visitor calls "my borough"."""

from __future__ import annotations

from typing import Any

from connectdo.places import boundaries
from connectdo.places.boundaries import BoundaryArea, likely_area
from connectdo.places.gazetteer import current_gazetteer
from connectdo.places.place import Point


def area_at(point: Point) -> str | None:
    """The area a point is in: by boundary for the eight, by nearest outcode elsewhere.

    Near a border outside the eight this can name the neighbour. None at sea, abroad or
    in Northern Ireland.
    """
    return likely_area(point, current_gazetteer().outcode_points)


def area_names() -> list[str]:
    """The names of all areas, by name."""
    return current_gazetteer().area_names()


def boundary_areas() -> list[BoundaryArea]:
    """The eight areas whose boundaries we have, by name."""
    return list(boundaries.boundary_areas())


def boundary(area_name: str) -> dict[str, Any] | None:
    """The GeoJSON geometry of one of the eight areas; None for any other."""
    found = (area for area in boundaries.boundary_areas() if area.name == area_name)
    return next((area.geometry for area in found), None)
