"""The door to the gazetteer: opening the file, and asking it.

Each thread reads through its own connection, opened when it first asks, so after any
fork. The file is replaced and never changed, so SQLite need not lock it ("immutable").
Whether it was replaced is one stat of the file at each opening of the door.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import weakref
from functools import cached_property
from pathlib import Path

import numpy as np
from flask import current_app

from connectdo.places.boundaries import OutcodePoints
from connectdo.places.gazetteer.building import FORMAT, ensure_built, format_of
from connectdo.places.gazetteer.known_names import KnownName
from connectdo.places.place import Point

FILE_NAME = "places.sqlite3"
_mine = threading.local()


class Gazetteer:
    """A read-only connection to one gazetteer file. Postcodes and keys are given tidy."""

    def __init__(self, path: Path) -> None:
        self.opened_as = _identity(path)
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        weakref.finalize(self, self._connection.close)

    def postcode(self, postcode: str) -> tuple[Point, str | None] | None:
        """Position and area of a full postcode, live or closed."""
        return self._positioned(
            "SELECT latitude, longitude, area FROM postcode WHERE postcode = ?",
            postcode.replace(" ", ""),
        )

    def outcode(self, outcode: str) -> tuple[Point, str | None] | None:
        """Middle and main area of an outcode."""
        return self._positioned(
            "SELECT latitude, longitude, area FROM outcode WHERE outcode = ?", outcode
        )

    def named(self, key: str) -> list[KnownName]:
        """All areas and places of that name, the most populous first."""
        rows = self._connection.execute(
            "SELECT key, kind, name, label, latitude, longitude, area, county, population"
            " FROM place WHERE key = ? ORDER BY population DESC, label, latitude",
            (key,),
        )
        return [
            KnownName(
                key,
                kind,
                name,
                label,
                Point(latitude, longitude),
                area,
                county,
                population,
            )
            for key, kind, name, label, latitude, longitude, area, county, population in rows
        ]

    def area_names(self) -> list[str]:
        """All local authorities, by name."""
        return list(self._area_names)

    @cached_property
    def _area_names(self) -> list[str]:
        rows = self._connection.execute(
            "SELECT DISTINCT name FROM place WHERE kind = 'area' ORDER BY name"
        )
        return [name for (name,) in rows]

    @cached_property
    def outcode_points(self) -> OutcodePoints:
        """The middles of all outcodes whose area is known (some 2,900)."""
        rows = self._connection.execute(
            "SELECT outcode, latitude, longitude, area FROM outcode WHERE area IS NOT NULL"
        ).fetchall()
        names, latitudes, longitudes, areas = zip(*rows, strict=True)
        return OutcodePoints(names, np.array(latitudes), np.array(longitudes), areas)

    def _positioned(self, query: str, key: str) -> tuple[Point, str | None] | None:
        row = self._connection.execute(query, (key,)).fetchone()
        return (Point(row[0], row[1]), row[2]) if row else None


def current_gazetteer() -> Gazetteer:
    """The gazetteer of the running app, built if need be."""
    return open_gazetteer(gazetteer_path())


def gazetteer_path() -> Path:
    """Where the running app keeps its gazetteer."""
    return Path(current_app.instance_path, FILE_NAME)


def open_gazetteer(path: Path) -> Gazetteer:
    """This thread's gazetteer, built if it is missing or older than this release.

    A newer file is read as it is, so that two releases side by side do not take turns
    in replacing it.
    """
    asked_for = (os.getpid(), path, _identity(path))
    if getattr(_mine, "asked_for", None) != asked_for:
        if format_of(path) < FORMAT:
            ensure_built(path)
        _mine.gazetteer = Gazetteer(path)
        _mine.asked_for = (os.getpid(), path, _mine.gazetteer.opened_as)
    gazetteer: Gazetteer = _mine.gazetteer
    return gazetteer


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    # While the old file is open its inode is in use, so a new file cannot have the same.
    return found.st_dev, found.st_ino
