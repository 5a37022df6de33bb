"""What visitors do is counted through the pages they do it on."""

import atexit
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select, text
from time_machine import TimeMachineFixture

from connectdo.db import Base, db
from connectdo.insight.actions import forget_old
from connectdo.insight.counting import MOST, SHOWN, count, counts
from connectdo.insight.models import LookedFor
from connectdo.insight.writing import write_now_and_then, write_out
from connectdo.listings.models import Listing
from connectdo.search.sync import sync
from tests.databases import SERVER
from tests.factories import HOME, make_client, make_listing
from tests.insight.conftest import counted, led_to, looked_for
from tests.visitor import Visitor

SEARCH = "/search?q=choir&near=SE24+0NG"


@pytest.fixture
def choir(app: Flask) -> Listing:
    listing = make_listing("Lantern Street Choir", miles=1, interests=["Choir"], weekly="Tue 18:30")
    sync()
    return listing


def from_page(page: str) -> dict[str, str]:
    return {"Referer": f"http://localhost{page}"}


def everything_written() -> str:
    write_out()
    tables = (select(Base.metadata.tables[each]) for each in ("looked_for", "led_to"))
    return str([list(db.session.execute(each)) for each in tables])


def test_a_search_is_remembered_by_its_words_and_its_outcode(
    visitor: Visitor, choir: Listing
) -> None:
    visitor.get("/search?q=Evening++CHOIR&near=se240ng")

    assert looked_for() == [("SE24", "evening choir", "", 1, 1)]
    assert counted(choir) == {"shown": 1}


def test_a_place_without_a_postcode_is_the_outcode_it_is_nearest_to(
    visitor: Visitor, choir: Listing
) -> None:
    visitor.get("/search?q=choir&near=Herne+Hill")

    assert [row[0] for row in looked_for()] == ["SE24"]


def test_a_search_without_words_or_interests_is_not_remembered_but_shows(
    visitor: Visitor, choir: Listing
) -> None:
    visitor.get("/search?near=SE24+0NG&day=tue")

    assert looked_for() == []
    assert counted(choir) == {"shown": 1}


def test_how_much_was_found_is_counted_near_the_place(visitor: Visitor, choir: Listing) -> None:
    for number in range(5):
        make_listing(f"Choir {number}", miles=40, interests=["Choir"])
    sync()

    visitor.get(SEARCH)
    visitor.get("/search?q=choir")

    assert looked_for() == [("", "choir", "", 1, 6), ("SE24", "choir", "", 1, 1)]


def test_a_listing_opened_from_results_was_led_to_by_what_was_looked_for(
    visitor: Visitor, choir: Listing
) -> None:
    page = f"/listings/{choir.id}"
    visitor.get(page, headers=from_page(f"{SEARCH}&within=2&interest=choir&time=evening"))
    visitor.get(page, headers={"Referer": "https://elsewhere.example/search?q=choir"})
    visitor.get(page, headers={"Referer": "http://["})

    assert counted(choir) == {"opened": 3}
    assert led_to(choir) == [("evening choir", "choir", 1)]


def test_a_listing_kept_is_counted_once(visitor: Visitor, choir: Listing) -> None:
    for _ in range(2):
        visitor.post(f"/my-list/{choir.id}")

    assert counted(choir) == {"kept": 1}


def test_a_listing_put_on_a_shortlist_is_counted_once(visitor: Visitor, choir: Listing) -> None:
    client = make_client()
    visitor.sign_in(client.coach)
    for _ in range(2):
        visitor.post(f"/coaching/clients/{client.id}/find/{choir.id}")

    assert counted(choir) == {"shortlisted": 1}


def test_the_map_and_another_order_of_the_same_results_count_nothing(
    visitor: Visitor, choir: Listing
) -> None:
    visitor.get(SEARCH)
    for again in (f"{SEARCH}&view=map", f"{SEARCH}&sort=nearest", SEARCH):
        visitor.get(again, headers=from_page(SEARCH))

    assert counted(choir) == {"shown": 1}
    assert looked_for() == [("SE24", "choir", "", 1, 1)]


def test_another_page_of_results_shows_and_is_no_other_search(
    visitor: Visitor, choir: Listing
) -> None:
    for number in range(25):
        make_listing(f"Choir {number}", miles=1, interests=["Choir"])
    sync()

    visitor.get(SEARCH)
    visitor.get(f"{SEARCH}&page=2", headers=from_page(SEARCH))
    visitor.get(SEARCH, headers=from_page(f"{SEARCH}&page=2"))

    assert looked_for() == [("SE24", "choir", "", 1, 26)]


