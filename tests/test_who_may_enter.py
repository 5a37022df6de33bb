"""The marks of views, on a site of four pages: who may enter, who is led to sign in, and for whom
there is no such page. The whole table of the real site is in test_access."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_login import LoginManager
from flask_login.mixins import AnonymousUserMixin

from connectdo import access
from connectdo.access import ADMINISTRATOR, COACH, MEMBER, MODERATOR, STRANGER, TEAM_LEAD

SOMEBODY = frozenset[str]


class Visitor:
    """Somebody with these roles."""

    is_authenticated = True

    def __init__(self, roles: SOMEBODY) -> None:
        self.roles = roles


@pytest.fixture
def here() -> tuple[Flask, FlaskClient, list[SOMEBODY | None]]:
    """A site with a page of each kind, and who is at the door: None for a stranger."""
    app = Flask("doors")
    door: list[SOMEBODY | None] = [None]
    login = LoginManager(app)
    login.request_loader(lambda _: AnonymousUserMixin() if door[0] is None else Visitor(door[0]))

    def page() -> str:
        return "in"

    def another() -> str:
        return "in"

    def coaches() -> str:
        return "in"

    def silent() -> str:
        return "in"

    app.add_url_rule("/everybody", "everybody", access.public(page))
    app.add_url_rule("/mine", "mine", access.members(another), methods=["GET", "POST"])
    app.add_url_rule("/clients", "clients", access.staff(COACH, TEAM_LEAD)(coaches))
    app.add_url_rule("/silent", "silent", silent)
    app.add_url_rule("/sign-in", "people.sign_in", access.public(lambda: "sign in"))
    access.init_app(app)
    return app, app.test_client(), door


@pytest.mark.parametrize(
    ("roles", "answers"),
    [
        (None, {"everybody": 200, "mine": 303, "clients": 303, "silent": 404}),
        ((), {"everybody": 200, "mine": 200, "clients": 404, "silent": 404}),
        ((COACH,), {"everybody": 200, "mine": 200, "clients": 200, "silent": 404}),
        ((TEAM_LEAD,), {"everybody": 200, "mine": 200, "clients": 200, "silent": 404}),
        ((ADMINISTRATOR,), {"everybody": 200, "mine": 200, "clients": 404, "silent": 404}),
        ((MODERATOR,), {"everybody": 200, "mine": 200, "clients": 404, "silent": 404}),
    ],
)
def test_each_page_lets_in_whom_it_names(
    here: tuple[Flask, FlaskClient, list[SOMEBODY | None]],
    roles: tuple[str, ...] | None,
    answers: dict[str, int],
) -> None:
    _, browser, door = here
    door[0] = None if roles is None else frozenset(roles)

    assert {page: browser.get(f"/{page}").status_code for page in answers} == answers
    assert browser.get("/never-was").status_code == 404


@pytest.mark.parametrize(
    ("method", "address", "led_to"),
    [
        ("GET", "/mine", "/sign-in?next=/mine"),
        ("GET", "/mine?page=2", "/sign-in?next=/mine?page%3D2"),
        # What was sent is gone by then, so its address leads nowhere.
        ("POST", "/mine", "/sign-in"),
    ],
)
def test_a_stranger_is_led_to_sign_in_and_back(
    here: tuple[Flask, FlaskClient, list[SOMEBODY | None]], method: str, address: str, led_to: str
) -> None:
    _, browser, _ = here

    assert browser.open(address, method=method).headers["Location"] == led_to


def test_only_pages_for_strangers_may_be_kept(
    here: tuple[Flask, FlaskClient, list[SOMEBODY | None]],
) -> None:
    _, browser, door = here
    led = browser.get("/mine")
    door[0] = frozenset()

    assert "Cache-Control" not in browser.get("/everybody").headers
    assert browser.get("/mine").headers["Cache-Control"] == "no-store"
    assert browser.get("/silent").headers["Cache-Control"] == "no-store"
    assert led.headers["Cache-Control"] == "no-store"
    assert "Cache-Control" not in browser.get("/never-was").headers


def test_a_view_says_who_may_enter(
    here: tuple[Flask, FlaskClient, list[SOMEBODY | None]],
) -> None:
    app, _, _ = here

    found = {each: access.who_may_enter(app, each) for each in ("everybody", "mine", "clients")}

    assert found == {
        "everybody": {STRANGER, MEMBER},
        "mine": {MEMBER},
        "clients": {COACH, TEAM_LEAD},
    }
    assert access.who_may_enter(app, "silent") == frozenset()
    assert access.who_may_enter(app, "static") == {STRANGER, MEMBER}


@pytest.mark.parametrize("roles", [(), ("everybody",), (COACH, "member")])
def test_a_page_for_no_role_that_there_is_cannot_be_made(roles: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"^\(.*\)$"):
        access.staff(*roles)


def test_a_page_may_be_for_all_roles_that_there_are() -> None:
    def page() -> str:
        return "in"

    assert access.staff(*access.STAFF)(page).access == set(access.STAFF)  # type: ignore[attr-defined]


def test_the_words_for_roles_are_those_in_the_database() -> None:
    assert (STRANGER, MEMBER) == ("stranger", "member")
    assert access.STAFF == ("moderator", "coach", "team_lead", "administrator")
