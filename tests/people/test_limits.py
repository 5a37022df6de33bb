"""Limits on coming in: they hold over workers and restarts, and lock nobody out for good."""

from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from connectdo import limits
from connectdo.db import db
from connectdo.limits import Limit, Tally
from connectdo.people.limits import (
    CODES,
    LINKS_FROM_A_NETWORK,
    LINKS_TO_AN_ADDRESS,
    PASSWORDS_FOR_AN_ADDRESS,
    PASSWORDS_FROM_A_NETWORK,
)
from tests.factories import PASSWORD, make_person
from tests.people.conftest import Later, Mails, code_now, link_in
from tests.visitor import Visitor

ADA = "ada@mail.example"
STRANGERS = "203.0.113.9"
OFFICE = {"REMOTE_ADDR": STRANGERS}


def is_signed_in(visitor: Visitor) -> bool:
    return visitor.get("/account").status_code == 200


def address(number: int) -> str:
    """Each try from another network, as many machines together would."""
    return str(ip_address("198.51.100.0") + number)


def guess(visitor: Visitor, times: int, path: str = "/sign-in/password", **fields: Any) -> None:
    for number in range(times):
        visitor.post(path, network=address(number), **fields)


def test_one_address_gets_so_many_links_an_hour_and_the_answer_does_not_tell(
    visitor: Visitor, mails: Mails, later: Later
) -> None:
    answers = {
        visitor.post("/sign-in", email=ADA).headers["Location"]
        for _ in range(LINKS_TO_AN_ADDRESS.most + 2)
    }
    in_the_hour = len(mails(ADA))
    later(minutes=61)
    visitor.post("/sign-in", email=ADA)

    assert answers == {"/sign-in/sent"}
    assert in_the_hour == LINKS_TO_AN_ADDRESS.most
    assert len(mails(ADA)) == in_the_hour + 1


def test_links_that_a_stranger_asks_for_let_their_owner_in(
    app: Flask, visitor: Visitor, mails: Mails
) -> None:
    guess(Visitor(app), LINKS_TO_AN_ADDRESS.most + 3, "/sign-in", email=ADA)
    visitor.post("/sign-in", email=ADA)

    visitor.post(link_in(mails(ADA)[-1]))

    assert is_signed_in(visitor)


def test_one_network_gets_so_many_links(visitor: Visitor) -> None:
    for number in range(LINKS_FROM_A_NETWORK.most):
        visitor.post("/sign-in", network=STRANGERS, email=f"person-{number}@mail.example")

    one_too_many = visitor.post("/sign-in", network=STRANGERS, email=ADA)
    another_network = visitor.post("/sign-in", network="203.0.113.10", email=ADA)

    assert one_too_many.status_code == 429
    assert "Wait a few minutes" in one_too_many.text
    assert another_network.status_code == 303


def test_passwords_are_not_guessed_for_long(app: Flask, visitor: Visitor, later: Later) -> None:
    make_person(ADA, password=PASSWORD)
    guess(visitor, PASSWORDS_FOR_AN_ADDRESS.most, email=ADA, password="not this one")

    even_right = visitor.post("/sign-in/password", email=ADA, password=PASSWORD)
    later(minutes=61)
    afterwards = visitor.post("/sign-in/password", email=ADA, password=PASSWORD)

    assert even_right.status_code == 429
    assert "Ask for a link" in even_right.text
    assert afterwards.status_code == 303


def test_one_network_does_not_guess_at_many_addresses(visitor: Visitor) -> None:
    for number in range(PASSWORDS_FROM_A_NETWORK.most):
        somebody = f"person-{number}@mail.example"
        visitor.post("/sign-in/password", network=STRANGERS, email=somebody, password="not this")

    response = visitor.post("/sign-in/password", network=STRANGERS, email=ADA, password="x")

    assert response.status_code == 429


