"""The site as the tests use it: a real database, a real index, a real gazetteer, all small.

Every test has an installation of its own, copied from one that is made once. The database is
SQLite, or, where CONNECTDO_TEST_DATABASE_URL names a PostgreSQL server, one on that server.
"""

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from flask import Flask

from connectdo import create_app
from connectdo.db import db
from connectdo.ready import make_ready
from connectdo.search.sync import sync
from tests.visitor import Visitor

SERVER = os.environ.get("CONNECTDO_TEST_DATABASE_URL", "")


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with an empty, ready site, which tests copy and never touch."""
    folder = tmp_path_factory.mktemp("installation")
    database = f"connectdo_{uuid.uuid4().hex[:12]}"
    with OwnDatabase(database), pytest.MonkeyPatch.context() as patch:
        point_at(patch, folder, database)
        app = make_ready(create_app(folder))
        with app.app_context():
            from connectdo.places import find_place

            find_place("SE24 0NG")
            sync()
            db.engine.dispose()
        (folder / "database").write_text(database)
        yield folder


@pytest.fixture
def app(installation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """A site of the test's own, with its context open."""
    folder = tmp_path / "instance"
    shutil.copytree(installation, folder, ignore=shutil.ignore_patterns("places.sqlite3"))
    os.symlink(installation / "places.sqlite3", folder / "places.sqlite3")
    database = f"connectdo_{uuid.uuid4().hex[:12]}"
    with OwnDatabase(database, template=(installation / "database").read_text()):
        point_at(monkeypatch, folder, database)
        app = create_app(folder)
        with app.app_context():
            yield app
            db.session.rollback()
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Somebody with a browser of their own."""
    return Visitor(app)


def point_at(patch: pytest.MonkeyPatch, folder: Path, database: str) -> None:
    patch.setenv("CONNECTDO_INSTANCE", str(folder))
    if SERVER:
        patch.setenv("CONNECTDO_DATABASE_URL", f"{SERVER.rstrip('/')}/{database}")
    else:
        patch.delenv("CONNECTDO_DATABASE_URL", raising=False)


class OwnDatabase:
    """A database on the server for as long as it is needed; SQLite needs none."""

    def __init__(self, name: str, template: str = "template1") -> None:
        self.name, self.template = name, template

    def __enter__(self) -> None:
        if SERVER:
            self._run(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.template}"')

    def __exit__(self, *_: object) -> None:
        if SERVER:
            self._run(f'DROP DATABASE "{self.name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        with psycopg.connect(f"{SERVER.rstrip('/')}/postgres", autocommit=True) as connection:
            connection.execute(statement)
