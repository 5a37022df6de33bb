"""A team's outcomes: exact for its lead, and by the one rule for everybody else."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from connectdo.clients import actions as clients
from connectdo.clients.models import FIGURES, LEAD, Client, Team
from connectdo.db import db
from connectdo.outcomes import actions, queries
from connectdo.outcomes.figures import exact, to_send_on
from connectdo.outcomes.instruments import END, ONS4, START, SWEMWBS, UCLA
from tests.factories import make_assessment, make_client, make_coach, make_team
from tests.visitor import Visitor

QUESTION = "Can we count you?"


@pytest.fixture
def team(app: Flask) -> Team:
    return make_team("Lambeth")


@pytest.fixture
def person(team: Team) -> Callable[..., Client]:
    """Another client of the team, with how lonely they were before and after."""
    coach = make_coach(team=team)

    def make(before: int = 9, after: int | None = None, *, agrees: bool = True) -> Client:
        client = make_client(coach)
        if agrees:
            clients.consent(client, coach, FIGURES, QUESTION, given=True)
        for value, moment in ((before, START), (after, END)):
            if value is not None:
                make_assessment(client, split(value), moment)
        return client

    return make


def split(total: int) -> list[int]:
    """Three answers of 1 to 3 that add up to a total."""
    return [1 + max(0, min(2, total - 3 - 2 * place)) for place in range(3)]


def page_of(team: Team) -> str:
    return f"/coaching/team/{team.id}/outcomes"


def test_the_lead_sees_exact_figures_of_the_same_people(
    visitor: Visitor, team: Team, person: Callable[..., Client]
) -> None:
    for before, after in ((9, 7), (8, 7), (7, None), (6, None)):
        person(before, after, agrees=False)
    visitor.sign_in(make_coach(LEAD, team=team))

    page = visitor.get(page_of(team)).text

    assert (
        "2 of 4 people told us again (50%). Their loneliness changed by -1.50 on average." in page
    )


def test_the_lead_finds_them_from_where_the_day_begins(visitor: Visitor, team: Team) -> None:
    visitor.sign_in(make_coach(LEAD, team=team))
    for_a_lead = visitor.get("/coaching").text
    visitor.sign_in(make_coach(team=team))
    for_a_coach = visitor.get("/coaching").text

    assert f'href="{page_of(team)}"' in for_a_lead
    assert f'href="{page_of(team)}"' not in for_a_coach


def test_what_leaves_the_team_says_nothing_of_seven_people(
    visitor: Visitor, team: Team, person: Callable[..., Client]
) -> None:
    for _ in range(7):
        actions.went_on(person(9, 7), ["group"], date(2026, 10, 6), "")
    db.session.commit()
    visitor.sign_in(make_coach(LEAD, team=team))

    page = visitor.get(f"{page_of(team)}/to-send-on").text

    figures = re.findall(r'numeric">([^<]*)<', page)
    assert figures[:4] == ["fewer than 8", "fewer than 8", "Not told", "Not told"]
    assert figures[4:] == ["fewer than 8", *["0"] * 7]
    assert "Too few people told us twice" in page


def test_eight_people_are_told_rounded(team: Team, person: Callable[..., Client]) -> None:
    for before in (9, 9, 9, 9, 8, 8, 8, 8, 7):
        person(before, 6 if before > 7 else None)

    (line,) = to_send_on(team).changes

    assert (line.began, line.came_back) == ("about 10", "about 10")
    assert (line.share, line.mean) == ("100%", "-2.5")


def test_only_who_agreed_is_counted_in_what_leaves_the_team(
    team: Team, person: Callable[..., Client]
) -> None:
    for number in range(16):
        person(9, 6, agrees=number < 8)
    took_it_back = person(9, 3)
    clients.consent(took_it_back, None, FIGURES, QUESTION, given=False)
    db.session.commit()

    (told,), (known,) = to_send_on(team).changes, exact(team).changes

    assert (told.began, told.mean) == ("about 10", "-3.0")
    assert known.began == "17"


def test_people_are_counted_once_for_each_kind_of_thing(
    team: Team, person: Callable[..., Client]
) -> None:
    mary = person()
    for _ in range(3):
        actions.went_on(mary, ["group", "work"], date(2026, 10, 6), "")
    actions.went_on(person(), ["group"], date(2026, 10, 6), "")
    db.session.commit()

    counts = dict(exact(team).went_on)

    assert (counts["Joined a group"], counts["Found work"]) == ("2", "1")


def test_another_team_is_not_counted(team: Team, person: Callable[..., Client]) -> None:
    person(9, 6)
    elsewhere = make_client()
    make_assessment(elsewhere)
    actions.went_on(elsewhere, ["group"], date(2026, 10, 6), "")
    db.session.commit()

    assert exact(team).changes[0].began == "1"
    assert dict(exact(team).went_on)["Joined a group"] == "0"


@pytest.mark.parametrize("kind", ["coach", "volunteer"])
@pytest.mark.parametrize("page", ["", "/to-send-on", "/choose"])
def test_figures_are_for_leads_of_the_team_only(
    visitor: Visitor, team: Team, kind: str, page: str
) -> None:
    make_coach(kind, team=team)
    member = make_coach(kind, team=team)
    visitor.sign_in(member)
    as_member = visitor.get(page_of(team) + page).status_code
    visitor.sign_in(make_coach(LEAD))

    assert (as_member, visitor.get(page_of(team) + page).status_code) == (404, 404)


def test_who_coaches_here_and_leads_elsewhere_does_not_see_them_here(
    visitor: Visitor, team: Team
) -> None:
    lead = make_coach(LEAD)
    clients.join(team, lead, "coach")
    db.session.commit()
    visitor.sign_in(lead)

    assert visitor.get(page_of(team)).status_code == 404


def test_a_lead_chooses_what_is_asked(visitor: Visitor, team: Team) -> None:
    visitor.sign_in(make_coach(LEAD, team=team))

    visitor.post(
        f"{page_of(team)}/choose",
        questionnaires=[UCLA, ONS4],
        statements="I feel more supported\n\n  I know  whom to ask \nI feel more supported",
    )

    asked = queries.questionnaires_of(team)
    assert list(asked) == [UCLA, ONS4, "statements"]
    assert [each.words for each in asked["statements"].items] == [
        "I feel more supported",
        "I know whom to ask",
    ]


def test_a_statement_that_is_asked_no_more_keeps_its_answers(visitor: Visitor, team: Team) -> None:
    actions.choose(team, [], ["I feel more supported"])
    statements = queries.questionnaires_of(team)["statements"]
    mary = make_client(make_coach(team=team))
    make_assessment(mary, [2], START, asked=statements)
    make_assessment(mary, [4], END, asked=statements)

    actions.choose(team, [], [])
    db.session.commit()

    visitor.sign_in(mary.coach)
    page = visitor.get(f"/coaching/clients/{mary.id}/outcomes").text
    assert "Mary’s answer to “I feel more supported” went from 2 to 4." in page
    assert queries.questionnaires_of(team) == {}


def test_a_statement_that_is_asked_again_is_the_same_one(team: Team) -> None:
    for words in (["I feel more supported"], ["Another"], ["Another", "I feel more supported"]):
        actions.choose(team, [], words)
    db.session.commit()

    assert [each.words for each in queries.statements_of(team)] == [
        "Another",
        "I feel more supported",
    ]


def test_too_many_statements_are_not_kept_and_not_lost(visitor: Visitor, team: Team) -> None:
    visitor.sign_in(make_coach(LEAD, team=team))

    response = visitor.post(
        f"{page_of(team)}/choose", statements="\n".join(f"Statement {each}" for each in range(7))
    )

    assert response.status_code == 422
    assert "Write up to 6 statements" in response.text
    assert "Statement 6" in response.text


def test_swemwbs_is_not_chosen_without_its_words_and_says_why(visitor: Visitor, team: Team) -> None:
    visitor.sign_in(make_coach(LEAD, team=team))

    page = visitor.get(f"{page_of(team)}/choose").text
    response = visitor.post(f"{page_of(team)}/choose", questionnaires=[SWEMWBS])

    assert "You cannot choose SWEMWBS yet" in page
    assert 'value="swemwbs"' not in page
    assert response.status_code == 422


def test_once_its_words_are_entered_swemwbs_can_be_chosen(
    app: Flask, visitor: Visitor, team: Team, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text("".join(f"Invented {number}\n" for number in range(1, 8)), encoding="utf-8")
    said = app.test_cli_runner().invoke(args=["outcomes", "wording", "swemwbs", str(copy)])
    visitor.sign_in(make_coach(LEAD, team=team))

    visitor.post(f"{page_of(team)}/choose", questionnaires=[SWEMWBS])

    asked = queries.questionnaires_of(team)[SWEMWBS]
    assert "Teams can choose SWEMWBS now" in said.output
    assert [each.words for each in asked.items][6] == "Invented 7"
    assert asked.items[0].answers[0] == "1, none of the time"


def test_the_answers_of_the_licensed_copy_are_used_when_they_are_there(
    app: Flask, team: Team, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text("\n".join(f"Line {number}" for number in range(1, 13)), encoding="utf-8")

    app.test_cli_runner().invoke(args=["outcomes", "wording", "swemwbs", str(copy)])
    actions.choose(team, [SWEMWBS], [])

    item = queries.questionnaires_of(team)[SWEMWBS].items[0]
    assert item.answers == ("Line 8", "Line 9", "Line 10", "Line 11", "Line 12")


@pytest.mark.parametrize("lines", [0, 6, 8, 13])
def test_a_copy_with_too_few_or_too_many_lines_is_refused(
    app: Flask, tmp_path: Path, lines: int
) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text("\n".join(f"Line {number}" for number in range(lines)), encoding="utf-8")

    said = app.test_cli_runner().invoke(args=["outcomes", "wording", "swemwbs", str(copy)])

    assert said.exit_code == 2
    assert f"has {lines} lines" in said.output
    assert queries.licensed_wording() is None