def test_other_words_in_the_same_box_are_another_search(visitor: Visitor, choir: Listing) -> None:
    visitor.get(SEARCH)
    visitor.get(SEARCH.replace("choir", "chess"), headers=from_page(SEARCH))

    assert [row[1] for row in looked_for()] == ["chess", "choir"]


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; Examplebot/2.1)"},
        {"User-Agent": "ExampleSpider"},
        {"User-Agent": "a CRAWLER of ours"},
        {"Sec-Purpose": "prefetch"},
        {"Sec-Purpose": "prefetch;prerender"},
    ],
)
def test_who_is_not_a_person_is_not_counted(
    visitor: Visitor, choir: Listing, headers: dict[str, str]
) -> None:
    visitor.get(SEARCH, headers=headers)
    visitor.get(f"/listings/{choir.id}", headers=headers)

    assert counted(choir) == {}
    assert looked_for() == []


def test_nothing_of_a_person_reaches_the_database(visitor: Visitor, choir: Listing) -> None:
    asked = ["Canary Zzyzxson", "choir Zzyzxson", "zzyzxson@mail.example", "choir 07700 900123",
             "choir SE24 0NG", "want to die"]  # fmt: skip
    for each in asked:
        visitor.get("/search", query_string={"q": each, "near": HOME})
        came_from = from_page(f"/search?q={each.replace(' ', '+')}&near=SE24+0NG")
        visitor.get(f"/listings/{choir.id}", headers=came_from)
    visitor.get("/search", query_string={"interest": "Zzyzxson", "q": "choir", "near": HOME})

    written = everything_written().lower()

    assert looked_for() == []
    assert counted(choir)["opened"] == len(asked)
    for secret in ("zzyzxson", "0ng", "07700", "die", "127.0.0.1"):
        assert secret not in written


def test_looking_at_results_writes_nothing_by_itself(visitor: Visitor, choir: Listing) -> None:
    visitor.get(SEARCH)

    assert db.session.scalars(select(LookedFor)).all() == []


def test_what_two_workers_count_adds_up(
    app: Flask, visitor: Visitor, choir: Listing, another_app: Callable[[], Flask]
) -> None:
    other = another_app()
    for each in (visitor, Visitor(other), Visitor(other)):
        each.get(SEARCH)
    with other.app_context():
        write_out()

    assert looked_for() == [("SE24", "choir", "", 3, 1)]
    assert counted(choir) == {"shown": 3}


def test_a_database_that_is_busy_loses_nothing(visitor: Visitor, choir: Listing) -> None:
    visitor.get(SEARCH)
    db.session.rollback()
    hurried(visitor.app)

    with db.engine.connect() as busy:
        busy.execute(text("LOCK TABLE looked_for" if SERVER else "DELETE FROM looked_for"))
        was_written = write_out()
        visitor.get(SEARCH)

    assert not was_written
    assert looked_for() == [("SE24", "choir", "", 2, 1)]
    assert counted(choir) == {"shown": 2}


def test_what_is_held_while_the_database_is_away_has_an_end(app: Flask) -> None:
    for start in range(0, 3 * MOST, MOST):
        count(SHOWN, range(start, start + MOST))

    assert len(counts().take()) == MOST


def test_a_worker_writes_what_it_has_counted_when_it_ends(
    app: Flask, visitor: Visitor, choir: Listing, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_the_end: list[Callable[[], None]] = []
    monkeypatch.setattr(atexit, "register", at_the_end.append)
    write_now_and_then(app)
    visitor.get(SEARCH)

    for each in at_the_end:
        each()

    assert [each.times for each in db.session.scalars(select(LookedFor))] == [1]


def test_the_counts_of_a_listing_that_is_gone_hold_up_no_other(
    visitor: Visitor, choir: Listing
) -> None:
    gone = make_listing("Gone")
    visitor.get(SEARCH)
    visitor.get(f"/listings/{gone.id}", headers=from_page(SEARCH))
    db.session.delete(gone)
    db.session.commit()

    assert write_out()
    assert counted(choir) == {"shown": 1}


def test_counts_are_forgotten_after_13_months(
    visitor: Visitor, choir: Listing, time_machine: TimeMachineFixture
) -> None:
    start = datetime(2026, 10, 7, 12, tzinfo=UTC)
    for days in (0, 30):
        time_machine.move_to(start + timedelta(days=days))
        visitor.get(SEARCH)
        visitor.get(f"/listings/{choir.id}", headers=from_page(SEARCH))
    write_out()
    time_machine.move_to(start + timedelta(days=396 + 2))

    forget_old()

    assert counted(choir) == {"shown": 1, "opened": 1}
    assert led_to(choir) == [("choir", "", 1)]
    assert looked_for() == [("SE24", "choir", "", 1, 1)]


def hurried(app: Flask) -> None:
    """Has whoever waits for the database give up at once."""
    wait = "SET lock_timeout = '50ms'" if SERVER else "PRAGMA busy_timeout = 50"

    @event.listens_for(db.engine, "checkout")
    def give_up_soon(connection: object, *_: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute(wait)
        cursor.close()
