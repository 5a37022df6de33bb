"""The .ics file of a listing, read back as a phone would read it."""

from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from itertools import takewhile
from typing import Any

import pytest
from dateutil.rrule import rruleset, rrulestr
from dateutil.tz import tzical
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from connectdo.listings.calendar import calendar_of
from connectdo.listings.models import Listing, Schedule, Venue
from connectdo.listings.queries import times_of
from connectdo.listings.schedules import planned_dates
from connectdo.organisations.models import Organisation

ADDRESS = "https://connect.example/listings/12"
TUESDAY = date(2026, 9, 8)
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
LATE = date(2027, 12, 31)


def a_schedule(rule: str = "", **fields: Any) -> Schedule:
    """From Tuesday 8 September 2026 at 6:30pm, for an hour and a half."""
    usual = {"starts_on": TUESDAY, "starts_at": time(18, 30), "minutes": 90}
    none: dict[str, Any] = {"dates": [], "skip_dates": [], "cancelled_dates": []}
    return Schedule(**{**usual, **none, "recurrence": rule, **fields})


def a_listing(*schedules: Schedule, **fields: Any) -> Listing:
    usual = {
        "id": 12,
        "name": "Tuesday choir",
        "delivery": ["in_person"],
        "booking": "",
        "updated_at": datetime(2026, 11, 1, 9, 30),
    }
    return Listing(**{**usual, "schedules": list(schedules), **fields})


def text_of(listing: Listing) -> str:
    """The file as text, its folded lines joined again."""
    file = calendar_of(listing, ADDRESS)
    assert file is not None
    return file.decode().replace("\r\n ", "")


def event_of(listing: Listing) -> Any:
    (event,) = Calendar.from_ical(text_of(listing)).events
    return event


def starts(listing: Listing) -> list[datetime]:
    """Every start up to the end of 2027 by the file's own rule and the file's own zone."""
    text, event = text_of(listing), event_of(listing)
    zone = tzical(StringIO(text)).get("Europe/London")
    found = rruleset()

    def moment(value: date) -> datetime:
        if isinstance(value, datetime):
            return value.replace(tzinfo=zone)
        return datetime.combine(value, time.min)

    first = moment(event["DTSTART"].dt)
    if "RRULE" in event:
        rule: Any = rrulestr(event["RRULE"].to_ical().decode(), dtstart=first)
        found.rrule(rule)
    found.rdate(first)
    for name, add in (("RDATE", found.rdate), ("EXDATE", found.exdate)):
        for value in event[name].dts if name in event else []:
            add(moment(value.dt))
    return list(takewhile(lambda each: each.date() <= LATE, found))


def test_a_weekly_choir_stays_at_half_past_six_across_the_clock_changes() -> None:
    choir = a_listing(a_schedule("FREQ=WEEKLY;BYDAY=SU,MO,TU"))

    at = {each.date(): each for each in starts(choir)}

    assert {each.time() for each in at.values()} == {time(18, 30)}
    changes = {
        date(2026, 10, 20): 17,
        date(2026, 10, 25): 18,
        date(2026, 10, 26): 18,
        date(2027, 3, 23): 18,
        date(2027, 3, 28): 17,
        date(2027, 3, 29): 17,
        date(2027, 10, 31): 18,
    }
    assert {day: at[day].astimezone(UTC).hour for day in changes} == changes


@pytest.mark.parametrize(
    ("moment", "hours"),
    [
        ("2026-10-25T00:59", 1),
        ("2026-10-25T02:01", 0),
        ("2027-03-28T00:59", 0),
        ("2027-03-28T02:01", 1),
        ("2060-07-01T12:00", 1),
    ],
)
def test_the_zone_in_the_file_changes_when_london_does(moment: str, hours: int) -> None:
    zone = tzical(StringIO(text_of(a_listing(a_schedule())))).get("Europe/London")

    offset = datetime.fromisoformat(moment).replace(tzinfo=zone).utcoffset()

    assert offset == timedelta(hours=hours)


def test_a_start_that_its_rule_never_falls_on_moves_to_the_first_date_that_it_does() -> None:
    event = event_of(a_listing(a_schedule("FREQ=WEEKLY;BYDAY=TH")))

    assert event["DTSTART"].dt.replace(tzinfo=None) == datetime(2026, 9, 10, 18, 30)


def test_a_number_of_times_counts_from_the_first_date_even_where_that_is_skipped() -> None:
    skipped = a_schedule("FREQ=WEEKLY;BYDAY=TH;COUNT=3", skip_dates=["2026-09-10"])

    days = [each.date() for each in starts(a_listing(skipped))]

    assert days == [date(2026, 9, 17), date(2026, 9, 24)]


@pytest.mark.parametrize("until", ["20270713", "20270713T230000", "20270713T183000Z"])
def test_the_end_of_a_rule_is_written_in_utc(until: str) -> None:
    text = text_of(a_listing(a_schedule(f"FREQ=WEEKLY;BYDAY=TU;UNTIL={until}")))

    assert "UNTIL=20270713T173000Z" in text


def test_an_end_before_that_days_meeting_leaves_the_day_out() -> None:
    ended = a_schedule("FREQ=WEEKLY;BYDAY=TU;UNTIL=20261006T120000")

    days = [each.date() for each in starts(a_listing(ended))]

    assert days[-1] == date(2026, 9, 29)


