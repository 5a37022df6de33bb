"""Building the gazetteer: one read-only SQLite file made from the facts in the package.

The file holds reference facts only and can be made again at will, so it is its own file
and never part of the site's database. It is never changed in place: a new one is written
beside it and put in its place, so a reader sees the old one or the new one, whole.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from connectdo.places.facts import fact_rows
from connectdo.places.gazetteer.known_names import known_names

# Raise this when the tables or the facts in the package change. A running site then
# builds its gazetteer anew, and keeps the postcodes it has imported.
FORMAT = 1

SCHEMA = """
CREATE TABLE postcode (
    postcode TEXT PRIMARY KEY, latitude REAL NOT NULL, longitude REAL NOT NULL,
    live INTEGER NOT NULL, area TEXT, imported INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE outcode (
    outcode TEXT PRIMARY KEY, latitude REAL NOT NULL, longitude REAL NOT NULL, area TEXT
) WITHOUT ROWID;
CREATE TABLE place (
    key TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, label TEXT NOT NULL,
    latitude REAL NOT NULL, longitude REAL NOT NULL,
    area TEXT, county TEXT, population INTEGER
);
CREATE INDEX place_key ON place (key);
"""


def build_gazetteer(path: Path) -> None:
    """Build the file anew from the packaged facts, keeping imported postcodes."""
    with locked(path):
        _build(path)


def ensure_built(path: Path) -> None:
    """Build the file unless it is there and new enough.

    Of several workers that start at once, one builds and the others wait for it.
    """
    with locked(path):
        if format_of(path) < FORMAT:
            _build(path)


def format_of(path: Path) -> int:
    """The format the file was built in; 0 if it is missing or not a database."""
    if not path.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            return int(file.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.DatabaseError:
        return 0


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep others from replacing the file meanwhile. Ends with the process, however it ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(f"{path}.lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def replacement(path: Path) -> Iterator[Path]:
    """A new file to fill, put in the place of the old one only if all goes well."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    try:
        yield fresh
        with open(fresh, "rb+") as file:
            os.fsync(file.fileno())
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def writing(path: Path) -> closing[sqlite3.Connection]:
    """A fast connection to a file nobody else sees yet: if it breaks, it is thrown away."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    return closing(connection)


def _build(path: Path) -> None:
    with replacement(path) as fresh, writing(fresh) as connection:
        connection.executescript(SCHEMA)
        _fill_postcodes(connection)
        if format_of(path):
            _keep_imported(connection, path)
        _fill_outcodes(connection)
        _fill_places(connection)
        connection.execute(f"PRAGMA user_version = {FORMAT}")
        connection.commit()


def _fill_postcodes(connection: sqlite3.Connection) -> None:
    # Python reads the numbers, as it does for an import: SQLite's own reading differs in
    # the last bit now and then, and an import of the same rows would look like a change.
    connection.executemany(
        "INSERT INTO postcode VALUES (?, ?, ?, ?, ?, 0)",
        (
            (
                row["postcode"].replace(" ", ""),
                float(row["latitude"]),
                float(row["longitude"]),
                int(row["live"]),
                row["lad"],
            )
            for row in fact_rows("postcodes.csv.gz")
        ),
    )


def _keep_imported(connection: sqlite3.Connection, old: Path) -> None:
    connection.commit()
    connection.execute("ATTACH ? AS old", (str(old),))
    connection.execute(
        "INSERT OR REPLACE INTO postcode (postcode, latitude, longitude, live, area, imported)"
        " SELECT postcode, latitude, longitude, live, area, 1 FROM old.postcode WHERE imported"
    )
    connection.commit()
    connection.execute("DETACH old")


def _fill_outcodes(connection: sqlite3.Connection) -> None:
    connection.executemany(
        "INSERT INTO outcode VALUES (?, ?, ?, nullif(?, ''))",
        (
            (row["outcode"], row["latitude"], row["longitude"], row["lad"])
            for row in fact_rows("outcodes.csv")
        ),
    )


def _fill_places(connection: sqlite3.Connection) -> None:
    connection.executemany(
        "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                known.key,
                known.kind,
                known.name,
                known.label,
                known.point.latitude,
                known.point.longitude,
                known.area,
                known.county,
                known.population,
            )
            for known in known_names()
        ),
    )
