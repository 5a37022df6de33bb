"""A listing as schema.org's Event."""

import json
from datetime import date, time
from typing import Any

import pytest

from connectdo.directory.structured import listing_data
from connectdo.listings.models import Interest, Listing, Schedule, Venue
from connectdo.listings.schedules import Occurrence
from connectdo.organisations.models import Organisation
from connectdo.places.models import Area

ADDRESS = "https://connect.example/listings/12"
TUESDAY = Occurrence(date(2026, 10, 20), time(18, 30), 90)
AFTER_THE_CHANGE = Occurrence(date(2026, 10, 27), time(18, 30), 90)


def a_listing(**fields: Any) -> Listing:
    usual = {
        "kind": "group",
        "name": "Tuesday choir",
        "delivery": ["in_person"],
        "languages": [],
        "is_free": None,
    }
    return Listing(**{**usual, **fields})


def weekly(rule: str, **fields: Any) -> Schedule:
    usual: dict[str, Any] = {"dates": [], "skip_dates": [], "cancelled_dates": []}
    times = {"starts_on": date(2026, 9, 8), "starts_at": time(18, 30), "minutes": 90}
    return Schedule(**{**usual, **times, "recurrence": rule, **fields})


def test_a_group_is_an_event_with_its_next_date() -> None:
    told = listing_data(a_listing(summary="We sing."), [TUESDAY, AFTER_THE_CHANGE], ADDRESS)

    assert (told["@context"], told["@type"]) == ("https://schema.org", "Event")
    assert (told["name"], told["description"]) == ("Tuesday choir", "We sing.")
    assert told["url"] == ADDRESS
    assert told["startDate"] == "2026-10-20T18:30:00+01:00"
    assert told["endDate"] == "2026-10-20T20:00:00+01:00"
    assert told["eventStatus"] == "https://schema.org/EventScheduled"


def test_times_after_the_clocks_change_have_the_offset_of_winter() -> None:
    told = listing_data(a_listing(), [AFTER_THE_CHANGE], ADDRESS)

    assert told["startDate"] == "2026-10-27T18:30:00+00:00"


def test_a_date_without_a_time_is_a_date() -> None:
    told = listing_data(a_listing(), [Occurrence(date(2026, 10, 20), None, None)], ADDRESS)

    assert told["startDate"] == "2026-10-20"
    assert "endDate" not in told


def test_the_next_date_that_stands_is_told_before_one_that_is_off() -> None:
    off = Occurrence(date(2026, 10, 13), time(18, 30), 90, cancelled=True)

    told = listing_data(a_listing(), [off, TUESDAY], ADDRESS)

    assert told["startDate"].startswith("2026-10-20")
    assert told["eventStatus"].endswith("/EventScheduled")


def test_an_event_that_is_off_is_cancelled() -> None:
    off = Occurrence(date(2026, 10, 13), time(18, 30), 90, cancelled=True)

    told = listing_data(a_listing(kind="event"), [off], ADDRESS)

    assert told["startDate"].startswith("2026-10-13")
    assert told["eventStatus"].endswith("/EventCancelled")


def test_nothing_is_made_up_where_nothing_is_known() -> None:
    told = listing_data(a_listing(), [], ADDRESS)

    assert set(told) == {"@context", "@type", "name", "url", "eventStatus", "eventAttendanceMode"}


@pytest.mark.parametrize("free", [True, False])
def test_free_is_said_either_way_when_it_is_known(free: bool) -> None:
    assert listing_data(a_listing(is_free=free), [], ADDRESS)["isAccessibleForFree"] is free


