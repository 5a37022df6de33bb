"""A day as a coach writes it."""

from datetime import date

import pytest

from connectdo.listings.when.words import Unclear
from connectdo.programmes.days import coming_day, past_day

TODAY = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("today", TODAY),
        ("Yesterday ", date(2026, 3, 2)),
        ("2 March", date(2026, 3, 2)),
        ("6 October", date(2025, 10, 6)),
        ("3/3/2026", TODAY),
    ],
)
def test_a_day_without_a_year_is_the_last_one_there_was(written: str, day: date) -> None:
    assert past_day(written, TODAY) == day


@pytest.mark.parametrize(
    ("written", "day"),
    [("tomorrow", date(2026, 3, 4)), ("3 March", TODAY), ("2 March", date(2027, 3, 2))],
)
def test_a_day_to_come_is_the_next_one_there_is(written: str, day: date) -> None:
    assert coming_day(written, TODAY) == day


@pytest.mark.parametrize("written", ["4 March 2026", "", "soon"])
def test_a_day_that_has_not_been_is_asked_again(written: str) -> None:
    with pytest.raises(Unclear):
        past_day(written, TODAY)


@pytest.mark.parametrize("written", ["2 March 2026", "", "31 February"])
def test_a_day_that_is_over_is_asked_again(written: str) -> None:
    with pytest.raises(Unclear):
        coming_day(written, TODAY)
