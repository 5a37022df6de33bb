"""A listing's times, and what to know before going, in words."""

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from connectdo.listings.facts import (
    access_in_words,
    notices,
    paragraphs,
    where_in_words,
    who_in_words,
)
from connectdo.listings.models import AccessAnswer, Listing, Schedule, Venue
from connectdo.listings.schedules import Occurrence, Times, coming_of_all
from connectdo.listings.wording import (
    occurrence_in_words,
    schedule_in_words,
    schedules_in_words,
)
from connectdo.organisations.models import Organisation
from connectdo.places.models import Area

TODAY = date(2026, 11, 21)
TUESDAY = date(2026, 10, 6)
NAMES = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}


def times(rule: str = "", starts_on: date = TUESDAY, **fields: Any) -> Times:
    return Times(starts_on, recurrence=rule, **fields)


def days(*texts: str) -> frozenset[date]:
    return frozenset(date.fromisoformat(text) for text in texts)


def a_listing(**fields: Any) -> Listing:
    usual = {"kind": "group", "delivery": ["in_person"], "gender": "any", "phone": "01632 960101"}
    return Listing(**{**usual, "venue": Venue(name="Hall"), "confirmed_on": TODAY, **fields})


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=DAILY", "Every day"),
        ("FREQ=DAILY;INTERVAL=2", "Every other day"),
        ("FREQ=DAILY;INTERVAL=3", "Every 3 days"),
        ("FREQ=DAILY;BYDAY=SA,SU", "Every Saturday and Sunday"),
        ("FREQ=WEEKLY", "Every Tuesday"),
        ("FREQ=WEEKLY;BYDAY=TH", "Every Thursday"),
        ("FREQ=WEEKLY;BYDAY=SU,WE", "Every Wednesday and Sunday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Monday to Friday"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "Every Monday, Wednesday and Friday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "Every day"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "Every other Tuesday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR", "Every other week, on Tuesday and Friday"),
        ("FREQ=WEEKLY;INTERVAL=4;BYDAY=TU", "Every 4 weeks, on Tuesday"),
        ("FREQ=WEEKLY;BYDAY=TU;BYMONTH=10,11", "Every Tuesday in October and November"),
        ("FREQ=MONTHLY;BYDAY=TU", "Every Tuesday"),
        ("FREQ=MONTHLY;BYDAY=1SA", "First Saturday of the month"),
        ("FREQ=MONTHLY;BYDAY=-1SU", "Last Sunday of the month"),
        ("FREQ=MONTHLY;BYDAY=2SU,-1SU", "Second and last Sunday of the month"),
        ("FREQ=MONTHLY;BYDAY=1MO,3WE", "First Monday and third Wednesday of the month"),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2", "Second Tuesday of the month"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "Last weekday of the month"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU", "First Tuesday of every other month"),
        ("FREQ=MONTHLY", "The 6th of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "The 15th of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=22,1", "The 1st and 22nd of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "The last day of every month"),
        ("FREQ=MONTHLY;INTERVAL=3", "The 6th of every 3 months"),
        ("FREQ=YEARLY", "Every year on 6 October"),
        ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=5", "Every year on 5 November"),
        ("FREQ=YEARLY;BYMONTH=10;BYDAY=2SA", "Second Saturday of October, every year"),
    ],
)
def test_a_rule_is_said_in_one_calm_way(rule: str, words: str) -> None:
    assert schedule_in_words(times(rule), TODAY) == words


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYWEEKNO=20",
        "FREQ=YEARLY;INTERVAL=2",
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1",
        "FREQ=MONTHLY;BYMONTHDAY=-2",
        "FREQ=YEARLY;BYMONTHDAY=15",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=MONTHLY;BYDAY=MO,1TU",
        "FREQ=WEEKLY;UNTIL=20200101",
    ],
)
def test_a_rule_without_words_is_not_guessed_at(rule: str) -> None:
    assert schedule_in_words(times(rule), TODAY) is None