def test_a_rule_is_a_schedule() -> None:
    rule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20270713T230000"
    choir = a_listing(
        schedules=[weekly(rule, skip_dates=["2026-12-29"], cancelled_dates=["2026-12-22"])]
    )

    (schedule,) = listing_data(choir, [], ADDRESS)["eventSchedule"]

    assert schedule == {
        "@type": "Schedule",
        "repeatFrequency": "P2W",
        "byDay": ["https://schema.org/Tuesday", "https://schema.org/Thursday"],
        "startDate": "2026-09-08",
        "endDate": "2027-07-13",
        "startTime": "18:30:00",
        "endTime": "20:00:00",
        "exceptDate": ["2026-12-22", "2026-12-29"],
        "scheduleTimezone": "Europe/London",
    }


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=MONTHLY;BYDAY=1SA,-1SU", {"repeatFrequency": "P1M", "byDay": ["1SA", "-1SU"]}),
        ("FREQ=MONTHLY;BYMONTHDAY=15", {"repeatFrequency": "P1M", "byMonthDay": [15]}),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5", {"byMonth": [12], "byMonthDay": [5]}),
        ("FREQ=DAILY;COUNT=10", {"repeatFrequency": "P1D", "repeatCount": 10}),
    ],
)
def test_every_rule_that_schema_org_has_words_for_is_told(rule: str, said: dict[str, Any]) -> None:
    (schedule,) = listing_data(a_listing(schedules=[weekly(rule)]), [], ADDRESS)["eventSchedule"]

    assert said.items() <= schedule.items()


@pytest.mark.parametrize("rule", ["", "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2", "FREQ=YEARLY;BYWEEKNO=3"])
def test_single_dates_and_rules_without_words_are_left_out(rule: str) -> None:
    told = listing_data(a_listing(schedules=[weekly(rule)]), [], ADDRESS)

    assert "eventSchedule" not in told


def test_a_venue_is_a_place_with_its_address_and_point() -> None:
    venue = Venue(
        name="Arch Seven",
        address="Behind the station yard",
        postcode="SE24 0HB",
        latitude=51.45,
        longitude=-0.1,
        area=Area(name="Lambeth"),
    )

    told = listing_data(a_listing(venue=venue), [], ADDRESS)

    assert told["eventAttendanceMode"].endswith("/OfflineEventAttendanceMode")
    assert told["location"] == [
        {
            "@type": "Place",
            "name": "Arch Seven",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "Behind the station yard",
                "addressLocality": "Lambeth",
                "postalCode": "SE24 0HB",
                "addressCountry": "GB",
            },
            "geo": {"@type": "GeoCoordinates", "latitude": 51.45, "longitude": -0.1},
        }
    ]


def test_what_comes_by_phone_or_online_is_at_a_virtual_place() -> None:
    told = listing_data(a_listing(delivery=["phone"], url="https://line.example"), [], ADDRESS)

    assert told["eventAttendanceMode"].endswith("/OnlineEventAttendanceMode")
    assert told["location"] == [{"@type": "VirtualLocation", "url": "https://line.example"}]


def test_what_is_in_a_hall_and_online_is_mixed() -> None:
    told = listing_data(
        a_listing(delivery=["in_person", "online"], venue=Venue(name="Hall")), [], ADDRESS
    )

    assert told["eventAttendanceMode"].endswith("/MixedEventAttendanceMode")
    assert [place["@type"] for place in told["location"]] == ["Place", "VirtualLocation"]


def test_what_has_no_place_is_in_the_areas_it_serves() -> None:
    told = listing_data(
        a_listing(delivery=["home_visit"], serves=[Area(name="Brent")]), [], ADDRESS
    )

    assert told["location"] == [{"@type": "AdministrativeArea", "name": "Brent"}]


def test_who_runs_it_what_it_is_and_who_it_is_for_are_told() -> None:
    choir = a_listing(
        organisation=Organisation(name="Arch Seven Singers"),
        interests=[Interest(name="Choir")],
        languages=["Polish"],
        min_age=60,
    )

    told = listing_data(choir, [], ADDRESS, "https://connect.example/organisations/3")

    assert told["organizer"] == {
        "@type": "Organization",
        "name": "Arch Seven Singers",
        "url": "https://connect.example/organisations/3",
    }
    assert told["keywords"] == ["Choir"]
    assert told["inLanguage"] == [{"@type": "Language", "name": "Polish"}]
    assert told["typicalAgeRange"] == "60-"


def test_all_of_it_can_be_written_as_json() -> None:
    choir = a_listing(schedules=[weekly("FREQ=WEEKLY")], venue=Venue(name="</script>"))

    told = listing_data(choir, [TUESDAY], ADDRESS)

    assert json.loads(json.dumps(told)) == told
