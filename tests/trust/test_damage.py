"""A damaged or lost index: pages answer from what they hold, and another is made."""

import pytest
from flask import Flask
from sqlalchemy import delete

from connectdo.db import db
from connectdo.listings.models import Listing
from connectdo.search import index, sync
from connectdo.search.door import Door
from connectdo.search.finding import find
from connectdo.search.index import Unusable
from connectdo.search.query import Query
from tests.factories import make_listing
from tests.trust.faults import FAULTS, cut_segments_short, lose_the_folder, scribble_over_postings
from tests.visitor import Visitor

CALM = "Search is being made ready"

# Whoosh leaves a damaged file open; it is closed, with a warning, when collected.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def choirs(app: Flask) -> Flask:
    """A site with three choirs in its index, of whose words only "lantern" has been asked for."""
    for number in range(3):
        make_listing(f"Lantern choir {number}", interests=["Choir"])
    sync.sync()
    assert find(Query(text="lantern")).total == 3
    return app


def forget_what_is_held(app: Flask) -> None:
    """As if this process had just begun."""
    app.extensions["connectdo.search"] = Door(sync.folder_of(app))


by_name = pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)


@by_name
def test_pages_answer_from_what_is_held(choirs: Flask, visitor: Visitor, fault) -> None:
    fault()

    page = visitor.get("/search?q=lantern")

    assert page.status_code == 200
    assert "Lantern choir 2" in page.text


@by_name
def test_a_process_that_holds_nothing_says_so_calmly_and_waits_for_nobody(
    choirs: Flask, visitor: Visitor, fault
) -> None:
    fault()
    forget_what_is_held(choirs)

    with index.sole_writer(sync.folder()):
        page = visitor.get("/search?q=lantern")

    assert page.status_code == 503
    assert int(page.headers["Retry-After"]) > 0
    assert CALM in page.text
    assert 'href="/search?q=lantern"' in page.text


@by_name
def test_the_carrier_makes_another_and_it_has_everything(choirs: Flask, fault) -> None:
    fault()
    make_listing("Lantern walk")

    sync.sync()

    assert sync.check() == []
    assert find(Query(text="lantern")).total == 4


@pytest.mark.parametrize("fault", [cut_segments_short, scribble_over_postings])
def test_damage_met_in_the_middle_of_a_search_takes_the_index_out_of_use(
    choirs: Flask, visitor: Visitor, fault
) -> None:
    fault()

    page = visitor.get("/search?q=choir")

    assert page.status_code == 503
    assert CALM in page.text
    assert index.change_mark(sync.folder()) == ()


@pytest.mark.parametrize("fault", [cut_segments_short, scribble_over_postings])
def test_an_index_out_of_use_is_made_again_by_the_carrier(choirs: Flask, fault) -> None:
    fault()
    with pytest.raises(Unusable):
        find(Query(text="choir"))

    sync.sync()

    assert find(Query(text="choir")).total == 3


@pytest.mark.parametrize("fault", [*FAULTS, scribble_over_postings])
def test_the_command_mends_the_index_and_answers(choirs: Flask, fault) -> None:
    fault()
    forget_what_is_held(choirs)

    result = choirs.test_cli_runner().invoke(args=["search", "choir"])

    assert result.output.startswith("3 results")


def test_a_damaged_index_does_not_stop_a_change_from_being_carried(choirs: Flask) -> None:
    scribble_over_postings()
    make_listing("Another choir")

    sync.sync()
    sync.rebuild()

    assert sync.check() == []


def test_damage_of_an_index_that_is_no_longer_in_use_leaves_the_new_one_alone(
    choirs: Flask,
) -> None:
    held = index.current(sync.folder())
    sync.rebuild()

    index.give_up(held.path, Unusable("It is damaged."))

    assert index.change_mark(sync.folder()) != ()


@pytest.mark.parametrize("path", ["/", "/search", "/interests", "/interests/choir", "/areas"])
def test_every_page_that_needs_the_index_is_calm_without_it(
    choirs: Flask, visitor: Visitor, path: str
) -> None:
    lose_the_folder()
    forget_what_is_held(choirs)

    page = visitor.get(path)

    assert page.status_code == 503
    assert CALM in page.text


@pytest.mark.parametrize("path", ["/listings/1", "/my-list", "/help-now", "/privacy"])
def test_the_other_pages_need_no_index(choirs: Flask, visitor: Visitor, path: str) -> None:
    lose_the_folder()
    forget_what_is_held(choirs)

    page = visitor.get(path)

    assert page.status_code == 200


def test_who_may_need_help_is_told_whom_to_ring_without_an_index_too(
    choirs: Flask, visitor: Visitor
) -> None:
    lose_the_folder()
    forget_what_is_held(choirs)

    page = visitor.get("/search?q=i+want+to+die")

    assert page.status_code == 503
    assert "116 123" in page.text
    assert "i want to die" not in page.text


def test_check_says_both_ways_what_differs_and_a_rebuild_mends_it(choirs: Flask) -> None:
    runner = choirs.test_cli_runner()
    current = index.current(sync.folder())
    current.write(current.state, [], [1])
    unheard = delete(Listing).where(Listing.id == 2)
    db.session.execute(unheard, execution_options={"no_listing_changes": True})
    db.session.commit()

    before = runner.invoke(args=["index", "check"])
    rebuilt = runner.invoke(args=["index", "rebuild"])
    after = runner.invoke(args=["index", "check"])

    assert [each.exit_code for each in (before, rebuilt, after)] == [1, 0, 0]
    assert "Listing 1 is not in the index." in before.output
    assert "Listing 2 is in the index and not in the database." in before.output
    assert "The index and the database agree." in after.output


@pytest.mark.parametrize("fault", [*FAULTS, scribble_over_postings])
def test_check_does_not_pass_over_a_damaged_index(choirs: Flask, fault) -> None:
    fault()

    result = choirs.test_cli_runner().invoke(args=["index", "check"])

    assert result.exit_code == 1
    assert "connectdo index rebuild" in result.output
