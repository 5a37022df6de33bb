"""No byte of who is forgotten stays in a file, whoever was reading meanwhile."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from sqlalchemy import text

from connectdo.clients import cleaning, forgetting
from connectdo.clients.models import Client
from connectdo.db import db
from tests.clients.canaries import CANARY, canary, sow, tables_about_clients
from tests.databases import SERVER
from tests.factories import make_client
from tests.visitor import Visitor

on_sqlite = pytest.mark.skipif(bool(SERVER), reason="PostgreSQL keeps its own files")
on_postgresql = pytest.mark.skipif(not SERVER, reason="This is about PostgreSQL")


@pytest.fixture
def mary(app: Flask) -> Client:
    client = make_client()
    sow(client)
    return client


def files_with(words: str) -> set[str]:
    """The files of the database in which they stand."""
    path = Path(str(db.engine.url.database))
    files = path.parent.glob(f"{path.name}*")
    return {each.name for each in files if words.encode() in each.read_bytes()}


@contextmanager
def somebody_reads() -> Iterator[None]:
    """Has a page of the database as it is now."""
    with closing(sqlite3.connect(str(db.engine.url.database))) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM client").fetchone()
        yield


@on_sqlite
def test_a_reader_in_the_way_keeps_no_page_waiting_and_the_clock_sees_to_the_rest(
    app: Flask, visitor: Visitor, mary: Client
) -> None:
    visitor.sign_in(mary.coach)
    cleaning.fold_in_the_log()

    with somebody_reads():
        gone = visitor.post(f"/coaching/clients/{mary.id}/forget")
        cleaning.fold_in_what_is_left()
        meanwhile = files_with(canary("said"))
    cleaning.fold_in_what_is_left()

    assert gone.status_code == 303
    assert meanwhile != set()
    assert files_with(CANARY + "said") == set()


@on_sqlite
def test_where_nobody_reads_the_page_itself_sees_to_it(mary: Client) -> None:
    before = files_with(canary("said"))

    forgetting.forget(mary)

    assert before
    assert files_with(canary("said")) == set()


def test_every_connection_overwrites_what_is_deleted(app: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("This is about SQLite.")
    with db.engine.connect() as connection:
        assert connection.scalar(text("PRAGMA secure_delete")) == 1


# PostgreSQL.


def address() -> str:
    return db.engine.url.set(drivername="postgresql").render_as_string(False)


def tables_with(words: str) -> set[str]:
    """The tables in whose files they stand."""
    names = [*tables_about_clients(), "mail"]
    look = """
        select position(%(words)s::bytea in pg_read_binary_file(pg_relation_filepath(each))) > 0
        from (select oid::regclass as each from pg_class where oid = %(name)s::regclass
              union select reltoastrelid::regclass from pg_class
              where oid = %(name)s::regclass and reltoastrelid > 0) files
    """
    found = set()
    with psycopg.connect(address()) as server:
        server.execute("checkpoint")
        for name in names:
            rows = server.execute(look, {"words": words.encode(), "name": name}).fetchall()
            found |= {name} if any(there for (there,) in rows) else set()
    return found


@on_postgresql
def test_at_night_the_tables_are_written_anew(mary: Client) -> None:
    forgetting.forget(mary)
    before = tables_with(CANARY)

    cleaning.write_tables_anew()

    assert {"client", "client_interest", "shortlist_item"} <= before
    # A note about somebody who is no client here stays.
    assert tables_with(CANARY) == {"worry"}


@on_postgresql
def test_a_table_that_is_in_use_is_left_for_another_night(
    mary: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cleaning, "SECONDS_TO_WAIT_FOR_A_TABLE", 0.1)
    forgetting.forget(mary)
    with psycopg.connect(address()) as reader:
        reader.execute("select count(*) from client")

        cleaning.write_tables_anew()

    assert "Table client is written anew another night" in caplog.text
    assert "client_interest" not in caplog.text
