"""PostgreSQL crashes under a site: no acknowledged write is lost, and pages come back by
themselves."""

import os
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import pytest
from flask import Flask

from connectdo import create_app
from connectdo.ready import make_ready
from connectdo.search import sync
from connectdo.search.index import Unusable
from tests.conftest import close, copy_of
from tests.databases import SERVER
from tests.trust.editors import Truth, editing
from tests.trust.postgresql import BINARIES, OwnServer, own_server
from tests.trust.site import FULL, Site, say, visits, wait_until

CRASHES = 20 if FULL else 3
CALM = "503 The site is not working for now"
WAYS = (
    OwnServer.lose_a_connection_in_the_middle,
    OwnServer.stop_at_once_and_start,
    OwnServer.lose_its_head_and_start,
)

# It has a server of its own, whatever database the other tests are run on.
pytestmark = pytest.mark.skipif(bool(SERVER), reason="done beside the tests on SQLite")


@pytest.fixture
def server() -> Iterator[OwnServer]:
    """Where PostgreSQL is not installed this is skipped loudly, or fails if nothing may be."""
    if BINARIES is None:
        if "CONNECTDO_TEST_EVERYTHING" in os.environ:
            pytest.fail("PostgreSQL is not installed, and nothing may be skipped here.")
        print("\n== SKIPPED: NO POSTGRESQL IS INSTALLED HERE TO BE CRASHED")
        pytest.skip("PostgreSQL is not installed")
    with own_server() as server:
        yield server


@pytest.fixture
def app_on_it(
    server: OwnServer, installation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Flask]:
    """A site whose database is on the test's own server."""
    folder = copy_of(installation, tmp_path)
    monkeypatch.setenv("CONNECTDO_INSTANCE", str(folder))
    monkeypatch.setenv("CONNECTDO_DATABASE_URL", server.address)
    app = make_ready(create_app(folder))
    with app.app_context():
        yield app
    close(app)


def index_is_in_step() -> bool:
    """At first it is of the database that the installation had before, until it is made anew."""
    try:
        return sync.check() == []
    except Unusable:
        return False


def test_nothing_is_lost_when_postgresql_crashes(app_on_it: Flask, server: OwnServer) -> None:
    truth = Truth()
    with Site("-m", "tests.trust.writing") as site:
        with editing(site, truth) as people, visits(site, lambda: "/search", "result") as seen:
            for crash in islice(cycle(WAYS), CRASHES):
                crash(server)
                before = truth.acknowledged
                back = wait_until(lambda: truth.acknowledged > before)  # noqa: B023
                say(f"== {crash.__name__}: written again {back:.1f} s after it was back")
        wait_until(index_is_in_step)
        lost = truth.lost()
    say(
        f"== {CRASHES} crashes of PostgreSQL: {truth.acknowledged:,} writes acknowledged, "
        f"{len(lost)} lost; {people.finder.told()}; pages {dict(seen.statuses)}, "
        f"the slowest {seen.slowest:.1f} s"
    )

    assert lost == []
    assert people.refused <= {503}
    assert set(seen.statuses) <= {"200", CALM}
    assert seen.statuses["200"]
