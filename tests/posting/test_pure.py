"""What needs neither a page nor a person: answers, suggestions, what two made of one listing."""

from datetime import date, time

import pytest

from connectdo.listings.schedules import Times
from connectdo.listings.vocabulary import Concept, Vocabulary
from connectdo.posting import answers, comparing
from connectdo.posting.pages import ALL, next_page
from connectdo.posting.suggesting import suggested, ticked

TODAY = date(2026, 10, 7)
A_TUESDAY = date(2026, 10, 13)
WEEKLY = Times(A_TUESDAY, time(18, 30), 90, "FREQ=WEEKLY;BYDAY=TU")
EVERY_THIRD_WEEK = Times(A_TUESDAY, time(10), None, "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU")
WORDS = Vocabulary(
    [
        Concept(1, "music", "Music", None),
        Concept(2, "choir", "Choir", "music", ("choral",), hints=("songs", "voices")),
        Concept(3, "chess", "Chess", None, hints=("board", "pawn")),
    ]
)


def said(**values: object) -> answers.Values:
    return answers.to_values(answers.blank()) | values


def test_what_a_listing_says_is_said_again_by_its_answers() -> None:
    cancelled = Times(A_TUESDAY, time(18, 30), 90, "FREQ=WEEKLY;BYDAY=TU",
                      cancelled_dates=frozenset({date(2026, 10, 20)}))  # fmt: skip
    values = said(name="Choir", tags=["x"], schedules=[answers.kept(cancelled)])

    again = answers.to_values(answers.from_values(values, 1, TODAY))

    assert again == values


def test_times_that_the_form_has_no_words_for_stay_beside_those_it_has() -> None:
    schedules = [answers.kept(WEEKLY), answers.kept(EVERY_THIRD_WEEK)]

    made = answers.from_values(said(schedules=schedules), 1, TODAY)

    assert [bool(block["said"]) for block in made["times"]] == [True, False]
    assert answers.schedules_in(made) == schedules


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Times(date(2025, 12, 6)), date(2026, 12, 5)),
        (Times(date(2026, 12, 5)), date(2027, 12, 4)),
        (Times(date(2022, 12, 10)), date(2026, 12, 5)),
    ],
)
def test_a_year_on_is_the_same_day_of_the_week_and_still_to_come(
    before: Times, after: date
) -> None:
    (moved,) = answers.a_year_on([answers.kept(before)], TODAY)

    assert moved["starts_on"] == after.isoformat()


def test_a_series_keeps_its_length_a_year_on() -> None:
    series = Times(date(2025, 10, 7), time(10), recurrence="FREQ=WEEKLY;BYDAY=TU;UNTIL=20251216")

    (moved,) = answers.a_year_on([answers.kept(series)], TODAY)

    assert moved["starts_on"] == "2026-10-06"
    assert "UNTIL=20261215" in moved["recurrence"]


def test_the_pages_follow_from_the_answers() -> None:
    fixed = {**answers.blank(), "place": answers.FIXED}
    nowhere = {**answers.blank(), "place": answers.NOWHERE}
    done = set(ALL) - {"venue", "reach"}

    assert next_page(fixed, done) == "venue"
    assert next_page(nowhere, done) == "reach"
    assert next_page(fixed, ALL) is None


def test_a_name_suggests_its_interest_and_several_hints_do() -> None:
    assert suggested(WORDS, "Tuesday choral group", "") == ["choir"]
    assert suggested(WORDS, "Tuesdays", "We mix voices and songs.") == ["choir"]
    assert suggested(WORDS, "Tuesdays", "We know some songs.") == []


def test_only_what_is_named_is_ticked() -> None:
    text = "We play chess, and mix voices and songs."

    assert ticked(WORDS, "", text) == ["chess"]
    assert set(suggested(WORDS, "", text)) == {"chess", "choir"}


def test_what_stands_above_says_nothing_new() -> None:
    assert suggested(WORDS, "Music choir", "") == ["choir"]


def test_what_only_one_changed_is_kept_and_only_what_both_did_is_asked() -> None:
    base = said(name="Choir", phone="1", cost="£1")
    mine, theirs = {**base, "phone": "2", "cost": "£2"}, {**base, "phone": "3", "name": "Chorus"}

    asked = comparing.differences(base, mine, theirs, TODAY)
    made = comparing.merged(base, mine, theirs, {"phone": comparing.THEIRS})

    assert [(each.part, each.mine, each.theirs) for each in asked] == [("phone", "2", "3")]
    assert (made["name"], made["phone"], made["cost"]) == ("Chorus", "3", "£2")


def test_every_answer_is_in_one_part_of_a_comparison() -> None:
    keys = [key for keys, _ in comparing.PARTS.values() for key in keys]

    assert sorted([*keys, "tags"]) == sorted(answers.to_values(answers.blank()))


def test_every_part_has_words() -> None:
    venue = {"name": "Hall", "address": "", "postcode": "SE24 0NG"}
    values = said(schedules=[answers.kept(WEEKLY)], venue=venue, delivery=["in_person", "online"],
                  is_free=True, min_age=18, access={"bsl": True, "parking": False},
                  booking="drop_in", photo={"hash": "x", "alt": "Singers"})  # fmt: skip

    words = {part: comparing.in_words(part, values, TODAY) for part in comparing.PARTS}

    assert words["when"] == "Every Tuesday, 6:30pm to 8pm, from 13 October"
    assert words["where"] == "Hall, SE24 0NG. Online"
    assert (words["cost"], words["ages"]) == ("Free", "from 18")
    assert words["access"] == "British Sign Language, no parking"
    assert (words["name"], words["photo"]) == ("Nothing", "Singers")
