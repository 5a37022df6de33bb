"""A team's own page: its leads say who is in it, what it does when somebody is worried, and how
long it keeps records."""

import pytest
from flask import Flask
from sqlalchemy import select

from connectdo.access import COACH as COACH_ROLE
from connectdo.access import TEAM_LEAD
from connectdo.clients import actions, queries
from connectdo.clients.limits import INVITATIONS
from connectdo.clients.models import COACH, LEAD, VOLUNTEER, Team
from connectdo.db import db, utc_now
from connectdo.people.models import Person
from connectdo.people.queries import person_with
from connectdo.post.models import Mail
from tests.factories import make_client, make_coach, make_person, make_team
from tests.visitor import Visitor

BO = "bo@mail.example"


@pytest.fixture
def team(app: Flask) -> Team:
    return make_team("Walkers")


@pytest.fixture
def lead(team: Team, visitor: Visitor) -> Person:
    person = make_coach(LEAD, team=team, name="Lee")
    visitor.sign_in(person)
    return person


def page_of(team: Team, page: str = "") -> str:
    return f"/coaching/team/{team.id}{page}"


def kinds(team: Team) -> dict[str, str]:
    db.session.expire_all()
    found = {each.person.email: each.kind for each in queries.members_of(team)}
    db.session.rollback()
    return found


def roles(person: Person) -> frozenset[str]:
    db.session.expire_all()
    found = person.roles
    db.session.rollback()
    return found


def test_who_is_new_is_mailed_a_link_to_set_up(visitor: Visitor, lead: Person, team: Team) -> None:
    response = visitor.post(page_of(team, "/people"), email=BO, kind=VOLUNTEER)

    mail = db.session.scalars(select(Mail).where(Mail.recipient == BO)).one()
    person = person_with(BO)
    assert response.status_code == 303
    assert mail.subject == "Set up your account on Connect & Do"
    assert kinds(team)[BO] == VOLUNTEER
    assert person
    assert roles(person) == {COACH_ROLE}


def test_who_signs_in_as_staff_already_is_in_the_team_at_once(
    visitor: Visitor, lead: Person, team: Team
) -> None:
    make_person(BO, "moderator", areas=["Lambeth"])

    visitor.post(page_of(team, "/people"), email=BO, kind=LEAD)

    person = person_with(BO)
    assert person
    assert roles(person) == {"moderator", TEAM_LEAD}
    assert kinds(team)[BO] == LEAD


@pytest.mark.parametrize(
    ("email", "kind", "said"),
    [
        ("", COACH, "Enter your email address"),
        ("bo", COACH, "Enter an email address like name@mail.example"),
        (BO, "", "Choose what they are"),
        (BO, "king", "Choose what they are"),
        ("LEE@mail.example", COACH, "This person is in your team already"),
        ("gone@mail.example", COACH, "or their account is closed"),
    ],
)
def test_an_invitation_that_cannot_be_says_why(
    visitor: Visitor, team: Team, email: str, kind: str, said: str
) -> None:
    lead = make_person("lee@mail.example", TEAM_LEAD)
    actions.join(team, lead, LEAD)
    make_person("gone@mail.example", disabled_at=utc_now())
    visitor.sign_in(lead)

    response = visitor.post(page_of(team, "/people"), email=email, kind=kind)

    assert response.status_code == 422
    assert said in response.text
    assert kinds(team) == {"lee@mail.example": LEAD}


def test_nobody_invites_without_end(visitor: Visitor, lead: Person, team: Team) -> None:
    answers = [
        visitor.post(page_of(team, "/people"), email=f"p{number}@mail.example", kind=COACH)
        for number in range(INVITATIONS.most + 1)
    ]

    assert [each.status_code for each in answers] == [303] * INVITATIONS.most + [429]


def test_what_somebody_is_decides_their_role(visitor: Visitor, lead: Person, team: Team) -> None:
    other = make_coach(COACH, team=team)

    visitor.post(page_of(team, f"/people/{other.id}"), kind=LEAD)
    as_lead = roles(other)
    visitor.post(page_of(team, f"/people/{other.id}"), kind=VOLUNTEER)

    assert as_lead == {TEAM_LEAD}
    assert roles(other) == {COACH_ROLE}


