"""PostgreSQL: words by tsvector and GIN, the radius by earthdistance and GiST, one statement.

The server is CONNECTDO_BENCH_DATABASE_URL, a database in which schemas and the extensions cube
and earthdistance may be made. A schema of its own is made there, and dropped at the end.
"""

import os
import re
import uuid

import numpy as np
import psycopg
from psycopg import sql as quoted

from benchmarks.answers import Answer, Skipped
from benchmarks.corpus import Corpus
from benchmarks.engines import sql
from benchmarks.queries import Asked
from connectdo.places.distance import EARTH_RADIUS_MILES
from connectdo.progress import Progress

METRES_A_MILE = 1609.344
# earthdistance takes the earth as a ball of this radius; ours is the mean one, 0.1% smaller.
THEIR_EARTH = 6378168.0
SCALE = EARTH_RADIUS_MILES / THEIR_EARTH
HERE = "ll_to_earth(:latitude, :longitude)"
MILES = f"(earth_distance(l.pos, {HERE}) * {SCALE})"
NEAR = f"earth_box({HERE}, :metres) @> l.pos AND {MILES} <= :within"
MATCH = "to_tsquery('simple', :match)"
WORDS = f"ts_rank('{{0.6, 0.1, 0.2, 0.5}}', l.words, {MATCH})"

MATERIALS = (
    """CREATE TABLE listing (
        id INTEGER PRIMARY KEY, comes BOOLEAN, serves_any BOOLEAN, has INTEGER, lacks INTEGER,
        stated INTEGER, ways INTEGER, slots INTEGER, free BOOLEAN, timely DOUBLE PRECISION,
        pos EARTH, words TSVECTOR)""",
    """CREATE TEMPORARY TABLE given (
        id INTEGER, latitude DOUBLE PRECISION, longitude DOUBLE PRECISION, comes BOOLEAN,
        serves_any BOOLEAN, has INTEGER, lacks INTEGER, stated INTEGER, ways INTEGER,
        slots INTEGER, free BOOLEAN, timely DOUBLE PRECISION,
        heading TEXT, summary TEXT, body TEXT, interests TEXT)""",
    *sql.TABLES.values(),
)
FILL = """
INSERT INTO listing
SELECT id, comes, serves_any, has, lacks, stated, ways, slots, free, timely,
       ll_to_earth(latitude, longitude),
       setweight(to_tsvector('simple', heading), 'A')
       || setweight(to_tsvector('simple', summary), 'B')
       || setweight(to_tsvector('simple', body), 'C')
       || setweight(to_tsvector('simple', interests), 'D')
FROM given"""
INDEXES = (
    "CREATE INDEX ON listing USING gin (words) WITH (fastupdate = off)",
    "CREATE INDEX ON listing USING gist (pos)",
    "CREATE INDEX ON listing (comes) WHERE comes",
    "ANALYZE",
)
# Plans are made for each question, as its words call for; one core, as the others have.
SETTINGS = (
    "SET plan_cache_mode = force_custom_plan",
    "SET max_parallel_workers_per_gather = 0",
    "SET jit = off",
    "SET work_mem = '128MB'",
)


class Engine:
    def __init__(self, corpus: Corpus, progress: Progress) -> None:
        address = os.environ.get("CONNECTDO_BENCH_DATABASE_URL", "")
        if not address:
            raise Skipped("no PostgreSQL: CONNECTDO_BENCH_DATABASE_URL names none.")
        try:
            self.server = psycopg.connect(address, autocommit=True, connect_timeout=5)
        except psycopg.Error as error:
            raise Skipped(f"no PostgreSQL answers: {str(error).splitlines()[0]}") from error
        self.schema = quoted.Identifier(f"connectdo_bench_{uuid.uuid4().hex[:12]}")
        try:
            self._make_ready()
        except psycopg.Error as error:
            self.close()
            raise Skipped(f"this PostgreSQL cannot be used: {error}") from error
        try:
            self._write(corpus, progress)
        except BaseException:
            self.close()
            raise

    def find(self, asked: Asked) -> list[sql.Row]:
        statement = sql.statement(
            asked,
            source="listing AS l",
            where=f"l.words @@ {MATCH}",
            words=WORDS,
            placed="l.pos IS NOT NULL",
            near=NEAR,
            miles=MILES,
        )
        named = re.sub(r"(?<!:):(\w+)", r"%(\1)s", statement)
        return self.server.execute(named, _parameters(asked)).fetchall()

    def answer(self, found: list[sql.Row], asked: Asked) -> Answer:
        return sql.answer(found, asked)

    def close(self) -> None:
        self.server.execute(quoted.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(self.schema))
        self.server.close()

    def _make_ready(self) -> None:
        self.server.execute(quoted.SQL("CREATE SCHEMA {}").format(self.schema))
        self.server.execute(quoted.SQL("SET search_path = {}, public").format(self.schema))
        for name in ("cube", "earthdistance"):
            self.server.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")
        # Extensions that were made before may be in a schema that is not looked in.
        self.server.execute("SELECT ll_to_earth(51, 0)")
        for setting in SETTINGS:
            self.server.execute(setting)

    def _write(self, corpus: Corpus, progress: Progress) -> None:
        for material in MATERIALS:
            self.server.execute(material)
        texts = zip(corpus.texts(), corpus.interest_terms(), strict=True)
        points = zip(*(_known(corpus.facts[n]) for n in ("latitude", "longitude")), strict=True)
        every = zip(sql.listing_rows(corpus), points, texts, strict=True)
        with (
            progress("Building PostgreSQL", corpus.size) as step,
            self.server.cursor() as cursor,
            cursor.copy("COPY given FROM STDIN") as copy,
        ):
            for (listing, *rest), point, (words, interests) in every:
                copy.write_row((listing, *point, *rest, *words, interests))
                step(1)
        for name, pairs in sql.pair_rows(corpus):
            with self.server.cursor() as cursor, cursor.copy(f"COPY {name} FROM STDIN") as copy:
                for pair in pairs:
                    copy.write_row(pair)
        for statement in (FILL, *INDEXES):
            self.server.execute(statement)


def _known(degrees: np.ndarray) -> list[float | None]:
    """The degrees as they are kept (single precision); None where they are not known."""
    return [None if value != value else value for value in degrees.astype(float).tolist()]


def _parameters(asked: Asked) -> sql.Parameters:
    terms = [*asked.words, *(f"i{interest}" for interest in asked.closeness)]
    values = {**sql.parameters(asked), "match": " | ".join(terms)}
    place, within = asked.query.place, asked.query.within
    if place is not None:
        values |= {"latitude": place.point.latitude, "longitude": place.point.longitude}
    if within is not None:
        values |= {"within": within, "metres": within * METRES_A_MILE * 1.01}
    return values
