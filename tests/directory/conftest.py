"""Watching what a page asks of the database."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from connectdo.db import db

Statements = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def statements(app: Flask) -> Statements:
    """Collects the SQL statements that are run inside a `with`, transactions' own left out."""

    @contextmanager
    def collect() -> Iterator[list[str]]:
        collected: list[str] = []

        def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
            if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
                collected.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        yield collected
        event.remove(db.engine, "before_cursor_execute", note)

    return collect