@pytest.mark.parametrize(
    ("at", "minutes", "words"),
    [
        (time(18, 30), 90, "6:30pm to 8pm"),
        (time(10), 120, "10am to midday"),
        (time(22), 180, "10pm to 1am"),
        (time(22), 120, "10pm to midnight"),
        (time(10), None, "10am"),
        (time(10), 2 * 24 * 60, "10am"),
    ],
)
def test_hours_follow_the_days(at: time, minutes: int | None, words: str) -> None:
    said = schedule_in_words(times("FREQ=WEEKLY", starts_at=at, minutes=minutes), TODAY)

    assert said == f"Every Tuesday, {words}"


@pytest.mark.parametrize(
    ("rule", "starts_on", "words"),
    [
        ("FREQ=WEEKLY;UNTIL=20270702", TUESDAY, "Every Tuesday, until 2 July 2027"),
        ("FREQ=WEEKLY;COUNT=9", TUESDAY, "Every Tuesday, until 1 December"),
        ("FREQ=WEEKLY", date(2026, 12, 1), "Every Tuesday, from 1 December"),
        (
            "FREQ=WEEKLY;UNTIL=20270323",
            date(2027, 3, 2),
            "Every Tuesday, from 2 March to 23 March 2027",
        ),
        (
            "FREQ=WEEKLY;UNTIL=20270105",
            date(2026, 12, 1),
            "Every Tuesday, from 1 December 2026 to 5 January 2027",
        ),
        ("FREQ=WEEKLY;COUNT=1", date(2026, 12, 1), "Tuesday 1 December"),
    ],
)
def test_a_beginning_or_end_is_said(rule: str, starts_on: date, words: str) -> None:
    assert schedule_in_words(times(rule, starts_on), TODAY) == words


def test_a_single_date_is_said_with_its_hours() -> None:
    fair = times(starts_on=date(2026, 12, 5), starts_at=time(14), minutes=120)

    assert schedule_in_words(fair, TODAY) == "Saturday 5 December, 2pm to 4pm"


def test_dates_that_share_a_year_say_it_once() -> None:
    walks = times(starts_on=date(2026, 12, 19), dates=days("2027-01-16", "2027-02-13"))

    words = schedule_in_words(walks, TODAY)

    assert words == "Saturday 19 December 2026, Saturday 16 January and Saturday 13 February 2027"


def test_dates_that_are_past_or_cancelled_are_not_said() -> None:
    walks = times(
        starts_on=date(2026, 10, 3),
        dates=days("2026-12-05", "2026-12-12", "2026-12-19"),
        cancelled_dates=days("2026-12-12"),
    )

    assert schedule_in_words(walks, TODAY) == "Saturday 5 December and Saturday 19 December"


def test_many_dates_are_counted() -> None:
    walks = times(
        starts_on=date(2026, 12, 1), dates=days(*(f"2026-12-{n:02}" for n in range(2, 9)))
    )

    words = schedule_in_words(walks, TODAY)

    assert words == "8 dates from Tuesday 1 December to Tuesday 8 December"


def test_further_dates_are_added_to_a_rule() -> None:
    choir = times("FREQ=WEEKLY", dates=days("2026-11-05", "2026-12-25"))

    assert schedule_in_words(choir, TODAY) == "Every Tuesday, and on Friday 25 December"


def test_several_schedules_are_several_lines() -> None:
    library = [times("FREQ=WEEKLY;BYDAY=MO"), times("FREQ=WEEKLY;BYDAY=SA")]

    assert schedules_in_words(library, "", TODAY) == ["Every Monday", "Every Saturday"]


@pytest.mark.parametrize(
    ("schedules", "otherwise", "lines"),
    [
        ([], "", []),
        ([], "When the tide is out", ["When the tide is out"]),
        (["FREQ=YEARLY;BYWEEKNO=20"], "In spring", ["In spring"]),
        (["FREQ=YEARLY;BYWEEKNO=20"], "", ["Dates vary"]),
        (["FREQ=WEEKLY"], "Mornings", ["Every Tuesday", "Mornings"]),
    ],
)
def test_a_listings_own_words_stand_in_for_what_is_not_known(
    schedules: list[str], otherwise: str, lines: list[str]
) -> None:
    assert schedules_in_words([times(rule) for rule in schedules], otherwise, TODAY) == lines


