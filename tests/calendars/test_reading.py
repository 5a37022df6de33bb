"""Somebody's calendar file -> events to be posted."""

from datetime import date, datetime, time
from itertools import islice
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectdo.calendars import BadCalendar, Calendar, read_calendar
from connectdo.calendars.reading import MOST_BYTES
from connectdo.listings.schedules import Times, coming_of_all, planned_dates
from tests.calendars.writing import TODAY, calendar, event, read, the_event, why_not

TUESDAY = date(2026, 10, 13)
WEEKLY = "RRULE:FREQ=WEEKLY;BYDAY=TU"


def days(times: Times, how_many: int = 3) -> list[str]:
    return [f"{day.day} {day:%b}" for day in islice(planned_dates(times), how_many)]


def test_an_event_is_read_with_all_that_a_visitor_needs() -> None:
    found = the_event(
        event(
            "URL:https://choir.example/tuesdays",
            "SEQUENCE:3",
            "BEGIN:VALARM",
            "TRIGGER:-PT15M",
            "DESCRIPTION:Do not forget",
            "END:VALARM",
            summary="Choir\\, for everybody",
            description="Come and sing.\\nNo need to\r\n  book.",
            location="Wesley Hall\\, 12 High Street",
        )
    )

    assert found.uid == "choir"
    assert found.name == "Choir, for everybody"
    assert found.description == "Come and sing.\nNo need to book."
    assert found.place == "Wesley Hall, 12 High Street"
    assert found.url == "https://choir.example/tuesdays"
    assert found.times == (Times(TUESDAY, time(18, 30), 90),)
    assert (found.cancelled, found.sequence) == (False, 3)


def test_a_series_keeps_its_rule_its_exceptions_and_its_further_dates() -> None:
    found = the_event(
        event(
            "RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20270713T173000Z",
            "EXDATE;TZID=Europe/London:20261020T183000,20261027T183000",
            "RDATE;TZID=Europe/London:20261029T183000,20261030T100000",
        )
    )

    weekly, morning = found.times
    assert days(weekly) == ["13 Oct", "29 Oct", "3 Nov"]
    assert max(planned_dates(weekly)) == date(2027, 7, 13)
    assert weekly.skip_dates == {date(2026, 10, 20), date(2026, 10, 27)}
    assert morning == Times(date(2026, 10, 30), time(10), 90)


@pytest.mark.parametrize(
    ("starts", "at"),
    [
        ("DTSTART:20261013T173000Z", time(18, 30)),
        ("DTSTART:20261113T183000Z", time(18, 30)),
        ("DTSTART:20261013T183000", time(18, 30)),
        ("DTSTART;TZID=GMT Standard Time:20261013T183000", time(18, 30)),
        ("DTSTART;TZID=Europe/Paris:20261013T193000", time(18, 30)),
        ("DTSTART;TZID=America/New_York:20261013T133000", time(18, 30)),
        ("DTSTART;TZID=/citadel.org/20210210_1/Europe/London:20261013T183000", time(18, 30)),
        ('DTSTART;TZID="Our own zone":20261013T183000', time(18, 30)),
    ],
)
def test_times_are_what_the_clock_in_london_says(starts: str, at: time) -> None:
    (times,) = the_event(event(starts, "DURATION:PT1H30M", starts="")).times

    assert (times.starts_at, times.minutes) == (at, 90)


def test_an_event_in_the_night_of_a_clock_change_ends_when_its_calendar_says() -> None:
    (times,) = the_event(
        event(
            "DTSTART;TZID=Europe/London:20261024T220000",
            "DTEND;TZID=Europe/London:20261025T030000",
            starts="",
        )
    ).times

    assert times.minutes == 5 * 60


def test_whole_days_have_no_time_and_several_are_every_one_of_them() -> None:
    one = event("DTSTART;VALUE=DATE:20261013", "DTEND;VALUE=DATE:20261014", starts="", uid="one")
    three = event("DTSTART;VALUE=DATE:20261013", "DTEND;VALUE=DATE:20261016", starts="", uid="3")

    found = read(one, three).events

    assert found[0].times == (Times(TUESDAY),)
    assert days(found[1].times[0], 9) == ["13 Oct", "14 Oct", "15 Oct"]


def test_a_zone_with_the_clock_of_london_an_hour_on_may_repeat() -> None:
    (times,) = the_event(
        event("DTSTART;TZID=Europe/Paris:20261013T193000", WEEKLY, starts="")
    ).times

    assert times.starts_at == time(18, 30)


def test_single_dates_of_a_series_are_called_off_and_moved() -> None:
    found = the_event(
        event(WEEKLY),
        event("RECURRENCE-ID;TZID=Europe/London:20261020T183000", status="CANCELLED"),
        event("RECURRENCE-ID:20261027T183000Z", starts="20261029T183000"),
        event("RECURRENCE-ID;TZID=Europe/London:20261103T183000", starts="20261103T140000"),
        event("RECURRENCE-ID;TZID=Europe/London:20261110T183000", starts="20261110T183000"),
    )

    coming = coming_of_all(list(found.times), datetime(2026, 10, 7), 5)

    assert [f"{each.on.day} {each.at:%H:%M}{' off' * each.cancelled}" for each in coming] == [
        "13 18:30", "20 18:30 off", "27 18:30 off", "29 18:30", "3 14:00", "3 18:30 off",
        "10 18:30", "17 18:30",
    ]  # fmt: skip


