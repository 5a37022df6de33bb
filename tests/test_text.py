"""Text at the edge of the house."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import FileStorage

from connectdo.edge import Typed
from connectdo.text import UNWANTED, one_line, slug, tidy


@settings(max_examples=200)
@given(st.text(st.characters(), max_size=60))
def test_tidy_text_is_nfc_and_stays_as_it_is(text: str) -> None:
    once, line = tidy(text), one_line(text)

    assert (tidy(once), one_line(line)) == (once, line)
    assert unicodedata.is_normalized("NFC", once)
    assert not UNWANTED.search(once)
    assert len(line.splitlines()) <= 1


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Cafe\u0301", "Café"),
        ("Tea\0 and\x07 cake", "Tea and cake"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("half a letter \ud83d", "half a letter"),
        ("\ufeff start", "start"),
        ("हिन्दी 中文 Łódź", "हिन्दी 中文 Łódź"),
    ],
)
def test_what_says_nothing_is_taken_out_and_the_rest_is_kept(raw: str, clean: str) -> None:
    assert tidy(raw) == clean


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Weston-super-Mare", "weston-super-mare"),
        ("King's Lynn", "kings-lynn"),
        ("Bristol, City of", "bristol-city-of"),
        ("Ynys Môn", "ynys-mon"),
        ("東京", ""),
    ],
)
def test_a_name_becomes_part_of_an_address(name: str, address: str) -> None:
    assert slug(name) == address


def test_a_file_in_the_place_of_text_says_nothing() -> None:
    sent = FileStorage(filename="a.ics")

    assert list(Typed([("name", sent), ("file", sent), ("email", "a")])) == ["file", "email"]
