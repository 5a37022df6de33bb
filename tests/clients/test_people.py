"""Covering and handing over: who sees a client besides their coach, and who has them next."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from connectdo.clients import actions, queries
from connectdo.clients.models import LEAD, VOLUNTEER, Client
from connectdo.days import london_today
from connectdo.db import db
from connectdo.people.models import Person
from connectdo.post.models import Mail
from tests.conftest import Comes
from tests.factories import make_client, make_coach, make_team


@pytest.fixture
def mary(app: Flask) -> Client:
    return make_client(make_coach(team=make_team("Walkers")), loves=["Choir"])


@pytest.fixture
def colleague(mary: Client) -> Person:
    return make_coach(team=mary.team, name="Bo")


def page_of(client: Client, page: str = "") -> str:
    return f"/coaching/clients/{client.id}{page}"


def test_a_colleague_covers_until_a_day(comes: Comes, mary: Client, colleague: Person) -> None:
    until = london_today() + timedelta(days=7)

    comes(mary.coach).post(page_of(mary, "/cover"), person=colleague.id, until=f"{until:%d %B %Y}")

    assert comes(colleague).get(page_of(mary)).status_code == 200
    assert queries.covers_of(mary, london_today())[0].until == until


def test_a_cover_ends_when_the_coach_says_so(comes: Comes, mary: Client, colleague: Person) -> None:
    actions.cover(mary, colleague, london_today())
    db.session.commit()

    comes(mary.coach).post(page_of(mary, f"/cover/{colleague.id}/end"))

    assert comes(colleague).get(page_of(mary)).status_code == 404


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter the last day"),
        ("soon", "is not a date"),
        ("6 October 2020", "must be today or in the next 3 months"),
        (
            f"{london_today() + timedelta(days=200):%d %B %Y}",
            "must be today or in the next 3 months",
        ),
    ],
)
def test_a_cover_needs_a_last_day_that_is_near(
    comes: Comes, mary: Client, colleague: Person, typed: str, said: str
) -> None:
    response = comes(mary.coach).post(page_of(mary, "/cover"), person=colleague.id, until=typed)

    assert response.status_code == 422
    assert said in response.text
    assert f'value="{colleague.id}" checked' in response.text


def test_nobody_of_another_team_covers_or_takes_over(comes: Comes, mary: Client) -> None:
    stranger = make_coach()

    cover = comes(mary.coach).post(page_of(mary, "/cover"), person=stranger.id, until="tomorrow")
    taken = comes(mary.coach).post(page_of(mary, "/hand-over"), person=stranger.id)

    assert cover.status_code == taken.status_code == 422
    assert comes(stranger).get(page_of(mary)).status_code == 404


@pytest.mark.parametrize("page", ["/cover", "/hand-over", "/forget", "/copy/all", "/close"])
def test_who_covers_decides_nothing(
    comes: Comes, mary: Client, colleague: Person, page: str
) -> None:
    actions.cover(mary, colleague, london_today())
    db.session.commit()
    visitor = comes(colleague)

    asked = visitor.get(page_of(mary, page)) if page == "/copy/all" else None
    answer = asked or visitor.post(page_of(mary, page), person=colleague.id, until="tomorrow")

    assert answer.status_code == 404
    db.session.refresh(mary)
    assert mary.closed_at is None


def test_handing_over_gives_everything_to_one_and_takes_it_from_the_other(
    comes: Comes, mary: Client, colleague: Person
) -> None:
    before = comes(mary.coach)

    response = before.post(page_of(mary, "/hand-over"), person=colleague.id)

    assert response.headers["Location"] == "/coaching"
    assert before.get(page_of(mary)).status_code == 404
    after = comes(colleague)
    assert "“Choir”" in after.get(page_of(mary)).text
    assert "Mary" in after.get("/coaching").text


def test_the_mail_leads_to_the_summary_and_names_nobody(
    comes: Comes, mary: Client, colleague: Person
) -> None:
    comes(mary.coach).post(page_of(mary, "/hand-over"), person=colleague.id)

    mail = db.session.scalars(select(Mail).where(Mail.recipient == colleague.email)).one()
    assert page_of(mary, "/summary") in mail.body
    assert "Mary" not in mail.subject + mail.body
    summary = comes(colleague).get(page_of(mary, "/summary")).text
    assert "“Choir”. They love it" in summary
    assert "Not asked yet" in summary


def test_a_lead_hands_over_what_is_not_theirs_and_still_sees_it(
    comes: Comes, mary: Client, colleague: Person
) -> None:
    lead = comes(make_coach(LEAD, team=mary.team))

    lead.post(page_of(mary, "/hand-over"), person=colleague.id)

    db.session.refresh(mary)
    assert mary.coach_id == colleague.id
    assert lead.get(page_of(mary)).status_code == 200


def test_a_volunteer_hands_over_and_neither_copies_nor_forgets(comes: Comes, mary: Client) -> None:
    volunteer = make_coach(VOLUNTEER, team=mary.team)
    actions.hand_over(mary, mary.coach, volunteer)
    db.session.commit()
    visitor = comes(volunteer)

    assert visitor.get(page_of(mary, "/hand-over")).status_code == 200
    assert visitor.get(page_of(mary, "/copy")).status_code == 404
    assert visitor.post(page_of(mary, "/forget")).status_code == 404
    assert "Your team lead can make it" in visitor.get(page_of(mary, "/record")).text