def test_a_changed_date_without_its_series_stands_for_itself() -> None:
    found = the_event(event("RECURRENCE-ID:20261013T173000Z"))

    assert found.times == (Times(TUESDAY, time(18, 30), 90),)


def test_of_two_versions_the_newer_is_taken() -> None:
    found = the_event(
        event("SEQUENCE:2", summary="New"), event("SEQUENCE:1", summary="Old"), event()
    )

    assert found.name == "New"


def test_two_events_that_share_an_id_are_not_lost_in_silence() -> None:
    found = read(event(), event(starts="20261014T100000", summary="Walk"))

    assert [each.name for each in found.events] == ["Choir"]
    assert [(each.name, each.reason) for each in found.refused] == [
        ("Walk", "It has the same id as another event.")
    ]


def test_an_event_that_is_off_says_so() -> None:
    assert the_event(event(status="CANCELLED")).cancelled


def test_what_is_over_is_left_out_without_a_reproach() -> None:
    found = read(
        event(uid="past", starts="20261006T183000"),
        event("RRULE:FREQ=WEEKLY;COUNT=3", uid="ended", starts="20260901T183000"),
        event(WEEKLY, uid="going on", starts="19740101T183000"),
    )

    assert [each.uid for each in found.events] == ["going on"]
    assert found.over == {"past", "ended"}
    assert found.refused == []


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["RRULE:FREQ=SECONDLY"], "repeat daily, weekly, monthly or yearly"),
        (["RRULE:FREQ=MINUTELY;INTERVAL=5"], "repeat daily, weekly, monthly or yearly"),
        (["RRULE:FREQ=BANANA"], "repeat daily, weekly, monthly or yearly"),
        (["RRULE:every Tuesday"], "recurrence"),
        (["RRULE:"], "recurrence"),
        (["RRULE:FREQ=DAILY;COUNT=100000"], "cannot be read"),
        (["RRULE:FREQ=DAILY;BYHOUR=9,10,11"], 'has "BYHOUR", which we do not read'),
        (["RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"], "never falls on a date"),
        (["RRULE:FREQ=YEARLY;BYYEARDAY=" + ",".join(["1"] * 999)], "too long"),
        ([WEEKLY, "RRULE:FREQ=MONTHLY"], "two ways at once"),
        ([WEEKLY, "EXRULE:FREQ=MONTHLY"], "two ways at once"),
        ([WEEKLY, "EXDATE:nonsense"], "list of dates cannot be read"),
        (["RDATE:" + ",".join(["20261013T183000"] * 1_001)], "list of dates cannot be read"),
        (["DTEND;TZID=Europe/London:20261013T180000"], "ends before it starts"),
        (["DTEND;TZID=Europe/London:20361013T180000"], "more than a year"),
        (["DTEND;VALUE=DATE:20261013"], "When it ends cannot be read"),
        (["CLASS:PRIVATE"], "marked as private"),
    ],
)
def test_an_event_that_cannot_be_posted_is_told_why_and_the_others_are_kept(
    lines: list[str], reason: str
) -> None:
    found = read(event(*lines, uid="bad"), event(uid="good"))

    assert [each.uid for each in found.events] == ["good"]
    (refused,) = found.refused
    assert (refused.uid, refused.name) == ("bad", "Choir")
    assert reason in refused.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (event(starts=""), "When it starts is missing"),
        (event("DTSTART:tomorrow", starts=""), "When it starts is missing"),
        (event("DTSTART:00010101T000000Z", starts=""), "When it starts is missing"),
        (event("DTSTART:00010101T000000", starts=""), "starts in the year 1"),
        (event("DTSTART:99991231T235959Z", starts=""), "starts in the year 9999"),
        (event("RDATE:99900101T000000"), "dates is in the year 9990"),
        (event(summary=""), "It has no name"),
        (event("DTSTART:20261013T173000Z", WEEKLY, starts=""), "another time zone"),
        (
            event("DTSTART;TZID=America/New_York:20261013T133000", WEEKLY, starts=""),
            "another time zone",
        ),
        (
            event("DTSTART;TZID=Asia/Tokyo:20261014T023000", WEEKLY, starts=""),
            "another time zone",
        ),
        (
            event("DTSTART;VALUE=DATE:20261013", "DTEND;VALUE=DATE:20261015", WEEKLY, starts=""),
            "repeats and lasts several days",
        ),
    ],
)
def test_an_event_without_what_it_needs_is_told_why(text: str, reason: str) -> None:
    assert reason in why_not(text)


