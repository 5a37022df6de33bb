"""Whatever changes who somebody is or how they come in ends every sign-in at once, in every browser
and in a copied cookie; and whatever opens once, opens once to two who come in the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from connectdo.clients import actions as clients
from connectdo.clients.models import COACH, LEAD, Team
from connectdo.clients.queries import memberships_of
from connectdo.db import db
from connectdo.people import actions, here, queries
from connectdo.people.coming_in import make_recovery_codes
from connectdo.people.models import Person
from connectdo.people.tickets import CODE, NEW_PASSWORD, SIGN_IN, issue
from tests.factories import PASSWORD, make_coach, make_person, make_team
from tests.people.conftest import code_now
from tests.visitor import Visitor

ADA = "ada@mail.example"
CHANGES: dict[str, Callable[[Person], object]] = {
    "another role": lambda person: actions.give_roles(person, ["administrator"]),
    "a role less": lambda person: actions.take_roles(person, ["coach"]),
    "closed": actions.disable,
    "set up anew": actions.start_over,
    "another password": lambda person: actions.choose_password(person, "harbour violin thimble"),
    "signed out by themselves": actions.end_sign_ins,
    "off the team": lambda person: clients.leave(_team_of(person), person),
    "a lead now": lambda person: clients.join(_team_of(person), person, LEAD),
    "in a team that they lead too": lambda person: clients.join(make_team(), person, LEAD),
}


def _team_of(person: Person) -> Team:
    return memberships_of(person)[0].team


def is_signed_in(visitor: Visitor) -> bool:
    return visitor.ask("GET", "/account").status_code == 200


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_ends_every_sign_in_at_once(app: Flask, change: str) -> None:
    person = make_coach(COACH, email=ADA)
    browsers = [Visitor(app), Visitor(app)]
    for each in browsers:
        each.sign_in(person)
    browsers.append(Visitor(app).with_cookie(browsers[0].cookie()))
    before = [is_signed_in(each) for each in browsers]

    with app.test_request_context():
        CHANGES[change](queries.person_with(ADA) or person)
        db.session.commit()

    assert before == [True, True, True]
    assert [is_signed_in(each) for each in browsers] == [False, False, False]


def half_way(app: Flask, person: Person) -> tuple[Visitor, Visitor]:
    """Two browsers in which the password was said: somebody's own, and who copied its cookie."""
    own = Visitor(app)
    own.put_in_cookie(**{here.HALF: issue(CODE, person.email)})
    db.session.commit()
    return own, Visitor(app).with_cookie(own.cookie())


def at_once(app: Flask, browsers: tuple[Visitor, Visitor], path: str, **fields: str) -> list[int]:
    """What two are answered who send the same form in the same moment."""
    both = Barrier(2)

    def send(browser: Visitor) -> int:
        with app.app_context():
            both.wait()
            return browser.send(path, fields).status_code

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(send, browsers))


def test_a_code_opens_once_to_two_at_once(app: Flask) -> None:
    browsers = half_way(app, make_person(ADA, "administrator"))

    answers = at_once(app, browsers, "/sign-in/code", code=code_now())

    assert answers[0] == 303
    assert sum(map(is_signed_in, browsers)) == 1


def test_a_recovery_code_opens_once_to_two_at_once(app: Flask) -> None:
    person = make_person(ADA, "administrator")
    assert person.second_step
    (code, *others) = make_recovery_codes(person.second_step)
    browsers = half_way(app, person)

    at_once(app, browsers, "/sign-in/code", code=code)

    assert sum(map(is_signed_in, browsers)) == 1
    assert queries.count_recovery_codes(person) == len(others)


def test_a_mailed_link_opens_once_to_two_at_once(app: Flask) -> None:
    make_person(ADA)
    path = f"/sign-in/link/{issue(SIGN_IN, ADA)}"
    db.session.commit()

    answers = at_once(app, (Visitor(app), Visitor(app)), path)

    assert answers == [303, 410]


def test_a_new_person_whose_link_is_pressed_twice_is_made_once(app: Flask) -> None:
    path = f"/sign-in/link/{issue(SIGN_IN, ADA)}"
    db.session.commit()

    at_once(app, (Visitor(app), Visitor(app)), path)

    assert len(db.session.scalars(select(Person).where(Person.email == ADA)).all()) == 1


def test_a_new_password_does_not_go_round_the_second_step(app: Flask, visitor: Visitor) -> None:
    make_person(ADA, "administrator")
    path = f"/sign-in/link/{issue(NEW_PASSWORD, ADA)}"
    db.session.commit()

    visitor.send(path)
    asked = visitor.send("/sign-in/new-password", {"password": "harbour violin thimble"})
    round_it = [visitor.ask("GET", each).status_code for each in ("/account", "/sign-in/app")]
    guessed = visitor.send("/sign-in/code", {"code": "000000"}).status_code
    visitor.send("/sign-in/code", {"code": code_now()})

    assert asked.headers["Location"] == "/sign-in/code"
    assert round_it == [303, 303]
    assert guessed == 422
    assert is_signed_in(visitor)


def test_the_password_that_was_forgotten_is_no_use_any_more(app: Flask, visitor: Visitor) -> None:
    make_person(ADA, password=PASSWORD)
    visitor.send(f"/sign-in/link/{_link(SIGN_IN)}")

    visitor.send("/account/password", {"password": "harbour violin thimble"})

    tried = Visitor(app).send("/sign-in/password", {"email": ADA, "password": PASSWORD})
    assert tried.status_code == 422


def _link(purpose: str) -> str:
    secret = issue(purpose, ADA)
    db.session.commit()
    return secret
