"""The rules of ranking, each as which of two listings comes first."""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np

from connectdo.listings.rules import is_unchecked, unanswered_since
from connectdo.search import ranking
from tests.factories import HOME, make_area, make_listing, once

Names = Callable[..., list[str]]


def test_a_phrase_is_above_all_words_and_all_words_above_some(names: Names) -> None:
    make_listing("Some", description="A lantern for everybody who comes to the hall at night.")
    make_listing("Phrase", description="We carry a paper lantern through the streets at night.")
    make_listing("All", description="A lantern made by you, out of paper and string and glue.")

    found = names("paper lantern")

    assert found == ["Phrase", "All", "Some"]


def test_a_word_in_the_name_is_above_one_in_the_summary_above_the_description(
    names: Names,
) -> None:
    make_listing("Third", description="There is a lantern.")
    make_listing("Second", summary="There is a lantern.")
    make_listing("Lantern makers")

    found = names("lantern")

    assert found == ["Lantern makers", "Second", "Third"]


def test_the_organisations_name_counts_as_much_as_a_summary(names: Names) -> None:
    make_listing("Second", description="Lantern makers meet.")
    make_listing("First", organisation="Lantern makers")

    found = names("lantern")

    assert found == ["First", "Second"]


def test_word_endings_do_not_matter(names: Names) -> None:
    make_listing("Tuesday lanterns")

    found = names("lantern")

    assert found == ["Tuesday lanterns"]


def test_the_same_interest_is_above_a_child_above_the_parent_above_a_sibling(
    names: Names,
) -> None:
    make_listing("Sibling", interests=["Singing for wellbeing"])
    make_listing("Parent", interests=["Singing"])
    make_listing("Same", interests=["Choir"])

    found = names("choir")

    assert found == ["Same", "Parent", "Sibling"]


def test_the_interest_itself_is_above_one_below_it(names: Names) -> None:
    make_listing("Child", interests=["Choir"])
    make_listing("Same", interests=["Singing"])

    found = names(interest="Singing")

    assert found == ["Same", "Child"]


def test_interests_that_share_only_a_heading_are_not_related(names: Names) -> None:
    make_listing("Pots", interests=["Pottery"])

    found = names("knitting")

    assert found == []


def test_several_interests_prefer_what_covers_more_of_them(names: Names) -> None:
    make_listing("Only one", interests=["Choir"])
    make_listing("Both", interests=["Choir", "Gardening"])

    found = names(interest=["Choir", "Gardening"])

    assert found == ["Both", "Only one"]


def test_the_nearer_of_two_equals_comes_first(names: Names) -> None:
    make_listing("Farther choir", miles=3.5, interests=["Choir"])
    make_listing("Nearer choir", miles=1.1, interests=["Choir"])

    found = names("choir", near=HOME)

    assert found == ["Nearer choir", "Farther choir"]


def test_a_real_choir_a_mile_away_beats_a_passing_mention_next_door(names: Names) -> None:
    make_listing("Tea and cake", miles=0.3, description="Some of us also sing in a choir.")
    make_listing("Lantern Street Choir", miles=1, interests=["Choir"])

    found = names("choir", near=HOME)

    assert found == ["Lantern Street Choir", "Tea and cake"]


def test_half_of_a_name_next_door_does_not_beat_the_thing_itself(names: Names) -> None:
    make_listing("Book table", miles=0.3, description="We are a group of people.")
    make_listing("Saturday ramble", miles=8, interests=["Walking groups"])

    found = names("walking group", near=HOME)

    assert found == ["Saturday ramble", "Book table"]


def test_something_near_beats_the_same_at_the_other_end_of_the_country(names: Names) -> None:
    make_listing("Far", miles=200, interests=["Choir"])
    make_listing("Near", miles=6, interests=["Choir"])

    found = names("choir", near=HOME)

    assert found == ["Near", "Far"]


def test_what_was_confirmed_lately_is_above_what_was_confirmed_long_ago(names: Names) -> None:
    make_listing("Fourteen months ago", interests=["Choir"], confirmed_on=date(2025, 8, 7))
    make_listing("Two weeks ago", interests=["Choir"], confirmed_on=date(2026, 9, 23))
    make_listing("Never", interests=["Choir"])

    found = names("choir")

    assert found == ["Two weeks ago", "Fourteen months ago", "Never"]


def test_what_nobody_confirms_ranks_lower_from_the_day_its_page_says_so() -> None:
    today = date(2026, 10, 7)
    unchecked = (today - unanswered_since(today)).days
    days = np.array([0.0, unchecked - 2, unchecked - 1, unchecked, unchecked + 1, np.nan])

    new, before, last, unanswered, after, never = ranking.freshness(days, unchecked)

    assert new > before > last > unanswered > after > never
    assert last - unanswered > 5 * (before - last)
    assert not is_unchecked(today - timedelta(days=unchecked - 1), today)
    assert is_unchecked(today - timedelta(days=unchecked), today)


def test_what_happens_soon_is_above_what_happens_in_spring(names: Names) -> None:
    make_listing("In spring", kind="event", schedules=[once("2027-04-06T18:30")])
    make_listing("Tomorrow", kind="event", schedules=[once("2026-10-08T18:30")])

    found = names()

    assert found == ["Tomorrow", "In spring"]


def test_listings_for_the_residents_of_another_area_rank_below_and_say_so(
    names: Names, search: Callable[..., object]
) -> None:
    make_area("Lambeth")
    make_listing("Theirs", miles=0.2, serves=["Ealing"], residents_only=True)
    make_listing("Ours", miles=5, serves=["Lambeth"], residents_only=True)

    found = names(near=HOME)
    reasons = search(near=HOME).results[1].reasons  # type: ignore[attr-defined]

    assert found == ["Ours", "Theirs"]
    assert reasons.for_others


def test_a_neighbour_across_the_boroughs_edge_is_simply_near(names: Names) -> None:
    make_listing("Far side of Lambeth", miles=2, near="SE27 9AA", interests=["Choir"])
    make_listing("Over the edge", miles=0.1, near="SE5 8RS", interests=["Choir"])

    found = names("choir", near="SE5 8RS")

    assert found == ["Over the edge", "Far side of Lambeth"]


def test_an_unanswered_access_need_is_below_every_answered_one(names: Names) -> None:
    make_listing("Says nothing", miles=0.1, interests=["Choir"])
    make_listing("Says yes", miles=19, interests=["Choir"], access="step_free")
    make_listing("Says no", miles=0.2, interests=["Choir"], access="no step_free")

    found = names("choir", near=HOME, access="step_free")

    assert found == ["Says yes", "Says nothing"]


def test_equals_stay_in_one_order(names: Names) -> None:
    made = [make_listing(f"Choir {n}", interests=["Choir"]).name for n in range(30)]

    found = names("choir", limit=30)

    assert found == made
