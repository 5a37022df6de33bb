"""Passwords: nobody needs one; who wants one may choose anything that is not easily guessed."""

import pytest
from flask import Flask

from connectdo.people.secrets import is_easy_to_guess, password_fits, password_hash
from tests.factories import PASSWORD, make_person
from tests.people.conftest import Later
from tests.visitor import Visitor

ADA = "ada@mail.example"
NEW = "harbour violin thimble"


def is_signed_in(visitor: Visitor) -> bool:
    return visitor.get("/account").status_code == 200


def test_a_member_sets_a_password_and_signs_in_with_it(app: Flask, visitor: Visitor) -> None:
    visitor.sign_in(make_person(ADA))
    visitor.post("/account/password", password=NEW)
    other = Visitor(app)

    response = other.post("/sign-in/password", email=ADA, password=NEW, next="/account/name")

    assert response.headers["Location"] == "/account/name"
    assert is_signed_in(other)


@pytest.mark.parametrize(
    ("email", "typed"), [(ADA, "not this one"), ("nobody@mail.example", PASSWORD)]
)
def test_a_wrong_password_and_an_unknown_address_are_answered_alike(
    visitor: Visitor, email: str, typed: str
) -> None:
    make_person(ADA, password=PASSWORD)

    response = visitor.post("/sign-in/password", email=email, password=typed)

    assert response.status_code == 422
    assert "One of them is not right" in response.text
    assert not is_signed_in(visitor)


def test_a_password_that_was_typed_is_not_sent_back(visitor: Visitor) -> None:
    response = visitor.post("/sign-in/password", email=ADA, password="my-secret-words")

    assert "my-secret-words" not in response.text


def test_the_old_password_is_asked_before_another_is_set(visitor: Visitor, later: Later) -> None:
    visitor.sign_in(make_person(ADA, password=PASSWORD))
    later(minutes=31)

    without = visitor.post("/account/password", password=NEW)
    wrong = visitor.post("/account/password", current="not this one", password=NEW)
    right = visitor.post("/account/password", current=PASSWORD, password=NEW)

    assert (without.status_code, wrong.status_code, right.status_code) == (422, 422, 303)


def test_who_forgot_their_password_sets_another_after_a_fresh_link(visitor: Visitor) -> None:
    visitor.sign_in(make_person(ADA, password=PASSWORD))

    response = visitor.post("/account/password", password=NEW)

    assert response.status_code == 303


@pytest.mark.parametrize(
    "password", ["", "short", "password1", "PASSWORD1", "aaaaaaaaaaaa", ADA, "x" * 1001]
)
def test_a_password_that_is_short_or_easy_to_guess_is_refused(
    visitor: Visitor, password: str
) -> None:
    visitor.sign_in(make_person(ADA))

    response = visitor.post("/account/password", password=password)

    assert response.status_code == 422
    assert "new password" in response.text


@pytest.mark.parametrize(
    "password", ["kaffee über alles", "🦜🦜 parrots", "x y z x y z", "a" * 7 + "bcd"]
)
def test_any_letters_may_be_in_a_password(password: str) -> None:
    kept = password_hash(password)

    assert password_fits(kept, password)
    assert not password_fits(kept, password + " ")
    assert not is_easy_to_guess(password, ADA)


def test_no_password_fits_where_none_was_chosen() -> None:
    assert not password_fits("", "")


def test_the_same_password_is_kept_differently_each_time() -> None:
    assert password_hash(PASSWORD) != password_hash(PASSWORD)
