"""Being signed in, and how it ends: everywhere that was chosen, a copied cookie too."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from connectdo.db import db
from connectdo.people import actions, here
from connectdo.people.coming_in import sign_in
from connectdo.people.models import Person, SignIn
from tests.factories import PASSWORD, make_person
from tests.people.conftest import Later, Mails, link_in
from tests.visitor import Visitor

ADA = "ada@mail.example"
NEW = "harbour violin thimble"


def is_signed_in(visitor: Visitor) -> bool:
    return visitor.get("/account").status_code == 200


def two_browsers(app: Flask, person: Person) -> tuple[Visitor, Visitor]:
    one, two = Visitor(app), Visitor(app)
    one.sign_in(person)
    two.sign_in(person)
    return one, two


def test_a_copied_cookie_ends_with_signing_out(app: Flask, visitor: Visitor) -> None:
    visitor.sign_in(make_person())
    thief = Visitor(app).with_cookie(visitor.cookie())
    before = is_signed_in(thief)

    response = visitor.post("/sign-out")

    assert before
    assert not is_signed_in(thief)
    assert not is_signed_in(visitor)
    assert visitor.follow(response).status_code == 200


def test_signing_out_leaves_other_browsers_alone(app: Flask) -> None:
    one, two = two_browsers(app, make_person())

    one.post("/sign-out")

    assert not is_signed_in(one)
    assert is_signed_in(two)


def test_signing_out_everywhere_ends_every_browser(app: Flask) -> None:
    one, two = two_browsers(app, make_person())
    page = one.get("/account").text

    one.post("/account/sign-out-everywhere")

    assert "signed in in 2 browsers" in page
    assert not is_signed_in(one)
    assert not is_signed_in(two)


def test_signing_in_makes_everything_new(app: Flask, visitor: Visitor, mails: Mails) -> None:
    visitor.post("/sign-in", email=ADA)
    planted = visitor.cookie()
    token = visitor.cookie_holds("csrf_token")

    visitor.post(link_in(mails(ADA)[-1]))

    assert is_signed_in(visitor)
    assert not is_signed_in(Visitor(app).with_cookie(planted))
    assert visitor.cookie_holds("csrf_token") != token


def test_signing_in_as_another_ends_the_first(app: Flask, visitor: Visitor, mails: Mails) -> None:
    visitor.sign_in(make_person())
    first = visitor.cookie()
    Visitor(app).post("/sign-in", email=ADA)

    visitor.post(link_in(mails(ADA)[-1]))

    assert ADA in visitor.get("/account").text
    assert not is_signed_in(Visitor(app).with_cookie(first))


def test_a_new_password_ends_the_other_browsers_and_is_told(app: Flask, mails: Mails) -> None:
    one, two = two_browsers(app, make_person(ADA, password=PASSWORD))
    copied = one.cookie()

    one.post("/account/password", current=PASSWORD, password=NEW)

    assert is_signed_in(one)
    assert not is_signed_in(two)
    assert not is_signed_in(Visitor(app).with_cookie(copied))
    assert "password" in mails(ADA)[-1]["Subject"]


def test_a_new_role_or_one_taken_away_ends_every_browser(app: Flask, visitor: Visitor) -> None:
    person = make_person(ADA, "coach", "administrator")
    visitor.sign_in(person)

    actions.take_roles(person, ["administrator"])
    db.session.commit()
    taken = is_signed_in(visitor)
    visitor.sign_in(person)
    with app.test_request_context():
        actions.give_roles(person, ["administrator"])
        db.session.commit()

    assert not taken
    assert not is_signed_in(visitor)


def test_who_is_disabled_is_out_at_once(visitor: Visitor) -> None:
    person = make_person(ADA)
    visitor.sign_in(person)

    actions.disable(person)
    db.session.commit()

    assert not is_signed_in(visitor)


def test_a_member_is_signed_in_for_90_days(visitor: Visitor, later: Later) -> None:
    visitor.sign_in(make_person())

    later(days=89)
    before = is_signed_in(visitor)
    later(days=2)

    assert before
    assert not is_signed_in(visitor)


def test_staff_who_pause_for_an_hour_are_signed_out(visitor: Visitor, later: Later) -> None:
    visitor.sign_in(make_person(ADA, "administrator"))

    later(minutes=50)
    still = is_signed_in(visitor)
    later(minutes=50)
    busy = is_signed_in(visitor)
    later(minutes=61)

    assert still
    assert busy
    assert not is_signed_in(visitor)


def test_staff_are_signed_out_after_12_hours_however_busy(visitor: Visitor, later: Later) -> None:
    visitor.sign_in(make_person(ADA, "administrator"))

    for _ in range(14):
        later(minutes=50)
        was_in = is_signed_in(visitor)
    later(minutes=50)

    assert was_in
    assert not is_signed_in(visitor)


@pytest.mark.parametrize("way", ["link", "password"])
def test_staff_are_never_in_by_one_step(app: Flask, visitor: Visitor, way: str) -> None:
    person = make_person(ADA, "administrator")
    secret = sign_in(person, way)
    db.session.commit()

    visitor.sign_in(make_person())
    visitor.put_in_cookie(**{here.SIGNED_IN: secret})

    assert not is_signed_in(visitor)


def test_a_strangers_header_offers_to_sign_in_and_a_members_their_account(
    visitor: Visitor,
) -> None:
    stranger = visitor.get("/").text

    visitor.sign_in(make_person())
    member = visitor.get("/").text

    assert ">Sign in</a>" in stranger
    assert ">Your account</a>" in member


def test_the_cookie_is_kept_to_this_site_over_https(
    another_app: Callable[[], Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONNECTDO_HTTPS", "1")
    monkeypatch.setenv("CONNECTDO_SITE", "https://groups.example")
    visitor = Visitor(another_app())

    response = visitor.get("/sign-in", base_url="https://localhost")
    cookie = response.headers["Set-Cookie"]

    assert cookie.startswith("__Host-session=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie


def test_ended_sign_ins_are_forgotten_at_night(app: Flask, later: Later) -> None:
    sign_in(make_person(), "link")
    db.session.commit()

    later(days=91)
    actions.forget_ended()

    assert db.session.scalars(select(SignIn)).all() == []
