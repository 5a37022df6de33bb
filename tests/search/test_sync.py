"""The index stays a true view of the database."""

import shutil
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from connectdo.db import db
from connectdo.listings.models import HIDDEN, STOPPED, WAITING, Interest, Listing
from connectdo.search import finding, index, sync
from connectdo.search.finding import find
from connectdo.search.models import SearchState
from connectdo.search.query import Query
from tests.factories import make_listing, weekly_schedule

Names = Callable[..., list[str]]


def revision() -> int:
    return db.session.scalars(select(SearchState.rev)).one()


def test_a_new_listing_is_found_after_the_next_sync(names: Names) -> None:
    before = names("choir")

    make_listing("Choir")

    assert before == []
    assert names("choir") == ["Choir"]


def test_a_changed_name_is_found_by_the_new_one_only(names: Names) -> None:
    listing = make_listing("Choir")
    names("choir")

    listing.name = "Lantern makers"
    db.session.commit()

    assert names("choir") == []
    assert names("lantern") == ["Lantern makers"]


def test_a_deleted_listing_is_gone_from_search(names: Names) -> None:
    listing = make_listing("Choir")
    names("choir")

    db.session.delete(listing)
    db.session.commit()

    assert names("choir") == []


@pytest.mark.parametrize(
    "change",
    [
        lambda listing: setattr(listing.organisation, "name", "Kite people"),
        lambda listing: setattr(listing.venue, "name", "Kite house"),
        lambda listing: setattr(listing.interests[0], "name", "Kite flying"),
        lambda listing: setattr(listing, "tags", ["Kites"]),
        lambda listing: setattr(listing.serves[0], "name", "Kite valley"),
    ],
    ids=["organisation", "venue", "interest", "tags", "area"],
)
def test_a_change_of_what_belongs_to_a_listing_is_heard(
    names: Names, change: Callable[[Listing], None]
) -> None:
    listing = make_listing(miles=1, organisation="People", interests=["Choir"], serves=["Lambeth"])
    names()

    change(listing)
    db.session.commit()

    assert len(names("kite")) == 1


def test_a_cancelled_date_is_heard(app: Flask) -> None:
    listing = make_listing(schedules=[weekly_schedule("Tue 18:30")])
    sync.sync()
    before = find(Query()).results[0].reasons.next
    assert before is not None

    listing.schedules[0].cancelled_dates = [before.date().isoformat()]
    db.session.commit()
    sync.sync()

    after = find(Query()).results[0].reasons.next
    assert after is not None
    assert (after - before).days == 7


def test_a_new_word_for_an_interest_finds_its_listings(names: Names) -> None:
    make_listing("Slow moves", interests=["Tai chi"])
    before = names("wobblefu")
    interest = db.session.scalars(select(Interest).where(Interest.name == "Tai chi")).one()

    interest.words = [*interest.words, "wobblefu"]
    db.session.commit()

    assert before == []
    assert names("wobblefu") == ["Slow moves"]


def test_a_change_that_is_rolled_back_is_not_numbered(app: Flask) -> None:
    before = revision()

    db.session.add(Listing(kind="group", name="Choir", source="test", source_id="1"))
    db.session.flush()
    db.session.rollback()

    assert revision() == before


def test_nothing_waiting_writes_nothing(app: Flask) -> None:
    make_listing("Choir")
    sync.sync()

    written = sync.sync()

    assert written == 0


@pytest.mark.parametrize("statement", [update(Listing).values(name="x"), delete(Listing)])
def test_a_change_of_many_rows_past_the_session_is_refused(app: Flask, statement: object) -> None:
    make_listing("Choir")

    with pytest.raises(RuntimeError, match="one by one"):
        db.session.execute(statement)  # type: ignore[call-overload]


def test_an_index_of_another_database_is_made_again(names: Names) -> None:
    make_listing("Choir")
    names("choir")

    state = db.session.scalars(select(SearchState)).one()
    state.epoch, state.rev = "another", 0
    db.session.commit()

    assert sync.sync() == 1
    assert names("choir") == ["Choir"]


def test_a_search_that_has_begun_keeps_what_it_began_with(app: Flask) -> None:
    make_listing("Choir")
    sync.sync()
    held = finding.snapshot()

    make_listing("Choir two")
    sync.rebuild()

    assert finding.find_in(held, Query(text="choir"), finding.moment(None)).total == 1
    assert find(Query(text="choir")).total == 2


def test_check_finds_nothing_wrong_after_changes_of_every_kind(app: Flask) -> None:
    gone, changed = make_listing("Gone"), make_listing("Changed", weekly="Tue 18:30")
    sync.sync()
    db.session.delete(gone)
    changed.name = "Another name"
    make_listing("New", interests=["Choir"])

    assert sync.check() == []


def test_check_says_what_the_index_has_lost(app: Flask) -> None:
    listing = make_listing("Choir")
    sync.sync()
    current = index.current(sync.folder())

    current.write(current.state, [], [listing.id])

    assert sync.check() == [f"Listing {listing.id} is not in the index."]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (update(Listing).values(name="x"), "Listing 1 is another in the index."),
        (update(Listing).values(status=HIDDEN), "Listing 1 is in the index and is hidden."),
        (
            update(Listing).values(status=WAITING),
            "Listing 1 is in the index and waits for a moderator.",
        ),
        (update(Listing).values(status=STOPPED), "Listing 1 is in the index and has stopped."),
        (delete(Listing), "Listing 1 is in the index and not in the database."),
    ],
)
def test_check_says_what_passed_by_unnumbered(app: Flask, statement: Any, said: str) -> None:
    make_listing("Choir")
    sync.sync()

    db.session.execute(statement, execution_options={"no_listing_changes": True})
    db.session.commit()

    assert sync.check() == [said]


def test_check_repairs_nothing(app: Flask) -> None:
    make_listing("Choir")
    sync.sync()
    shutil.rmtree(sync.folder())

    result = app.test_cli_runner().invoke(args=["index", "check"])

    assert result.exit_code == 1
    assert not (sync.folder() / "CURRENT").exists()
