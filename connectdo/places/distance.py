"""Miles between points: one pair through geopy, many at once through numpy.

Both take the earth as a ball of geopy's radius, so a distance on a card never disagrees
with the order of the list. Against the true shape of the earth they are at most 0.35%
off for distances people travel in the UK, and much faster.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from geopy.distance import EARTH_RADIUS, great_circle
from geopy.units import miles

from connectdo.places.place import Point

Degrees = npt.ArrayLike
Vectors = npt.NDArray[np.float64]
EARTH_RADIUS_MILES = float(miles(kilometers=EARTH_RADIUS))


def miles_between(a: Point, b: Point) -> float:
    """Miles as the crow flies."""
    return float(great_circle((a.latitude, a.longitude), (b.latitude, b.longitude)).miles)


def unit_vectors(latitudes: Degrees, longitudes: Degrees) -> Vectors:
    """Points as vectors from the middle of the earth, one a row; NaN stays NaN.

    Made once for points that are measured to often: a distance is then three subtractions.
    """
    north = np.radians(np.asarray(latitudes, dtype=np.float64))
    east = np.radians(np.asarray(longitudes, dtype=np.float64))
    return np.stack(
        [np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)], axis=-1
    )


def miles_to_vectors(point: Point, vectors: Vectors) -> npt.NDArray[np.float64]:
    """Miles from a point to each of the `unit_vectors`, along the great circle.

    The cosine of the angle is right to 16 digits: to a foot next door, and better farther away.
    """
    north, east = math.radians(point.latitude), math.radians(point.longitude)
    here = [math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)]
    cosines = vectors @ np.array(here)
    # Rounding can carry a point a hair past 1, where arccos ends.
    return EARTH_RADIUS_MILES * np.arccos(np.maximum(np.minimum(cosines, 1.0), -1.0))


def miles_to_many(point: Point, latitudes: Degrees, longitudes: Degrees) -> npt.NDArray[np.float64]:
    """Miles from one point to each of many."""
    return miles_to_vectors(point, unit_vectors(latitudes, longitudes))
