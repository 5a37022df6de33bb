"""What every page and every write stands on."""

import gzip
import multiprocessing
from pathlib import Path

import pytest
from flask import Flask, request
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from connectdo import create_app
from connectdo.access import public
from connectdo.db import alembic, db, reading
from connectdo.listings.models import Listing
from connectdo.ready import make_ready
from connectdo.search.finding import find
from connectdo.search.models import SearchState
from connectdo.search.query import Query
from connectdo.search.sync import sync
from tests.factories import make_listing
from tests.visitor import Visitor

WRITERS, LISTINGS_EACH = 3, 20


@pytest.mark.parametrize(
    "path", ["/", "/search?q=choir", "/nowhere", "/static/app.css", "/listings/99999999999"]
)
def test_every_answer_carries_the_content_security_policy(visitor: Visitor, path: str) -> None:
    headers = visitor.get(path).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_our_own_files_are_packed_for_who_only_knows_gzip(visitor: Visitor) -> None:
    path, packed = "/static/app.css", {"Accept-Encoding": "gzip"}

    plain, small = visitor.get(path), visitor.get(path, headers=packed)
    again = visitor.get(path, headers={**packed, "If-None-Match": small.headers["ETag"]})

    assert gzip.decompress(small.data) == plain.data
    assert len(small.data) < 20_000
    assert again.status_code == 304


def test_an_error_of_ours_is_a_plain_page_with_the_policy(app: Flask, visitor: Visitor) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.view_functions["directory.home"] = _fails
    public(_fails)

    response = visitor.get("/")

    assert response.status_code == 500
    assert "There is a problem with the site" in response.text
    assert "Content-Security-Policy" in response.headers


def test_a_fault_is_logged_without_the_address_of_the_page(
    app: Flask, visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.view_functions["people.link"] = public(_fails_with_a_secret)

    response = visitor.get("/sign-in/link/a-secret")

    assert response.status_code == 500
    assert "people.link" in caplog.text
    assert "a-secret" not in caplog.text


def test_a_database_that_is_away_is_a_503_that_says_when_to_come_back(
    app: Flask, visitor: Visitor
) -> None:
    app.view_functions["directory.home"] = _cannot_reach_the_database
    public(_cannot_reach_the_database)

    response = visitor.get("/")

    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0


def test_a_form_without_its_token_is_refused(visitor: Visitor) -> None:
    listing = make_listing()

    response = visitor.post(f"/my-list/{listing.id}", token=False)

    assert response.status_code == 400


def test_an_unknown_host_is_refused(app: Flask, visitor: Visitor) -> None:
    app.config["TRUSTED_HOSTS"] = ["connectdo.example"]

    response = visitor.get("/", headers={"Host": "evil.example"})

    assert response.status_code == 400
    assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"[" * 100_000 + b"]" * 100_000),
        ("application/json", b'{"a":' * 100_000),
        ("multipart/form-data; boundary=a", b"--a\r\n" * 50_000),
        ("multipart/form-data", b"--a"),
        ("application/x-www-form-urlencoded", b"a=1&" * 1_000),
        ("application/x-www-form-urlencoded", b"%ff%fe=%00" * 100),
        ("text/plain; charset=nonsense", b"\xff"),
    ],
)
def test_a_body_that_is_no_form_is_refused_and_breaks_nothing(
    app: Flask, kind: str, body: bytes
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False

    for path in ("/my-list/clear", "/sign-in", "/search", "/lists/x"):
        response = app.test_client().post(path, data=body, content_type=kind)
        assert 400 <= response.status_code < 500, (path, response.status_code)


@pytest.mark.parametrize("path", ["/sign-in", "/my-list/1"])
def test_what_is_too_big_is_refused_with_a_plain_page(app: Flask, path: str) -> None:
    response = app.test_client().post(path, data={"email": "a" * (1024 * 1024 + 1)})

    assert response.status_code == 413
    assert "What you sent is too big" in response.text


def test_an_older_database_with_listings_is_brought_up_to_date(app: Flask) -> None:
    make_listing("Lantern Street Choir", interests=["Choir"])
    alembic.downgrade("0001")
    db.session.rollback()

    make_ready(app)

    choir = db.session.scalars(select(Listing)).one().interests[0]
    assert choir.name == "Choir"
    assert "choral music" in choir.hints


def test_models_and_migrations_agree(app: Flask) -> None:
    differences = alembic.compare_metadata()

    assert differences == []


def test_nothing_is_lost_between_workers_that_write_at_once(app: Flask) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write, args=(app.instance_path, n)) for n in range(WRITERS)]

    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    sync()

    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    assert find(Query(limit=0)).total == WRITERS * LISTINGS_EACH
    assert db.session.scalars(select(SearchState.rev)).one() >= WRITERS * LISTINGS_EACH


def test_those_who_only_read_do_not_wait_for_a_writer(app: Flask) -> None:
    make_listing()
    db.session.add(Listing(kind="group", name="Half-way", source="test", source_id="half-way"))
    db.session.flush()

    with app.app_context(), reading():
        seen = db.session.scalar(select(func.count()).select_from(Listing))

    assert seen == 1


def _write(instance: str, number: int) -> None:
    app = create_app(Path(instance))
    with app.app_context():
        for each in range(LISTINGS_EACH):
            name = f"{number}-{each}"
            db.session.add(Listing(kind="group", name=name, source="writers", source_id=name))
            db.session.commit()


def _fails() -> str:
    raise ZeroDivisionError(request.path)


def _fails_with_a_secret(**_address: str) -> str:
    raise ZeroDivisionError


def _cannot_reach_the_database() -> str:
    raise OperationalError("SELECT 1", {}, ConnectionError("gone"))
