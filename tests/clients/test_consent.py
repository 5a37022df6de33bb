"""What a client agrees to is asked in plain words and kept as given; it can be taken back."""

import pytest
from flask import Flask

from connectdo.clients import actions, queries
from connectdo.clients.models import FIGURES, KEEP, VOLUNTEER, Client
from connectdo.clients.wording import QUESTIONS
from connectdo.db import db
from tests.factories import make_client, make_coach
from tests.visitor import Visitor


@pytest.fixture
def mary(app: Flask, visitor: Visitor) -> Client:
    client = make_client()
    visitor.sign_in(client.coach)
    return client


def page(client: Client) -> str:
    return f"/coaching/clients/{client.id}/consent"


def answers(client: Client) -> list[tuple[str, bool]]:
    kept = [(each.about, each.given) for each in queries.consents_of_all_time(client)]
    db.session.rollback()
    return kept


def test_each_question_is_there_as_it_is_asked_aloud(visitor: Visitor, mary: Client) -> None:
    text = visitor.get(page(mary)).text

    assert all(question in text for question in QUESTIONS.values())


def test_the_clients_page_leads_to_them_until_it_is_known_if_notes_may_be_kept(
    visitor: Visitor, mary: Client
) -> None:
    before = visitor.get(f"/coaching/clients/{mary.id}").text
    visitor.post(page(mary), keep="no")

    assert "Ask if you can keep notes" in before
    assert "Ask if you can keep notes" not in visitor.get(f"/coaching/clients/{mary.id}").text


def test_yes_and_no_are_kept_with_the_words_that_were_asked(visitor: Visitor, mary: Client) -> None:
    visitor.post(page(mary), keep="yes", figures="no")

    kept = queries.consents_of(mary)
    assert (kept[KEEP].given, kept[FIGURES].given) == (True, False)
    assert kept[KEEP].asked == QUESTIONS[KEEP]
    assert kept[KEEP].by_id == mary.coach_id
    assert set(kept) == {KEEP, FIGURES}


def test_what_is_taken_back_stays_in_the_history(visitor: Visitor, mary: Client) -> None:
    visitor.post(page(mary), figures="yes")
    visitor.post(page(mary), figures="no")

    assert answers(mary) == [(FIGURES, True), (FIGURES, False)]
    assert "<strong>yes</strong> to “Can we count you" in visitor.get(page(mary)).text


def test_the_same_answer_again_is_not_kept_twice(visitor: Visitor, mary: Client) -> None:
    visitor.post(page(mary), figures="yes")
    visitor.post(page(mary), figures="yes", keep="yes")

    assert answers(mary) == [(FIGURES, True), (KEEP, True)]


def test_an_answer_that_is_none_is_asked_again(visitor: Visitor, mary: Client) -> None:
    response = visitor.post(page(mary), keep="perhaps", figures="yes")

    assert response.status_code == 422
    assert "Choose what they said" in response.text
    assert answers(mary) == []


def test_it_can_be_taken_back_when_the_record_is_closed(visitor: Visitor, mary: Client) -> None:
    actions.consent(mary, mary.coach, FIGURES, QUESTIONS[FIGURES], given=True)
    actions.close(mary)
    db.session.commit()

    visitor.post(page(mary), figures="no")

    assert answers(mary)[-1] == (FIGURES, False)


@pytest.mark.parametrize(
    ("kind", "what_to_do"),
    [("coach", "Forget this record</a>"), (VOLUNTEER, "Ask your team lead to forget")],
)
def test_who_wants_no_notes_is_offered_to_be_forgotten(
    app: Flask, visitor: Visitor, kind: str, what_to_do: str
) -> None:
    client = make_client(make_coach(kind))
    visitor.sign_in(client.coach)

    visitor.post(page(client), keep="no")

    text = visitor.get(f"/coaching/clients/{client.id}/record").text
    assert "They do not want us to keep notes about them" in text
    assert what_to_do in text
