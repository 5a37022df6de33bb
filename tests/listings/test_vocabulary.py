"""Words to interests, and the tree that travels with the package."""

import csv
from collections import defaultdict

import pytest

from connectdo.listings.queries import TREE
from connectdo.listings.vocabulary import CHILD, PARENT, SAME, SIBLING, Concept, Vocabulary
from connectdo.listings.vocabulary.tokens import singular, tokens

CONCEPTS = [
    Concept(1, "music", "Music", None),
    Concept(2, "singing", "Singing", "music", ("sing",), ("like to sing",)),
    Concept(3, "choir", "Choir", "singing", ("choral society",)),
    Concept(4, "gospel-choir", "Gospel choir", "singing"),
    Concept(5, "drumming", "Drumming", "music"),
    Concept(6, "company", "Company", None, (), ("someone to talk to",)),
]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(CONCEPTS)


def found(vocabulary: Vocabulary, text: str, *, said: bool = True) -> list[str]:
    """The names of the interests in a text, in the order of the words."""
    spans = vocabulary.spans(tokens(text), said=said)
    return [vocabulary.concepts[one].name for span in spans for one in span.interests]


def test_the_longest_name_wins_and_uses_up_its_words(vocabulary: Vocabulary) -> None:
    assert found(vocabulary, "a gospel choir and a choir") == ["Gospel choir", "Choir"]


def test_plural_and_capitals_do_not_matter(vocabulary: Vocabulary) -> None:
    assert found(vocabulary, "Choral Societies, CHOIRS") == ["Choir", "Choir"]


def test_sayings_count_only_for_what_a_person_says(vocabulary: Vocabulary) -> None:
    said = found(vocabulary, "I want someone to talk to")
    listed = found(vocabulary, "I want someone to talk to", said=False)

    assert said == ["Company"]
    assert listed == []


def test_a_span_tells_a_name_from_a_saying(vocabulary: Vocabulary) -> None:
    choir, talk = vocabulary.spans(tokens("choir or someone to talk to"), said=True)

    assert (choir.start, choir.end, choir.is_name) == (0, 1, True)
    assert (talk.start, talk.end, talk.is_name) == (2, 6, False)


def test_an_interest_is_named_by_any_of_its_names_or_its_slug(vocabulary: Vocabulary) -> None:
    names = [vocabulary.named(text) for text in ("gospel-choir", "Gospel choirs", "opera", "?")]

    assert names == [vocabulary.position["gospel-choir"]] * 2 + [None] * 2


def test_the_same_is_closer_than_a_child_than_the_parent_than_a_sibling(
    vocabulary: Vocabulary,
) -> None:
    at = vocabulary.position

    of_singing = vocabulary.closeness(at["singing"])
    of_choir = vocabulary.closeness(at["choir"])

    assert SAME > CHILD > PARENT > SIBLING > 0
    assert of_singing == {at["singing"]: SAME, at["choir"]: CHILD, at["gospel-choir"]: CHILD}
    assert of_choir == {at["choir"]: SAME, at["singing"]: PARENT, at["gospel-choir"]: SIBLING}


def test_a_vocabulary_kept_as_rows_comes_back_the_same(vocabulary: Vocabulary) -> None:
    again = Vocabulary.from_rows(vocabulary.as_rows())

    assert again.concepts == vocabulary.concepts
    assert found(again, "choral society") == ["Choir"]


@pytest.fixture(scope="module")
def tree() -> dict[str, dict[str, str]]:
    with TREE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    by_slug = {row["slug"]: row for row in rows}
    assert len(by_slug) == len({row["name"] for row in rows}) == len(rows)
    return by_slug


def test_the_packaged_tree_has_its_parents_first_and_is_at_most_three_deep(
    tree: dict[str, dict[str, str]],
) -> None:
    depth: dict[str, int] = {}

    for name, row in tree.items():
        depth[name] = 1 + (depth[row["parent"]] if row["parent"] else 0)

    assert len(depth) >= 200
    assert max(depth.values()) <= 3


def test_no_name_or_word_of_the_packaged_tree_means_two_interests(
    tree: dict[str, dict[str, str]],
) -> None:
    meanings = defaultdict(set)

    for slug, row in tree.items():
        for words in (row["name"], *row["words"].split(";")):
            meanings[tuple(map(singular, tokens(words)))].add(slug)

    meanings.pop((), None)
    assert {words: slugs for words, slugs in meanings.items() if len(slugs) > 1} == {}
