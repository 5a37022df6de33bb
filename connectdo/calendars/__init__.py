"""A group's own calendar, kept in step: an address or a file -> events to be posted.

What comes from elsewhere is doubted three times. An address is asked only where it is public,
whatever its name leads to at that moment (`fetching`). A file is read event by event, so that
one that makes no sense leaves the rest alone (`reading`). And what is in it is compared with
what was there last time, by what it says (`comparing`).
"""

from connectdo.calendars.addresses import BadAddress, tidy_address
from connectdo.calendars.comparing import Changes, compare
from connectdo.calendars.events import CalendarEvent
from connectdo.calendars.fetching import CannotFetch, fetch_calendar
from connectdo.calendars.reading import BadCalendar, Calendar, Refused, read_calendar

__all__ = [
    "BadAddress",
    "BadCalendar",
    "Calendar",
    "CalendarEvent",
    "CannotFetch",
    "Changes",
    "Refused",
    "compare",
    "fetch_calendar",
    "read_calendar",
    "tidy_address",
]
