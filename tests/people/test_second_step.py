"""Staff come in by two steps, and never by a link alone."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from connectdo.db import db
from connectdo.people import actions
from connectdo.people.models import Person, RecoveryCode
from tests.factories import APP_SECRET, PASSWORD, make_person
from tests.people.conftest import Later, Mails, code_now, link_in
from tests.visitor import Visitor

ADA = "ada@mail.example"
NEW = "harbour violin thimble"


def is_signed_in(visitor: Visitor) -> bool:
    return visitor.get("/account").status_code == 200


def add_administrator(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["people", "add", ADA, "--role", "administrator"])
    assert result.exit_code == 0, result.output


def secret_on(page: str) -> str:
    found = re.search(r"<strong>([A-Z2-7 ]{30,})</strong>", page)
    assert found
    return found[1].replace(" ", "")


def set_up(visitor: Visitor, link: str) -> list[str]:
    """Goes through every page of setting up; returns the recovery codes."""
    page = visitor.follow(visitor.post(link))
    assert "Choose a password" in page.text
    page = visitor.follow(visitor.post("/sign-in/new-password", password=NEW))
    page = visitor.post("/sign-in/app", code=code_now(secret_on(page.text)))
    return re.findall(r"<strong>(\d{4} \d{4} \d{4} \d{4})</strong>", page.text)


def say_password(visitor: Visitor, password: str = PASSWORD) -> None:
    visitor.post("/sign-in/password", email=ADA, password=password)


def test_a_new_administrator_sets_up_a_password_and_an_app(
    app: Flask, visitor: Visitor, mails: Mails
) -> None:
    add_administrator(app)

    codes = set_up(visitor, link_in(mails(ADA)[-1]))

    assert len(codes) == 8
    assert "Administrator" in visitor.get("/account").text
    assert "8 recovery codes left" in visitor.get("/account").text


def test_the_square_picture_is_drawn_in_the_page(
    app: Flask, visitor: Visitor, mails: Mails
) -> None:
    add_administrator(app)
    visitor.post(link_in(mails(ADA)[-1]))

    page = visitor.follow(visitor.post("/sign-in/new-password", password=NEW)).text

    assert "<svg" in page
    assert "style=" not in page


def test_setting_up_that_stopped_half_way_begins_again_with_another_mail(
    app: Flask, visitor: Visitor, mails: Mails
) -> None:
    add_administrator(app)
    visitor.post(link_in(mails(ADA)[-1]))
    visitor.post("/sign-in/new-password", password=NEW)
    other = Visitor(app)

    page = other.follow(other.post("/sign-in/password", email=ADA, password=NEW))
    codes = set_up(other, link_in(mails(ADA)[-1]))

    assert "Check your email" in page.text
    assert codes
    assert is_signed_in(other)


def test_staff_come_in_with_a_password_and_then_a_code(visitor: Visitor) -> None:
    make_person(ADA, "administrator")

    say_password(visitor)
    half = is_signed_in(visitor)
    response = visitor.post("/sign-in/code", code=code_now())

    assert not half
    assert response.status_code == 303
    assert is_signed_in(visitor)


def test_a_code_with_a_space_in_it_is_taken(visitor: Visitor) -> None:
    make_person(ADA, "administrator")
    say_password(visitor)
    code = code_now()

    visitor.post("/sign-in/code", code=f" {code[:3]} {code[3:]} ")

    assert is_signed_in(visitor)


def test_a_code_is_good_once(app: Flask, visitor: Visitor) -> None:
    make_person(ADA, "administrator")
    code = code_now()
    say_password(visitor)
    visitor.post("/sign-in/code", code=code)
    other = Visitor(app)
    say_password(other)

    again = other.post("/sign-in/code", code=code)

    assert again.status_code == 422
    assert not is_signed_in(other)


def test_a_code_before_one_that_was_used_is_not_good_either(app: Flask, visitor: Visitor) -> None:
    make_person(ADA, "administrator")
    earlier, now = code_now(later=-1), code_now()
    say_password(visitor)
    visitor.post("/sign-in/code", code=now)
    other = Visitor(app)
    say_password(other)

    other.post("/sign-in/code", code=earlier)

    assert not is_signed_in(other)


def test_a_code_without_the_password_leads_back_to_the_password(visitor: Visitor) -> None:
    make_person(ADA, "administrator")

    response = visitor.post("/sign-in/code", code=code_now())

    assert response.headers["Location"] == "/sign-in/password"
    assert not is_signed_in(visitor)


def test_a_password_does_not_wait_for_its_code_for_ever(visitor: Visitor, later: Later) -> None:
    make_person(ADA, "administrator")
    say_password(visitor)

    later(minutes=16)
    visitor.post("/sign-in/code", code=code_now())

    assert not is_signed_in(visitor)


def test_a_link_never_lets_staff_in(visitor: Visitor, mails: Mails) -> None:
    make_person(ADA, "administrator")
    visitor.post("/sign-in", email=ADA)

    page = visitor.follow(visitor.post(link_in(mails(ADA)[-1])))
    page = visitor.follow(visitor.post("/sign-in/new-password", password=NEW))
    half = is_signed_in(visitor)
    visitor.post("/sign-in/code", code=code_now())

    assert "Enter your code" in page.text
    assert not half
    assert is_signed_in(visitor)


def test_a_link_asked_for_as_a_member_does_not_let_in_who_has_become_staff(
    app: Flask, visitor: Visitor, mails: Mails
) -> None:
    make_person(ADA)
    visitor.post("/sign-in", email=ADA)
    link = link_in(mails(ADA)[-1])

    add_administrator(app)

    assert visitor.post(link).status_code == 410
    assert not is_signed_in(visitor)


def test_a_members_password_is_not_enough_when_they_become_staff(
    app: Flask, visitor: Visitor
) -> None:
    make_person(ADA, password=PASSWORD)

    add_administrator(app)
    response = visitor.post("/sign-in/password", email=ADA, password=PASSWORD)

    assert response.status_code == 422


def test_a_recovery_code_is_good_once_and_is_told(
    app: Flask, visitor: Visitor, mails: Mails
) -> None:
    add_administrator(app)
    code = set_up(visitor, link_in(mails(ADA)[-1]))[0]
    one, two = Visitor(app), Visitor(app)

    for browser in (one, two):
        say_password(browser, NEW)
        browser.post("/sign-in/code", code=code.replace(" ", ""))

    assert is_signed_in(one)
    assert not is_signed_in(two)
    assert "recovery code was used" in mails(ADA)[-1]["Subject"]
    assert "7 codes left" in mails(ADA)[-1].get_content()


def test_recovery_codes_are_kept_as_hashes(app: Flask, visitor: Visitor, mails: Mails) -> None:
    add_administrator(app)

    codes = set_up(visitor, link_in(mails(ADA)[-1]))
    kept = db.session.scalars(select(RecoveryCode.code_hash)).all()

    assert len(kept) == len(codes)
    assert all(each.startswith("$argon2") for each in kept)


def test_a_new_phone_ends_the_old_one(visitor: Visitor, mails: Mails) -> None:
    make_person(ADA, "administrator")
    visitor.sign_in(db.session.scalars(select(Person)).one())

    wrong = visitor.post("/account/app", current="not this one")
    page = visitor.follow(visitor.post("/account/app", current=PASSWORD))
    half = is_signed_in(visitor)
    old = visitor.post("/sign-in/app", code=code_now())
    visitor.post("/sign-in/app", code=code_now(secret_on(page.text)))

    assert wrong.status_code == 422
    assert not half
    assert old.status_code == 422
    assert is_signed_in(visitor)


def test_who_has_lost_everything_is_set_up_again_by_the_command(
    app: Flask, visitor: Visitor, mails: Mails
) -> None:
    person = make_person(ADA, "administrator")
    visitor.sign_in(person)

    app.test_cli_runner().invoke(args=["people", "set-up", ADA])
    ended = not is_signed_in(visitor)
    codes = set_up(visitor, link_in(mails(ADA)[-1]))

    assert ended
    assert codes
    assert is_signed_in(visitor)


def test_members_have_no_page_for_an_app(visitor: Visitor) -> None:
    visitor.sign_in(make_person())

    assert visitor.get("/account/app").status_code == 404


def test_who_is_staff_no_more_comes_in_by_a_link(visitor: Visitor, mails: Mails) -> None:
    person = make_person(ADA, "coach")
    actions.take_roles(person, ["coach"])
    db.session.commit()

    visitor.post("/sign-in", email=ADA)
    visitor.post(link_in(mails(ADA)[-1]))

    assert is_signed_in(visitor)


@pytest.mark.parametrize(
    ("role", "work", "called"),
    [("coach", "/coaching", "Coaching"), ("moderator", "/moderation", "Moderation")],
)
def test_staff_come_in_to_their_work_and_find_it_again(
    app: Flask, visitor: Visitor, role: str, work: str, called: str
) -> None:
    make_person(ADA, role, areas=["Lambeth"])

    say_password(visitor)
    response = visitor.post("/sign-in/code", code=code_now(APP_SECRET))

    assert response.headers["Location"] == work
    assert f'href="{work}">{called}</a>' in visitor.get("/").text
