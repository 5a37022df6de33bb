"""An object of a public directory (one a line, in the keys those files share) -> a draft."""

import re
from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any

from connectdo.interchange.csv_drafts import (
    made_up_id,
    postcode_of,
    read_times,
    required_name,
)
from connectdo.interchange.drafts import Draft, Position
from connectdo.interchange.fields import LONGEST, Fields
from connectdo.listings.schedules import Times
from connectdo.text import one_line

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ORGANISATION_KINDS = {"club": "sports_club", "organisation": "charity"}
# Weekly hours are read as a rule that began on this Monday.
A_MONDAY = date(2024, 1, 1)
HOURS = re.compile(
    r"(?P<day>[A-Za-z]+) +(?P<from>\d{1,2}(?::\d\d)?) *(?P<a>[ap]m) *- *"
    r"(?P<to>\d{1,2}(?::\d\d)?) *(?P<b>[ap]m)",
    re.IGNORECASE,
)


def draft_from_json(row: dict[str, Any], file_name: str) -> tuple[Draft, list[str]]:
    """The draft an object describes and what was cleaned in it. Raises BadRow."""
    # Some directories were exported with their line breaks written out as two characters.
    said = row.get("description")
    if isinstance(said, str):
        row = {**row, "description": said.replace("\\r", "").replace("\\n", "\n")}
    fields = Fields({**row, "source_id": row.get("id")})
    name, kind = required_name(fields), fields.text("kind").lower()
    venue = _position(fields)
    organisation = fields.text("organisation")
    if not organisation and kind != "event":
        organisation = name
    url = fields.web_address("url")
    times, schedule_words = _times(fields, row.get("schedule"))
    cost = fields.text("cost")
    draft = Draft(
        source=fields.text("source") or file_name,
        source_id=fields.text("source_id")
        or made_up_id(name, organisation, venue.postcode if venue else ""),
        kind="event" if kind == "event" else "group",
        name=name,
        organisation=organisation,
        organisation_kind=ORGANISATION_KINDS.get(kind, "other"),
        organisation_url=url if organisation == name else "",
        description=fields.text("description", lines=True),
        interests=tuple(_tags(fields, row)),
        venue=venue,
        times=times,
        schedule_words=schedule_words,
        cost=cost,
        is_free=True if cost.casefold() in ("free", "free of charge", "£0", "0") else None,
        url=url,
    )
    fields.refuse_if_wrong()
    return draft, fields.cleaned


def _position(fields: Fields) -> Position | None:
    point = fields.point("lat", "lon")
    position = Position(
        postcode=postcode_of(fields),
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        area=fields.text("lad"),
    )
    return position if position != Position() else None


def _tags(fields: Fields, row: dict[str, Any]) -> list[str]:
    """Tags as words: where they are codes, `extra.tag_names` holds their names."""
    extra = row.get("extra")
    names = extra.get("tag_names") if isinstance(extra, dict) else None
    if isinstance(names, list) and names:
        return Fields({"tags": names}).many("tags")
    return fields.many("tags")


def _times(fields: Fields, schedule: object) -> tuple[tuple[Times, ...], str]:
    """The schedule as times where it can be read, else as its words."""
    if isinstance(schedule, str):
        schedule = [schedule]
    if isinstance(schedule, dict):
        if "start" in schedule:
            return _dates(Fields({**schedule, "end": schedule.get("end") or ""}), fields), ""
        return _opening_days(schedule)
    if isinstance(schedule, list):
        return _opening_hours([one_line(str(item)) for item in schedule])
    return (), ""


def _dates(schedule: Fields, fields: Fields) -> tuple[Times, ...]:
    """From one date, or every day from one date to another."""
    start, end = schedule.start("start"), schedule.start("end")
    fields.wrong += schedule.wrong
    if start is None:
        return ()
    if end is None or end[0] <= start[0]:
        return (Times(*start),)
    return read_times(fields, start, None, f"FREQ=DAILY;UNTIL={end[0]:%Y%m%d}")


def _opening_days(days: dict[str, Any]) -> tuple[tuple[Times, ...], str]:
    """Weekdays with words such as "AM & PM (continuous)" or "Closed"."""
    said = {day: one_line(str(days.get(day) or "")) for day in DAYS}
    open_days = [
        day for day, words in said.items() if words and words.casefold() not in ("closed", "no")
    ]
    words = "; ".join(f"{day.capitalize()}: {said[day]}" for day in open_days)
    if not open_days:
        return (), ""
    return (_weekly([DAYS.index(day) for day in open_days], None, None),), _cut(words)


def _opening_hours(lines: list[str]) -> tuple[tuple[Times, ...], str]:
    """Lines such as "Monday 9:00am-5:00pm": one schedule for each pair of hours."""
    words = _cut("; ".join(lines))
    hours: dict[tuple[time, int], list[int]] = {}
    for line in lines:
        found = HOURS.fullmatch(line)
        day = found["day"].lower() if found else ""
        if not found or day not in DAYS:
            return (), words
        opens, closes = (
            _clock(found["from"], found["a"]),
            _clock(found["to"], found["b"]),
        )
        if opens is None or closes is None:
            return (), words
        minutes = (closes.hour - opens.hour) * 60 + closes.minute - opens.minute
        hours.setdefault((opens, minutes % (24 * 60)), []).append(DAYS.index(day))
    return tuple(
        _weekly(weekdays, opens, minutes) for (opens, minutes), weekdays in hours.items()
    ), words


def _weekly(weekdays: Iterable[int], opens: time | None, minutes: int | None) -> Times:
    days = sorted(set(weekdays))
    rule = "FREQ=WEEKLY;BYDAY=" + ",".join(CODES[day] for day in days)
    return Times(A_MONDAY + timedelta(days=days[0]), opens, minutes or None, rule)


def _clock(text: str, half: str) -> time | None:
    hour, _, minute = text.partition(":")
    if not 1 <= int(hour) <= 12 or int(minute or 0) > 59:
        return None
    return time(int(hour) % 12 + (12 if half.lower() == "pm" else 0), int(minute or 0))


def _cut(words: str) -> str:
    longest = LONGEST["schedule"]
    return words if len(words) <= longest else words[: longest - 1] + "…"
