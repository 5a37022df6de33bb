"""The gazetteer: every postcode and place name we know, in one read-only file.

The facts it is built from lie beside this file; SOURCES.txt says where each comes from.
"""

from connectdo.places.gazetteer.building import build_gazetteer
from connectdo.places.gazetteer.lookups import (
    Gazetteer,
    current_gazetteer,
    gazetteer_path,
    open_gazetteer,
)

__all__ = [
    "Gazetteer",
    "build_gazetteer",
    "current_gazetteer",
    "gazetteer_path",
    "open_gazetteer",
]