def test_a_browser_that_was_used_before_is_not_locked_out_by_strangers(
    app: Flask, visitor: Visitor
) -> None:
    make_person(ADA, password=PASSWORD)
    visitor.post("/sign-in/password", email=ADA, password=PASSWORD)
    visitor.post("/sign-out")
    guess(Visitor(app), PASSWORDS_FOR_AN_ADDRESS.most + 1, email=ADA, password="not this one")

    response = visitor.post("/sign-in/password", email=ADA, password=PASSWORD)

    assert response.status_code == 303
    assert is_signed_in(visitor)


@pytest.mark.parametrize(
    ("limit", "path", "field"),
    [
        (PASSWORDS_FROM_A_NETWORK, "/sign-in/password", {"password": "not this one"}),
        (LINKS_FROM_A_NETWORK, "/sign-in", {}),
    ],
)
def test_a_stranger_in_the_same_office_locks_nobody_out(
    app: Flask, visitor: Visitor, limit: Limit, path: str, field: dict[str, str]
) -> None:
    make_person(ADA, password=PASSWORD)
    visitor.post("/sign-in/password", email=ADA, password=PASSWORD, network=STRANGERS)
    visitor.post("/sign-out")
    stranger = Visitor(app)
    for number in range(limit.most):
        stranger.send(path, {"email": f"p{number}@mail.example", **field}, environ_base=OFFICE)

    refused = stranger.send(path, {"email": ADA, **field}, environ_base=OFFICE)
    response = visitor.send(path, {"email": ADA, **field}, environ_base=OFFICE)

    assert refused.status_code == 429
    assert response.status_code in (303, 422)


def test_codes_are_not_guessed_for_long_and_the_owner_is_told(
    visitor: Visitor, mails: Mails, later: Later
) -> None:
    make_person(ADA, "administrator")
    visitor.post("/sign-in/password", email=ADA, password=PASSWORD)
    guess(visitor, CODES.most + 3, "/sign-in/code", code="000000")

    even_right = visitor.post("/sign-in/code", code=code_now())
    told = mails(ADA)
    later(minutes=16)
    visitor.post("/sign-in/password", email=ADA, password=PASSWORD)
    visitor.post("/sign-in/code", code=code_now())

    assert "many wrong codes" in even_right.text
    assert len(told) == 1
    assert "somebody knows your password" in told[0].get_content()
    assert is_signed_in(visitor)


def test_a_limit_holds_over_workers_and_restarts(
    visitor: Visitor, another_app: Callable[[], Flask], mails: Mails
) -> None:
    guess(visitor, LINKS_TO_AN_ADDRESS.most, "/sign-in", email=ADA)

    guess(Visitor(another_app()), 2, "/sign-in", email=ADA)

    assert len(mails(ADA)) == LINKS_TO_AN_ADDRESS.most


def test_a_tally_does_not_say_whose_it_is(visitor: Visitor) -> None:
    # No hash holds "yemi", for none of its letters but one is a hexadecimal digit.
    visitor.post("/sign-in", network=STRANGERS, email="yemi@mail.example")

    kept = str(db.session.execute(select(Tally.__table__)).all())

    assert "yemi" not in kept
    assert STRANGERS not in kept


@pytest.mark.parametrize(
    ("asked_from", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", ""),
        ("::1", ""),
        ("", ""),
    ],
)
def test_a_household_is_one_network(app: Flask, asked_from: str, network: str) -> None:
    with app.test_request_context(environ_base={"REMOTE_ADDR": asked_from}):
        assert limits.network() == network


def test_a_proxy_in_front_is_asked_where_a_request_came_from(
    another_app: Callable[[], Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONNECTDO_PROXIES", "1")
    visitor = Visitor(another_app())
    heard = []
    visitor.app.before_request(lambda: heard.append(limits.network()))

    visitor.get("/privacy", headers={"X-Forwarded-For": "203.0.113.7, 203.0.113.8"})

    assert heard == ["203.0.113.8"]


def test_old_tallies_are_forgotten_at_night(visitor: Visitor, later: Later) -> None:
    visitor.post("/sign-in", email=ADA)

    later(days=2)
    limits.forget_old()

    assert db.session.scalars(select(Tally)).all() == []