def test_a_series_with_a_change_from_one_date_on_is_refused() -> None:
    changed = event("RECURRENCE-ID;RANGE=THISANDFUTURE:20261020T173000Z")

    assert "from one date on" in why_not(event(WEEKLY), changed)


def test_a_utc_series_within_one_winter_is_taken() -> None:
    winter = "RRULE:FREQ=WEEKLY;UNTIL=20270228T000000Z"

    assert the_event(event("DTSTART:20261103T183000Z", winter, starts="")).times


def test_a_description_written_as_a_web_page_becomes_text() -> None:
    found = the_event(
        event(
            description="<p>Tea &amp; <b>cake</b></p><ul><li>Free</li></ul>"
            "<script>alert(1)</script>"
            '<a href="javascript:alert(1)">Join</a>'
        )
    )

    assert found.description == "Tea & cake\n\nFree\nJoin"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "x" * 600, "ftp://x"])
def test_an_address_that_is_not_of_the_web_is_left_out(url: str) -> None:
    assert the_event(event(f"URL:{url}")).url == ""


def test_an_event_without_an_id_is_known_by_its_name_and_start() -> None:
    one, again, other = event(uid=""), event(uid=""), event(uid="", starts="20261014T183000")

    assert the_event(one).uid == the_event(again).uid != the_event(other).uid


def test_words_are_kept_within_their_length_and_without_what_cannot_be_shown() -> None:
    found = the_event(event(summary="Choir\x00 \u202e" + "x" * 500, description="y" * 30_000))

    assert len(found.name) == 200
    assert "\x00" not in found.name
    assert len(found.description) == 20_000


@pytest.mark.parametrize(
    "data",
    [
        calendar(event(summary="Café")).decode().encode("utf-8-sig"),
        calendar(event(summary="Café")).decode().encode("cp1252"),
        calendar(event(summary="Café")).replace(b"\r\n", b"\n"),
        b"\n\n" + calendar(event(summary="Café")) + b"\n\n",
    ],
)
def test_files_of_every_make_are_read(data: bytes) -> None:
    (found,) = read_calendar(data, TODAY).events

    assert found.name == "Café"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "not a calendar"),
        (b"\x89PNG\r\n\x1a\n", "not a calendar"),
        (b"<!doctype html><title>Our calendar</title>", "is a web page"),
        (calendar(event())[:-40], "part of it is missing"),
        (b"BEGIN:VCALENDAR" + b"x" * MOST_BYTES, "larger than 2 MB"),
        (calendar(*["BEGIN:VEVENT\r\nEND:VEVENT"] * 5_000), "more than 4,000 events"),
    ],
)
def test_what_is_no_calendar_or_too_much_of_one_is_refused(data: bytes, told: str) -> None:
    with pytest.raises(BadCalendar, match=told):
        read_calendar(data, TODAY)


@pytest.mark.parametrize(
    "hostile",
    [
        "BEGIN:VEVENT\r\n" * 100_000,
        "BEGIN:VALARM\r\n" * 100_000,
        event("BEGIN:VALARM\r\n" * 50_000),
        event(description="<a " * 500_000),
        "\r\n".join(event(description="<style>" * 5_000) for _ in range(50)),
        event("RDATE:" + ",".join(["20261013T183000"] * 100_000)),
        event("X-A;" + ";".join(["A=b"] * 100_000) + ":x"),
        event("RRULE:FREQ=YEARLY;BYYEARDAY=" + ",".join(["1"] * 100_000)),
        "\r\n".join(event("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30") for _ in range(3_000)),
    ],
)
def test_a_file_made_to_waste_time_does_not(hostile: str) -> None:
    started = perf_counter()

    found = read_calendar(calendar(hostile, event(uid="good")), TODAY)

    assert isinstance(found, Calendar)
    assert perf_counter() - started < 15


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                "DTSTART DTEND DURATION RRULE RDATE EXDATE RECURRENCE-ID UID SUMMARY STATUS "
                "DTSTART;VALUE=DATE DTSTART;TZID=Europe/Paris RDATE;VALUE=PERIOD SEQUENCE".split()
            ),
            st.one_of(
                st.text(max_size=20),
                st.sampled_from(
                    [
                        "20261013T183000", "20261013T183000Z", "20261013", "FREQ=WEEKLY", "PT1H",
                        "FREQ=YEARLY;BYDAY=99SU", "20261013T183000/PT1H", "-P1W", "CANCELLED",
                        "99991231T235959Z", "00010101", "FREQ=DAILY;UNTIL=00010101",
                    ]
                ),
            ),
        ),
        max_size=8,
    )
)  # fmt: skip
def test_whatever_an_event_says_it_is_read_refused_or_over(lines: list[tuple[str, str]]) -> None:
    body = "\r\n".join(f"{name}:{value}" for name, value in lines)
    data = calendar(f"BEGIN:VEVENT\r\n{body}\r\nEND:VEVENT", event(uid="good"))

    try:
        found = read_calendar(data, TODAY)
    except BadCalendar:
        return

    assert "good" in {each.uid for each in found.events}
