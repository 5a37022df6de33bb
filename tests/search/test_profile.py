"""What suits a person: their interests, place, time and needs, without any words."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from connectdo.listings.queries import listings_by_id
from connectdo.search.finding import Found, find
from connectdo.search.profile import query_for
from connectdo.search.query import BadQuery
from connectdo.search.sync import sync
from connectdo.search.wording import reasons_in_words
from tests.factories import HOME, TODAY, make_listing

Profile = dict[str, object]


@pytest.fixture
def suiting(app: Flask) -> Callable[..., Found]:
    """What suits a profile, as of the tests' day."""

    def suiting(profile: Profile, **options: Any) -> Found:
        sync()
        return find(query_for(profile, {"as_of": TODAY, **options}))

    return suiting


@pytest.fixture
def names(suiting: Callable[..., Found]) -> Callable[..., list[str]]:
    def names(profile: Profile, **options: Any) -> list[str]:
        found = suiting(profile, **options)
        return [each.name for each in listings_by_id(r.listing_id for r in found.results)]

    return names


@pytest.fixture
def reasons(suiting: Callable[..., Found]) -> Callable[..., list[str]]:
    """The reasons of the first, in words."""

    def reasons(profile: Profile, **options: Any) -> list[str]:
        found = suiting(profile, **options)
        return reasons_in_words(found.results[0].reasons, found.now)

    return reasons


Names = Callable[..., list[str]]
Words = Callable[..., list[str]]


def test_a_profile_finds_its_interests_without_any_words(names: Names) -> None:
    make_listing("Tenants meeting")
    make_listing("Lantern Street Choir", interests=["Choir"])

    found = names({"interests": ["Choir"]})

    assert found == ["Lantern Street Choir"]


def test_an_interest_that_matters_more_comes_first(names: Names) -> None:
    make_listing("Beds and borders", interests=["Gardening"])
    make_listing("Evening song", interests=["Choir"])

    found = names({"interests": {"Gardening": 1, "Choir": 3}})

    assert found == ["Evening song", "Beds and borders"]


def test_what_covers_more_interests_comes_first(names: Names) -> None:
    make_listing("Evening song", interests=["Choir"])
    make_listing("Song in the garden", interests=["Choir", "Gardening"])

    found = names({"interests": {"Choir": 2, "Gardening": 2}})

    assert found == ["Song in the garden", "Evening song"]


def test_how_far_a_person_goes_decides(names: Names) -> None:
    make_listing("Far choir", interests=["Choir"], miles=6)
    make_listing("Near choir", interests=["Choir"], miles=1)

    found = names({"interests": ["Choir"], "near": HOME, "within": 3})

    assert found == ["Near choir"]


def test_a_daytime_person_finds_evenings_below(names: Names) -> None:
    make_listing("Evening choir", interests=["Choir"], weekly="Wed 19:30")
    make_listing("Morning choir", interests=["Choir"], weekly="Mon 10:00")

    found = names({"interests": ["Choir"], "when": ["morning", "afternoon"]})

    assert found == ["Morning choir", "Evening choir"]


def test_a_time_that_nobody_knows_is_between_one_that_suits_and_one_that_does_not(
    names: Names,
) -> None:
    make_listing("Thursday choir", interests=["Choir"], weekly="Thu 10:00")
    make_listing("Choir some day", interests=["Choir"])
    make_listing("Tuesday choir", interests=["Choir"], weekly="Tue 10:00")

    found = names({"interests": ["Choir"], "when": ["tue morning"]})

    assert found == ["Tuesday choir", "Choir some day", "Thursday choir"]


@pytest.mark.parametrize(
    ("need", "yes", "no"),
    [
        ("step_free", {"access": "step_free"}, {"access": "no step_free"}),
        ("free", {"is_free": True}, {"is_free": False}),
        ("women_only", {"gender": "women"}, {"gender": "men"}),
        ("men_only", {"gender": "men"}, {"gender": "women"}),
        ("daytime", {"weekly": "Tue 14:00"}, {"weekly": "Tue 18:00"}),
    ],
)
def test_a_need_decides_and_who_does_not_say_stays_below(
    names: Names, need: str, yes: dict[str, Any], no: dict[str, Any]
) -> None:
    make_listing("Says no", interests=["Choir"], **no)
    make_listing("Says nothing", interests=["Choir"])
    make_listing("Says yes", interests=["Choir"], **yes)

    found = names({"interests": ["Choir"], "needs": [need]})

    assert found == ["Says yes", "Says nothing"]


def test_each_reason_names_the_need_it_answers(reasons: Words) -> None:
    make_listing("Choir", interests=["Choir"], access="step_free", gender="women", is_free=True)

    told = reasons({"interests": ["Choir"], "needs": ["step_free", "women_only", "free"]})

    assert told == ["Matches choir", "free", "step-free access", "women only"]


def test_what_is_unknown_is_said_with_what_to_do(reasons: Words) -> None:
    make_listing("Choir", interests=["Choir"])

    told = reasons({"needs": ["step_free", "free", "daytime", "women_only"]})

    assert told == [
        "step-free access not stated: ask them",
        "cost not stated: ask them",
        "time of day not stated: ask them",
        "women only not stated: ask them",
    ]


