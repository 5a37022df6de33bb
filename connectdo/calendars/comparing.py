"""What changed in a calendar since last time. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from connectdo.calendars.events import CalendarEvent
from connectdo.calendars.reading import Calendar


@dataclass(frozen=True)
class Changes:
    """`gone` are the ids of events that are no longer in the calendar."""

    new: list[CalendarEvent]
    changed: list[CalendarEvent]
    same: list[CalendarEvent]
    gone: list[str]


def compare(known: Mapping[str, str], calendar: Calendar) -> Changes:
    """What to do about each event. `known` has the digest of each event posted, by its id.

    One that is still there but is over, or makes no sense now, is not gone: it is left alone.
    """
    events = calendar.events
    there = {event.uid for event in events} | {each.uid for each in calendar.refused}
    return Changes(
        new=[event for event in events if event.uid not in known],
        changed=[e for e in events if e.uid in known and known[e.uid] != e.digest()],
        same=[event for event in events if known.get(event.uid) == event.digest()],
        gone=sorted(set(known) - there - calendar.over),
    )
