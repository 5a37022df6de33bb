"""Places: from a postcode or a place name to a point, a distance and an area.

All of it works offline. The facts travel in the package (the folder gazetteer/) and are
built once into instance/places.sqlite3, a read-only file of its own: the same speed
whichever database the site runs on, and no memory in each worker. `connectdo places
import` adds every postcode of Great Britain to it.

This room is the only one that knows geopy. Where people are is private: nothing here
logs what was typed. The sentences of UnknownPlace and AmbiguousPlace repeat it, so show
them and do not log them.
"""

from flask import Flask

from connectdo.places.areas import area_at, area_names, boundary, boundary_areas
from connectdo.places.boundaries import BoundaryArea
from connectdo.places.commands import places
from connectdo.places.distance import miles_between, miles_to_many, miles_to_vectors, unit_vectors
from connectdo.places.gazetteer import (
    build_gazetteer,
    current_gazetteer,
    open_gazetteer,
)
from connectdo.places.outcodes import outcode_at, outcodes_near, outcodes_of
from connectdo.places.place import AmbiguousPlace, Place, Point, UnknownPlace
from connectdo.places.postcodes import tidy_outcode, tidy_postcode
from connectdo.places.queries import find_place, find_postcode, known_place, place_at

__all__ = [
    "AmbiguousPlace",
    "BoundaryArea",
    "Place",
    "Point",
    "UnknownPlace",
    "area_at",
    "area_names",
    "boundary",
    "boundary_areas",
    "build_gazetteer",
    "current_gazetteer",
    "find_place",
    "find_postcode",
    "init_app",
    "known_place",
    "miles_between",
    "miles_to_many",
    "miles_to_vectors",
    "open_gazetteer",
    "outcode_at",
    "outcodes_near",
    "outcodes_of",
    "place_at",
    "tidy_outcode",
    "tidy_postcode",
    "unit_vectors",
]


def init_app(app: Flask) -> None:
    """Register the commands. The gazetteer is built when it is first asked."""
    app.cli.add_command(places)
