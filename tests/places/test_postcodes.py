"""Tidying postcodes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectdo.places import tidy_outcode, tidy_postcode
from connectdo.places.facts import fact_rows

OUTCODES = sorted(row["outcode"] for row in fact_rows("outcodes.csv"))
GAPS = ["", " ", "  ", "-", ".", "\t", "\u00a0", "\u200b"]

real_postcodes = st.builds(
    "{} {}".format,
    st.sampled_from(OUTCODES),
    st.from_regex(r"[0-9][ABDEFGHJLNPQRSTUWXYZ]{2}", fullmatch=True),
)


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        ("SE24 0NG", "SE24 0NG"),
        ("se240ng", "SE24 0NG"),
        ("  Se24   0nG ", "SE24 0NG"),
        ("se24-0ng.", "SE24 0NG"),
        ("S E 2 4 0 N G", "SE24 0NG"),
        ("ＳＥ２４ ０ＮＧ", "SE24 0NG"),
        ("M1 1AE", "M1 1AE"),
        ("w1a0ax", "W1A 0AX"),
        ("EC1A 1BB", "EC1A 1BB"),
        ("BT1 1AA", "BT1 1AA"),
    ],
)
def test_a_postcode_is_tidied_however_it_is_typed(typed: str, tidy: str) -> None:
    assert tidy_postcode(typed) == tidy


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        ("SE24 ONG", "SE24 0NG"),
        ("HP2O 1UY", "HP20 1UY"),
        ("S014 7AA", "SO14 7AA"),
        ("0X1 2AB", "OX1 2AB"),
        ("SEI 8XX", "SE1 8XX"),
        ("SW1A 1AA", "SW1A 1AA"),
        ("SWIA 1AA", "SW1A 1AA"),
        ("1P1 1AA", "IP1 1AA"),
        ("HAO 1AA", "HA0 1AA"),
        ("L1I 2AB", "L11 2AB"),
        ("EIO 5AB", "E10 5AB"),
        ("SE24 INF", "SE24 1NF"),
    ],
)
def test_letters_and_digits_that_look_alike_are_put_right(typed: str, tidy: str) -> None:
    assert tidy_postcode(typed) == tidy


@pytest.mark.parametrize(
    "typed",
    ["", "SE24", "SE24 0N", "SE24 0NGG", "ZZ1 1AA", "SE24 0IC", "SE024 0NG", "B0 1AA", "1234567"]
    + ["Brixton", "Looking", "SE24 0NG London", "SE24 0NG" * 20, "\ud800", "SE24\u0660NG"],
)
def test_what_is_no_postcode_is_not_made_one(typed: str) -> None:
    assert tidy_postcode(typed) is None


@given(real_postcodes, st.data())
def test_any_case_and_spacing_comes_back_tidy(postcode: str, data: st.DataObject) -> None:
    letters = postcode.replace(" ", "")
    typed = "".join(
        data.draw(st.sampled_from([letter, letter.lower()])) + data.draw(st.sampled_from(GAPS))
        for letter in letters
    )

    tidy = tidy_postcode(typed)

    assert tidy == postcode


@given(st.text() | st.from_regex(r"[A-Za-z0-9 ]{0,9}", fullmatch=True))
def test_a_tidy_postcode_is_tidy_already(text: str) -> None:
    tidy = tidy_postcode(text)

    assert tidy is None or (
        tidy_postcode(tidy) == tidy and re.fullmatch("[A-Z0-9]+ [A-Z0-9]+", tidy)
    )


def test_every_outcode_in_use_is_recognised() -> None:
    unknown = [outcode for outcode in OUTCODES if tidy_outcode(outcode.lower()) != outcode]

    assert unknown == []


@pytest.mark.parametrize(
    ("typed", "outcode"),
    [("se24", "SE24"), (" SE 24 ", "SE24"), ("SE24 0", "SE24"), ("se2 4", "SE2"), ("s014", "SO14")]
    + [("Oxo", None), ("SE24 0NG", None), ("24", None), ("Bow", None), ("SE240", None)],
)
def test_half_a_postcode_is_recognised(typed: str, outcode: str | None) -> None:
    assert tidy_outcode(typed) == outcode