def test_a_listings_own_words_are_left_off_where_hours_are_known() -> None:
    choir = times("FREQ=WEEKLY", starts_at=time(10))

    assert schedules_in_words([choir], "Tuesday 10:00am", TODAY) == ["Every Tuesday, 10am"]


@given(chosen=st.sets(st.sampled_from(list(NAMES)), min_size=1), every=st.integers(1, 5))
def test_every_weekday_of_a_weekly_rule_is_named_or_spanned(chosen: set[str], every: int) -> None:
    rule = f"FREQ=WEEKLY;INTERVAL={every};BYDAY={','.join(sorted(chosen))}"

    words = schedule_in_words(times(rule), TODAY) or ""

    order = list(NAMES)
    if "every day" in words.lower():
        assert len(chosen) == 7
    elif " to " in words:
        first, last = words.split(" to ")
        named = list(NAMES.values())
        start, end = named.index(first), named.index(last.split(",")[0])
        assert {order[n] for n in range(start, end + 1)} == chosen
    else:
        assert {code for code in order if NAMES[code] in words} == chosen


@given(
    frequency=st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    parts=st.fixed_dictionaries(
        {},
        optional={
            "INTERVAL": st.integers(1, 12).map(str),
            "BYDAY": st.sampled_from(["MO", "1TU", "-1FR", "2SA,4SA", "MO,TU,WE,TH,FR", "MO,1TU"]),
            "BYMONTHDAY": st.sampled_from(["1", "15", "-1", "31", "2,20"]),
            "BYMONTH": st.sampled_from(["1", "6,7", "12"]),
            "BYSETPOS": st.sampled_from(["1", "-1", "7"]),
            "COUNT": st.integers(1, 9).map(str),
        },
    ),
)
@settings(max_examples=150, deadline=None)
def test_words_are_plain_whatever_the_rule(frequency: str, parts: dict[str, str]) -> None:
    assume(frequency in ("MONTHLY", "YEARLY") or not set("12-") & set(parts.get("BYDAY", "")))
    rule = ";".join([f"FREQ={frequency}", *(f"{name}={value}" for name, value in parts.items())])

    words = schedule_in_words(times(rule, starts_at=time(10), minutes=60), TODAY)

    assert words is None or (words[0].isupper() and ", 10am to 11am" in words)
    assert words is None or not any(odd in words for odd in ("None", "=", "  ", ",,", "FREQ"))


def test_an_occurrence_is_a_day_and_its_hours() -> None:
    tuesday = Occurrence(date(2027, 1, 5), time(18, 30), 90)

    assert occurrence_in_words(tuesday, TODAY) == "Tuesday 5 January 2027, 6:30pm to 8pm"


def test_access_is_known_lacking_or_to_be_asked_about() -> None:
    hall = a_listing(
        access=[
            AccessAnswer(feature="step_free", present=True),
            AccessAnswer(feature="near_bus", present=False),
            AccessAnswer(feature="parking", present=False),
        ]
    )

    access = access_in_words(hall)

    assert access.present == ["Step-free access"]
    assert access.lacking == ["No parking", "Not near a bus stop"]
    assert "hearing loop" in access.unknown
    assert len(access.unknown) == 9


