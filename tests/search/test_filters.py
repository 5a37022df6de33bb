"""Filters narrow; facets count; dates that are over are never shown."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from connectdo.search.finding import Found
from tests.factories import HOME, make_area, make_listing, once, weekly_schedule

Names = Callable[..., list[str]]
Search = Callable[..., Found]


def counts(found: Found, facet: str) -> dict[str, int]:
    return {each["value"]: each["count"] for each in found.facets[facet]}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"day": "tue"}, ["Tuesday evening", "Tuesday, no time"]),
        ({"day": ["tue", "wed"]}, ["Tuesday evening", "Tuesday, no time", "Wednesday morning"]),
        ({"time": "evening"}, ["Tuesday evening"]),
        ({"time": "morning"}, ["Wednesday morning"]),
        ({"day": "wed", "time": "evening"}, []),
    ],
)
def test_day_and_time_are_those_of_the_same_coming_date(
    names: Names, options: dict[str, Any], expected: list[str]
) -> None:
    make_listing("Tuesday evening", weekly="Tue 17:00")
    make_listing("Tuesday, no time", weekly="Tue")
    make_listing("Wednesday morning", weekly="Wed 11:59")
    make_listing("No dates")

    found = names(**options)

    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"free": True}, "Free phone line"),
        ({"delivery": "phone"}, "Free phone line"),
        ({"kind": "event"}, "Fair"),
        ({"interest": "Choir"}, "Choir in Lambeth"),
        ({"area": "Lambeth"}, "Choir in Lambeth"),
        ({"interest": "made-up craft"}, "Tagged"),
    ],
)
def test_each_filter_keeps_what_answers_it(
    names: Names, options: dict[str, Any], expected: str
) -> None:
    make_listing("Free phone line", delivery=["phone"], is_free=True)
    make_listing("Fair", kind="event", schedules=[once("2026-11-01")], is_free=False)
    make_listing("Choir in Lambeth", interests=["Choir"], miles=0)
    make_listing("Tagged", tags=["Made-up craft"])

    found = names(**options)

    assert found == [expected]


def test_events_that_are_over_never_show(names: Names) -> None:
    make_listing("Over", kind="event", schedules=[once("2026-10-06T18:30")])
    make_listing(
        "Ended", schedules=[weekly_schedule("Tue 18:30", recurrence="FREQ=WEEKLY;COUNT=1")]
    )
    make_listing("To come", kind="event", schedules=[once("2026-10-07T18:30")])

    found = names()

    assert found == ["To come"]


def test_next_is_the_first_date_neither_skipped_nor_cancelled(search: Search) -> None:
    schedule = weekly_schedule(
        "Tue 18:30", skip_dates=["2026-10-13"], cancelled_dates=["2026-10-20"]
    )
    make_listing(schedules=[schedule])

    found = search()

    assert found.results[0].reasons.next == datetime(2026, 10, 27, 18, 30)


def test_a_facet_says_how_many_choosing_it_would_leave(search: Search) -> None:
    make_listing(interests=["Choir"], weekly="Tue 18:30", is_free=True, miles=0)
    make_listing(interests=["Gospel choir"], weekly="Wed 10:00", access="step_free")
    make_listing(kind="event", delivery=["online"], schedules=[once("2026-10-08T13:00")])

    found = search()

    assert counts(found, "interest") == {
        "Music": 2, "Singing": 2, "Choir": 1, "Gospel choir": 1,
    }  # fmt: skip
    assert counts(found, "day") == {"tue": 1, "wed": 1, "thu": 1}
    assert counts(found, "time") == {"morning": 1, "afternoon": 1, "evening": 1}
    assert counts(found, "delivery") == {"in_person": 2, "online": 1}
    assert counts(found, "kind") == {"group": 2, "event": 1}
    assert counts(found, "area") == {"Lambeth": 1}
    assert counts(found, "free") == {"yes": 1}


def test_those_that_say_nothing_of_access_are_counted_apart(search: Search) -> None:
    make_listing("Yes", access="step_free")
    make_listing("No", access="no step_free")
    make_listing("Says nothing")

    found = search(access="step_free")

    step_free = next(f for f in found.facets["access"] if f["value"] == "step_free")
    assert (found.total, step_free["count"], step_free["not_stated"]) == (2, 1, 1)


def test_choosing_a_day_still_counts_the_other_days(search: Search) -> None:
    make_listing(weekly="Tue 18:30")
    make_listing(weekly="Wed 18:30")

    found = search(day="tue")

    assert found.total == 1
    assert counts(found, "day") == {"tue": 1, "wed": 1}


def test_facets_count_what_the_total_counts(search: Search) -> None:
    make_area("Lambeth")
    make_listing("Near", miles=1)
    make_listing("Far", miles=30)
    make_listing("By phone", delivery=["phone"])

    found = search(near=HOME, within=5)

    assert sum(counts(found, "kind").values()) == found.total == 2
