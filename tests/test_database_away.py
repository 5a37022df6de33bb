"""However the database is away, full or busy: a page that says so, and when to come back."""

import errno
import sqlite3
from collections.abc import Callable

import psycopg
import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.test import TestResponse

from connectdo.access import STAFF, public
from connectdo.db import db
from tests.databases import OTHERS, SERVER, OwnDatabase
from tests.factories import make_listing, make_person
from tests.visitor import Visitor
from tests.walking import every_page

NOWHERE = "postgresql://127.0.0.1:1/nowhere"
MAY_SAY = {200, 302, 303, 400, 404, 405, 410, 422, 503}
on_sqlite = pytest.mark.skipif(bool(SERVER), reason="is about SQLite's file")


@pytest.fixture
def cut_off(app: Flask, another_app: Callable[[], Flask], monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The same site, whose database has gone."""
    monkeypatch.setenv(
        "CONNECTDO_DATABASE_URL", NOWHERE if SERVER else f"sqlite:///{app.instance_path}/index"
    )
    return another_app()


@pytest.mark.parametrize("signed_in", [False, True])
def test_no_page_fails_otherwise_while_the_database_is_away(
    app: Flask, cut_off: Flask, signed_in: bool
) -> None:
    visitor = Visitor(app)
    if signed_in:
        visitor.sign_in(make_person("", *STAFF))
    cut_off.config.update(WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)

    def ask(method: str, path: str) -> TestResponse:
        comes = Visitor(cut_off).with_cookie(visitor.cookie() or "none")
        if method == "GET":
            return comes.get(path)
        return comes.post(path, token=False, email="mary@example.org", network="192.0.2.1")

    answers = {(method, path): ask(method, path) for method, path in every_page(cut_off, "word")}

    away = [each for each in answers.values() if each.status_code == 503]
    assert {each for each, its in answers.items() if its.status_code not in MAY_SAY} == set()
    assert len(away) > (150 if signed_in else 20)
    assert all(
        int(each.headers["Retry-After"]) > 0 for each in away if each.mimetype == "text/html"
    )


def test_the_page_that_says_so_is_a_whole_page_for_who_is_signed_in(
    app: Flask, cut_off: Flask, visitor: Visitor
) -> None:
    visitor.sign_in(make_person())

    response = Visitor(cut_off).with_cookie(visitor.cookie()).get("/account")

    assert response.status_code == 503
    assert "The site is not working for now" in response.text
    assert "Your account" in response.text


@pytest.mark.skipif(not SERVER, reason="is about connections to a server")
def test_connections_that_the_server_has_cut_are_made_again_unnoticed(
    app: Flask, visitor: Visitor, database: OwnDatabase
) -> None:
    listing = make_listing("Choir")
    db.session.rollback()
    with psycopg.connect(f"{SERVER}/{database.name}") as server:
        cut = server.execute(OTHERS).fetchall()

    response = visitor.get(f"/listings/{listing.id}")

    assert len(cut) > 0
    assert response.status_code == 200


@on_sqlite
def test_a_database_that_stays_locked_is_a_503(
    app: Flask,
    another_app: Callable[[], Flask],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    listing = make_listing()
    monkeypatch.setattr("connectdo.db.SECONDS_TO_WAIT_FOR_A_WRITER", 0.1)
    site = another_app()
    visitor = Visitor(site)
    visitor.get("/my-list")
    holder = sqlite3.connect(f"{app.instance_path}/connectdo.sqlite3", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    response = visitor.post(f"/listings/{listing.id}/report", problem="other", details="It moved.")

    holder.rollback()
    holder.close()
    assert response.status_code == 503


@on_sqlite
def test_a_full_database_is_a_503_and_reading_goes_on(app: Flask, visitor: Visitor) -> None:
    listing = make_listing()
    pages_used = db.session.execute(text("PRAGMA page_count")).scalar_one()
    db.session.rollback()
    app.config["PROPAGATE_EXCEPTIONS"] = False

    with db.engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages_used}")
    answers = {
        visitor.post(
            f"/listings/{listing.id}/report", problem="other", details="It moved. " * 90
        ).status_code
        for _ in range(20)
    }

    assert answers <= {302, 303, 503}
    assert 503 in answers
    assert visitor.get(f"/listings/{listing.id}").status_code == 200


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), 503),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), 503),
        (OSError(errno.ENOENT, "No such file"), 500),
        (sqlite3.OperationalError("unable to open database file"), 503),
    ],
)
def test_a_full_disk_is_a_503_and_no_other_fault_of_a_file(
    app: Flask, visitor: Visitor, fault: Exception, status: int
) -> None:
    def fails() -> str:
        raise fault

    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.view_functions["directory.home"] = public(fails)

    response = visitor.get("/")

    assert response.status_code == status


def test_all_connections_in_use_is_a_503(
    app: Flask, another_app: Callable[[], Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = make_listing()
    site = another_app()
    with site.app_context():
        pool = db.engine.pool
        pool._timeout = 0.05  # type: ignore[attr-defined]
        held = [db.engine.connect() for _ in range(pool.size() + pool._max_overflow)]  # type: ignore[attr-defined]

    response = Visitor(site).get(f"/listings/{listing.id}")

    for each in held:
        each.close()
    assert response.status_code == 503


@pytest.mark.skipif(not SERVER, reason="no server to lose a connection to")
def test_a_page_that_was_made_is_answered_where_the_server_goes_away_since(
    another_app: Callable[[], Flask],
) -> None:
    app = another_app()

    @app.get("/made")
    @public
    def made() -> str:
        own = db.session.scalar(text("SELECT pg_backend_pid()"))
        with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", (own,))
        return "Made"

    assert Visitor(app).ask("GET", "/made").text == "Made"
    assert Visitor(app).get("/").status_code == 200
