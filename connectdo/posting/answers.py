"""The answers of somebody who writes a listing. Pure: values in, values out.

They are what `listings.said` says of a listing, but for its times, which are kept as they were
said: a block for each way of saying when ("every Tuesday"), with the schedules it makes. Besides,
they hold who runs it and what was asked about the place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from connectdo.listings.choices import ACCESS
from connectdo.listings.schedules import Times, last_allowed, last_of_rule, rule_parts
from connectdo.listings.when import NotSaid, answers_of, carry_over
from connectdo.listings.when.answers import Answered
from connectdo.listings.when.reading import schedules_said

Values = dict[str, Any]

# What a listing says, and what it says before anybody has said anything.
BLANK: Values = {
    "kind": "",
    "name": "",
    "summary": "",
    "description": "",
    "interests": [],
    "venue": None,
    "hide_address": False,
    "delivery": [],
    "serves": [],
    "serves_everywhere": False,
    "residents_only": False,
    "cost": "",
    "is_free": None,
    "min_age": None,
    "max_age": None,
    "gender": "any",
    "audience": "",
    "languages": [],
    "access": {},
    "first_visit": "",
    "booking": "",
    "contact_name": "",
    "phone": "",
    "email": "",
    "url": "",
    "photo": None,
    # What an import left: it is not asked for, and stays.
    "tags": [],
    "schedule_words": "",
}
# What is asked besides.
ASIDE: Values = {
    "times": [],
    "organisation_id": None,
    "organisation_name": "",
    "place": "",
    "postcode": "",
}
# Years in which a date stays on its day of the week.
A_YEAR = timedelta(weeks=52)
# Where it is: at one place, at one whose address is not shown, or nowhere in particular.
FIXED, HIDDEN, NOWHERE = "fixed", "hidden", "nowhere"


def blank() -> Values:
    """Nothing said yet."""
    return {**BLANK, **ASIDE, "access": {}}


def from_values(values: Mapping[str, Any], organisation_id: int | None, today: date) -> Values:
    """The answers that say what a listing says."""
    said = {key: values.get(key, empty) for key, empty in BLANK.items()}
    schedules = [times_from(each) for each in values.get("schedules", [])]
    venue = said["venue"] or {}
    place = NOWHERE if not venue else HIDDEN if said["hide_address"] else FIXED
    return {
        **blank(),
        **said,
        "times": blocks_of(schedules, today),
        "organisation_id": organisation_id,
        "place": place,
        "postcode": venue.get("postcode", ""),
    }


def to_values(answers: Mapping[str, Any]) -> Values:
    """What the answers say of a listing."""
    said = {key: answers.get(key, empty) for key, empty in BLANK.items()}
    return {**said, "schedules": schedules_in(answers)}


def schedules_in(answers: Mapping[str, Any]) -> list[Values]:
    """The schedules of all blocks, as they are kept."""
    return [each for block in answers["times"] for each in block["schedules"]]


def times_in(answers: Mapping[str, Any]) -> list[Times]:
    """The schedules of all blocks."""
    return [times_from(each) for each in schedules_in(answers)]


def with_block(answers: Mapping[str, Any], number: int, block: Values) -> list[Values]:
    """The blocks with another in the place of one, or after the last."""
    blocks = list(answers["times"])
    blocks[number : number + 1] = [block]
    return blocks


def block(said: Mapping[str, Any], schedules: Sequence[Times], before: Values | None) -> Values:
    """What was said of one way of meeting. Dates cancelled in the block before it stay cancelled
    where they are planned still."""
    old = [times_from(each) for each in before["schedules"]] if before else []
    return {"said": dict(said), "schedules": [kept(each) for each in carry_over(old, schedules)]}


def blocks_of(schedules: Sequence[Times], today: date) -> list[Values]:
    """Schedules as blocks; what the form has no words for is kept as it is, with none said."""
    try:
        found = [
            (dict(said), schedules_said(Answered(said, today))) for said in _said(schedules, today)
        ]
    except NotSaid:
        return [block for times in schedules for block in _alone(times, today)]
    return [
        {"said": said, "schedules": [kept(each) for each in carry_over(schedules, told)]}
        for said, told in found
    ]


def _said(schedules: Sequence[Times], today: date) -> list[dict[str, Any]]:
    return [dict(each) for each in answers_of(schedules, today)]


def _alone(times: Times, today: date) -> list[Values]:
    try:
        said: Values | None = _said([times], today)[0]
    except NotSaid:
        said = None
    return [{"said": said, "schedules": [kept(times)]}]


def a_year_on(schedules: Sequence[Mapping[str, Any]], today: date) -> list[Values]:
    """Schedules on the same days of the week a year later, or more years if that has passed too."""
    every = [times_from(each) for each in schedules]
    last = max((_last(each) for each in every), default=today)
    years = max(1, -(-(today - last).days // A_YEAR.days)) if last < today else 1
    return [kept(_moved(each, A_YEAR * years)) for each in every]


def _last(times: Times) -> date:
    if times.recurrence:
        return last_of_rule(times) or times.starts_on
    return max({times.starts_on, *times.dates})


def _moved(times: Times, by: timedelta) -> Times:
    parts = rule_parts(times.recurrence) if times.recurrence else {}
    last = last_allowed(parts, times.starts_at)
    if last:
        parts = {**parts, "UNTIL": f"{last + by:%Y%m%d}"}
    return replace(
        times,
        starts_on=times.starts_on + by,
        recurrence=";".join(f"{name}={value}" for name, value in parts.items()),
        dates=frozenset(day + by for day in times.dates),
        skip_dates=frozenset(),
        cancelled_dates=frozenset(),
    )


def kept(times: Times) -> Values:
    """A schedule as it is kept: dates and times in ISO's words."""
    return {
        "starts_on": times.starts_on.isoformat(),
        "starts_at": times.starts_at.isoformat("minutes") if times.starts_at else None,
        "minutes": times.minutes,
        "recurrence": times.recurrence,
        "dates": _days(times.dates),
        "skip_dates": _days(times.skip_dates),
        "cancelled_dates": _days(times.cancelled_dates),
    }


def times_from(values: Mapping[str, Any]) -> Times:
    """The schedule that was kept."""

    def days(name: str) -> frozenset[date]:
        return frozenset(date.fromisoformat(each) for each in values.get(name) or [])

    at = values.get("starts_at")
    return Times(
        date.fromisoformat(values["starts_on"]),
        time.fromisoformat(at) if at else None,
        values.get("minutes"),
        values.get("recurrence") or "",
        days("dates"),
        days("skip_dates"),
        days("cancelled_dates"),
    )


def access_of(present: Sequence[str], lacking: Sequence[str]) -> dict[str, bool]:
    """The answers about access; what is ticked in neither list is not answered."""
    return {each: each in present for each in ACCESS if each in present or each in lacking}


def _days(days: frozenset[date]) -> list[str]:
    return [each.isoformat() for each in sorted(days)]