def test_nobody_is_told_to_ask_a_phone_line_about_parking() -> None:
    line = a_listing(delivery=["phone"], venue=None)

    assert access_in_words(line).unknown == [
        "British Sign Language",
        "large print",
        "relaxed sessions",
    ]


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        ({}, []),
        ({"min_age": 18}, ["Ages 18 and over"]),
        ({"max_age": 25}, ["Ages 25 and under"]),
        ({"min_age": 0, "max_age": 5}, ["Ages 0 to 5"]),
        ({"gender": "women", "audience": "Women;Beginners"}, ["Women only", "Beginners"]),
        ({"audience": "Carers; Carers;"}, ["Carers"]),
    ],
)
def test_who_it_is_for_is_said_as_far_as_it_is_limited(
    fields: dict[str, Any], lines: list[str]
) -> None:
    assert who_in_words(a_listing(**fields)) == lines


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        ({}, []),
        ({"venue": None}, ["We do not know. Ask them."]),
        ({"venue": None, "serves_everywhere": True}, ["No fixed place", "For people anywhere"]),
        ({"venue": None, "delivery": ["phone"]}, ["By phone"]),
        ({"delivery": ["in_person", "online"]}, ["Online"]),
        ({"serves": [Area(name="Brent")]}, ["For people who live in Brent"]),
        (
            {"serves": [Area(name="Brent")], "residents_only": True},
            ["Only for people who live in Brent"],
        ),
        (
            {"venue": Venue(area=Area(name="Brent")), "residents_only": True},
            ["Only for people who live in Brent"],
        ),
        ({"residents_only": True}, ["Only for people who live nearby"]),
        ({"serves_everywhere": True}, ["For people anywhere"]),
    ],
)  # fmt: skip
def test_where_says_how_it_comes_to_you_and_where_you_have_to_live(
    fields: dict[str, Any], lines: list[str]
) -> None:
    assert where_in_words(a_listing(**fields)) == lines


@pytest.mark.parametrize(
    ("confirmed", "words"),
    [
        (date(2026, 7, 11), []),
        (date(2026, 7, 10), ["Nobody has confirmed this page since July. Ring before you go."]),
        (
            date(2025, 9, 20),
            ["Nobody has confirmed this page since September 2025. Ring before you go."],
        ),
        (
            date(2023, 9, 20),
            ["Nobody has confirmed this page since September 2023. Ring before you go."],
        ),
        (None, ["Nobody has checked this page yet. Ring before you go."]),
    ],
)
def test_a_page_that_nobody_confirms_says_so_once_reminders_have_gone_unanswered(
    confirmed: date | None, words: list[str]
) -> None:
    assert notices(a_listing(confirmed_on=confirmed), [], TODAY) == words


def test_nobody_is_told_to_ring_where_there_is_no_number() -> None:
    told = notices(a_listing(phone="", confirmed_on=None), [], TODAY)

    assert told == ["Nobody has checked this page yet. Check before you go."]


def test_the_number_of_who_runs_it_will_do() -> None:
    told = notices(
        a_listing(phone="", organisation=Organisation(phone="01632 960101"), confirmed_on=None),
        [],
        TODAY,
    )

    assert told == ["Nobody has checked this page yet. Ring before you go."]


def test_a_next_date_that_is_cancelled_comes_first() -> None:
    choir = times("FREQ=WEEKLY", starts_at=time(18), cancelled_dates=days("2026-11-24"))
    dates = coming_of_all([choir], datetime(2026, 11, 21, 9), 3)

    told = notices(a_listing(), dates, TODAY)

    assert told == ["Not on Tuesday 24 November. The next date is Tuesday 1 December."]


def test_a_later_cancelled_date_is_no_news_yet() -> None:
    dates = [
        Occurrence(date(2026, 11, 24), None, None),
        Occurrence(date(2026, 12, 1), None, None, cancelled=True),
    ]

    assert notices(a_listing(), dates, TODAY) == []


def test_two_hours_of_one_day_are_told_apart() -> None:
    dates = [
        Occurrence(date(2026, 11, 24), time(10), 60, cancelled=True),
        Occurrence(date(2026, 11, 24), time(14), 60),
    ]

    told = notices(a_listing(), dates, TODAY)

    day = "Tuesday 24 November"
    assert told == [f"Not on {day}, 10am to 11am. The next date is {day}, 2pm to 3pm."]


def test_an_event_that_is_over_says_so_and_nothing_else() -> None:
    fair = a_listing(kind="event", confirmed_on=None, schedules=[Schedule()])

    assert notices(fair, [], TODAY) == ["This has already happened."]


def test_a_group_that_has_ended_asks_you_to_ring() -> None:
    course = a_listing(schedules=[Schedule()])

    assert notices(course, [], TODAY) == ["There are no more dates. Ring before you go."]


def test_a_plain_text_is_paragraphs() -> None:
    assert paragraphs("One.\n\n  Two <b>.\r\nThree.\n") == ["One.", "Two <b>.", "Three."]
