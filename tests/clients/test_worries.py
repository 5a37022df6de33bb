""" "I'm worried about someone": the steps, the numbers, and a note that is not lost."""

import pytest
from flask import Flask
from sqlalchemy import select

from connectdo.clients.actions import join
from connectdo.clients.models import LEAD, VOLUNTEER, Client, Worry
from connectdo.clients.queries import memberships_of
from connectdo.clients.wording import pieces
from connectdo.db import db, utc_now
from connectdo.people.models import Person
from connectdo.post.models import Mail
from tests.conftest import Comes
from tests.factories import make_client, make_coach, make_team

WAY = "I’m worried about someone"
BANNER = "Somebody in your team is worried about someone"


@pytest.fixture
def mary(app: Flask) -> Client:
    team = make_team()
    team.safeguarding = "Ring the duty phone on 01632 960 123.\nThen ring Lee."
    return make_client(make_coach(team=team, name="Ada"))


@pytest.fixture
def lead(mary: Client) -> Person:
    return make_coach(LEAD, team=mary.team, name="Lee")


def about(client: Client) -> str:
    return f"/coaching/clients/{client.id}/worried"


def the_note() -> Worry:
    note = db.session.scalars(select(Worry)).one()
    db.session.rollback()
    return note


def test_the_teams_own_steps_are_there_with_numbers_that_ring(
    comes: Comes, mary: Client, lead: Person
) -> None:
    page = comes(mary.coach).get(about(mary)).text

    assert 'href="tel:01632960123"' in page
    assert 'href="tel:999"' in page
    assert "Then ring Lee." in page


def test_a_team_without_steps_shows_the_numbers_that_everybody_has(
    comes: Comes, lead: Person, mary: Client
) -> None:
    mary.team.safeguarding = ""
    db.session.commit()

    page = comes(mary.coach).get("/coaching/worried").text

    assert 'href="tel:999"' in page
    assert 'href="/help-now"' in page


def test_a_note_is_mailed_to_the_leads_without_what_it_says(
    comes: Comes, mary: Client, lead: Person, caplog: pytest.LogCaptureFixture
) -> None:
    comes(mary.coach).post(about(mary), words="A bruise on her arm")

    mail = db.session.scalars(select(Mail)).one()
    assert mail.recipient == lead.email
    assert "/coaching/worries" in mail.body
    assert not [word for word in ("bruise", "Mary") if word in mail.subject + mail.body]
    assert "bruise" not in caplog.text
    assert (the_note().words, the_note().client_id) == ("A bruise on her arm", mary.id)


def test_it_stands_on_top_of_every_page_of_a_lead_until_it_is_seen_to(
    comes: Comes, mary: Client, lead: Person
) -> None:
    comes(mary.coach).post(about(mary), words="A bruise on her arm")
    visitor = comes(lead)
    pages = ["/coaching", f"/coaching/clients/{mary.id}", f"/coaching/team/{mary.team_id}"]

    before = [BANNER in visitor.get(each).text for each in pages]
    note = visitor.get("/coaching/worries").text
    visitor.post(f"/coaching/worries/{the_note().id}", done="Rang the GP")

    assert before == [True] * 3
    assert "A bruise on her arm" in note
    assert [BANNER in visitor.get(each).text for each in pages] == [False] * 3


def test_who_left_it_sees_that_it_was_seen_and_not_what_was_done(
    comes: Comes, mary: Client, lead: Person
) -> None:
    visitor = comes(mary.coach)
    visitor.post(about(mary), words="A bruise on her arm")
    before = visitor.get(about(mary)).text

    comes(lead).post(f"/coaching/worries/{the_note().id}", done="Rang the GP")

    after = visitor.get(about(mary)).text
    assert "Waits for your team lead" in before
    assert "Lee has read it" in after
    assert "Rang the GP" not in after


def test_nothing_is_seen_to_without_saying_how(comes: Comes, mary: Client, lead: Person) -> None:
    comes(mary.coach).post(about(mary), words="A bruise on her arm")

    response = comes(lead).post(f"/coaching/worries/{the_note().id}", done=" ")

    assert response.status_code == 422
    assert the_note().done_at is None


def test_what_was_done_is_not_written_over(comes: Comes, mary: Client, lead: Person) -> None:
    comes(mary.coach).post(about(mary), words="A bruise on her arm")
    visitor = comes(lead)
    for done in ("Rang the GP", "Nothing"):
        visitor.post(f"/coaching/worries/{the_note().id}", done=done)

    assert the_note().done == "Rang the GP"


