"""The one rule for figures, and what of a search may be kept."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectdo.insight.rules import OF_ANY_INTEREST, may_be_kept, told
from connectdo.insight.wishes import LONGEST_LABEL, LONGEST_SLUG, Wish, wish_of
from connectdo.listings.choices import ACCESS, DAYS, NEEDS, TIMES
from connectdo.listings.queries import TREE
from connectdo.listings.vocabulary import Concept, Vocabulary
from connectdo.listings.vocabulary.tokens import JOINING, singular, tokens
from connectdo.search.query import Query


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """The interests that travel with the package."""

    def listed(text: str) -> tuple[str, ...]:
        return tuple(each.strip() for each in text.split(";") if each.strip())

    with TREE.open(encoding="utf-8", newline="") as file:
        return Vocabulary(
            Concept(
                number,
                row["slug"],
                row["name"],
                row["parent"] or None,
                listed(row["words"]),
                listed(row["sayings"]),
                listed(row["hints"]),
            )
            for number, row in enumerate(csv.DictReader(file))
        )


@given(st.integers(min_value=8, max_value=10**9))
def test_a_count_of_8_or_more_is_told_to_the_nearest_5(count: int) -> None:
    said = int(told(count).removeprefix("about ").replace(",", ""))

    assert told(count).startswith("about ")
    assert said % 5 == 0
    assert abs(said - count) <= 2


@given(st.integers(min_value=1, max_value=7))
def test_a_count_of_1_to_7_is_not_told(count: int) -> None:
    assert told(count) == told(1) == "fewer than 8"


def test_none_is_none() -> None:
    assert told(0) == "0"


@pytest.mark.parametrize(
    "text",
    ["choir", "Choir", "daytime choir", "choir for beginners", "over 50s", "couch to 5k",
     "I feel lonely", "T'ai chi", "walking group", "knitting near me", "French conversation",
     "alexander technique"],
)  # fmt: skip
def test_words_of_our_interests_and_ordinary_words_beside_them_are_kept(
    vocabulary: Vocabulary, text: str
) -> None:
    assert may_be_kept(text, vocabulary)


@pytest.mark.parametrize(
    "text",
    [
        "Maureen Okafor", "john smith", "John Morris", "Paul", "choir Maureen Okafor",
        "choir@mail.example", "choir maureen@mail.example", "07700 900123", "choir 07700900123",
        "choir SE24 0NG", "choir SE240NG", "choir SE24", "choir 12 5 1960", "choir 01/02/1960",
        "12", "a choir that sings songs from shows and films", "choir " * 6, "x" * 200,
        "want to die", "suicide", "domestic abuse", "choir no food today", "", "zumba\x00zzyzx",
        "مريم", "李小龙", "choir 李小龙",
    ],
)  # fmt: skip
def test_what_could_name_a_person_or_tells_of_a_crisis_is_not_kept(
    vocabulary: Vocabulary, text: str
) -> None:
    assert not may_be_kept(text, vocabulary)


@given(st.text(max_size=30))
def test_no_word_is_kept_that_we_did_not_write_ourselves(vocabulary: Vocabulary, text: str) -> None:
    ours = tokens(TREE.read_text(encoding="utf-8")) + OF_ANY_INTEREST.split() + [*JOINING]
    for choices in (DAYS, TIMES, ACCESS, NEEDS):
        ours += tokens(" ".join(choices.values()))

    if may_be_kept(f"choir {text}", vocabulary):
        assert {singular(each) for each in tokens(text)} <= {singular(each) for each in ours}


def test_filters_of_day_time_cost_and_access_are_said_with_the_words(
    vocabulary: Vocabulary,
) -> None:
    query = Query(text="Choir", days=("tue",), times=("evening",), free=True, access=("step_free",))

    assert wish_of(query, vocabulary) == Wish("tuesday evening free choir, step-free access", "")


def test_chosen_interests_are_kept_in_one_order(vocabulary: Vocabulary) -> None:
    one, other = (
        wish_of(Query(interests=each), vocabulary)
        for each in (("choir", "chess"), ("chess", "choir"))
    )

    assert one == other == Wish("", "chess,choir")


@pytest.mark.parametrize(
    "query",
    [
        Query(),
        Query(days=("tue",)),
        Query(text="choir", within=2.0),
        Query(text="choir", areas=("Lambeth",)),
        Query(text="choir", kinds=("event",)),
        Query(text="choir", delivery=("online",)),
        Query(interests=("maureen-okafor",)),
        Query(text="choir", days=("mon", "tue", "wed", "thu", "fri")),
    ],
)
def test_a_search_for_nothing_or_narrowed_by_what_says_nothing_is_not_remembered(
    vocabulary: Vocabulary, query: Query
) -> None:
    assert wish_of(query, vocabulary) is None


def test_what_is_kept_fits_its_columns(vocabulary: Vocabulary) -> None:
    assert max(map(len, ACCESS.values())) <= LONGEST_LABEL
    assert max(len(concept.slug) for concept in vocabulary.concepts) <= LONGEST_SLUG
