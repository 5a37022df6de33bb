"""Who may see a client: their coach, who covers, the team's leads; and each look is kept."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from connectdo.access import ADMINISTRATOR, MODERATOR
from connectdo.audit.models import Entry
from connectdo.clients import actions
from connectdo.clients.models import LEAD, VOLUNTEER, Client
from connectdo.days import london_today
from connectdo.db import db
from tests.factories import make_client, make_coach, make_person, make_team
from tests.visitor import Visitor, without_token


@pytest.fixture
def mary(app: Flask) -> Client:
    return make_client(make_coach(team=make_team("Lambeth")))


def page_of(client: Client) -> str:
    return f"/coaching/clients/{client.id}"


def test_a_coach_sees_their_own_client(visitor: Visitor, mary: Client) -> None:
    visitor.sign_in(mary.coach)

    page = visitor.get(page_of(mary))

    assert page.status_code == 200
    assert "Mary" in page.text


@pytest.mark.parametrize("kind", ["coach", VOLUNTEER])
def test_another_of_the_same_team_does_not(visitor: Visitor, mary: Client, kind: str) -> None:
    visitor.sign_in(make_coach(kind, team=mary.team))

    assert visitor.get(page_of(mary)).status_code == 404


def test_a_lead_sees_those_of_their_team_only(visitor: Visitor, mary: Client) -> None:
    elsewhere = make_client()
    visitor.sign_in(make_coach(LEAD, team=mary.team))

    assert visitor.get(page_of(mary)).status_code == 200
    assert visitor.get(page_of(elsewhere)).status_code == 404


@pytest.mark.parametrize("role", [ADMINISTRATOR, MODERATOR])
def test_nobody_sees_them_for_their_office(visitor: Visitor, mary: Client, role: str) -> None:
    visitor.sign_in(make_person("", role, areas=["Lambeth"]))

    assert visitor.get(page_of(mary)).status_code == 404


def test_a_colleague_who_covers_sees_them_until_the_day_is_over(
    visitor: Visitor, mary: Client
) -> None:
    colleague = make_coach(team=mary.team)
    actions.cover(mary, colleague, london_today())
    db.session.commit()
    visitor.sign_in(colleague)

    while_it_lasts = visitor.get(page_of(mary)).status_code
    actions.cover(mary, colleague, london_today() - timedelta(days=1))
    db.session.commit()

    assert (while_it_lasts, visitor.get(page_of(mary)).status_code) == (200, 404)


def test_a_coach_who_left_the_team_sees_them_no_more(visitor: Visitor, mary: Client) -> None:
    left = mary.coach
    actions.hand_over(mary, left, make_coach(team=mary.team))
    actions.leave(mary.team, left)
    db.session.commit()
    visitor.sign_in(left)

    assert visitor.get(page_of(mary)).status_code == 404


def test_one_who_is_not_there_looks_like_anothers(visitor: Visitor, mary: Client) -> None:
    visitor.sign_in(make_coach())

    others, nobodys = (visitor.get(f"/coaching/clients/{each}") for each in (mary.id, 9999))

    assert others.status_code == nobodys.status_code == 404
    assert without_token(others) == without_token(nobodys)


def test_each_look_is_written_down(visitor: Visitor, mary: Client) -> None:
    visitor.sign_in(mary.coach)

    visitor.get(page_of(mary))
    visitor.get(f"{page_of(mary)}/about")

    looks = db.session.scalars(select(Entry).order_by(Entry.number)).all()
    assert [each.act for each in looks] == ["coaching.client", "clients.about"]
    assert {(each.kind, each.about_id) for each in looks} == {("client", mary.id)}
    assert {(each.by_id, each.looked) for each in looks} == {(mary.coach_id, True)}


def test_who_is_turned_away_leaves_no_look(visitor: Visitor, mary: Client) -> None:
    visitor.sign_in(make_coach())

    visitor.get(page_of(mary))

    assert db.session.scalars(select(Entry)).all() == []