def test_a_schedule_without_a_time_is_whole_days() -> None:
    dated = a_schedule(
        "FREQ=WEEKLY;UNTIL=20261231T230000", starts_at=None, skip_dates=["2026-12-29"]
    )

    text = text_of(a_listing(dated))

    assert "DTSTART;VALUE=DATE:20260908" in text
    assert "UNTIL=20261231;" in text or "UNTIL=20261231\r\n" in text
    assert "EXDATE;VALUE=DATE:20261229" in text
    assert "DTEND" not in text


def test_an_unknown_length_leaves_the_end_out() -> None:
    assert "DTEND" not in text_of(a_listing(a_schedule(minutes=None)))


def test_a_known_length_gives_the_end() -> None:
    event = event_of(a_listing(a_schedule(minutes=90)))

    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=90)


def test_skipped_and_cancelled_dates_are_left_out_and_further_ones_added() -> None:
    choir = a_schedule(
        "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261006",
        skip_dates=["2026-09-15"],
        cancelled_dates=["2026-09-22"],
        dates=["2026-09-26"],
    )

    days = [each.date().day for each in starts(a_listing(choir))]

    assert days == [8, 26, 29, 6]


def test_single_dates_are_the_first_and_further_ones() -> None:
    fair = a_schedule(dates=["2026-10-10", "2026-11-14"], cancelled_dates=["2026-09-08"])

    days = [each.date() for each in starts(a_listing(fair))]

    assert days == [date(2026, 10, 10), date(2026, 11, 14)]


def test_an_event_that_is_off_altogether_says_so() -> None:
    event = event_of(a_listing(a_schedule(cancelled_dates=["2026-09-08"])))

    assert event["STATUS"] == "CANCELLED"


@given(
    days=st.sets(st.sampled_from(WEEKDAYS), min_size=1),
    every=st.integers(1, 4),
    end=st.sampled_from(["", ";COUNT=7", ";UNTIL=20270401", ";UNTIL=20270401T235959Z"]),
    off=st.sets(st.integers(0, 120), max_size=8),
    start=st.dates(date(2026, 9, 1), date(2026, 12, 31)),
    timed=st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_the_file_has_the_dates_that_are_planned_and_stand(
    days: set[str], every: int, end: str, off: set[int], start: date, timed: bool
) -> None:
    out = sorted(str(start + timedelta(days=number)) for number in off)
    schedule = a_schedule(
        f"FREQ=WEEKLY;INTERVAL={every};BYDAY={','.join(sorted(days))}{end}",
        starts_on=start,
        starts_at=time(18, 30) if timed else None,
        skip_dates=out[::2],
        cancelled_dates=out[1::2],
    )
    cancelled = times_of(schedule).cancelled_dates

    found = [each.date() for each in starts(a_listing(schedule))]

    planned = takewhile(lambda day: day <= LATE, planned_dates(times_of(schedule)))
    assert found == [day for day in planned if day not in cancelled]


def test_each_schedule_is_an_event_with_an_id_that_stays() -> None:
    library = a_listing(a_schedule("FREQ=WEEKLY;BYDAY=TU"), a_schedule("FREQ=WEEKLY;BYDAY=SA"))

    twice = [Calendar.from_ical(text_of(library)).events for _ in range(2)]

    ids = [[str(event["UID"]) for event in events] for events in twice]
    assert ids[0] == ids[1] == ["listing-12-1@connect.example", "listing-12-2@connect.example"]


def test_the_words_are_those_of_the_page() -> None:
    venue = Venue(
        name="Arch Seven", address="Herne Hill", postcode="SE24 0HB", latitude=51.45, longitude=-0.1
    )
    choir = a_listing(
        a_schedule(),
        venue=venue,
        summary="Songs, tea; and “cake”.",
        cost="£4",
        contact_name='Yemi "Y" Adebayo; chair',
        phone="01632 960101",
        email="hello@arch-seven.example",
    )

    event = event_of(choir)

    assert event["SUMMARY"] == "Tuesday choir"
    assert event["LOCATION"] == "Arch Seven, Herne Hill, SE24 0HB"
    assert event["URL"] == ADDRESS
    assert event["GEO"].to_ical() == "51.45;-0.1"
    assert "Songs, tea; and “cake”.\nCost: £4\n" in event["DESCRIPTION"]
    assert str(event["DESCRIPTION"]).endswith(ADDRESS)
    assert str(event["ORGANIZER"]) == "mailto:hello@arch-seven.example"


def test_nobody_is_named_as_organiser_without_an_address_to_write_to() -> None:
    event = event_of(a_listing(a_schedule(), organisation=Organisation(name="Arch Seven")))

    assert "ORGANIZER" not in event


def test_words_of_a_listing_cannot_add_lines_of_their_own() -> None:
    sly = a_listing(
        a_schedule(), summary="Tea\r\nATTENDEE:mailto:x@bad.example", contact_name='a":b'
    )

    lines = text_of(sly).split("\r\n")

    assert not [line for line in lines if line.startswith("ATTENDEE")]


def test_a_listing_without_dates_has_no_file() -> None:
    never = a_schedule("FREQ=WEEKLY;UNTIL=20200101")

    assert calendar_of(a_listing(), ADDRESS) is None
    assert calendar_of(a_listing(never), ADDRESS) is None
