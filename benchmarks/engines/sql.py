"""What the two databases share: one statement that finds, orders and counts, and its reading.

The statement's rows are (what, value, number): the listings shown with their scores, and groups
of listings with their counts. What does not hang on the question is a column (`timely`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from benchmarks import answers
from benchmarks.answers import AREAS, EVENT_BIT, INTERESTS, SHOWN, Answer, Groups
from benchmarks.corpus import Corpus
from benchmarks.engines import formula
from benchmarks.engines.columns import Columns
from benchmarks.queries import Asked
from connectdo.search.columns import ACCESS_BIT

Row = tuple[str, int, float]
Parameters = dict[str, Any]

TABLES = {
    "serves": "CREATE TABLE serves (listing INTEGER, area INTEGER, PRIMARY KEY (area, listing))",
    "above": "CREATE TABLE above (listing INTEGER, number INTEGER, PRIMARY KEY (listing, number))",
    "home": "CREATE TABLE home (listing INTEGER, number INTEGER, PRIMARY KEY (listing, number))",
}
COLUMNS = ("id", "comes", "serves_any", "has", "lacks", "stated", "ways", "slots", "free", "timely")

STATEMENT = """
WITH hits AS MATERIALIZED (
    SELECT l.id, l.has, l.stated, l.ways, l.slots, l.free,
           {by_day} AS by_day, {by_free} AS by_free, {score} AS score
    FROM {source} WHERE {where}
), matched AS MATERIALIZED (SELECT * FROM hits WHERE by_day AND by_free)
SELECT 'shown', id, score
    FROM (SELECT id, score FROM matched ORDER BY score DESC, id LIMIT {shown}) AS best
UNION ALL SELECT 'total', 0, COUNT(*) FROM matched
UNION ALL SELECT 'free', 0, COUNT(*) FROM hits WHERE by_day AND free
UNION ALL SELECT 'slots', slots, COUNT(*) FROM hits WHERE by_free GROUP BY slots
UNION ALL SELECT 'has', has, COUNT(*) FROM matched GROUP BY has
UNION ALL SELECT 'stated', stated, COUNT(*) FROM matched GROUP BY stated
UNION ALL SELECT 'ways', ways, COUNT(*) FROM matched GROUP BY ways
UNION ALL SELECT 'interest', number, COUNT(*)
    FROM matched JOIN above ON above.listing = matched.id GROUP BY number
UNION ALL SELECT 'area', number, COUNT(*)
    FROM matched JOIN home ON home.listing = matched.id GROUP BY number
"""

SERVES = "l.comes AND (l.serves_any OR l.id IN (SELECT listing FROM serves WHERE area = :area))"
FADED = f"1 + POWER(({{miles}}) / {formula.HALF_WAY}, {formula.STEEPNESS})"
NEARNESS = f"""CASE WHEN {{placed}} THEN {formula.FAR_END} + {1 - formula.FAR_END} / ({FADED})
    ELSE {formula.WHAT_COMES} END"""


def statement(
    asked: Asked, *, source: str, where: str, words: str, placed: str, near: str, miles: str
) -> str:
    """The statement for one question, in the given dialect's ways of matching and measuring."""
    query = asked.query
    score, tests = [words, "l.timely"], [where]
    if query.place is not None:
        score.append(NEARNESS.format(placed=placed, miles=miles))
    if query.within is not None:
        tests.append(f"(({near}) OR ({SERVES}))")
    for feature in query.access:
        tests.append(f"l.lacks & {ACCESS_BIT[feature]} = 0")
        score.append(f"CASE WHEN l.has & {ACCESS_BIT[feature]} = 0 THEN 0.001 ELSE 1 END")
    return STATEMENT.format(
        by_day="(l.slots & :slots) <> 0" if query.days else "TRUE",
        by_free="l.free" if query.free else "TRUE",
        score=" * ".join(f"({each})" for each in score),
        source=source,
        where=" AND ".join(tests),
        shown=SHOWN,
    )


def parameters(asked: Asked) -> Parameters:
    """The values that the statement names, but for those of the dialect."""
    place = asked.query.place
    return {
        "slots": answers.slot_bits(asked.query.days, ()),
        "area": AREAS.index(place.area or "") if place else 0,
    }


def listing_rows(corpus: Corpus) -> Iterator[tuple[Any, ...]]:
    """The values of COLUMNS for each listing."""
    columns, facts = Columns(corpus), corpus.facts
    ways = facts["delivery"] | np.where(facts["is_event"], EVENT_BIT, 0)
    serves_any = columns.everywhere | ~columns.names_areas
    values = (
        np.arange(1, corpus.size + 1),
        columns.comes,
        serves_any,
        columns.has.astype(int),
        columns.lacks.astype(int),
        (columns.has | columns.lacks).astype(int),
        ways.astype(int),
        corpus.slots,
        columns.free,
        columns.timely,
    )
    return zip(*(column.tolist() for column in values), strict=True)


def pair_rows(corpus: Corpus) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """The rows of the tables of TABLES, by their names."""
    every = {"serves": corpus.serves, "above": corpus.with_above(), "home": corpus.with_homes()}
    for name, pairs in every.items():
        listings = (pairs.documents + 1).tolist()
        yield name, list(zip(listings, pairs.numbers.tolist(), strict=True))


def answer(rows: Iterable[Row], asked: Asked) -> Answer:
    """What the statement found, in words that can be compared."""
    by_what: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for what, value, number in rows:
        by_what[what].append((value, number))
    groups = {name: _group(by_what[name]) for name in ("slots", "has", "stated", "ways")}
    total = int(by_what["total"][0][1])
    facets = {
        "interest": _group(by_what["interest"]).by_name(INTERESTS),
        "area": _group(by_what["area"]).by_name(AREAS),
        "day": answers.day_counts(groups["slots"]),
        "time": answers.time_counts(groups["slots"], asked),
        "access": answers.access_counts(groups["has"]),
        "not stated": answers.unstated_counts(groups["stated"], total),
        "delivery": answers.delivery_counts(groups["ways"]),
        "kind": answers.kind_counts(groups["ways"], total),
        "free": answers.free_counts(int(by_what["free"][0][1])),
    }
    shown = sorted(by_what["shown"], key=lambda pair: (-pair[1], pair[0]))
    return Answer(total, [listing for listing, _ in shown], facets)


def _group(pairs: list[tuple[int, float]]) -> Groups:
    values = np.array([value for value, _ in pairs], dtype=np.int64)
    return Groups(values, np.array([count for _, count in pairs], dtype=np.int64))
