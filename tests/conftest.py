"""The site as the tests use it: a real database, a real index, a real gazetteer, all small.

Every test has an installation of its own, copied from one that is made once. The database is
SQLite, or, where CONNECTDO_TEST_DATABASE_URL names a PostgreSQL server, one on that server.
"""

import os

# As the site itself does it: one thread does the arithmetic, more only wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event
from werkzeug.routing import Rule

from connectdo import create_app
from connectdo.db import db
from connectdo.people.models import Person
from connectdo.ready import make_ready
from connectdo.search import callings
from connectdo.search.sync import sync
from tests.databases import SERVER, OwnDatabase
from tests.visitor import Visitor

KEPT = "" if SERVER else os.environ.get("CONNECTDO_TEST_INSTALLATION", "")
READY = "ready"
# The fixtures that a database is asked through.
ASKING = {"database", "site"}

Comes = Callable[[Person], Visitor]
Statements = Callable[[], AbstractContextManager[list[str]]]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What asks no database is the same beside either, and runs where there is no server."""
    if SERVER:
        asking = [item for item in items if ASKING & set(getattr(item, "fixturenames", ()))]
        config.hook.pytest_deselected(items=[item for item in items if item not in asking])
        items[:] = asking


@pytest.fixture(scope="session", autouse=True)
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FileSystemBytecodeCache]:
    """Compiles each template and route once for all the apps that the tests open: else that is
    what they spend most of their time on."""
    builders: dict[object, object] = {}
    compile_builder = Rule._compile_builder

    def compile_once(rule: Rule, append_unknown: bool = True) -> object:
        key = (append_unknown, *rule._trace, *sorted((rule.defaults or {}).items()))
        if key not in builders:
            builders[key] = compile_builder(rule, append_unknown)
        return builders[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", compile_once)
        yield FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture(scope="session")
def database() -> Iterator[OwnDatabase]:
    """Where there is a server, the database that all tests use one after another."""
    with OwnDatabase(f"connectdo_{uuid.uuid4().hex[:12]}") as database:
        yield database


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory, database: OwnDatabase) -> Path:
    """A folder with an empty, ready site, which tests copy and never touch. Where
    CONNECTDO_TEST_INSTALLATION names one, it is made once for many runs (`make mutants`)."""
    folder = Path(KEPT or tmp_path_factory.mktemp("installation"))
    if (folder / READY).exists():
        return folder
    with pytest.MonkeyPatch.context() as patch:
        point_at(patch, folder, database.name)
        app = make_ready(create_app(folder))
        with app.app_context():
            from connectdo.places import find_place

            find_place("SE24 0NG")
            sync()
            db.engine.dispose()
        database.remember()
    (folder / READY).touch()
    return folder


@pytest.fixture
def meaning() -> str:
    """Sentences are read for their meaning by the tests that are about it, and by all with
    CONNECTDO_TEST_MEANING=1."""
    return os.environ.get("CONNECTDO_TEST_MEANING", "0")


@pytest.fixture
def app(
    installation: Path,
    meaning: str,
    database: OwnDatabase,
    compiled: FileSystemBytecodeCache,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Flask]:
    """A site of the test's own, with its context open."""
    folder = copy_of(installation, tmp_path)
    point_at(monkeypatch, folder, database.name)
    monkeypatch.setenv("CONNECTDO_MEANING", meaning)
    # All that interests are called would take ten seconds to read.
    monkeypatch.setattr(callings, "phrases", lambda concept: (concept.name,))
    app = create_app(folder)
    app.jinja_env.bytecode_cache = compiled
    with app.app_context():
        yield app
        db.session.rollback()
    close(app)
    database.put_back()


@pytest.fixture
def another_app(app: Flask, compiled: FileSystemBytecodeCache) -> Iterator[Callable[[], Flask]]:
    """The same site opened once more: another worker, or after a restart with other settings."""
    opened: list[Flask] = []

    def open_another() -> Flask:
        opened.append(create_app())
        opened[-1].jinja_env.bytecode_cache = compiled
        return opened[-1]

    yield open_another
    for each in opened:
        close(each)


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Somebody with a browser of their own."""
    return Visitor(app)


@pytest.fixture
def comes(app: Flask) -> Comes:
    """Somebody with a browser of their own, signed in."""

    def come(person: Person) -> Visitor:
        browser = Visitor(app)
        browser.sign_in(person)
        return browser

    return come


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


def copy_of(installation: Path, where: Path) -> Path:
    """An instance folder of a test's own. Places are read only, and shared."""
    folder = where / "instance"
    shutil.copytree(installation, folder, ignore=shutil.ignore_patterns("places.sqlite3"))
    os.symlink(installation / "places.sqlite3", folder / "places.sqlite3")
    return folder


def close(app: Flask) -> None:
    """Lets go of what an app holds open."""
    with app.app_context():
        db.engine.dispose()
    app.extensions["jobs"].storage.close()


def point_at(patch: pytest.MonkeyPatch, folder: Path, database: str) -> None:
    patch.setenv("CONNECTDO_INSTANCE", str(folder))
    patch.setenv("CONNECTDO_MEANING", "0")
    if SERVER:
        patch.setenv("CONNECTDO_DATABASE_URL", f"{SERVER}/{database}")
    else:
        patch.delenv("CONNECTDO_DATABASE_URL", raising=False)
