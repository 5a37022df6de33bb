"""A client's twelve weeks, as their coach goes through them."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta

from connectdo.clients.models import Client
from connectdo.days import london_today
from connectdo.db import db
from connectdo.programmes.models import (
    CALL,
    INTENSIVE,
    MEETING,
    NEXT_DAY,
    REVIEW,
    SIGNPOSTING,
    SUPPORTED,
    TEXT,
    VISIT,
    Programme,
)
from connectdo.programmes.queries import kept_of
from connectdo.programmes.steps import Offered
from connectdo.wording import date_in_words
from tests.factories import make_client, make_contact, make_programme
from tests.visitor import Visitor

TODAY = london_today()
A_WEEK = timedelta(weeks=1)


def page_of(client: Client, page: str = "") -> str:
    return f"/coaching/clients/{client.id}/twelve-weeks{page}"


def latest(client: Client) -> Programme:
    db.session.rollback()
    db.session.expire_all()
    found = kept_of([client])[client.id].latest
    assert found
    return found


def step(client: Client, name: str) -> Offered:
    db.session.rollback()
    db.session.expire_all()
    return next(each for each in kept_of([client])[client.id].steps(TODAY) if each.step == name)


def words(day: date) -> str:
    return f"{day:%d %B %Y}"


def test_before_the_first_meeting_there_is_none(visitor: Visitor, mary: Client) -> None:
    page = visitor.get(page_of(mary)).text

    assert "The 12 weeks begin when you first meet." in page
    assert "You could ring, and say who you are." in page


def test_they_begin_on_the_day_of_the_first_meeting(visitor: Visitor, mary: Client) -> None:
    met = TODAY - timedelta(days=3)
    make_contact(mary, MEETING, 60, met)

    offered = visitor.get(page_of(mary, "/begin")).text
    visitor.post(page_of(mary, "/begin"), day=words(met), level=SIGNPOSTING)

    assert f'value="{met.day} {met:%B %Y}"' in offered
    programme = latest(mary)
    assert programme.started_on == met
    assert [(each.level, each.since) for each in programme.levels] == [(SIGNPOSTING, met)]
    assert "Week 1 of 12" in visitor.get(page_of(mary)).text


@pytest.mark.parametrize("day", ["", "tomorrow", "1 January 2100"])
def test_they_begin_on_a_day_that_has_been(visitor: Visitor, mary: Client, day: str) -> None:
    response = visitor.post(page_of(mary, "/begin"), day=day, level=SUPPORTED)

    assert response.status_code == 422
    assert kept_of([mary])[mary.id].programmes == []


def test_the_day_of_the_first_meeting_is_put_right(visitor: Visitor, mary: Client) -> None:
    make_programme(mary, TODAY)

    visitor.post(page_of(mary, "/begin"), day="yesterday")

    programme = latest(mary)
    assert programme.started_on == programme.levels[0].since == TODAY - timedelta(days=1)


def test_the_level_of_support_changes_and_the_day_is_kept(visitor: Visitor, mary: Client) -> None:
    start = TODAY - 2 * A_WEEK
    make_programme(mary, start)

    visitor.post(page_of(mary, "/support"), level=SIGNPOSTING)
    visitor.post(page_of(mary, "/support"), level=INTENSIVE)

    levels = [(each.level, each.since) for each in latest(mary).levels]
    assert levels == [(SUPPORTED, start), (INTENSIVE, TODAY)]


def test_they_end_early_and_only_looking_back_is_left(visitor: Visitor, mary: Client) -> None:
    make_programme(mary, TODAY - 5 * A_WEEK)

    visitor.post(page_of(mary, "/end"), day="today", ending="alone")

    page = visitor.get(page_of(mary)).text
    assert "after 5 weeks. They go on alone." in page
    assert date_in_words(TODAY + relativedelta(months=3), TODAY) in page
    assert "Last meeting at 12 weeks" not in page


@pytest.mark.parametrize(
    ("day", "ending", "fault"),
    [
        ("today", "", "Choose how they ended"),
        ("", "alone", "is not a date"),
        (words(TODAY - 6 * A_WEEK), "alone", "The day must be after you first met"),
    ],
)
def test_an_end_that_cannot_be_is_asked_again(
    visitor: Visitor, mary: Client, day: str, ending: str, fault: str
) -> None:
    make_programme(mary, TODAY - 5 * A_WEEK)

    response = visitor.post(page_of(mary, "/end"), day=day, ending=ending)

    assert response.status_code == 422
    assert fault in response.text
    assert latest(mary).ended_on is None


def test_they_run_on_as_suits(visitor: Visitor, mary: Client) -> None:
    make_programme(mary, TODAY - 13 * A_WEEK)

    assert "Week 14. It runs on, as suits" in visitor.get(page_of(mary)).text


def test_an_end_is_taken_back(visitor: Visitor, mary: Client) -> None:
    make_programme(mary, TODAY - 5 * A_WEEK, ended_on=TODAY, ending="lost")

    visitor.post(page_of(mary, "/go-on"))

    assert latest(mary).ended_on is None
    assert "Week 6 of 12" in visitor.get(page_of(mary)).text


def test_a_client_may_have_another_later(visitor: Visitor, mary: Client) -> None:
    ended = TODAY - 8 * A_WEEK
    make_programme(mary, TODAY - 20 * A_WEEK, ended_on=ended, ending="alone")
    make_contact(mary, CALL, 12, TODAY - 19 * A_WEEK)

    too_early = visitor.post(page_of(mary, "/begin"), day=words(ended), level=SUPPORTED)
    visitor.post(page_of(mary, "/begin"), day="yesterday", level=SUPPORTED)
    visitor.post(f"/coaching/clients/{mary.id}/contacts/add/call", minutes="5")

    assert too_early.status_code == 422
    assert "The day must be after" in too_early.text
    page = visitor.get(page_of(mary)).text
    assert "In these 12 weeks: 1 call, 5 minutes in all." in page
    assert "With Mary altogether: 2 calls, 17 minutes in all." in page
    assert ": 1 call, 12 minutes in all." in page


def test_a_step_is_done_put_aside_or_offered_again(visitor: Visitor, mary: Client) -> None:
    make_programme(mary, TODAY - 6 * A_WEEK)

    visitor.post(page_of(mary, "/aside/review"))
    aside = step(mary, REVIEW).is_aside
    visitor.post(page_of(mary, "/done/review"))
    done_on = step(mary, REVIEW).done_on
    visitor.post(page_of(mary, "/again/review"))

    assert (aside, done_on) == (True, TODAY)
    assert step(mary, REVIEW).is_open


def test_a_step_is_given_another_day(visitor: Visitor, mary: Client) -> None:
    make_programme(mary, TODAY - 6 * A_WEEK)

    past = visitor.post(page_of(mary, "/another-day/review"), day="yesterday")
    visitor.post(page_of(mary, "/another-day/review"), day="tomorrow")

    assert past.status_code == 422
    assert step(mary, REVIEW).due == TODAY + timedelta(days=1)


def test_the_first_meeting_may_have_a_day_too(visitor: Visitor, mary: Client) -> None:
    visitor.post(page_of(mary, "/another-day/first-meeting"), day="tomorrow")

    assert step(mary, "first-meeting").due == TODAY + timedelta(days=1)
    assert "First meeting, tomorrow" in " ".join(visitor.get("/coaching").text.split())


def test_the_call_after_one_visit_is_put_aside(visitor: Visitor, mary: Client) -> None:
    make_programme(mary, TODAY - A_WEEK)
    visit = make_contact(mary, VISIT, 90, TODAY)

    visitor.post(page_of(mary, f"/aside/next-day?visit={visit.id}"))

    assert step(mary, NEXT_DAY).is_aside


def test_a_visit_with_another_client_has_no_call_here(visitor: Visitor, mary: Client) -> None:
    others = make_contact(make_client(), VISIT)

    for visit in (others.id, "", 10**30):
        assert visitor.post(page_of(mary, f"/aside/next-day?visit={visit}")).status_code == 404


def test_undoing_a_visit_takes_what_was_said_of_its_call_with_it(
    visitor: Visitor, mary: Client
) -> None:
    make_programme(mary, TODAY)
    visit = make_contact(mary, VISIT, 90, TODAY)
    visitor.post(page_of(mary, f"/done/next-day?visit={visit.id}"))

    visitor.post(f"/coaching/clients/{mary.id}/contacts/{visit.id}/remove")

    assert kept_of([mary])[mary.id].said == []


def test_marys_time_comes_out_as_in_the_story(visitor: Visitor, mary: Client) -> None:
    start = TODAY - 12 * A_WEEK
    make_contact(mary, CALL, 12, start - A_WEEK)
    make_programme(mary, start)
    make_contact(mary, MEETING, 60, start)
    make_contact(mary, VISIT, 120, start + A_WEEK, times=3)
    make_contact(mary, VISIT, 90, start + 2 * A_WEEK)
    make_contact(mary, MEETING, 30, start + 6 * A_WEEK, step=REVIEW)
    for week in range(4):
        make_contact(mary, CALL, 12, start + week * A_WEEK)
    make_contact(mary, TEXT, 120, TODAY, times=37)

    page = visitor.get(page_of(mary)).text

    assert "5 calls, 37 texts and e-mails, 5 hours face to face, 8 hours in all." in page
    assert ">480<" in page
    assert "altogether" not in page
