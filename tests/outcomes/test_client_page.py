"""How one client is: for coaches and leads, in words first; not for volunteers."""

import re
from datetime import date

import pytest
from flask import Flask

from connectdo.clients import actions as clients
from connectdo.clients.models import COACH, LEAD, VOLUNTEER, Client
from connectdo.days import london_today
from connectdo.db import db, utc_now
from connectdo.outcomes import actions, queries
from connectdo.outcomes.instruments import END, START, swemwbs
from tests.factories import make_assessment, make_client, make_coach, make_team
from tests.visitor import Visitor

WELL = swemwbs([f"Invented {number}" for number in range(1, 8)])


@pytest.fixture
def mary(app: Flask) -> Client:
    return make_client(make_coach(team=make_team("Lambeth")))


def page_of(client: Client) -> str:
    return f"/coaching/clients/{client.id}/outcomes"


def test_the_change_is_said_in_words_drawn_and_told_in_a_table(
    visitor: Visitor, mary: Client
) -> None:
    make_assessment(mary, [3] * 7, START, asked=WELL)
    make_assessment(mary, [3, 4, 4, 4, 4, 4, 3], END, asked=WELL)
    visitor.sign_in(mary.coach)

    page = visitor.get(page_of(mary)).text

    words = page.index("Mary’s wellbeing went from 19.3 to 23.2. It is higher than before.")
    chart = page.index('role="img"')
    table = page.index("<table")
    assert words < chart < table
    assert re.search(r'<td class="[^"]*numeric">23.2</td>', page)


def test_one_answer_is_no_chart_yet(visitor: Visitor, mary: Client) -> None:
    make_assessment(mary)
    visitor.sign_in(mary.coach)

    page = visitor.get(page_of(mary)).text

    assert "Mary’s loneliness was 9." in page
    assert 'role="img"' not in page


def test_a_chart_has_four_bars_at_most_and_the_first_is_among_them(
    visitor: Visitor, mary: Client
) -> None:
    for month, value in enumerate((3, 3, 3, 2, 2, 1), 1):
        make_assessment(mary, [value] * 3, START, on=date(2026, month, 1))
    visitor.sign_in(mary.coach)

    page = visitor.get(page_of(mary)).text

    assert re.findall(r'cd-chart__label"[^>]*>([^<]*)<', page) == [
        f"At the start, 1 {month}" for month in ("January", "April", "May", "June")
    ]
    assert page.count('<th scope="row"') == 6


def test_why_there_is_no_score_is_said(visitor: Visitor, mary: Client) -> None:
    make_assessment(mary, [3, None, 1])
    visitor.sign_in(mary.coach)

    page = visitor.get(page_of(mary)).text

    assert "There is no score for Mary’s loneliness yet." in page
    assert "2 of 3 questions were answered. A score needs all 3." in page


@pytest.mark.parametrize(("kind", "code"), [(COACH, 200), (LEAD, 200), (VOLUNTEER, 404)])
def test_volunteers_do_not_see_it_of_their_own_clients(
    visitor: Visitor, mary: Client, kind: str, code: int
) -> None:
    colleague = make_coach(kind, team=mary.team)
    clients.cover(mary, colleague, london_today())
    db.session.commit()
    visitor.sign_in(colleague)

    tab = "How they are" in visitor.get(f"/coaching/clients/{mary.id}").text

    for page in ("", "/ask", "/went-on", "/paper/ucla/start"):
        expected = 404 if page.startswith("/paper") else code
        assert visitor.get(page_of(mary) + page).status_code == expected
    assert tab == (code == 200)


def test_a_volunteer_writes_nothing_there(visitor: Visitor) -> None:
    client = make_client(make_coach(VOLUNTEER))
    visitor.sign_in(client.coach)

    response = visitor.post(f"{page_of(client)}/went-on", kinds=["group"], on="6 October 2026")

    assert response.status_code == 404
    assert list(queries.went_on_of(client)) == []


def test_what_they_went_on_to_do_is_kept_with_its_day(visitor: Visitor, mary: Client) -> None:
    visitor.sign_in(mary.coach)

    visitor.post(
        f"{page_of(mary)}/went-on",
        kinds=["group", "new_people"],
        on="6 October 2026",
        words="The Tuesday gardeners",
    )

    page = visitor.get(page_of(mary)).text
    assert "Joined a group" in page
    assert "Met new people" in page
    assert page.count("The Tuesday gardeners") == 2
    assert {each.on for each in queries.went_on_of(mary)} == {date(2026, 10, 6)}


@pytest.mark.parametrize("kinds", [[], ["moved to the moon"]])
def test_what_is_not_one_of_them_is_asked_again(
    visitor: Visitor, mary: Client, kinds: list[str]
) -> None:
    visitor.sign_in(mary.coach)

    response = visitor.post(
        f"{page_of(mary)}/went-on", kinds=kinds, on="6 October 2026", words="At last"
    )

    assert response.status_code == 422
    assert "Choose at least one thing" in response.text
    assert 'value="At last"' in response.text


def test_what_was_entered_by_mistake_is_taken_away(visitor: Visitor, mary: Client) -> None:
    assessment = make_assessment(mary)
    actions.went_on(mary, ["work"], date(2026, 10, 6), "")
    db.session.commit()
    (work,) = queries.went_on_of(mary)
    visitor.sign_in(mary.coach)

    visitor.post(f"{page_of(mary)}/answers/{assessment.id}/remove")
    visitor.post(f"{page_of(mary)}/went-on/{work.id}/remove")

    db.session.rollback()
    assert (queries.assessments_of(mary), list(queries.went_on_of(mary))) == ([], [])


def test_what_is_anothers_is_not_taken_away_by_way_of_ones_own(
    visitor: Visitor, mary: Client
) -> None:
    other = make_client(name="Ken")
    assessment = make_assessment(other)
    actions.went_on(other, ["work"], date(2026, 10, 6), "")
    secret = actions.ask(other, other.coach, "ucla", START, "link")
    db.session.commit()
    (work,), (link,) = queries.went_on_of(other), queries.open_links_of(other, utc_now())
    visitor.sign_in(mary.coach)

    tries = (
        f"answers/{assessment.id}/remove",
        f"went-on/{work.id}/remove",
        f"links/{link.id}/stop",
    )
    codes = {visitor.post(f"{page_of(mary)}/{each}").status_code for each in tries}

    db.session.rollback()
    assert codes == {404}
    assert len(queries.assessments_of(other)) == len(queries.went_on_of(other)) == 1
    assert queries.open_link(secret, utc_now())


def test_a_closed_record_is_read_and_not_written_in(visitor: Visitor, mary: Client) -> None:
    make_assessment(mary)
    mary.closed_at = utc_now()
    db.session.commit()
    visitor.sign_in(mary.coach)

    page = visitor.get(page_of(mary))

    assert "Mary’s loneliness was 9." in page.text
    assert "Ask how they are" not in page.text
    assert "<form" not in page.text.split("<main")[1].split("</main>")[0]
    assert visitor.get(f"{page_of(mary)}/ask").status_code == 404
