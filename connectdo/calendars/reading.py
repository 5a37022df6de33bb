"""An iCalendar file -> its events to come. Pure.

Each event is taken out of the file as text and read alone: the others are safe from it, and no
file can nest deeply or teach the library time zones of its own. A time zone that nobody knows
is taken for London's. People who were invited, alarms and attachments are never looked at.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from icalendar import Event

from connectdo.calendars.dates import Unusable, all_times
from connectdo.calendars.events import CalendarEvent
from connectdo.calendars.plain import plain_text
from connectdo.calendars.values import made_up_id, one, said, status, wall
from connectdo.listings.schedules import coming_of_all
from connectdo.text import one_line, tidy

MEGABYTE = 1024 * 1024
MOST_BYTES = 2 * MEGABYTE
MOST_EVENTS = 4_000
LONGEST = {"uid": 200, "name": 200, "description": 20_000, "place": 300, "url": 500}
LINE_END = re.compile(r"\r\n|\r|\n")
FOLD = re.compile(r"(?:\r\n|\r|\n)[ \t]")
# "/citadel.org/20210210_1/Europe/London" means Europe/London.
MAKER_OF_ZONE = re.compile(r'TZID="?/[^:;"]*?/(\w+/\w+)"?(?=[:;])')
PRIVATE = ("PRIVATE", "CONFIDENTIAL")


class BadCalendar(ValueError):
    """A file that is no calendar, or not a whole one; the message says what to do."""


@dataclass(frozen=True)
class Refused:
    """An event that stays out, and why, for its organiser."""

    uid: str
    name: str
    reason: str


@dataclass(frozen=True)
class Calendar:
    """The events that have dates to come, in the order of the file; what was refused; and the
    ids of those that are over."""

    events: list[CalendarEvent]
    refused: list[Refused]
    over: frozenset[str]


def read_calendar(data: bytes, today: date) -> Calendar:
    """What a file holds. `today` is London's. Raises BadCalendar."""
    found: dict[str, list[Any]] = {}
    for event in _events(_text(data)):
        found.setdefault(_uid(event), []).append(event)
    events, refused, over = [], [], set()
    for uid, versions in found.items():
        try:
            event = _read(uid, versions)
        except Unusable as reason:
            refused.append(Refused(uid, _name(versions[0]), str(reason)))
            continue
        if coming_of_all(list(event.times), datetime.combine(today, time.min)):
            events.append(event)
        else:
            over.add(uid)
        refused += [
            Refused(uid, _name(each), "It has the same id as another event.")
            for each in _of_the_same_id(versions)
        ]
    return Calendar(events, refused, frozenset(over))


def _text(data: bytes) -> str:
    """The whole text of a calendar. Raises BadCalendar."""
    if len(data) > MOST_BYTES:
        limit = MOST_BYTES // MEGABYTE
        raise BadCalendar(f"The calendar is larger than {limit} MB. Give one with less in it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What older programs write, in which every byte is a letter.
        text = data.decode("cp1252", "replace")
    text = text.strip()
    begins, ends = text[:20].upper(), text[-20:].upper()
    if not begins.startswith("BEGIN:VCALENDAR"):
        if text.startswith("<"):
            raise BadCalendar(
                "That is a web page, not a calendar. Look on it for an address that ends in .ics."
            )
        raise BadCalendar("That is not a calendar. Choose a file that ends in .ics.")
    if not ends.endswith("END:VCALENDAR"):
        raise BadCalendar("The calendar is damaged: part of it is missing.")
    return text


def _events(text: str) -> Iterator[Any]:
    """Each event, read. One that cannot be read at all has errors and nothing else."""
    for number, block in enumerate(_blocks(text), start=1):
        if number > MOST_EVENTS:
            raise BadCalendar(
                f"The calendar has more than {MOST_EVENTS:,} events. Give one of fewer."
            )
        try:
            event = Event.from_ical(f"BEGIN:VEVENT\r\n{block}\r\nEND:VEVENT\r\n")
        except Exception as error:  # Whatever a stranger's file does to the library, others go in.
            event = Event()
            event.errors.append((None, str(error)))
        yield event


def _blocks(text: str) -> Iterator[str]:
    """The lines of each event, without what is nested in it."""
    block: list[str] | None = None
    nested = 0
    for line in LINE_END.split(FOLD.sub("", text)):
        name = line.strip().upper()
        if block is None:
            block = [] if name == "BEGIN:VEVENT" else None
        elif name == "END:VEVENT":
            yield "\r\n".join(block)
            block, nested = None, 0
        elif name.startswith("BEGIN:"):
            nested += 1
        elif name.startswith("END:"):
            nested -= 1
        elif not nested and name:
            block.append(MAKER_OF_ZONE.sub(r"TZID=\1", line))


def _read(uid: str, versions: list[Any]) -> CalendarEvent:
    """One event from its newest version and the dates of it that were changed."""
    changed = [each for each in versions if one(each, "RECURRENCE-ID") is not None]
    whole = [each for each in versions if one(each, "RECURRENCE-ID") is None]
    # A date of a series that is not in the file stands for itself.
    event = _newest(whole or changed)
    if said(event, "CLASS").strip().upper() in PRIVATE:
        raise Unusable("It is marked as private.")
    name = _name(event)
    if not name:
        raise Unusable("It has no name.")
    url = one_line(said(event, "URL"))
    return CalendarEvent(
        uid=uid,
        name=name,
        description=plain_text(said(event, "DESCRIPTION"))[: LONGEST["description"]],
        place=one_line(plain_text(said(event, "LOCATION")))[: LONGEST["place"]],
        url=url if url.startswith(("https://", "http://")) and len(url) <= LONGEST["url"] else "",
        times=all_times(event, changed if whole else []),
        cancelled=status(event) == "CANCELLED",
        sequence=_sequence(event),
    )


def _newest(versions: list[Any]) -> Any:
    return max(versions, key=_sequence)


def _of_the_same_id(versions: list[Any]) -> list[Any]:
    """Events that are not older versions of the same one, as they start at another time."""
    whole = [each for each in versions if one(each, "RECURRENCE-ID") is None]
    starts = {str(wall(one(each, "DTSTART"))): each for each in reversed(whole)}
    return [each for each in starts.values() if each is not _newest(whole)]


def _uid(event: Any) -> str:
    """What its calendar knows an event by; made of its name and start where it has no id."""
    uid = tidy(said(event, "UID"))
    if uid and len(uid) <= LONGEST["uid"]:
        return uid
    start = one(event, "DTSTART")
    return made_up_id(uid, _name(event), str(wall(start)) if start is not None else "")


def _name(event: Any) -> str:
    return one_line(said(event, "SUMMARY"))[: LONGEST["name"]]


def _sequence(event: Any) -> int:
    text = said(event, "SEQUENCE")
    return int(text) if text.isdecimal() and len(text) < 10 else 0
