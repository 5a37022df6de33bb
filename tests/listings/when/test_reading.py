"""What an organiser answers about times -> schedules, or what is wrong with which answer."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import Any

import pytest
from dateutil.rrule import rruleset, rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from connectdo.days import LONDON
from connectdo.listings.calendar import calendar_of
from connectdo.listings.choices import DAYS
from connectdo.listings.models import Listing, Schedule
from connectdo.listings.schedules import Times, coming
from connectdo.listings.when import WHICH, read_when
from connectdo.listings.when.answers import Answers
from connectdo.wording import time_in_words
from tests.listings.when.saying import TODAY, answers, boxes, days, schedules, wrong


def test_weekly_from_the_next_such_day() -> None:
    (times,) = schedules("weekly", weekday=["tue", "thu"])

    assert times == Times(date(2026, 10, 8), time(18, 30), 90, recurrence="FREQ=WEEKLY;BYDAY=TU,TH")
    assert days((times,), 3) == ["8 Oct", "13 Oct", "15 Oct"]


def test_weekly_on_the_day_of_the_first_date_until_the_last() -> None:
    found = schedules("weekly", first=date(2026, 11, 3), last=date(2026, 11, 17))

    assert days(found) == ["3 Nov", "10 Nov", "17 Nov"]


def test_a_group_that_began_long_ago_may_say_so() -> None:
    (times,) = schedules("weekly", weekday="tue", first=date(1974, 1, 1))

    assert times.starts_on == date(1974, 1, 1)


def test_every_other_week_counts_from_the_first_date() -> None:
    found = schedules("fortnightly", weekday=["tue"], first=date(2026, 10, 13))

    assert days(found, 3) == ["13 Oct", "27 Oct", "10 Nov"]


def test_the_first_and_third_tuesday() -> None:
    found = schedules("monthly_weekday", weekday=["tue"], which=["1", "3"])

    assert days(found) == ["20 Oct", "3 Nov", "17 Nov", "1 Dec", "15 Dec"]


def test_the_last_friday() -> None:
    found = schedules("monthly_weekday", weekday=["fri"], which=["-1"])

    assert days(found, 3) == ["30 Oct", "27 Nov", "25 Dec"]


@pytest.mark.parametrize(
    ("month_day", "told"),
    [
        ("15", ["15 Oct", "15 Nov", "15 Dec"]),
        ("the 15th", ["15 Oct", "15 Nov", "15 Dec"]),
        ("1 and 15", ["15 Oct", "1 Nov", "15 Nov"]),
        ("Last day of the month", None),
        ("last", ["31 Oct", "30 Nov", "31 Dec"]),
        ("the last day", ["31 Oct", "30 Nov", "31 Dec"]),
    ],
)
def test_monthly_by_date(month_day: str, told: list[str] | None) -> None:
    when = read_when(answers("monthly_date", month_day=month_day), TODAY)

    assert days(when.schedules, 3) == told if told else "month_day" in when.wrong


def test_some_dates_only() -> None:
    (times,) = schedules("dates", dates="24 November 2026\n3 November 2026\n8 Jan 2027")

    assert times.recurrence == ""
    assert days((times,)) == ["3 Nov", "24 Nov", "8 Jan"]


def test_one_date_all_day() -> None:
    (times,) = schedules("once", first=date(2026, 11, 3), starts="All day", ends="")

    assert times == Times(date(2026, 11, 3))


def test_term_time_is_weekly_within_each_term() -> None:
    found = schedules(
        "terms",
        weekday=["mon"],
        terms="2 November to 18 December 2026\n7 September to 23 October 2026",
    )

    assert [times.starts_on for times in found] == [date(2026, 9, 7), date(2026, 11, 2)]
    assert days(found, 9)[5:] == ["12 Oct", "19 Oct", "2 Nov", "9 Nov"]


def test_dates_and_spans_are_skipped_and_further_ones_added() -> None:
    found = schedules(
        "weekly",
        weekday=["tue"],
        skip="13 October 2026\n21 December 2026 to 3 January 2027",
        also="15 October 2026, 20 October 2026",
    )

    assert days(found, 3) == ["15 Oct", "20 Oct", "27 Oct"]
    assert found[0].skip_dates == {date(2026, 10, 13), date(2026, 12, 22), date(2026, 12, 29)}
    assert found[0].dates == {date(2026, 10, 15)}


def test_bank_holidays_are_skipped_for_three_years() -> None:
    (mondays,) = schedules("weekly", weekday=["mon"], off="england-and-wales")

    assert min(mondays.skip_dates) == date(2026, 12, 28)
    assert date(2029, 8, 27) in mondays.skip_dates


@pytest.mark.parametrize(
    ("repeats", "fields", "field", "told"),
    [
        ("", {}, "repeats", "Choose how often"),
        ("secondly", {}, "repeats", "Choose how often"),
        ("weekly", {}, "weekday", "Choose the day of the week"),
        ("weekly", {"weekday": ["xyz"]}, "weekday", "Choose the day of the week"),
        ("weekly", {"weekday": ["tue"], "starts": ""}, "starts", "Enter when it starts"),
        ("weekly", {"weekday": ["tue"], "ends": "6pm"}, "ends", "must be after the start"),
        ("weekly", {"weekday": ["tue"], "starts": "all day"}, "ends", "Say when it starts"),
        ("weekly", {"weekday": ["tue"], "last": date(2026, 10, 6)}, "last", "or later"),
        ("weekly", {"weekday": ["tue"], "last": date(2026, 10, 8)}, "last", "no such date"),
        (
            "weekly",
            {"first": date(2026, 9, 1), "last": date(2026, 10, 6)},
            "last",
            "has passed",
        ),
        ("weekly", {"weekday": ["tue"], "last-year": "2999"}, "last", "a day and a month"),
        (
            "weekly",
            {"weekday": list(DAYS), **boxes("last", date(2400, 1, 1))},
            "last",
            "2400 is too far away",
        ),
        ("weekly", {"weekday": ["tue"], "off": "narnia"}, "off", "whose bank holidays"),
        (
            "weekly",
            {"first": TODAY, "last": TODAY, "skip": "7 October 2026"},
            "skip",
            "skips every date",
        ),
        ("fortnightly", {"weekday": ["tue"]}, "first", "which they are"),
        ("fortnightly", {"weekday": ["tue"], "first": TODAY}, "first", "not one of the days"),
        ("monthly_weekday", {"weekday": ["tue"]}, "which", "Choose which one"),
        ("monthly_date", {"month_day": "31"}, "month_day", "Not every month has that day"),
        ("monthly_date", {"month_day": "9" * 5000}, "month_day", "Enter the day of the month"),
        ("monthly_date", {}, "month_day", "Enter the day of the month"),
        ("dates", {}, "dates", "Enter the dates"),
        ("dates", {"dates": "6 October 2026"}, "dates", "That has passed"),
        ("dates", {"dates": "31 February 2027"}, "dates", "There is no 31 February 2027"),
        ("dates", {"dates": "6/10/2026\n" * 100_000}, "dates", "up to 200 dates"),
        ("once", {}, "first", "Enter the date"),
        ("once", {"first-day": "31", "first-month": "2"}, "first", "must include a year"),
        (
            "once",
            {"first-day": "31", "first-month": "2", "first-year": "2027"},
            "first",
            "There is no 31 February 2027",
        ),
        ("once", {"first": date(2026, 10, 6)}, "first", "That has passed"),
        ("terms", {"weekday": ["tue"]}, "terms", "first and last day of each term"),
        (
            "terms",
            {"weekday": ["tue"], "terms": "9 to 12 October 2026"},
            "terms",
            "None of your days",
        ),
        (
            "terms",
            {"weekday": ["tue"], "terms": "1 to 30 November 2026\n30 November to 9 December 2026"},
            "terms",
            "Two terms share Monday 30 November",
        ),
    ],
)
def test_an_answer_that_makes_no_sense_is_told_what_to_do(
    repeats: str, fields: dict[str, Any], field: str, told: str
) -> None:
    found = wrong(repeats, **fields)

    assert told in found[field]


def test_every_answer_that_is_wrong_is_told_at_once() -> None:
    found = wrong("weekly", starts="later", ends="8pm", skip="Christmas", also="Easter")

    assert set(found) == {"weekday", "starts", "skip", "also"}


@given(
    st.dictionaries(
        st.sampled_from(
            "repeats weekday which month_day first-day first-month first-year last-day last-month "
            "last-year dates terms starts ends skip off also".split()
        ),
        st.one_of(
            st.text(max_size=20),
            st.lists(st.text(max_size=5), max_size=3),
            st.sampled_from(["weekly", "once", "terms", "tue", "1", "2", "2026", "6:30pm"]),
        ),
    )
)
def test_whatever_is_posted_gives_schedules_or_what_is_wrong(posted: dict[str, Any]) -> None:
    when = read_when(posted, TODAY)

    assert bool(when.schedules) != bool(when.wrong)


SOME_DAYS = st.lists(st.sampled_from(list(DAYS)), min_size=1, max_size=3, unique=True)
A_DAY = st.dates(date(2025, 1, 1), date(2027, 12, 31))
LATE = date(2030, 12, 31)


@st.composite
def ways(draw: st.DrawFn) -> Answers:
    """Answers of every kind that make sense, at any time of day that is never skipped or told
    twice when the clocks change."""
    repeats = draw(
        st.sampled_from(["weekly", "fortnightly", "monthly_weekday", "monthly_date", "terms"])
    )
    first = draw(A_DAY)
    hour, minute = draw(st.sampled_from([0, *range(2, 24)])), draw(st.integers(0, 59))
    fields: dict[str, Any] = {
        "weekday": draw(SOME_DAYS),
        "which": draw(st.lists(st.sampled_from(list(WHICH)), min_size=1, max_size=2, unique=True)),
        "month_day": draw(st.sampled_from(["1", "15 and 28", "last"])),
        "starts": time_in_words(time(hour, minute)),
        "ends": draw(st.sampled_from(["", "90 minutes", "24 hours"])),
        "first": first,
        "off": draw(st.sampled_from(["", "scotland"])),
        "skip": draw(st.sampled_from(["", "1 March 2028 to 30 April 2028"])),
        "also": draw(st.sampled_from(["", "28 March 2028", "29 October 2028\n30 October 2028"])),
        "terms": f"{_text(first)} to {_text(first + timedelta(days=200))}\n"
        f"{_text(first + timedelta(days=260))} to {_text(first + timedelta(days=500))}",
    }
    if repeats == "fortnightly":
        fields["weekday"] = [*fields["weekday"], list(DAYS)[first.weekday()]]
    if draw(st.booleans()):
        fields["last"] = first + timedelta(days=draw(st.integers(400, 900)))
    return answers(repeats, **fields)


def _text(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


@settings(max_examples=200, deadline=None)
@given(ways())
def test_the_dates_are_those_that_dateutil_and_the_calendar_file_give(said: Answers) -> None:
    when = read_when(said, date(2025, 1, 1))
    midnight = datetime(2025, 1, 1)

    assert when.wrong == {}
    for times in when.schedules:
        ours = [each.starts for each in coming(times, midnight, 2_000) if each.on <= LATE]

        assert [each.date() for each in ours] == dates_by_dateutil(times)
        assert [each.astimezone(UTC) for each in ours] == moments_in_the_file(times)
        assert {each.time() for each in ours} <= {times.starts_at}


def dates_by_dateutil(times: Times) -> list[date]:
    """The rule's own dates, less those skipped, and the further ones, up to 2030."""
    start = datetime.combine(times.starts_on, time())
    every = takewhile(lambda each: each.date() <= LATE, rrulestr(times.recurrence, dtstart=start))
    found = {each.date() for each in every} - times.skip_dates
    return sorted(found | times.dates)


def moments_in_the_file(times: Times) -> list[datetime]:
    """What a calendar makes of our .ics file: its zone, its rule, its exceptions."""
    schedule = Schedule(
        starts_on=times.starts_on,
        starts_at=times.starts_at,
        minutes=times.minutes,
        recurrence=times.recurrence,
        dates=[f"{day}" for day in times.dates],
        skip_dates=[f"{day}" for day in times.skip_dates],
        cancelled_dates=[],
    )
    listing = Listing(id=1, name="Choir", delivery=[], booking="", schedules=[schedule])
    listing.updated_at = datetime(2026, 10, 7)
    file = calendar_of(listing, "https://connect.example/listings/1")
    assert file is not None
    event: Any = Calendar.from_ical(file).events[0]
    found = rruleset()
    rule: Any = rrulestr(event["RRULE"].to_ical().decode(), dtstart=event["DTSTART"].dt)
    found.rrule(rule)
    for name, add in (("RDATE", found.rdate), ("EXDATE", found.exdate)):
        for value in event[name].dts if name in event else []:
            add(value.dt)
    every = takewhile(lambda each: each.date() <= LATE, found)
    return [each.replace(tzinfo=LONDON).astimezone(UTC) for each in every]
