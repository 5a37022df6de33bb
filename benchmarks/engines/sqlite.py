"""SQLite: words by FTS5, the radius by R*Tree, everything in one statement."""

# Every word of these statements is written in this folder.
# ruff: noqa: S608

import sqlite3
from contextlib import closing

import numpy as np

from benchmarks.answers import Answer
from benchmarks.corpus import TEXTS, Corpus
from benchmarks.engines import sql
from benchmarks.engines.columns import on_the_ball
from benchmarks.queries import Asked
from connectdo.places.distance import EARTH_RADIUS_MILES
from connectdo.progress import Progress

CHORD = "((l.x - :x) * (l.x - :x) + (l.y - :y) * (l.y - :y) + (l.z - :z) * (l.z - :z))"
WORDS = "-bm25(words, 5.0, 2.0, 1.0, 5.0)"
MILES = f"{2 * EARTH_RADIUS_MILES} * ASIN(SQRT({CHORD}) / 2)"
NEAR = f"""{CHORD} <= :far AND l.id IN (
    SELECT id FROM place WHERE north BETWEEN :south AND :north AND east BETWEEN :west AND :east)"""
MATERIALS = (
    f"CREATE TABLE listing (id INTEGER PRIMARY KEY, {', '.join(sql.COLUMNS[1:])}, x, y, z)",
    "CREATE VIRTUAL TABLE place USING rtree (id, north, north_too, east, east_too)",
    f"CREATE VIRTUAL TABLE words USING fts5 ({', '.join(TEXTS)}, interests, content='')",
    *sql.TABLES.values(),
)


class Engine:
    def __init__(self, corpus: Corpus, progress: Progress) -> None:
        path = corpus.folder / "sqlite.db"
        if not path.exists():
            building = path.with_suffix(".building")
            building.unlink(missing_ok=True)
            with closing(sqlite3.connect(building)) as database, database:
                _write(database, corpus, progress)
            building.rename(path)
        self.database = sqlite3.connect(path)
        self.database.execute("PRAGMA cache_size = -256000")
        self.database.execute("PRAGMA mmap_size = 4000000000")

    def find(self, asked: Asked) -> list[sql.Row]:
        statement = sql.statement(
            asked,
            source="words JOIN listing AS l ON l.id = words.rowid",
            where="words MATCH :match",
            words=WORDS,
            placed="l.x IS NOT NULL",
            near=NEAR,
            miles=MILES,
        )
        return self.database.execute(statement, _parameters(asked)).fetchall()

    def answer(self, found: list[sql.Row], asked: Asked) -> Answer:
        return sql.answer(found, asked)

    def close(self) -> None:
        self.database.close()


def _parameters(asked: Asked) -> sql.Parameters:
    terms = [*asked.words, *(f"i{interest}" for interest in asked.closeness)]
    values = {**sql.parameters(asked), "match": " OR ".join(f'"{term}"' for term in terms)}
    place, within = asked.query.place, asked.query.within
    if place is not None:
        point = place.point
        xyz = on_the_ball(np.array(point.latitude), np.array(point.longitude))
        values |= dict(zip("xyz", map(float, xyz), strict=True))
    if place is not None and within is not None:
        north = np.degrees(within / EARTH_RADIUS_MILES) * 1.001
        east = north / np.cos(np.radians(abs(place.point.latitude) + north))
        values |= {
            "far": float(2 * np.sin(within / EARTH_RADIUS_MILES / 2)) ** 2,
            "south": place.point.latitude - north,
            "north": place.point.latitude + north,
            "west": place.point.longitude - east,
            "east": place.point.longitude + east,
        }
    return values


def _write(database: sqlite3.Connection, corpus: Corpus, progress: Progress) -> None:
    for material in MATERIALS:
        database.execute(material)
    rows = zip(sql.listing_rows(corpus), *_points(corpus), strict=True)
    database.executemany(
        f"INSERT INTO listing VALUES ({_marks(len(sql.COLUMNS) + 3)})",
        ((*row, *xyz) for row, *xyz in rows),
    )
    placed = np.flatnonzero(~np.isnan(corpus.facts["latitude"]))
    north, east = (corpus.facts[name][placed].tolist() for name in ("latitude", "longitude"))
    boxes = zip((placed + 1).tolist(), north, north, east, east, strict=True)
    database.executemany(f"INSERT INTO place VALUES ({_marks(5)})", boxes)
    for name, pairs in sql.pair_rows(corpus):
        database.executemany(f"INSERT INTO {name} VALUES ({_marks(2)})", pairs)
    insert = "INSERT INTO words (rowid, heading, summary, body, interests) VALUES (?, ?, ?, ?, ?)"
    texts = zip(corpus.texts(), corpus.interest_terms(), strict=True)
    with progress("Building SQLite", corpus.size) as step:
        for listing, (words, interests) in enumerate(texts, 1):
            database.execute(insert, (listing, *words, interests))
            step(1)
        database.execute("INSERT INTO words (words) VALUES ('optimize')")
        database.execute("ANALYZE")


def _points(corpus: Corpus) -> list[list[float | None]]:
    """Where each listing is on a ball of radius 1; None where it has no place."""
    north, east = (corpus.facts[name].astype(float) for name in ("latitude", "longitude"))
    return [
        [None if value != value else value for value in axis.tolist()]
        for axis in on_the_ball(north, east)
    ]


def _marks(how_many: int) -> str:
    return ", ".join("?" * how_many)
