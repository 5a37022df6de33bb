"""Dates, times of day and lengths as people write them."""

from contextlib import suppress
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectdo.listings.when.words import (
    Unclear,
    day_in,
    days_in,
    minutes_in,
    spans_in,
    time_in,
)

TODAY = date(2026, 10, 7)


@pytest.mark.parametrize(
    "text",
    [
        "6 October 2027",
        "6th of October 2027",
        " 06 oct 27 ",
        "Wed 6 October, 2027",
        "wednesday, 6 Oct. 2027",
        "6/10/2027",
        "6.10.27",
        "06-10-2027",
        "2027-10-06",
        "6 10 2027",
        "6 October",
    ],
)
def test_a_date_is_read_as_people_write_it(text: str) -> None:
    assert day_in(text, TODAY) == date(2027, 10, 6)


def test_a_date_without_a_year_is_the_next_one() -> None:
    assert day_in("7 October", TODAY) == TODAY
    assert day_in("6 October", TODAY) == date(2027, 10, 6)
    assert day_in("29 February", date(2028, 1, 1)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("31 February 2027", "There is no 31 February 2027"),
        ("30/2/27", "There is no 30 February 2027"),
        ("1/13/2027", "There is no 1 month 13 2027"),
        ("10/06", "is not a date"),
        ("next Tuesday", "is not a date"),
        ("6 Smarch 2027", "is not a date"),
        ("Tuesday 6 October 2027", "6 October 2027 is a Wednesday"),
        ("6 October 2999", "The year 2999 is too far away"),
        ("6 October 1066", "The year 1066 is too far away"),
    ],
)
def test_what_is_no_date_is_told_with_what_to_write(text: str, told: str) -> None:
    with pytest.raises(Unclear, match=told):
        day_in(text, TODAY)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("21 December 2026 to 3 January 2027", date(2026, 12, 21), date(2027, 1, 3)),
        ("21 December to 3 January 2027", date(2026, 12, 21), date(2027, 1, 3)),
        ("7 September to 23 October 2026", date(2026, 9, 7), date(2026, 10, 23)),
        ("7 to 23 December 2026", date(2026, 12, 7), date(2026, 12, 23)),
        ("21/12/26 - 3/1/27", date(2026, 12, 21), date(2027, 1, 3)),
        ("Mon, 21 Dec 2026–Sun, 3 Jan 2027", date(2026, 12, 21), date(2027, 1, 3)),
        ("21 Dec 26 until 3 Jan 27", date(2026, 12, 21), date(2027, 1, 3)),
    ],
)
def test_a_span_of_dates_is_read_as_people_write_it(text: str, first: date, last: date) -> None:
    assert spans_in(text, TODAY) == [(first, last)]


def test_a_list_has_a_date_on_a_line_or_with_commas_between() -> None:
    text = "6 November 2026\n13 Nov 2026, 20 Nov 2026 and 1 December 2026 to 2 December 2026\n\n"

    days = days_in(text, TODAY)

    assert [f"{day:%d%m}" for day in days] == ["0611", "1311", "2011", "0112", "0212"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("3 January 2027 to 21 December 2026", "ends before it begins"),
        ("1 January 2024 to 1 January 2030", "more than two years"),
        ("1 January 2026 to 1 December 2026", "up to 200 dates"),
        ("6 October 2026\n" * 300, "up to 200 dates"),
        ("6 October 2026\n" * 100_000, "too long"),
    ],
)
def test_too_many_dates_are_refused(text: str, told: str) -> None:
    with pytest.raises(Unclear, match=told):
        days_in(text, TODAY)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("6:30pm", time(18, 30)),
        ("6.30 PM", time(18, 30)),
        ("6.30 p.m.", time(18, 30)),
        ("630pm", time(18, 30)),
        ("18:30", time(18, 30)),
        ("1830", time(18, 30)),
        ("09:30", time(9, 30)),
        ("7 am", time(7)),
        ("12pm", time(12)),
        ("12am", time(0)),
        ("12:30", time(12, 30)),
        ("midday", time(12)),
        ("Noon", time(12)),
        ("midnight", time(0)),
    ],
)
def test_a_time_is_read_as_people_write_it(text: str, at: time) -> None:
    assert time_in(text) == at


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("7", "morning or the evening"),
        ("7:30", "morning or the evening"),
        ("13pm", "is not a time"),
        ("0am", "is not a time"),
        ("25:00", "is not a time"),
        ("6:75pm", "is not a time"),
        ("after tea", "is not a time"),
    ],
)
def test_what_is_no_time_is_told_with_what_to_write(text: str, told: str) -> None:
    with pytest.raises(Unclear, match=told):
        time_in(text)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("8pm", 90),
        ("20:00", 90),
        ("midnight", 330),
        ("90 minutes", 90),
        ("90 mins", 90),
        ("1 hour 30 minutes", 90),
        ("1 hour and 30 mins", 90),
        ("1h30", 90),
        ("1.5 hours", 90),
        ("1½ hours", 90),
        ("an hour and a half", 90),
        ("2 hrs", 120),
        ("half an hour", 30),
        ("24 hours", 1440),
    ],
)
def test_an_end_is_a_time_or_a_length(text: str, minutes: int) -> None:
    assert minutes_in(text, time(18, 30)) == minutes


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("6:30pm", "The end must be after the start"),
        ("1am", "write how long it lasts, like 3 hours"),
        ("0 minutes", "between a minute and 24 hours"),
        ("25 hours", "between a minute and 24 hours"),
        ("late", "is not a time"),
    ],
)
def test_an_end_that_makes_no_sense_is_told(text: str, told: str) -> None:
    with pytest.raises(Unclear, match=told):
        minutes_in(text, time(18, 30))


@given(st.text(max_size=60))
def test_whatever_is_written_is_read_or_told(text: str) -> None:
    for read in (
        lambda: day_in(text, TODAY),
        lambda: days_in(text, TODAY),
        lambda: time_in(text),
        lambda: minutes_in(text, time(18, 30)),
    ):
        with suppress(Unclear):
            read()
