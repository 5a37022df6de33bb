"""Outcodes: the first half of a postcode, as the only thing that is told of where somebody is."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from connectdo.places.gazetteer import current_gazetteer
from connectdo.places.place import Place, Point
from connectdo.places.postcodes import outcode_of, tidy_outcode

# From a place without a postcode to the middle of the outcode that it is taken for.
FARTHEST_MILES = 10.0


def outcode_at(place: Place) -> str:
    """The outcode of a place, or the nearest one where it has no postcode. "" where none is."""
    if place.kind in ("postcode", "outcode"):
        return tidy_outcode(outcode_of(place.name)) or ""
    outcodes = current_gazetteer().outcode_points
    miles = outcodes.miles_from(place.point)
    nearest = int(np.argmin(miles))
    return outcodes.names[nearest] if miles[nearest] < FARTHEST_MILES else ""


def outcodes_near(point: Point, miles: float) -> set[str]:
    """The outcodes whose middle is within some miles of a point."""
    outcodes = current_gazetteer().outcode_points
    near = np.flatnonzero(outcodes.miles_from(point) <= miles)
    return {outcodes.names[number] for number in near.tolist()}


def outcodes_of(areas: Collection[str]) -> set[str]:
    """The outcodes that lie mostly in some areas, told by name."""
    outcodes = current_gazetteer().outcode_points
    return {
        name for name, area in zip(outcodes.names, outcodes.areas, strict=True) if area in areas
    }
