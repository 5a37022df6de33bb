"""Addresses that are secrets: one that is nearly right, or that opens something else, looks like
one that never was; and to look at the right one changes nothing, as programs that read mail do."""

import re
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from connectdo.access import SECRETS
from connectdo.db import db
from connectdo.directory.actions import share_list, start_list
from connectdo.moderation.asking import link_for
from connectdo.moderation.models import Question
from connectdo.outcomes import actions as outcomes
from connectdo.outcomes.instruments import START, UCLA
from connectdo.outcomes.models import LINK
from connectdo.people.secrets import hash_of
from connectdo.people.tickets import CLAIM, INVITED, SIGN_IN, issue
from connectdo.shortlists.models import Item
from connectdo.shortlists.sharing import secret_of, share
from tests.access.test_wrong_owners import OF_ITS_OWN, rows
from tests.access.world import World, make_world
from tests.visitor import Visitor, without_token

# What opens each.
OPENS = {
    "people.link": "link",
    "people.follow": "link",
    "posting.invited": "invitation",
    "posting.claimed": "claim",
    "directory.shared": "list",
    "shortlists.shared": "taken home",
    "shortlists.reply": "taken home",
    "outcomes.questions": "questions",
    "outcomes.answer": "questions",
    "moderation.still_right": "still right",
    "moderation.confirm": "still right",
    "moderation.has_stopped": "still right",
    "moderation.stop": "still right",
}
NEVER_WAS = "never-was"


@pytest.fixture
def world(app: Flask) -> World:
    app.config["WTF_CSRF_ENABLED"] = False
    return make_world("Lambeth")


@pytest.fixture
def secrets(world: World) -> dict[str, str]:
    """One of each that opens something."""
    organiser, client, coach = world.people["organiser"], world.client, world.client.coach
    email, item = organiser.email, db.session.get_one(Item, world.ids["item_id"])
    question = db.session.get_one(Question, world.ids["question_id"])
    made = {
        "link": issue(SIGN_IN, email),
        "invitation": issue(INVITED, email, about=world.group.id),
        "claim": issue(CLAIM, email, about=world.ids["imported_id"]),
        "list": share_list(start_list()),
        "taken home": secret_of(share(client, coach, [item])),
        "questions": outcomes.ask(client, coach, UCLA, START, LINK),
        "still right": link_for(question, organiser),
    }
    db.session.commit()
    return made


@pytest.fixture
def visitor(app: Flask, world: World) -> Visitor:
    """An organiser: some of the pages are for members."""
    visitor = Visitor(app)
    visitor.sign_in(world.people["organiser"])
    return visitor


def pages(app: Flask) -> list[tuple[str, str]]:
    """Every method and endpoint whose address holds a secret."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.arguments & SECRETS]
    methods = [(each, rule.endpoint) for rule in rules for each in rule.methods or ()]
    return sorted(each for each in methods if each[0] in ("GET", "POST"))


def path_of(app: Flask, endpoint: str, secret: str, world: World) -> str:
    rule = next(app.url_map.iter_rules(endpoint))
    known: dict[str, Any] = {"item_id": world.ids["item_id"], "said": "like"}
    values = {each: secret if each in SECRETS else known[each] for each in rule.arguments}
    return app.url_map.bind("localhost").build(endpoint, values)


def said(response: TestResponse, secret: str) -> tuple[object, ...]:
    """All that an answer says, but for the address that was asked for."""
    own = re.compile("|".join(map(re.escape, {secret, quote(secret)})))
    headers = [(k, own.sub("", v)) for k, v in response.headers if k not in UNLIKE]
    return response.status_code, own.sub("", without_token(response)), headers


UNLIKE = (*OF_ITS_OWN, "Content-Length")


def wrong_for(right: str, secrets: dict[str, str]) -> list[str]:
    """What opens something else, and what is nearly right."""
    others = [each for each in secrets.values() if each != right]
    return [*others, right.swapcase(), right[:-2], right[1:], f"{right}A", hash_of(right)]


def test_every_secret_address_is_known_here(app: Flask) -> None:
    assert {endpoint for _, endpoint in pages(app)} == set(OPENS)


def test_a_wrong_secret_looks_like_one_that_never_was(
    app: Flask, visitor: Visitor, world: World, secrets: dict[str, str]
) -> None:
    differ = []
    for method, endpoint in pages(app):
        never = said(visitor.ask(method, path_of(app, endpoint, NEVER_WAS, world)), NEVER_WAS)
        for wrong in wrong_for(secrets[OPENS[endpoint]], secrets):
            found = said(visitor.ask(method, path_of(app, endpoint, wrong, world)), wrong)
            if found != never:
                differ.append((method, endpoint, wrong, found[0], never[0]))

    assert differ == []


def test_looking_at_the_right_one_changes_nothing(
    app: Flask, visitor: Visitor, world: World, secrets: dict[str, str]
) -> None:
    looks = [endpoint for method, endpoint in pages(app) if method == "GET"]
    before = rows()

    answers = {
        (method, endpoint): visitor.ask(
            method, path_of(app, endpoint, secrets[OPENS[endpoint]], world)
        ).status_code
        for endpoint in looks
        for method in ("GET", "HEAD", "OPTIONS")
    }

    assert rows() == before
    assert set(answers.values()) == {200}
