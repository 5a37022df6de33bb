"""Names made alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectdo.places.names import readings, search_key, short_keys


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Tulse Hill", "tulse hill"),
        ("St. Helens", "st helens"),
        ("Saint Helens", "st helens"),
        ("King's Lynn", "kings lynn"),
        ("King\N{RIGHT SINGLE QUOTATION MARK}s Lynn", "kings lynn"),
        ("Weston-super-Mare", "weston super mare"),
        ("Elephant & Castle", "elephant and castle"),
        ("The Oval", "oval"),
        ("The", "the"),
        ("Brynmenyn â", "brynmenyn a"),
        ("...", ""),
    ],
)
def test_a_name_has_one_key_however_it_is_written(name: str, key: str) -> None:
    assert search_key(name) == key


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    key = search_key(text)

    assert search_key(key) in (key, key.removeprefix("the "))


def test_a_long_name_goes_by_its_first_word_and_by_what_people_call_it() -> None:
    keys = short_keys("Kingston upon Hull", ["Hull", "Kingston upon Hull", "Halla", ""])

    assert keys == {"hull", "kingston"}


def test_a_text_is_read_whole_before_it_is_taken_apart() -> None:
    read = list(readings("West Norwood Lambeth"))

    assert read == [
        ("west norwood lambeth", ()),
        ("west norwood", ("lambeth",)),
        ("west", ("norwood lambeth",)),
    ]


def test_what_follows_a_comma_says_where_and_the_country_says_nothing() -> None:
    read = list(readings("Brixton, London, UK"))

    assert read[1] == ("brixton", ("london",))
