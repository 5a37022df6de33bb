"""A questionnaire is answered on paper, on the tablet handed over, or by a link."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from connectdo.clients.models import Client
from connectdo.db import db, utc_now
from connectdo.outcomes import actions, queries
from connectdo.outcomes.instruments import ONS4, START, SWEMWBS, SWEMWBS_NOTICE, UCLA
from connectdo.outcomes.models import LINK, TABLET, AskingLink, Assessment
from tests.factories import make_client, make_coach
from tests.visitor import Visitor

OFTEN: dict[str, Any] = {"ucla-companionship": "3", "ucla-left-out": "2", "ucla-isolated": "3"}
ASK: dict[str, Any] = {"questionnaire": UCLA, "moment": START}


@pytest.fixture
def mary(app: Flask, visitor: Visitor) -> Client:
    client = make_client(name="Mary")
    actions.choose(client.team, [UCLA, ONS4], ["I feel more supported"])
    db.session.commit()
    visitor.sign_in(client.coach)
    return client


def page_of(client: Client) -> str:
    return f"/coaching/clients/{client.id}/outcomes"


def asked(client: Client, how: str = LINK, questionnaire: str = UCLA) -> str:
    """The address of the questions, as the coach has made it."""
    secret = actions.ask(client, client.coach, questionnaire, START, how)
    db.session.commit()
    return f"/questions/{secret}"


def kept() -> list[Assessment]:
    db.session.rollback()
    return list(db.session.scalars(select(Assessment).order_by(Assessment.id)))


def secret_on(page: TestResponse) -> str:
    found = re.search(r"/questions/([\w-]+)", page.text)
    assert found
    return found[1]


def test_a_coach_copies_answers_from_paper(visitor: Visitor, mary: Client) -> None:
    to = visitor.post(f"{page_of(mary)}/ask", **ASK, how="paper").headers["Location"]

    visitor.post(to, on="6 October 2026", **OFTEN)

    (assessment,) = kept()
    assert (assessment.moment, assessment.how, assessment.on) == (
        "start",
        "paper",
        date(2026, 10, 6),
    )
    assert assessment.scores == {UCLA: 8}
    assert "Mary’s loneliness was 8." in visitor.get(page_of(mary)).text


def test_a_coach_hands_the_tablet_over(app: Flask, visitor: Visitor, mary: Client) -> None:
    questions = visitor.post(f"{page_of(mary)}/ask", **ASK, how=TABLET).headers["Location"]

    page = visitor.get(questions)
    sent = visitor.post(questions, **OFTEN)

    assert "/coaching" not in page.text
    assert "Mary" not in page.text
    assert "hand this back" in visitor.follow(sent).text
    assert [(each.how, each.scores) for each in kept()] == [(TABLET, {UCLA: 8})]


def test_a_client_answers_by_a_link_without_an_account(
    app: Flask, visitor: Visitor, mary: Client
) -> None:
    page = visitor.post(f"{page_of(mary)}/ask", **ASK, how=LINK)
    client = Visitor(app)

    sent = client.post(f"/questions/{secret_on(page)}", **OFTEN)

    thanks = client.follow(sent).text
    assert "Thank you" in thanks
    assert "/coaching" not in thanks
    assert [(each.how, each.by_id) for each in kept()] == [(LINK, mary.coach_id)]


def test_what_they_answered_is_not_said_to_them_again(app: Flask, mary: Client) -> None:
    client = Visitor(app)

    sent = client.post(asked(mary), **OFTEN)

    assert sent.headers["Location"] == "/questions/thank-you/link"
    assert not re.search(r"\b8\b", client.follow(sent).text.split("<main")[1].split("<section")[0])


def test_the_address_is_kept_as_a_hash_only(mary: Client) -> None:
    secret = asked(mary).rpartition("/")[2]

    (link,) = db.session.scalars(select(AskingLink)).all()
    assert len(secret) >= 32
    assert secret not in str(vars(link))


def test_the_page_is_kept_by_nobody_and_names_nobody(app: Flask, mary: Client) -> None:
    page = Visitor(app).get(asked(mary))

    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert mary.name not in page.text
    assert "Samaritans" in page.text


def test_a_link_works_once(app: Flask, mary: Client) -> None:
    address, client = asked(mary), Visitor(app)
    client.post(address, **OFTEN)

    again = client.post(address, **OFTEN)

    assert (again.status_code, client.get(address).status_code) == (410, 410)
    assert len(kept()) == 1


def test_two_who_send_at_once_are_counted_once(app: Flask, mary: Client) -> None:
    """The second has read the page of a link that the first has used meanwhile."""
    secret = asked(mary).rpartition("/")[2]
    link = queries.open_link(secret, utc_now())
    assert link
    questionnaire = queries.questionnaires_of(mary.team)[UCLA]
    answers: dict[str, int | None] = {each: int(value) for each, value in OFTEN.items()}

    first = actions.answer(link, questionnaire, date(2026, 10, 6), answers)
    second = actions.answer(link, questionnaire, date(2026, 10, 6), answers)
    db.session.commit()

    assert (first, second) == (True, False)
    assert len(kept()) == 1


@pytest.mark.parametrize(("days", "code"), [(13, 200), (15, 410)])
def test_a_link_ends_after_14_days(app: Flask, mary: Client, days: int, code: int) -> None:
    address = asked(mary)

    with time_machine.travel(utc_now() + timedelta(days=days), tick=False):
        assert Visitor(app).get(address).status_code == code


def test_a_coach_stops_a_link(app: Flask, visitor: Visitor, mary: Client) -> None:
    address = asked(mary)
    (link,) = queries.open_links_of(mary, utc_now())

    visitor.post(f"{page_of(mary)}/links/{link.id}/stop")

    assert Visitor(app).get(address).status_code == 410


def test_a_new_link_ends_the_one_before(app: Flask, mary: Client) -> None:
    first, other, second = asked(mary), asked(mary, questionnaire=ONS4), asked(mary)

    codes = [Visitor(app).get(each).status_code for each in (first, other, second)]

    assert codes == [410, 200, 200]


def test_nobody_answers_into_a_closed_record(app: Flask, mary: Client) -> None:
    address = asked(mary)
    mary.closed_at = utc_now()
    db.session.commit()

    assert Visitor(app).post(address, **OFTEN).status_code == 410
    assert kept() == []


def test_what_a_team_does_not_ask_any_more_is_not_answered(app: Flask, mary: Client) -> None:
    address = asked(mary)
    actions.choose(mary.team, [], [])
    db.session.commit()

    assert Visitor(app).post(address, **OFTEN).status_code == 410


def test_who_would_rather_not_say_is_kept_as_that(app: Flask, mary: Client) -> None:
    Visitor(app).post(asked(mary), **OFTEN | {"ucla-left-out": "rather_not"})

    (assessment,) = kept()
    assert assessment.answers["ucla-left-out"] is None
    assert assessment.scores == {}


def test_a_question_that_was_overlooked_is_asked_again_and_the_rest_kept(
    app: Flask, mary: Client
) -> None:
    response = Visitor(app).post(asked(mary), **OFTEN | {"ucla-left-out": ""})

    assert response.status_code == 422
    assert "Choose an answer to question 2" in response.text
    assert len(re.findall(" checked", response.text)) == 2
    assert kept() == []


@pytest.mark.parametrize("value", ["0", "4", "often", "3.0"])
def test_an_answer_that_is_not_there_is_not_taken(app: Flask, mary: Client, value: str) -> None:
    response = Visitor(app).post(asked(mary), **OFTEN | {"ucla-isolated": value})

    assert response.status_code == 422


@pytest.mark.parametrize("typed", ["", "someday", "1 January 2099", "31 February 2026"])
def test_paper_without_a_day_that_was_is_asked_again(
    visitor: Visitor, mary: Client, typed: str
) -> None:
    response = visitor.post(f"{page_of(mary)}/paper/ucla/start", on=typed, **OFTEN)

    assert response.status_code == 422
    assert kept() == []


def test_what_is_not_chosen_says_what_to_do(visitor: Visitor, mary: Client) -> None:
    response = visitor.post(f"{page_of(mary)}/ask")

    assert response.status_code == 422
    for words in ("Choose what you want to ask", "Choose how they will answer"):
        assert words in response.text


def test_a_questionnaire_that_the_team_has_not_chosen_is_not_asked(
    visitor: Visitor, mary: Client
) -> None:
    response = visitor.post(f"{page_of(mary)}/ask", **ASK | {"questionnaire": SWEMWBS}, how=LINK)

    assert response.status_code == 422
    assert visitor.get(f"{page_of(mary)}/paper/swemwbs/start").status_code == 404


def test_a_team_that_asks_nothing_says_whom_to_ask(visitor: Visitor) -> None:
    client = make_client(make_coach())
    visitor.sign_in(client.coach)

    assert "Ask your team lead to choose" in visitor.get(f"{page_of(client)}/ask").text


def test_the_notice_stands_wherever_the_words_of_swemwbs_do(
    app: Flask, visitor: Visitor, mary: Client
) -> None:
    actions.enter_wording([f"Invented {number}" for number in range(1, 8)], [])
    actions.choose(mary.team, [SWEMWBS], [])
    db.session.commit()

    pages = (asked(mary, questionnaire=SWEMWBS), f"{page_of(mary)}/paper/swemwbs/start")

    for page in pages:
        text = visitor.get(page).text
        assert "Invented 7" in text
        assert SWEMWBS_NOTICE in text
