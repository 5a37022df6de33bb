"""The coach's home: what is due, and who has not been heard of."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask

from connectdo.clients.due import Due
from connectdo.clients.models import LEAD, Client
from connectdo.coaching.diary import diary
from connectdo.days import london_today
from connectdo.db import db
from connectdo.people.models import Person
from connectdo.programmes.due import not_heard_of
from connectdo.programmes.models import CALL, MEETING, VISIT
from connectdo.programmes.queries import kept_of
from connectdo.programmes.wording import day_in_words
from connectdo.shortlists.actions import get_to, keep
from connectdo.shortlists.models import TRIED, VISITING, Item
from tests.conftest import Statements
from tests.factories import make_client, make_coach, make_contact, make_listing, make_programme
from tests.visitor import Visitor

TODAY = london_today()
A_DAY, A_WEEK = timedelta(days=1), timedelta(weeks=1)


def shown(visitor: Visitor, page: str = "/coaching") -> dict[str, list[str]]:
    """What stands under each heading, without its buttons."""
    text = visitor.get(page).text.split("<main")[1]
    parts = re.split(r'<h2 class="govuk-heading-m">(.*?)</h2>', text)
    return {
        heading: [
            " ".join(re.sub(r"<[^>]+>|&nbsp;", " ", each).split())
            for each in re.findall(r"<li>(.*?)</li>", part.split('<ul class="cd-presses')[0], re.S)
        ]
        for heading, part in zip(parts[1::2], parts[2::2], strict=True)
    }


def test_what_is_due_is_said_on_its_day(visitor: Visitor, mary: Client) -> None:
    make_programme(mary, TODAY - 6 * A_WEEK + 2 * A_DAY)
    make_contact(mary, VISIT, 90, TODAY - A_DAY)
    near = make_client(mary.coach, "Nora")
    make_programme(near, TODAY - 4 * A_WEEK)
    make_contact(near, CALL, 5, TODAY)

    page = shown(visitor)

    assert page["Today"] == ["Mary Call the day after a visit"]
    assert [each.split(",")[0] for each in page["In the next 7 days"]] == ["Mary Review at 6 weeks"]
    assert [each.split(",")[0] for each in page["Reviews in the next 4 weeks"]] == [
        "Nora Review at 6 weeks"
    ]


def test_what_was_due_before_stays_until_something_is_said(visitor: Visitor, mary: Client) -> None:
    make_programme(mary, TODAY - 7 * A_WEEK)
    before = shown(visitor)["Today"]

    visitor.post(f"/coaching/clients/{mary.id}/twelve-weeks/aside/review")

    assert before[0].startswith("Mary Review at 6 weeks, since")
    assert "Today" not in shown(visitor)


@pytest.mark.parametrize(
    ("days", "heading"), [(-1, None), (0, "Today"), (7, "In the next 7 days"), (8, None)]
)
def test_a_visit_together_is_said_when_it_is_near(
    visitor: Visitor, mary: Client, days: int, heading: str | None
) -> None:
    day = TODAY + timedelta(days)
    plan_visit(mary, "Lantern Gardens", day)

    page = shown(visitor)

    words = "Mary Visiting Lantern Gardens together"
    after = "" if day == TODAY else f", {day_in_words(day, TODAY)}"
    assert {name: lines for name, lines in page.items() if words in str(lines)} == (
        {heading: [words + after]} if heading else {}
    )


def test_what_was_tried_is_not_visited_any_more(visitor: Visitor, mary: Client) -> None:
    item = plan_visit(mary, "Lantern Gardens", TODAY)
    get_to(item, mary.coach, TRIED)
    db.session.commit()

    assert "Today" not in shown(visitor)


def test_who_was_met_could_begin(visitor: Visitor, mary: Client) -> None:
    make_contact(mary, MEETING, 60, TODAY)

    assert shown(visitor)["Today"] == ["Mary You met: the 12 weeks could begin"]


@pytest.mark.parametrize(("days", "is_silent"), [(13, False), (14, True)])
def test_who_has_not_been_heard_of_for_14_days_is_named(
    mary: Client, days: int, is_silent: bool
) -> None:
    make_contact(mary, CALL, 5, TODAY - timedelta(days))

    found = not_heard_of([mary], kept_of([mary]), TODAY)

    assert [each.client for each in found] == ([mary] if is_silent else [])


def test_who_was_never_heard_of_is_named_after_as_long(visitor: Visitor, mary: Client) -> None:
    mary.created_at -= timedelta(days=15)
    db.session.commit()

    assert shown(visitor)["No contact for 14 days or more"] == ["Mary not yet"]


def test_who_goes_on_alone_is_not_missed(mary: Client) -> None:
    make_programme(mary, TODAY - 20 * A_WEEK, ended_on=TODAY - 8 * A_WEEK, ending="alone")

    assert not_heard_of([mary], kept_of([mary]), TODAY) == []


def test_a_lead_sees_the_team_on_request(app: Flask, visitor: Visitor, mary: Client) -> None:
    mary.coach.name = "Ana Costa"
    lead = make_coach(LEAD, team=mary.team)
    own = make_client(lead, "Pat")
    for client in (mary, own):
        make_programme(client, TODAY - 6 * A_WEEK)
    visitor.sign_in(lead)

    first, whole = shown(visitor), shown(visitor, "/coaching?team=1")

    assert first["Today"] == ["Pat Review at 6 weeks"]
    assert whole["Today"] == ["Pat Review at 6 weeks", "Mary Review at 6 weeks (Ana Costa)"]


def test_a_coach_does_not_get_the_teams_by_asking(visitor: Visitor, mary: Client) -> None:
    other = make_client(make_coach(team=mary.team), "Nora")
    make_programme(other, TODAY - 6 * A_WEEK)

    assert "Nora" not in visitor.get("/coaching?team=1").text


@pytest.mark.parametrize(
    ("days", "where"),
    [(-1, "today"), (0, "today"), (1, "week"), (7, "week"), (8, "reviews"), (28, "reviews")],
)
def test_each_thing_is_said_once(mary: Client, days: int, where: str) -> None:
    due = Due(mary, TODAY + timedelta(days), "Review", is_review=True)

    found = diary([due], TODAY)

    assert {name for name, dues in found._asdict().items() if due in dues} == {where}


def test_a_home_takes_the_same_statements_for_3_and_for_30(
    app: Flask, visitor: Visitor, statements: Statements
) -> None:
    counts = []
    for clients in (3, 30):
        visitor.sign_in(with_clients(clients))
        with statements() as made:
            text = visitor.get("/coaching").text
        assert text.count("Call the day after a visit") == clients
        assert text.count("Visiting Lantern Gardens together") == clients
        counts.append(len(made))

    assert counts[0] == counts[1] <= 10


def with_clients(number: int) -> Person:
    """A coach with so many clients, each of whom was visited yesterday."""
    coach = make_coach()
    for _ in range(number):
        client = make_client(coach)
        make_programme(client, TODAY - 2 * A_WEEK)
        make_contact(client, VISIT, 90, TODAY - A_DAY)
        plan_visit(client, "Lantern Gardens", TODAY)
    return coach


def plan_visit(client: Client, name: str, day: date) -> Item:
    """Something on the shortlist where they go together."""
    item = keep(client, client.coach, make_listing(name), TODAY)
    item.state, item.visit_on = VISITING, day
    db.session.commit()
    return item
