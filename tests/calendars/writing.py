"""Calendar files, with as little as a test needs to say."""

from datetime import date

from connectdo.calendars import Calendar, CalendarEvent, read_calendar

# A Wednesday.
TODAY = date(2026, 10, 7)


def event(*lines: str, uid: str = "choir", starts: str = "20261013T183000", **fields: str) -> str:
    """An event called Choir, on Tuesday 13 October 2026 at 6:30pm in London, for an hour and a
    half, unless said otherwise. `lines` are further ones."""
    usual = {"UID": uid, "SUMMARY": "Choir", **{k.upper(): v for k, v in fields.items()}}
    when = [f"DTSTART;TZID=Europe/London:{starts}", "DURATION:PT1H30M"] if starts else []
    named = [f"{name}:{value}" for name, value in usual.items() if value]
    return "\r\n".join(["BEGIN:VEVENT", *named, *when, *lines, "END:VEVENT"])


def calendar(*events: str) -> bytes:
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN"]
    return "\r\n".join([*head, *events, "END:VCALENDAR", ""]).encode()


def read(*events: str) -> Calendar:
    return read_calendar(calendar(*events), TODAY)


def the_event(*events: str) -> CalendarEvent:
    found = read(*events)
    assert found.refused == []
    (only,) = found.events
    return only


def why_not(*events: str) -> str:
    """Why the only event was refused."""
    found = read(*events)
    assert found.events == []
    (only,) = found.refused
    return only.reason
