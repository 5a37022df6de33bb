"""What Prometheus is told, where, and what it is never told."""

import http.client
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from connectdo.db import db
from connectdo.post.actions import write
from connectdo.running.metrics import State, empty_folder
from connectdo.search.sync import sync
from tests.browser.conftest import free_port
from tests.factories import make_listing
from tests.trust.site import Site, wait_until
from tests.visitor import Visitor


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Where figures are told."""
    port = free_port()
    monkeypatch.setenv("CONNECTDO_METRICS", f"127.0.0.1:{port}")
    yield port
    os.environ.pop("PROMETHEUS_MULTIPROC_DIR", None)


def figures(port: int) -> dict[str, float]:
    """Each with its labels, {} while nobody tells them."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/metrics")
        lines = connection.getresponse().read().decode().splitlines()
    except OSError:
        return {}
    finally:
        connection.close()
    told = [line.rsplit(" ", 1) for line in lines if not line.startswith("#")]
    return {name: float(value) for name, value in told}


def state(app: Flask) -> dict[str, float]:
    return {each.name: each.samples[0].value for each in State(app).collect()}


def test_nothing_is_counted_or_told_unless_it_is_asked_for(app: Flask, visitor: Visitor) -> None:
    names = [each.__name__ for each in app.after_request_funcs[None]]

    assert app.config["METRICS"] == ""
    assert "count" not in names
    assert visitor.get("/metrics").status_code == 404


def test_the_figures_of_all_workers_are_told_at_their_own_address_alone(
    app: Flask, port: int
) -> None:
    make_listing("Choir")
    with Site() as site:
        wait_until(lambda: len(site.workers()) == 2)
        asked = [site.get("/search?q=zqxheron&near=SE24+0NG")[0] for _ in range(12)]
        missing = site.get("/zqxheron")[0]
        wait_until(lambda: figures(port).get("connectdo_index_lag") == 0)
        told = figures(port)
        on_the_site = site.get("/metrics")[0]

    assert (set(asked), missing, on_the_site) == ({200}, 404, 404)
    assert told['connectdo_requests_total{page="directory.search",status="200"}'] == 12
    assert told['connectdo_request_seconds_count{page="directory.search"}'] == 12
    assert told['connectdo_requests_total{page="none",status="404"}'] == 1
    assert told["connectdo_mails_waiting"] == 0
    assert "zqxheron" not in str(told)


def test_what_waits_is_told(app: Flask) -> None:
    sync()
    make_listing("Choir")
    make_listing("Chess")
    write("mary@example.org", "Hello", "Dear Mary")
    db.session.commit()
    before = state(app)
    sync()

    assert before["connectdo_index_lag"] == 2
    assert before["connectdo_mails_waiting"] == 1
    assert before["connectdo_jobs_waiting"] >= 1
    assert state(app)["connectdo_index_lag"] == 0


def test_what_cannot_be_asked_is_not_told(
    app: Flask, another_app: Callable[[], Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONNECTDO_DATABASE_URL", "postgresql://127.0.0.1:1/gone")

    assert set(state(another_app())) == {"connectdo_jobs_waiting"}


def test_what_was_counted_before_a_start_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "")
    folder = tmp_path / "metrics"
    empty_folder(folder)
    (folder / "counter_1.db").touch()

    empty_folder(folder)

    assert list(folder.iterdir()) == []
    assert os.environ["PROMETHEUS_MULTIPROC_DIR"] == str(folder)