@pytest.mark.parametrize("kind", ["coach", VOLUNTEER])
def test_colleagues_do_not_read_it(comes: Comes, mary: Client, lead: Person, kind: str) -> None:
    comes(mary.coach).post(about(mary), words="A bruise on her arm")
    visitor = comes(make_coach(kind, team=mary.team))

    pages = [visitor.get(each) for each in ("/coaching/worries", "/coaching/worried", "/coaching")]

    assert pages[0].status_code == 404
    assert not any("bruise" in each.text or BANNER in each.text for each in pages)


def test_leads_of_other_teams_do_not_read_it(comes: Comes, mary: Client, lead: Person) -> None:
    comes(mary.coach).post(about(mary), words="A bruise on her arm")
    visitor = comes(make_coach(LEAD))

    assert visitor.get(f"/coaching/worries/{the_note().id}").status_code == 404
    assert "bruise" not in visitor.get("/coaching/worries").text


def test_it_may_be_about_somebody_who_is_no_client(
    comes: Comes, mary: Client, lead: Person
) -> None:
    comes(mary.coach).post("/coaching/worried", words="Her neighbour")

    assert the_note().client_id is None
    assert "Her neighbour" in comes(lead).get("/coaching/worries").text


def test_it_may_be_about_a_client_whose_record_is_closed(
    comes: Comes, mary: Client, lead: Person
) -> None:
    mary.closed_at = utc_now()
    db.session.commit()

    comes(mary.coach).post(about(mary), words="A bruise on her arm")

    assert the_note().client_id == mary.id


def test_an_empty_note_says_what_to_do(comes: Comes, mary: Client, lead: Person) -> None:
    response = comes(mary.coach).post(about(mary), words="")

    assert response.status_code == 422
    assert "Write what worries you" in response.text
    assert 'href="tel:999"' in response.text


def test_a_team_whose_lead_cannot_come_in_takes_no_note(
    comes: Comes, mary: Client, lead: Person
) -> None:
    lead.disabled_at = utc_now()
    db.session.commit()
    visitor = comes(mary.coach)

    page = visitor.get(about(mary)).text
    response = visitor.post(about(mary), words="A bruise on her arm")

    assert "Your team has no lead who can come in" in page
    assert 'href="tel:01632960123"' in page
    assert response.status_code == 422
    assert db.session.scalars(select(Worry)).all() == []


def test_who_is_in_several_teams_says_to_which(comes: Comes, mary: Client, lead: Person) -> None:
    other = make_coach(LEAD)
    team = memberships_of(other)[0].team
    join(team, mary.coach, "coach")
    db.session.commit()
    visitor = comes(mary.coach)

    unsaid = visitor.post("/coaching/worried", words="Her neighbour")
    visitor.post("/coaching/worried", words="Her neighbour", team=team.id)

    assert unsaid.status_code == 422
    assert the_note().team_id == team.id


def test_the_way_there_is_on_every_page_for_coaches(
    app: Flask, comes: Comes, mary: Client, lead: Person
) -> None:
    """Another room's page too: it begins with coaching/_page.html or coaching/_frame.html."""
    visitor = comes(lead)
    known = {"client_id": mary.id, "team_id": mary.team_id, "person_id": mary.coach_id}
    addresses = app.url_map.bind("localhost")
    paths = [
        addresses.build(rule.endpoint, {each: known[each] for each in rule.arguments})
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/coaching")
        and "GET" in (rule.methods or ())
        and rule.arguments <= set(known)
    ]

    pages = {path: visitor.get(path) for path in paths}

    shown = {path: page for path, page in pages.items() if page.mimetype == "text/html"}
    shown = {path: page for path, page in shown.items() if page.status_code == 200}
    assert len(shown) > 15
    assert [
        path for path, page in shown.items() if "I’m worried about someone" not in page.text
    ] == []


@pytest.mark.parametrize(
    ("line", "rings"),
    [
        ("Ring 999.", ["999"]),
        ("Ring the duty phone on 01632 960 123, then Lee", ["01632 960 123"]),
        ("Lee: 07700 900123 or +44 7700 900456", ["07700 900123", "+44 7700 900456"]),
        ("Samaritans 116 123", ["116 123"]),
        ("Within 24 hours, form 12, before 2026", []),
    ],
)
def test_numbers_are_found_in_what_a_team_writes(line: str, rings: list[str]) -> None:
    found = pieces(line)

    assert [text for text, is_number in found if is_number] == rings
    assert "".join(text for text, _ in found) == line
