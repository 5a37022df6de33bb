"""connectdo people: how the first administrator is made, and roles are given and taken."""

import pytest
from flask import Flask
from sqlalchemy import select

from connectdo.db import db
from connectdo.people.models import Person
from tests.factories import make_person
from tests.people.conftest import Mails

ADA = "ada@mail.example"


def run(app: Flask, *words: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["people", *words])
    db.session.rollback()
    return result.exit_code, result.output


def test_an_administrator_is_added_and_mailed_a_link(app: Flask, mails: Mails) -> None:
    code, output = run(app, "add", "Ada@Mail.example", "--role", "administrator")

    assert code == 0
    assert "ada@mail.example  Administrator (not set up)" in output
    assert "Set up your account" in mails(ADA)[-1]["Subject"]


def test_a_moderator_has_areas(app: Flask) -> None:
    code, output = run(
        app, "add", ADA, "--role", "moderator", "--area", "lambeth", "--area", "Southwark"
    )

    assert code == 0
    assert "Moderator for Lambeth and Southwark" in output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--role", "moderator"), "Say which area"),
        (("--role", "moderator", "--area", "Atlantis"), "no area called Atlantis"),
        (("--area", "Lambeth"), "Only a moderator has areas"),
        (("--role", "king"), "king"),
    ],
)
def test_what_makes_no_sense_changes_nothing(app: Flask, words: tuple[str, ...], said: str) -> None:
    code, output = run(app, "add", ADA, *words)

    assert code == 2
    assert said in output
    assert db.session.scalars(select(Person)).all() == []


def test_adding_again_adds_to_what_is_there(app: Flask) -> None:
    run(app, "add", ADA, "--role", "moderator", "--area", "Lambeth")

    run(app, "add", ADA, "--role", "moderator", "--area", "Southwark", "--role", "coach")

    assert "Coach and moderator for Lambeth and Southwark" in run(app, "list")[1]


def test_a_role_taken_away_leaves_the_others(app: Flask) -> None:
    make_person(ADA, "moderator", "coach", areas=["Lambeth"])

    code, output = run(app, "remove", ADA, "--role", "moderator")

    assert code == 0
    assert output.startswith(f"{ADA}  Coach\n")


def test_disabled_and_enabled(app: Flask) -> None:
    make_person(ADA)

    disabled = run(app, "disable", ADA)[1]
    enabled = run(app, "enable", ADA)[1]

    assert "(disabled)" in disabled
    assert "(disabled)" not in enabled


def test_nobody_by_that_address_is_an_error(app: Flask) -> None:
    code, output = run(app, "disable", ADA)

    assert code == 2
    assert "Nobody here has the address" in output
