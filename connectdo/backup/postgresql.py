"""PostgreSQL: copied by pg_dump, unpacked into a database beside ours, put back in one transaction.

The copy is brought up to date and made fit in the database beside; then its rows take the place of
ours while the tables are locked, so nobody sees half of it and a broken connection undoes it.
"""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg.errors import InsufficientPrivilege, LockNotAvailable
from psycopg.sql import SQL, Composed, Identifier
from sqlalchemy import URL, make_url

from connectdo.backup.archive import Refused
from connectdo.db import Base

BESIDE = "_restoring"
OURS_ALONE = ("--schema=public", "--no-owner", "--no-privileges")
LONGEST_NAME = 63
SECONDS_TO_WAIT_FOR_THE_TABLES = 120
# Shorter than what PostgreSQL takes for two who wait for each other: it is we who step back.
MILLISECONDS_AT_A_TIME = 500
LAST_IDS = """
    select sequencename, coalesce(last_value, 1) from pg_sequences where schemaname = 'public'
"""
# An id that was given here is not given again, whatever has become of its row.
GO_ON = """
    select setval(to_regclass('public.' || quote_ident(sequencename)), greatest(last_value, %s))
    from pg_sequences where schemaname = 'public' and sequencename = %s
"""

Connection = psycopg.Connection[tuple[Any, ...]]


class NotHere(Exception):
    """A program that is needed is not installed, or did not do what it is for."""


class PostgreSQL:
    """A database on a server, which its owner's programs can read."""

    kind = "postgresql"

    def __init__(self, url: str) -> None:
        self._url = make_url(url).set(drivername="postgresql")
        name = str(self._url.database)[: LONGEST_NAME - len(BESIDE)] + BESIDE
        self._beside = self._url.set(database=name)

    def copy_to(self, file: Path, questions: Mapping[str, str]) -> dict[str, Any]:
        with _connected(self._url) as here:
            here.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            moment = _answer(here, "select pg_export_snapshot()")
            _run("pg_dump", self._url, "--format=custom", f"--snapshot={moment}", f"--file={file}")
            return {name: _answer(here, query) for name, query in questions.items()}

    def stage(self, file: Path, folder: Path) -> str:
        self.drop_stage()
        try:
            self._outside(SQL("create database {}").format(self._beside_name))
        except InsufficientPrivilege as error:
            raise Refused(
                "To restore, a second database is needed for a moment, and the site's user may "
                "not make one. An administrator of PostgreSQL can allow that: "
                f"ALTER ROLE {self._url.username} CREATEDB;"
            ) from error
        _run("pg_restore", self._beside, "--exit-on-error", str(file))
        return self._beside.set(drivername="postgresql+psycopg").render_as_string(False)

    def put_in_place(self, folder: Path) -> None:
        with _connected(self._beside) as new, _locked(self._url) as here:
            every = SQL(", ").join(Identifier(name) for name in _tables())
            here.execute(SQL("truncate {}").format(every))
            for name in _tables():
                _copy(new, here, name)
            for sequence, last in new.execute(LAST_IDS).fetchall():
                here.execute(GO_ON, [last, sequence])

    def drop_stage(self) -> None:
        self._outside(SQL("drop database if exists {} with (force)").format(self._beside_name))

    @property
    def _beside_name(self) -> Identifier:
        return Identifier(str(self._beside.database))

    def _outside(self, statement: Composed) -> None:
        """What cannot be done inside a transaction."""
        with _connected(self._url) as here:
            here.autocommit = True
            here.execute(statement)


@contextmanager
def _locked(url: URL) -> Iterator[Connection]:
    """Our tables, to us alone until the commit. Whoever else has some of them is waited for
    without holding any, so that nobody waits for us in turn."""
    give_up = time.monotonic() + SECONDS_TO_WAIT_FOR_THE_TABLES
    every = SQL(", ").join(Identifier(name) for name in _tables())
    with _connected(url) as here:
        while True:
            here.execute(f"set local lock_timeout = {MILLISECONDS_AT_A_TIME}")
            try:
                here.execute(SQL("lock table {} in access exclusive mode").format(every))
            except LockNotAvailable as error:
                here.rollback()
                if time.monotonic() > give_up:
                    raise Refused(
                        "Somebody was using the database all the time. Nothing was changed: stop "
                        "the site, then restore again."
                    ) from error
                continue
            here.execute("set local lock_timeout = 0")
            yield here
            return


def _tables() -> list[str]:
    """All of ours, those first that others point at."""
    return [table.name for table in Base.metadata.sorted_tables]


def _copy(new: Connection, here: Connection, table: str) -> None:
    columns = SQL(", ").join(Identifier(each.name) for each in Base.metadata.tables[table].columns)
    out = SQL("copy {} ({}) to stdout").format(Identifier(table), columns)
    into = SQL("copy {} ({}) from stdin").format(Identifier(table), columns)
    with new.cursor().copy(out) as source, here.cursor().copy(into) as target:
        for block in source:
            target.write(block)


def _answer(connection: Connection, query: str) -> Any:
    row = connection.execute(query.encode()).fetchone()
    return row and row[0]


def _connected(url: URL) -> Connection:
    return psycopg.connect(url.render_as_string(False))


def _address(url: URL) -> str:
    """Without the password, which every user of the machine could read in the list of processes."""
    return url.set(password=None).render_as_string()


def _run(program: str, url: URL, *more: str) -> None:
    """Runs one of PostgreSQL's programs. Raises NotHere."""
    env = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    command = [program, f"--dbname={_address(url)}", *OURS_ALONE, *more]
    try:
        subprocess.run(command, env=env, capture_output=True, text=True, check=True)  # noqa: S603  # nosec B603
    except FileNotFoundError as error:
        raise NotHere(
            f"{program} is not here. It comes with PostgreSQL's own programs (the package "
            "postgresql-client), in the server's version or a newer one."
        ) from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.strip().partition("\n")[0]
        raise NotHere(f"{program} could not do it: {said}") from error
