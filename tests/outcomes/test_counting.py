"""Figures stay when a client is forgotten, if they had agreed to be counted, and say of nobody
whose they were."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from connectdo.clients import actions as clients
from connectdo.clients import forgetting
from connectdo.clients.models import FIGURES, Client
from connectdo.db import db
from connectdo.outcomes import actions
from connectdo.outcomes.figures import exact, to_send_on
from connectdo.outcomes.instruments import END, START
from connectdo.outcomes.models import (
    AskingLink,
    Assessment,
    CountedPair,
    CountedWentOn,
    WentOn,
)
from tests.factories import make_assessment, make_client

WHO = {"client_id", "name", "coach_id", "by_id"}


@pytest.fixture
def mary(app: Flask) -> Client:
    client = make_client()
    make_assessment(client, [3, 3, 3], START, on=date(2026, 6, 2))
    make_assessment(client, [2, 2, 3], END, on=date(2026, 8, 25))
    actions.went_on(client, ["group", "group", "work"], date(2026, 8, 4), "The gardeners")
    actions.ask(client, client.coach, "ucla", START, "link")
    db.session.commit()
    return client


def agree(client: Client, *, given: bool = True) -> None:
    clients.consent(client, client.coach, FIGURES, "Can we count you?", given=given)
    db.session.commit()


def counted() -> tuple[list[CountedPair], list[CountedWentOn]]:
    pairs, went_on = select(CountedPair), select(CountedWentOn).order_by(CountedWentOn.kind)
    return list(db.session.scalars(pairs)), list(db.session.scalars(went_on))


def test_who_agreed_is_counted_as_before(mary: Client) -> None:
    agree(mary)
    team, before = mary.team, (exact(mary.team), to_send_on(mary.team))

    forgetting.forget(mary)

    assert (exact(team), to_send_on(team)) == before


def test_only_the_month_and_the_scores_stay(mary: Client) -> None:
    agree(mary)

    forgetting.forget(mary)

    (pair,), went_on = counted()
    assert (pair.measure, pair.month, pair.before, pair.after) == (
        "ucla",
        date(2026, 8, 1),
        9,
        7,
    )
    assert [(each.kind, each.month) for each in went_on] == [
        ("group", date(2026, 8, 1)),
        ("work", date(2026, 8, 1)),
    ]
    for table in (CountedPair, CountedWentOn):
        assert WHO.isdisjoint(table.__table__.columns.keys())


def test_who_never_came_back_stays_among_those_who_began(app: Flask) -> None:
    client = make_client()
    make_assessment(client)
    agree(client)
    team = client.team

    forgetting.forget(client)

    (line,) = exact(team).changes
    assert (line.began, line.came_back) == ("1", "0")


@pytest.mark.parametrize("asked", [False, True])
def test_who_did_not_agree_leaves_nothing(mary: Client, asked: bool) -> None:
    if asked:
        agree(mary)
        agree(mary, given=False)

    forgetting.forget(mary)

    assert counted() == ([], [])


def test_all_else_is_gone(mary: Client) -> None:
    agree(mary)

    forgetting.forget(mary)

    for table in (Assessment, WentOn, AskingLink):
        assert db.session.scalars(select(table)).all() == []
