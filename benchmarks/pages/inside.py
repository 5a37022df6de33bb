"""What a page of results is made of, looked at from inside: SQL statements, search, distances."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from flask import Flask
from sqlalchemy import event

from benchmarks.database import on_sqlite
from benchmarks.made_up import NOW
from benchmarks.queries import Asked
from connectdo import create_app
from connectdo.db import db
from connectdo.places import miles_to_vectors
from connectdo.search.finding import Found, find_in, snapshot
from connectdo.search.snapshot import Snapshot

ROUNDS = 5


@dataclass(frozen=True)
class Inside:
    """Statements on the page that makes most; milliseconds, the middle one of the questions."""

    statements: int
    search_ms: float
    distances_ms: float


def inside(instance: Path, asked: Sequence[Asked], addresses: Sequence[str]) -> Inside:
    """What some questions cost in this process. Distances are those to the listings shown."""
    with on_sqlite():
        app = create_app(instance)
    with app.app_context():
        index = snapshot()
    searches, distances = [], []
    for each in asked:
        searches.append(_milliseconds(partial(_found, index, each)))
        if each.query.place is not None:
            ids = [result.listing_id for result in _found(index, each).results]
            vectors = index.vectors[np.isin(index.listing, ids)]
            distances.append(
                _milliseconds(partial(miles_to_vectors, each.query.place.point, vectors))
            )
    return Inside(
        statements=max((_statements(app, address) for address in addresses), default=0),
        search_ms=_middle(searches),
        distances_ms=_middle(distances),
    )


def _found(index: Snapshot, asked: Asked) -> Found:
    found = find_in(index, asked.query, NOW)
    # Reasons are given when they are asked for, and here they are.
    assert found.results is not None
    return found


def _milliseconds(work: Callable[[], object]) -> float:
    """The middle one of a few rounds, after one that is not counted."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        work()
        times.append((perf_counter() - start) * 1000)
    return median(times)


def _middle(times: list[float]) -> float:
    return round(median(times), 4) if times else 0.0


def _statements(app: Flask, address: str) -> int:
    """The SQL statements that a page makes, transactions' own left out."""
    made: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            made.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    app.test_client().get(address)
    event.remove(engine, "before_cursor_execute", note)
    return len(made)
