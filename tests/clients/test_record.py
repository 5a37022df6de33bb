"""The record: who looked, a copy to hand over, closing and opening again, and being forgotten."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from connectdo.clients import actions, forgetting, queries
from connectdo.clients.models import LEAD, Client
from connectdo.db import db, utc_now
from tests.clients.canaries import CANARY, canary, sow
from tests.factories import make_client, make_coach, make_team
from tests.visitor import Visitor


@pytest.fixture
def mary(app: Flask, visitor: Visitor) -> Client:
    client = make_client(make_coach(name="Ada"), loves=["Choir"])
    visitor.sign_in(client.coach)
    return client


def page_of(client: Client, page: str) -> str:
    return f"/coaching/clients/{client.id}/{page}"


def is_there(client_id: int) -> bool:
    found = queries.get_client(client_id) is not None
    db.session.rollback()
    return found


def test_the_record_says_who_sees_it_and_who_looked(visitor: Visitor, mary: Client) -> None:
    lead = make_coach(LEAD, team=mary.team, name="Lee")
    visitor.get(page_of(mary, "record"))

    text = visitor.get(page_of(mary, "record")).text

    assert lead.name in text
    assert "Ada, 2 pages" in text
    assert f"record number {mary.id}" in text


def test_looks_are_told_by_day_and_person(visitor: Visitor, mary: Client) -> None:
    for page in ("record", "about", "looks"):
        text = visitor.get(page_of(mary, page)).text

    assert text.count("Ada, ") == 1
    assert "Ada, 3 pages" in text


def test_the_coach_is_told_what_is_in_a_copy_before_it_is_made(
    visitor: Visitor, mary: Client
) -> None:
    text = visitor.get(page_of(mary, "copy")).text

    assert "Notes for colleagues are part of it" in text
    assert "“Choir”" not in text


def test_the_copy_speaks_to_the_client_and_nothing_keeps_it(visitor: Visitor, mary: Client) -> None:
    response = visitor.get(page_of(mary, "copy/all"))

    assert "What we keep about you" in response.text
    assert "“Choir”. You love it" in response.text
    assert response.headers["Cache-Control"] == "no-store"


def test_only_a_leads_copy_has_the_notes_to_the_leads(
    app: Flask, visitor: Visitor, mary: Client
) -> None:
    actions.worry(mary.team, mary.coach, "A bruise on her arm", mary)
    db.session.commit()
    lead = Visitor(app)
    lead.sign_in(make_coach(LEAD, team=mary.team))

    to_coach, to_lead = (each.get(page_of(mary, "copy/all")).text for each in (visitor, lead))

    assert "A bruise" not in to_coach
    assert "A bruise" in to_lead


def test_a_closed_record_is_listed_apart_and_opens_again(visitor: Visitor, mary: Client) -> None:
    visitor.post(page_of(mary, "close"))
    home, closed = visitor.get("/coaching").text, visitor.get("/coaching/closed").text
    visitor.post(page_of(mary, "open-again"))

    assert ("Mary" in home, "Mary" in closed) == (False, True)
    assert "Mary" in visitor.get("/coaching").text
    assert "Mary" not in visitor.get("/coaching/closed").text


def test_closing_twice_keeps_the_first_day(visitor: Visitor, mary: Client) -> None:
    mary.closed_at = utc_now() - timedelta(days=9)
    db.session.commit()
    day = mary.closed_at

    visitor.post(page_of(mary, "close"))

    db.session.refresh(mary)
    assert mary.closed_at == day


def test_leads_list_the_closed_records_of_their_team_only(app: Flask, visitor: Visitor) -> None:
    team = make_team()
    for name, coach in (("Mary", make_coach(team=team)), ("Noor", make_coach())):
        actions.close(make_client(coach, name))
    db.session.commit()
    visitor.sign_in(make_coach(LEAD, team=team))

    text = visitor.get("/coaching/closed").text

    assert ("Mary" in text, "Noor" in text) == (True, False)


def test_nothing_goes_before_the_second_press(visitor: Visitor, mary: Client) -> None:
    text = visitor.get(page_of(mary, "forget")).text

    assert "nobody can bring it back" in text
    assert is_there(mary.id)


def test_who_is_forgotten_is_gone_and_a_second_press_finds_nobody(
    visitor: Visitor, mary: Client
) -> None:
    first = visitor.post(page_of(mary, "forget"))
    second = visitor.post(page_of(mary, "forget"))

    assert (first.status_code, second.status_code) == (303, 404)
    assert not is_there(mary.id)


def test_to_forget_again_changes_nothing(mary: Client) -> None:
    forgetting.forget(mary)
    forgetting.forget(mary)

    assert not is_there(mary.id)


def test_no_byte_of_who_is_forgotten_stays_in_the_file(
    app: Flask, visitor: Visitor, mary: Client
) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps its own files")
    sow(mary)
    actions.hand_over(mary, mary.coach, mary.coach)
    lead = make_coach(LEAD, team=mary.team)
    db.session.commit()
    visitor.sign_in(lead)
    files = Path(str(db.engine.url.database)).parent

    def bytes_of_the_database() -> bytes:
        names = [Path(str(db.engine.url.database)).name + end for end in ("", "-wal", "-shm")]
        return b"".join((files / each).read_bytes() for each in names if (files / each).exists())

    before = bytes_of_the_database()
    assert visitor.post(page_of(mary, "forget")).status_code == 303

    left = bytes_of_the_database()
    assert canary("said").encode() in before
    words = {CANARY + each for each in ("name", "near", "said", "asked", "reason", "language")}
    assert {each for each in words if each.encode() in left} == set()


@pytest.mark.parametrize("by_the_clock", [False, True])
def test_a_record_that_somebody_worries_about_waits_for_a_lead(
    visitor: Visitor, mary: Client, by_the_clock: bool
) -> None:
    note = actions.worry(mary.team, mary.coach, "A bruise", mary)
    mary.closed_at = utc_now() - timedelta(days=365 * 3)
    db.session.commit()

    def go() -> None:
        if by_the_clock:
            forgetting.close_and_forget()
        else:
            visitor.post(page_of(mary, "forget"))

    go()
    kept = is_there(mary.id)
    actions.see_to(note, mary.coach, "Rang the GP")
    db.session.commit()
    go()

    assert kept
    assert not is_there(mary.id)


def test_records_close_and_go_by_themselves_as_their_team_says(app: Flask) -> None:
    team = make_team()
    actions.set_up_team(team, "", close_after=3, forget_after=6)
    coach = make_coach(team=team)
    used, unused, closed, long_closed = (make_client(coach, each) for each in "abcd")
    unused.used_at = utc_now() - timedelta(days=100)
    closed.closed_at = utc_now() - timedelta(days=100)
    long_closed.closed_at = utc_now() - timedelta(days=200)
    db.session.commit()
    ids = [each.id for each in (used, unused, closed, long_closed)]

    forgetting.close_and_forget()

    db.session.expire_all()
    found = [queries.get_client(each) for each in ids]
    assert [bool(each and each.closed_at) for each in found] == [False, True, True, False]
    assert found[-1] is None
