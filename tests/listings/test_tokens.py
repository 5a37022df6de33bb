"""Text to words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectdo.listings.vocabulary.tokens import singular, stem, stems, tokens


@pytest.mark.parametrize("text", ["T'ai chi", "T’ai chi", "tai chi", "TAI  CHI", "tʼai-chi"])
def test_apostrophes_and_case_do_not_matter(text: str) -> None:
    assert tokens(text) == ["tai", "chi"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("MS", ["ms"]),
        ("AA meeting", ["aa", "meeting"]),
        ("IT for all", ["it", "for", "all"]),
        ("the 50+ club", ["the", "50plus", "club"]),
        ("50 plus", ["50plus"]),
        ("50+club", ["50plus", "club"]),
        ("A-Z & 1-2-1", ["a", "z", "and", "1", "2", "1"]),
    ],
)
def test_short_words_and_numbers_are_words(text: str, words: list[str]) -> None:
    assert tokens(text) == words


@pytest.mark.parametrize(
    ("written", "otherwise"),
    [
        ("café", "cafe"),
        ("cafe\u0301", "café"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("ﬁtness", "fitness"),
        ("علي", "علی"),
        ("مُحَمَّد", "محمد"),
    ],
)
def test_two_ways_of_writing_a_word_are_one_word(written: str, otherwise: str) -> None:
    assert tokens(written) == tokens(otherwise) != []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("हिन्दी में गाना", ["हिन्दी", "में", "गाना"]),
        ("ਪੰਜਾਬੀ ਭੰਗੜਾ।", ["ਪੰਜਾਬੀ", "ਭੰਗੜਾ"]),
        ("اردو مشاعرہ", ["اردو", "مشاعرہ"]),
        ("太极", ["太", "极"]),
        ("Yoga太极", ["yoga", "太", "极"]),
    ],
)
def test_other_scripts_keep_their_letters(text: str, words: list[str]) -> None:
    assert tokens(text) == words


@settings(max_examples=300)
@given(st.text(max_size=40))
def test_words_that_were_folded_once_stay_as_they_are(text: str) -> None:
    words = tokens(text)

    assert tokens(" ".join(words)) == words


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("choirs", "choir"),
        ("hobbies", "hobby"),
        ("churches", "church"),
        ("boxes", "box"),
        ("chess", "chess"),
        ("bus", "bus"),
        ("ms", "ms"),
        ("50plus", "50plus"),
    ],
)
def test_a_name_loses_only_its_plural_ending(many: str, one: str) -> None:
    assert singular(many) == one


def test_english_endings_are_stemmed_and_short_or_foreign_words_are_not() -> None:
    assert stem("singing") == stem("sings")
    assert stems("AA हिन्दी") == ["aa", "हिन्दी"]
