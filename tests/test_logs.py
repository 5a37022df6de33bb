"""What is written down of requests and faults, and what is not."""

import io
import json
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from typing import Any

import pytest
from flask import Flask, request
from sqlalchemy import text

from connectdo import create_app, jobs, logs
from connectdo.access import STAFF, public, who_may_enter
from connectdo.db import db
from connectdo.post.actions import write
from tests.factories import make_person
from tests.visitor import Visitor
from tests.walking import every_page

CANARY = "zqxheron"
Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines(app: Flask) -> Iterator[Lines]:
    """The lines that were written since the test began."""
    hooks = sys.excepthook, threading.excepthook
    root, ours = logging.getLogger(), logging.getLogger(logs.OURS)
    before = root.handlers, ours.level
    stream = io.StringIO()
    logs.as_lines("web", stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers, ours.level = before
    sys.excepthook, threading.excepthook = hooks
    logging.getLogger(logs.OURS).setLevel(before[1])


def fails(**_values: object) -> str:
    """As badly as can be: what was sent is in the message, in notes and in what led to it."""
    sent = f"{request.url} {request.get_data(as_text=True)} {dict(request.headers)}"
    try:
        db.session.execute(text("SELECT :sent FROM nowhere"), {"sent": sent})
    except Exception as error:
        fault = ValueError(sent)
        fault.add_note(sent)
        raise fault from error
    return ""


def test_a_request_is_one_line_that_names_the_page_and_nothing_of_its_address(
    visitor: Visitor, lines: Lines
) -> None:
    response = visitor.get(f"/search?q={CANARY}&near=SE24+0NG")

    (line,) = lines()
    assert line["request"] == response.headers["X-Request-ID"]
    assert (line["method"], line["page"], line["status"]) == ("GET", "directory.search", 200)
    assert line["ms"] > 0
    assert line["time"].endswith("+00:00")
    assert set(line) == {
        *("time", "level", "process", "from", "says"),
        *("request", "method", "page", "status", "ms"),
    }


@pytest.mark.parametrize("told", ["9f8c7a6b5d4e3f2a", "a_proxy-named-this_1"])
def test_a_request_keeps_the_name_that_the_proxy_gave_it(
    visitor: Visitor, lines: Lines, told: str
) -> None:
    response = visitor.get("/", headers={"X-Request-ID": told})

    assert response.headers["X-Request-ID"] == told
    assert lines()[0]["request"] == told


@pytest.mark.parametrize(
    "told",
    ["short", "a" * 65, "mary@example.org", "two words here", '"} {"a":1', "é" * 10, "١" * 9],
)
def test_a_name_for_a_request_that_could_be_anything_is_not_kept(
    visitor: Visitor, lines: Lines, told: str
) -> None:
    response = visitor.get("/", headers={"X-Request-ID": told.encode().decode("latin-1")})

    assert len(response.headers["X-Request-ID"]) == 32
    assert told not in json.dumps(lines(), ensure_ascii=False)


def test_requests_have_names_of_their_own(visitor: Visitor, lines: Lines) -> None:
    visitor.get("/")
    visitor.get("/")

    first, second = (line["request"] for line in lines())
    assert first != second


def test_a_word_that_is_no_method_is_not_kept(app: Flask, lines: Lines) -> None:
    response = app.test_client().open("/", method=CANARY.upper())

    assert response.status_code == 405
    assert lines()[0]["method"] == "other"


def test_the_page_of_a_fault_tells_the_reference_that_is_in_its_lines(
    app: Flask, visitor: Visitor, lines: Lines
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.view_functions["directory.home"] = public(fails)

    response = visitor.get("/")

    fault, ended = lines()
    assert response.status_code == ended["status"] == 500
    assert fault["request"] == ended["request"]
    assert f"this reference: <strong>{fault['request']}</strong>" in response.text
    assert fault["says"] == "Exception on directory.home [GET]"
    kinds = [each["kind"] for each in fault["fault"]]
    assert kinds[0] == "builtins.ValueError"
    assert kinds[-1] in ("sqlite3.OperationalError", "psycopg.errors.UndefinedTable")
    assert fault["fault"][-1]["code"] in ("SQLITE_ERROR", "42P01")
    assert fault["fault"][0]["way"][-1].endswith(" fails")


def test_no_page_or_form_that_fails_writes_down_what_was_sent(app: Flask, lines: Lines) -> None:
    app.config.update(PROPAGATE_EXCEPTIONS=False, WTF_CSRF_ENABLED=False)
    for name in app.view_functions:
        broken = partial(fails)
        broken.access = who_may_enter(app, name)  # type: ignore[attr-defined]
        app.view_functions[name] = broken
    visitor = Visitor(app)
    visitor.sign_in(make_person(f"{CANARY}@example.org", *STAFF))

    told = {"X-Request-ID": f"{CANARY}@1", "User-Agent": CANARY, "Referer": CANARY}

    answers = [
        visitor.get(f"{path}?q={CANARY}", headers=told)
        if method == "GET"
        else visitor.post(f"{path}?q={CANARY}", headers=told, token=False, words=CANARY)
        for method, path in every_page(app, CANARY)
    ]

    assert len([each for each in answers if each.status_code == 500]) > 200
    assert len(lines()) > len(answers)
    assert CANARY not in json.dumps(lines())


def test_what_a_database_refuses_is_not_written_down(
    app: Flask, visitor: Visitor, lines: Lines
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    db.session.execute(text("ALTER TABLE tally RENAME TO gone"))
    db.session.commit()

    response = visitor.post("/sign-in", email=f"{CANARY}@example.org")

    db.session.execute(text("ALTER TABLE gone RENAME TO tally"))
    db.session.commit()
    assert response.status_code in (500, 503)
    assert any("fault" in line for line in lines())
    assert CANARY not in json.dumps(lines())


def test_what_a_library_says_is_told_without_what_it_says_it_of(app: Flask, lines: Lines) -> None:
    logging.getLogger("fpdf").warning("No letter for %s", CANARY)
    logging.getLogger("fpdf").error(ValueError(CANARY))

    assert [line["says"] for line in lines()] == ["No letter for %s", "ValueError"]
    assert CANARY not in json.dumps(lines())


def test_a_job_that_fails_is_told_in_the_same_form(app: Flask, lines: Lines) -> None:
    write(f"{CANARY}@example.org", "Hello", CANARY)
    db.session.commit()

    def breaks() -> None:
        raise LookupError(CANARY)

    jobs.by_the_clock(app, "breaks", breaks, jobs.EVERY_NIGHT)
    jobs.soon("breaks")
    queue = app.extensions["jobs"]
    for task in iter(queue.dequeue, None):
        queue.execute(task)

    faults = list(chain(*(line.get("fault", []) for line in lines())))
    assert "builtins.LookupError" in [each["kind"] for each in faults]
    assert CANARY not in json.dumps(lines())


def test_a_process_or_a_thread_that_ends_by_a_fault_says_so_in_a_line(lines: Lines) -> None:
    fault = ValueError(CANARY)

    sys.excepthook(ValueError, fault, None)
    threading.excepthook(threading.ExceptHookArgs((ValueError, fault, None, None)))

    assert [line["level"] for line in lines()] == ["critical", "critical"]
    assert CANARY not in json.dumps(lines())


def test_debug_is_never_on(
    app: Flask, another_app: Callable[[], Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    site = another_app()
    site.view_functions["directory.home"] = public(fails)

    response = Visitor(site).get("/")

    assert not site.debug
    assert response.status_code == 500
    assert "There is a problem with the site" in response.text


def test_create_app_leaves_the_lines_of_others_alone(app: Flask) -> None:
    before = logging.getLogger().handlers[:]

    create_app()

    assert logging.getLogger().handlers == before
