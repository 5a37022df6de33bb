"""What every page and every write stands on."""

import multiprocessing
from pathlib import Path

import pytest
from flask import Flask, request
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from connectdo import create_app
from connectdo.access import who_may_enter
from connectdo.db import Base, alembic, db, reading
from connectdo.listings.models import Listing
from connectdo.search.finding import find
from connectdo.search.models import SearchState
from connectdo.search.query import Query
from connectdo.search.sync import sync
from tests.factories import make_listing
from tests.visitor import Visitor

WRITERS, LISTINGS_EACH = 3, 20


def test_every_view_says_who_may_enter(app: Flask) -> None:
    silent = [
        rule.endpoint for rule in app.url_map.iter_rules() if not who_may_enter(app, rule.endpoint)
    ]

    assert silent == []


def test_a_view_that_says_nothing_is_closed(app: Flask, visitor: Visitor) -> None:
    app.add_url_rule("/silent", view_func=lambda: "secret", endpoint="silent")

    response = visitor.get("/silent")

    assert response.status_code == 404


@pytest.mark.parametrize(
    "path", ["/", "/search?q=choir", "/nowhere", "/static/app.css", "/listings/99999999999"]
)
def test_every_answer_carries_the_content_security_policy(visitor: Visitor, path: str) -> None:
    headers = visitor.get(path).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_an_error_of_ours_is_a_plain_page_with_the_policy(app: Flask, visitor: Visitor) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.view_functions["directory.home"] = _fails
    _fails.access = "public"  # type: ignore[attr-defined]

    response = visitor.get("/")

    assert response.status_code == 500
    assert "There is a problem with the site" in response.text
    assert "Content-Security-Policy" in response.headers


def test_a_database_that_is_away_is_a_503_that_says_when_to_come_back(
    app: Flask, visitor: Visitor
) -> None:
    app.view_functions["directory.home"] = _cannot_reach_the_database
    _cannot_reach_the_database.access = "public"  # type: ignore[attr-defined]

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


def test_models_and_migrations_agree(app: Flask) -> None:
    differences = alembic.compare_metadata()

    assert differences == []


def test_looking_at_pages_changes_nothing(app: Flask, visitor: Visitor) -> None:
    listing = make_listing("Choir", miles=1, interests=["Choir"], organisation="Singers")
    sync()
    before = _rows()

    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()):
            path = rule.rule.replace("<int:listing_id>", str(listing.id))
            visitor.get(path.split("<")[0])

    assert _rows() == before


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


def _rows() -> dict[str, int]:
    """How many rows each table has."""
    with reading():
        return {
            name: db.session.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in sorted(Base.metadata.tables.items())
        }


def _fails() -> str:
    raise ZeroDivisionError(request.path)


def _cannot_reach_the_database() -> str:
    raise OperationalError("SELECT 1", {}, ConnectionError("gone"))
