"""A database of the tests' own on a PostgreSQL server, the same for every test.

To make and drop one for each test takes longer than most tests do. So there is one for all, and
after each test what it left is taken out and what was there at first put back.
"""

import os

import psycopg
from psycopg import sql

SERVER = os.environ.get("CONNECTDO_TEST_DATABASE_URL", "").rstrip("/")
# Where a copy of what was there at first is kept.
KEPT = "kept"
ALL_BUT_MIGRATIONS = """
    select tablename from pg_tables
    where schemaname = 'public' and tablename <> 'alembic_version' order by tablename
"""
SEQUENCES = "select sequencename from pg_sequences where schemaname = 'public'"
OTHERS = """
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
"""
FINGERPRINT = "select md5(string_agg(each::text, ',' order by each::text)) from {} each"

Server = psycopg.Connection[tuple[str, ...]]


class OwnDatabase:
    """A database on the server for as long as it is needed; SQLite needs none."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> "OwnDatabase":
        if SERVER:
            self._run("create database {}")
            # As with files: nothing here need outlive the power.
            self._run("alter database {} set synchronous_commit = off")
        return self

    def __exit__(self, *_: object) -> None:
        if SERVER:
            self._run("drop database {} with (force)")

    def remember(self) -> None:
        """What is there now is what every test begins with."""
        if not SERVER:
            return
        with psycopg.connect(f"{SERVER}/{self.name}") as server:
            server.execute(f"create schema {KEPT}")
            for name in _tables(server):
                if server.execute(_of("select 1 from {} limit 1", name)).fetchone():
                    server.execute(_of("create table {1} as table {0}", name))

    def put_back(self) -> None:
        """Takes out what a test left, whoever still holds a connection."""
        if not SERVER:
            return
        with psycopg.connect(f"{SERVER}/{self.name}") as server:
            server.execute(OTHERS)
            # No row is asked what refers to it, nor is anything that hangs on it deleted.
            server.execute("set session_replication_role = replica")
            kept = {
                name
                for (name,) in server.execute(
                    "select tablename from pg_tables where schemaname = %s", [KEPT]
                )
            }
            for name in _tables(server):
                if name not in kept:
                    server.execute(_of("delete from {}", name))
                elif not _is_as_kept(server, name):
                    server.execute(_of("delete from {}", name))
                    server.execute(_of("insert into {0} table {1}", name))
            for (name,) in server.execute(SEQUENCES).fetchall():
                server.execute(_of("alter sequence {} restart", name))
            for name in kept:
                _go_on_counting(server, name)

    def _run(self, statement: str) -> None:
        with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
            server.execute(sql.SQL(statement).format(sql.Identifier(self.name)))


def _tables(server: Server) -> list[str]:
    return [name for (name,) in server.execute(ALL_BUT_MIGRATIONS)]


def _of(statement: str, name: str) -> sql.Composed:
    """A statement about a table, and about what was kept of it."""
    return sql.SQL(statement).format(sql.Identifier("public", name), sql.Identifier(KEPT, name))


def _is_as_kept(server: Server, name: str) -> bool:
    now, then = (
        server.execute(sql.SQL(FINGERPRINT).format(sql.Identifier(schema, name))).fetchone()
        for schema in ("public", KEPT)
    )
    return now == then


def _go_on_counting(server: Server, name: str) -> None:
    """Rows to come get ids after those that are there."""
    owned = server.execute(
        "select pg_get_serial_sequence(%s, 'id') where exists (select 1 from information_schema"
        ".columns where table_schema = 'public' and table_name = %s and column_name = 'id')",
        [f"public.{name}", name],
    ).fetchone()
    if owned and owned[0]:
        server.execute(_of("select setval(%s, (select max(id) from {}))", name), [owned[0]])
