"""A new client, and what is learnt of one."""

import pytest
from flask import Flask

from connectdo.clients.models import HOPE, Client
from connectdo.clients.queries import clients_of
from connectdo.days import london_today
from connectdo.db import db
from tests.factories import make_client, make_coach, make_person
from tests.visitor import Visitor


@pytest.fixture
def mary(app: Flask, visitor: Visitor) -> Client:
    client = make_client(name="Mary")
    visitor.sign_in(client.coach)
    return client


def test_a_first_name_is_enough(app: Flask, visitor: Visitor) -> None:
    coach = make_coach()
    visitor.sign_in(coach)

    response = visitor.post("/coaching/clients/add", name=" Mary ")

    client = clients_of(coach, london_today())[0]
    assert client.name == "Mary"
    assert response.headers["Location"] == f"/coaching/clients/{client.id}"
    assert "Mary" in visitor.get("/coaching").text


def test_without_a_name_it_says_what_to_do(app: Flask, visitor: Visitor) -> None:
    visitor.sign_in(make_coach())

    response = visitor.post("/coaching/clients/add", name="")

    assert response.status_code == 422
    assert "Enter a first name or nickname" in response.text


def test_who_is_in_no_team_is_told_whom_to_ask(app: Flask, visitor: Visitor) -> None:
    visitor.sign_in(make_person("", "coach"))

    response = visitor.get("/coaching/clients/add")

    assert response.status_code == 403
    assert "Ask your team lead" in response.text


def test_their_own_words_are_kept_and_understood(visitor: Visitor, mary: Client) -> None:
    visitor.post(
        f"/coaching/clients/{mary.id}/interests", said="Gardening with my grandad", kind=HOPE
    )

    db.session.refresh(mary)
    (interest,) = mary.interests
    assert interest.said == "Gardening with my grandad"
    assert interest.kind == HOPE
    assert interest.slugs == ["gardening"]
    assert "Gardening with my grandad" in visitor.get(f"/coaching/clients/{mary.id}").text


def test_words_that_mean_nothing_here_are_kept_too(visitor: Visitor, mary: Client) -> None:
    visitor.post(f"/coaching/clients/{mary.id}/interests", said="Zwybl", kind="passion")

    db.session.refresh(mary)
    assert [(each.said, each.slugs) for each in mary.interests] == [("Zwybl", [])]


def test_an_interest_of_another_client_is_not_removed(visitor: Visitor, mary: Client) -> None:
    other = make_client(loves=["Choir"])

    response = visitor.post(f"/coaching/clients/{mary.id}/interests/{other.interests[0].id}/remove")

    db.session.refresh(other)
    assert response.status_code == 404
    assert len(other.interests) == 1


@pytest.mark.parametrize(
    ("typed", "whole", "kept"),
    [
        ("se24 0ng", "", "SE24"),
        ("se24 0ng", "y", "SE24 0NG"),
        ("SE24", "", "SE24"),
        ("Herne Hill", "", "Herne Hill"),
        ("", "", ""),
    ],
)
def test_only_half_a_postcode_is_kept_unless_they_want_more(
    visitor: Visitor, mary: Client, typed: str, whole: str, kept: str
) -> None:
    visitor.post(
        f"/coaching/clients/{mary.id}/about", name="Mary", near=typed, whole_postcode=whole
    )

    db.session.refresh(mary)
    assert mary.near == kept


def test_all_that_is_said_is_kept_and_shown_again(visitor: Visitor, mary: Client) -> None:
    visitor.post(
        f"/coaching/clients/{mary.id}/about",
        name="Mary",
        near="SE27",
        within="1.5",
        travel=["foot", "bus"],
        free_when=["tue morning", "thu"],
        needs=["step_free", "company"],
        languages="somali, English",
    )

    page = visitor.get(f"/coaching/clients/{mary.id}").text
    assert "Near SE27, up to 1.5 miles, on foot, by bus or train" in page
    assert "Tuesday morning, Thursday any time" in page
    assert "step-free access, someone to go with" in page
    assert "Somali and English" in page


def test_a_place_we_do_not_know_is_asked_again_and_the_rest_kept(
    visitor: Visitor, mary: Client
) -> None:
    response = visitor.post(
        f"/coaching/clients/{mary.id}/about", name="Mary", near="Nowhereville", languages="Somali"
    )

    assert response.status_code == 422
    assert 'value="Somali"' in response.text
    assert 'value="Nowhereville"' in response.text


def test_a_closed_record_is_read_and_not_changed(visitor: Visitor, mary: Client) -> None:
    mary.closed_at = mary.created_at
    db.session.commit()

    response = visitor.post(f"/coaching/clients/{mary.id}/about", name="Other")

    assert response.status_code == 404
    assert "This record is closed" in visitor.get(f"/coaching/clients/{mary.id}").text
