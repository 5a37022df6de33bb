"""What a balancer is told."""

import logging
import shutil
from collections.abc import Callable

import pytest
from flask import Flask

from connectdo.search.sync import folder
from tests.conftest import Statements
from tests.factories import make_person
from tests.visitor import Visitor


def test_a_site_that_can_answer_says_so_and_nothing_else(
    visitor: Visitor, statements: Statements, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    visitor.get("/health")
    caplog.clear()

    with statements() as asked:
        response = visitor.get("/health")

    assert (response.status_code, response.text) == (200, "ok\n")
    assert response.headers["Cache-Control"] == "no-store"
    assert len(asked) == 1
    assert caplog.records == []


def test_it_leaves_no_cookie_and_asks_for_nobody(visitor: Visitor, statements: Statements) -> None:
    visitor.sign_in(make_person())

    with statements() as asked:
        response = visitor.get("/health")

    assert "Set-Cookie" not in response.headers
    assert len(asked) == 1


def test_a_site_whose_database_is_away_says_so(
    app: Flask, another_app: Callable[[], Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONNECTDO_DATABASE_URL", "postgresql://127.0.0.1:1/gone")

    response = Visitor(another_app()).get("/health")

    assert (response.status_code, response.text) == (503, "away\n")


def test_a_site_that_has_no_index_says_so(another_app: Callable[[], Flask]) -> None:
    shutil.rmtree(folder())

    response = Visitor(another_app()).get("/health")

    assert (response.status_code, response.text) == (503, "away\n")