@pytest.mark.parametrize("page", ["", "/remove"])
def test_the_only_lead_stays_one(visitor: Visitor, lead: Person, team: Team, page: str) -> None:
    response = visitor.post(page_of(team, f"/people/{lead.id}{page}"), kind=COACH)

    shown = visitor.follow(response) if response.status_code == 303 else response
    assert "Make somebody else a team lead first" in shown.text
    assert kinds(team)[lead.email] == LEAD


def test_a_lead_who_is_not_the_only_one_may_go(visitor: Visitor, lead: Person, team: Team) -> None:
    make_coach(LEAD, team=team)

    response = visitor.post(page_of(team, f"/people/{lead.id}/remove"))

    assert response.headers["Location"] == "/coaching"
    assert lead.email not in kinds(team)
    assert roles(lead) == set()


def test_nobody_leaves_while_they_have_clients(visitor: Visitor, lead: Person, team: Team) -> None:
    coach = make_coach(team=team)
    client = make_client(coach)

    refused = visitor.follow(visitor.post(page_of(team, f"/people/{coach.id}/remove")))
    still_in = coach.email in kinds(team)
    actions.hand_over(client, coach, lead)
    db.session.commit()
    visitor.post(page_of(team, f"/people/{coach.id}/remove"))

    assert "Somebody has to take over their clients first" in refused.text
    assert still_in
    assert coach.email not in kinds(team)
    assert roles(coach) == set()


def test_who_is_in_another_team_keeps_their_role(
    visitor: Visitor, lead: Person, team: Team
) -> None:
    coach = make_coach(team=team)
    actions.join(make_team(), coach, COACH)
    db.session.commit()

    visitor.post(page_of(team, f"/people/{coach.id}/remove"))

    assert roles(coach) == {COACH_ROLE}


def test_the_teams_steps_and_months_are_kept(visitor: Visitor, lead: Person, team: Team) -> None:
    visitor.post(
        page_of(team, "/about"),
        safeguarding="Ring Lee.\r\nThen the council.",
        close_after_months="3",
        forget_after_months="12",
    )

    db.session.refresh(team)
    assert team.safeguarding == "Ring Lee.\nThen the council."
    assert (team.close_after_months, team.forget_after_months) == (3, 12)
    assert "closes after 3 months" in visitor.get(page_of(team)).text


def test_months_that_are_not_offered_are_refused_and_the_rest_kept(
    visitor: Visitor, lead: Person, team: Team
) -> None:
    response = visitor.post(
        page_of(team, "/about"),
        safeguarding="Ring Lee.",
        close_after_months="900",
        forget_after_months="12",
    )

    assert response.status_code == 422
    assert "Ring Lee." in response.text
    assert queries.teams()[0].close_after_months == 6


@pytest.mark.parametrize("kind", [COACH, VOLUNTEER])
def test_only_leads_have_the_teams_page(visitor: Visitor, team: Team, kind: str) -> None:
    person = make_coach(kind, team=team)
    visitor.sign_in(person)

    assert visitor.get(page_of(team)).status_code == 404
    assert visitor.post(page_of(team, f"/people/{person.id}"), kind=LEAD).status_code == 404
    assert kinds(team)[person.email] == kind


def test_leads_of_other_teams_do_not(visitor: Visitor, team: Team) -> None:
    visitor.sign_in(make_coach(LEAD))

    assert visitor.get(page_of(team)).status_code == 404
    assert visitor.post(page_of(team, "/people"), email=BO, kind=LEAD).status_code == 404


def test_somebody_of_another_team_is_not_on_this_ones_pages(
    visitor: Visitor, lead: Person, team: Team
) -> None:
    other = make_coach()

    assert visitor.get(page_of(team, f"/people/{other.id}")).status_code == 404
    assert visitor.post(page_of(team, f"/people/{other.id}/remove")).status_code == 404
