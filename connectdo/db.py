"""The database: one session for a request or command, one base for all models.

On SQLite every transaction that may write takes the write lock when it begins. One that
read first and asked for the lock later would be refused at once whenever another process
had written in between, however long it was ready to wait. Those that only read say so
with `reading()` and never wait for a writer (WAL).
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any

from flask import Flask, g, request
from flask_alembic import Alembic
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import Connection, Engine, ExceptionContext, MetaData, event
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import DeclarativeBase

from connectdo.config import ROOT

SECONDS_TO_WAIT_FOR_A_WRITER = 15
SECONDS_TO_WAIT_FOR_A_SERVER = 5


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


# What a view committed stays readable without another transaction.
db = SQLAlchemy(session_options={"expire_on_commit": False})
alembic = Alembic(metadatas=Base.metadata)
_reading: ContextVar[bool] = ContextVar("reading", default=False)


@contextmanager
def reading() -> Iterator[None]:
    """Transactions that begin inside change nothing, so they need not wait for a writer."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


@contextmanager
def writing() -> Iterator[None]:
    """Transactions that begin inside may write, on a page that otherwise only reads."""
    token = _reading.set(False)
    try:
        yield
    finally:
        _reading.reset(token)


def utc_now() -> datetime:
    """Now, in UTC and without a zone, as every timestamp column is kept."""
    return datetime.now(UTC).replace(tzinfo=None)


def init_app(app: Flask) -> None:
    url = str(app.config["DATABASE_URL"])
    app.config["SQLALCHEMY_ENGINES"] = {"default": _engine_options(url)}
    app.config["ALEMBIC"] = {"script_location": str(ROOT / "migrations")}
    # A column added to rows that are there has a default in the database; models have their own.
    app.config["ALEMBIC_CONTEXT"] = {"compare_server_default": False}
    db.init_app(app)
    # Sessions are never asynchronous here, and to close them all the same costs every request a
    # thread of its own.
    app.teardown_appcontext_funcs = [
        _unless_away(each)
        for each in app.teardown_appcontext_funcs
        if not iscoroutinefunction(each)
    ]
    alembic.init_app(app)
    logging.getLogger("alembic.runtime").setLevel(logging.WARNING)
    with app.app_context():
        _repeat_no_row(db.engine)
        if db.engine.dialect.name == "sqlite":
            _begin_as_told(db.engine)
    app.before_request(_read_unless_unsafe)
    app.teardown_request(_forget_reading)


def _unless_away(close: Callable[..., Any]) -> Callable[[BaseException | None], None]:
    """Closes sessions. A page that is made is answered, also where the database went away since."""

    def closes(error: BaseException | None) -> None:
        with suppress(OperationalError, InterfaceError):
            close(error)

    return closes


def bring_up_to_date(app: Flask) -> None:
    """Makes the tables of an app's database what the models say."""
    logging.getLogger("alembic.runtime").setLevel(logging.WARNING)
    # A context for each: Alembic keeps its connection until its context ends.
    with app.app_context(), reading():
        behind = alembic.needs_upgrade()
    if behind:
        with app.app_context():
            alembic.upgrade()


def _engine_options(url: str) -> dict[str, Any]:
    # Faults are logged, and what was asked of the database may name a person.
    options: dict[str, Any] = {"url": url, "hide_parameters": True}
    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
        wait = {"timeout": SECONDS_TO_WAIT_FOR_A_WRITER, "isolation_level": None}
        return {**options, "connect_args": wait}
    wait = {"connect_timeout": SECONDS_TO_WAIT_FOR_A_SERVER}
    return {**options, "pool_pre_ping": True, "connect_args": wait}


def _repeat_no_row(engine: Engine) -> None:
    """Only the first line of a fault is kept: after it PostgreSQL repeats the row that it refuses,
    word for word."""

    @event.listens_for(engine, "handle_error")
    def shorten(context: ExceptionContext) -> None:
        for error in (context.original_exception, context.sqlalchemy_exception):
            if error is not None:
                error.args = tuple(str(each).partition("\n")[0] for each in error.args)


def _begin_as_told(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if _reading.get() else "BEGIN IMMEDIATE")


def _read_unless_unsafe() -> None:
    if request.method in ("GET", "HEAD", "OPTIONS"):
        g.reading = _reading.set(True)


def _forget_reading(_error: BaseException | None) -> None:
    token = g.pop("reading", None)
    if token is not None:
        _reading.reset(token)
