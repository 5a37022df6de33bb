"""Which words find which listings."""

from collections.abc import Callable

import pytest

from connectdo.search.finding import Found
from tests.factories import make_listing

Names = Callable[..., list[str]]
Search = Callable[..., Found]


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("MS drop-in", "MS"),
        ("AA on Tuesdays", "aa"),
        ("Line dancing 50+", "50+"),
        ("Line dancing 50 plus", "50+"),
        ("ESOL level 2", "esol level 2"),
        ("Memory café", "cafe"),
        ("Memory cafe", "café"),
        ("T’ai chi in the park", "tai chi"),
        ("Tai chi in the park", "t'ai chi"),
        ("اردو کتاب گروپ", "کتاب"),
        ("Spotkania przy kawie i żurku", "zurku"),
        ("Kółko szachowe", "kolko"),
        ("हिन्दी कविता समूह", "कविता"),
        ("太极拳", "太极"),
        ("IT for beginners", "it"),
    ],
)
def test_no_word_is_too_short_or_too_foreign_to_find(names: Names, said: str, typed: str) -> None:
    make_listing("Another thing altogether")
    make_listing(said)

    found = names(typed)

    assert found == [said]


def test_joining_words_alone_do_not_make_an_answer(names: Names) -> None:
    make_listing("Something for you and me")
    make_listing("Lantern making")

    found = names("I would like to make a lantern for my window")

    assert found == ["Lantern making"]


def test_a_long_word_that_nothing_has_is_read_as_its_nearest_spelling(search: Search) -> None:
    make_listing("Knitting circle")

    found = search("knittng")

    assert found.total == 1
    assert found.corrections == (("knittng", "knitting"),)


def test_a_word_that_something_has_is_never_respelt(search: Search) -> None:
    make_listing("Lantern makers")
    make_listing("Lanterns")
    make_listing("Kanterns")

    found = search("kanterns")

    assert found.corrections == ()


def test_a_word_that_few_say_is_searched_as_typed_and_a_usual_one_offered(search: Search) -> None:
    for number in range(10):
        make_listing(f"Lantern walk {number}")
    make_listing("Kites by Lentern")

    found = search("lentern")

    assert (found.total, found.corrections) == (1, ())
    assert found.did_you_mean == "lantern"


def test_a_word_that_many_say_is_taken_as_meant(search: Search) -> None:
    make_listing("Lantern makers")
    make_listing("Lentern makers")

    found = search("lentern")

    assert found.did_you_mean is None


def test_a_short_word_is_never_respelt(names: Names) -> None:
    make_listing("Arts")

    found = names("arks")

    assert found == []


def test_an_exact_word_is_above_a_corrected_one(names: Names) -> None:
    make_listing("Lantern and drumming")
    make_listing("Lantern and other drummnig things, kites among them")

    found = names("lantern drumming")

    assert found[0] == "Lantern and drumming"


@pytest.mark.parametrize(
    "said",
    ["lonely", "someone to talk to", "I want to get out of the house", "I don't know anyone here"],
)
def test_what_people_say_leads_to_befriending_and_social_groups(names: Names, said: str) -> None:
    make_listing("Knights' table", interests=["Chess"])
    make_listing("Tea at two", interests=["Social groups"])
    make_listing("A visitor each week", interests=["Befriending"])

    found = names(said)

    assert set(found) <= {"Tea at two", "A visitor each week"}
    assert found


def test_a_synonym_finds_what_says_another_word(names: Names) -> None:
    make_listing("Slow moves in the park", interests=["Tai chi"])

    found = names("taiji")

    assert found == ["Slow moves in the park"]


def test_a_tag_that_the_tree_does_not_know_is_searched(names: Names) -> None:
    make_listing("Saturday table", tags=["Dominoes"])

    found = names("dominoes")

    assert found == ["Saturday table"]


def test_a_search_without_words_finds_everything(search: Search) -> None:
    for _ in range(3):
        make_listing()

    found = search()

    assert found.total == 3


def test_listings_to_come_after_the_last_page_are_none(search: Search) -> None:
    make_listing("Choir")

    found = search("choir", offset=20)

    assert (found.total, found.results) == (1, [])


def test_only_the_words_that_are_there_are_said_to_be_mentioned(search: Search) -> None:
    make_listing("Book table", description="We are a small and friendly group of readers.")

    found = search("walking group")

    assert found.results[0].reasons.mentions == ("group",)