def test_a_reason_says_whether_it_is_when_the_person_is_free(reasons: Words) -> None:
    make_listing("Choir", interests=["Choir"], weekly="Tue 10:00")

    fits = reasons({"interests": ["Choir"], "when": ["tue"]})
    clashes = reasons({"interests": ["Choir"], "when": ["wed"]})

    assert "when you are free" in fits
    assert "not when you are free" in clashes


def test_what_a_person_said_no_to_is_not_suggested_again(names: Names) -> None:
    refused = make_listing("Refused choir", interests=["Choir"])
    left = make_listing("Choir left out", interests=["Choir"])
    make_listing("Another choir", interests=["Choir"])

    found = names({"interests": ["Choir"], "said_no": [refused.id]}, leave_out=[left.id])

    assert found == ["Another choir"]


def test_what_is_left_out_is_not_counted(suiting: Callable[..., Found]) -> None:
    refused = make_listing("Refused choir", interests=["Choir"], is_free=True)
    make_listing("Another choir", interests=["Choir"], is_free=True)

    found = suiting({"interests": ["Choir"], "said_no": [refused.id]})

    assert found.total == 1
    assert found.facets["free"] == [{"value": "yes", "count": 1}]


def test_what_is_marked_is_found_and_told_apart(reasons: Words) -> None:
    listing = make_listing("Choir", interests=["Choir"])

    told = reasons({"interests": ["Choir"]}, mark=[listing.id])

    assert told == ["Matches choir", "suggested before"]


def test_the_options_of_a_search_win_over_the_profile(names: Names) -> None:
    make_listing("Beds and borders", interests=["Gardening"])
    make_listing("Evening song", interests=["Choir"])

    found = names({"interests": {"Choir": 3}}, interest=["Gardening"])

    assert found == ["Beds and borders"]


@pytest.mark.parametrize(
    ("profile", "told"),
    [
        ({"age": 54}, 'A profile has no "age".'),
        ({"interests": {"Choir": 9}}, 'Say how much "Choir" matters: 1, 2 or 3.'),
        ({"interests": "Choir"}, 'Write interests like {"Choir": 3, "Gardening": 1}.'),
        ({"needs": ["a lift home"]}, '"a lift home" is not a need that we know'),
        ({"needs": "free"}, 'Write "needs" as a list, in square brackets.'),
        ({"when": ["soon"]}, '"soon" is not a time like "tue" or "tue morning".'),
        ({"said_no": ["the choir"]}, '"the choir" is not the number of a listing.'),
    ],
)
def test_a_profile_that_cannot_be_read_says_what_to_write(
    app: Flask, profile: Profile, told: str
) -> None:
    with pytest.raises(BadQuery, match=re.escape(told)):
        query_for(profile, {})


def test_the_command_reads_a_profile_from_a_file(app: Flask, tmp_path: Path) -> None:
    refused = make_listing("Refused choir", interests=["Choir"])
    make_listing("Another choir", interests=["Choir"])
    file = tmp_path / "profile.json"
    file.write_text(json.dumps({"interests": {"Choir": 3}}))
    run = app.test_cli_runner().invoke

    result = run(args=["search", "--profile", str(file), "--leave-out", str(refused.id), "--json"])

    assert result.exit_code == 0, result.output
    assert [each["name"] for each in json.loads(result.stdout)["results"]] == ["Another choir"]


@pytest.mark.parametrize("written", ["not JSON", "[]", None])
def test_a_profile_file_that_cannot_be_read_is_a_clear_error(
    app: Flask, tmp_path: Path, written: str | None
) -> None:
    file = tmp_path / "profile.json"
    if written is not None:
        file.write_text(written)

    result = app.test_cli_runner().invoke(args=["search", "--profile", str(file)])

    assert result.exit_code == 2
    assert "profile" in result.stderr


def test_a_line_of_a_batch_may_carry_a_profile(app: Flask, tmp_path: Path) -> None:
    refused = make_listing("Refused choir", interests=["Choir"])
    make_listing("Another choir", interests=["Choir"])
    file = tmp_path / "batch.jsonl"
    line = {"profile": {"interests": ["Choir"]}, "leave_out": [refused.id]}
    file.write_text(json.dumps(line))

    result = app.test_cli_runner().invoke(args=["search", "--batch", str(file)])

    assert [each["name"] for each in json.loads(result.stdout)["results"]] == ["Another choir"]


def test_what_names_a_language_they_speak_comes_first_and_says_so(
    names: Names, reasons: Words
) -> None:
    make_listing("Cooking together", interests=["Cooking"])
    make_listing("Cooking with neighbours", interests=["Cooking"], languages=["Somali"])
    profile: Profile = {"interests": ["Cooking"], "speaks": ["English", "Somali"]}

    assert names(profile) == ["Cooking with neighbours", "Cooking together"]
    assert "says Somali" in reasons(profile)


def test_a_language_that_nothing_names_changes_nothing(names: Names) -> None:
    make_listing("Cooking together", interests=["Cooking"])
    make_listing("Cooking supper", interests=["Cooking"], languages=["Polish"])

    without = names({"interests": ["Cooking"]})

    assert names({"interests": ["Cooking"], "speaks": ["Sylheti"]}) == without
