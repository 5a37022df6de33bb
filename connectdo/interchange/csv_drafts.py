"""A row of our own CSV columns -> a draft."""

import hashlib
from datetime import date, time
from typing import Any

from connectdo.interchange.drafts import Draft, Position
from connectdo.interchange.fields import Fields
from connectdo.listings.choices import ACCESS, BOOKING, DELIVERY, GENDER, KINDS
from connectdo.listings.schedules import (
    BadRecurrence,
    Times,
    never_happens,
    tidy_recurrence,
)
from connectdo.places import tidy_postcode

OLDEST = 130


def draft_from_csv(row: dict[str, Any], file_name: str) -> tuple[Draft, list[str]]:
    """The draft a row describes and what was cleaned in it. Raises BadRow.

    `file_name` stands for the source of a row that names none.
    """
    fields = Fields(row)
    name = required_name(fields)
    kind = fields.choice("kind", KINDS)
    if not kind and not fields.wrong:
        fields.wrong.append("The row has no kind. Write group or event.")
    serves = fields.many("serves")
    everywhere = [area for area in serves if area.casefold() == "everywhere"]
    organisation, venue = fields.text("organisation"), _venue(fields)
    source = fields.text("source") or file_name
    draft = Draft(
        source=source,
        source_id=fields.text("source_id")
        or made_up_id(name, organisation, venue.postcode if venue else ""),
        kind=kind,
        name=name,
        organisation=organisation,
        summary=fields.text("summary"),
        description=fields.text("description", lines=True),
        interests=tuple(fields.many("interests")),
        venue=venue,
        delivery=_delivery(fields),
        serves=tuple(area for area in serves if area not in everywhere),
        serves_everywhere=bool(everywhere),
        residents_only=fields.yes_no("residents_only") or False,
        times=_times(fields),
        cost=fields.text("cost"),
        is_free=fields.yes_no("free"),
        min_age=fields.whole("min_age", OLDEST),
        max_age=fields.whole("max_age", OLDEST),
        gender=fields.choice("gender", GENDER, "any"),
        audience=fields.text("audience"),
        languages=tuple(fields.many("languages")),
        access=_access(fields),
        first_visit=fields.text("first_visit", lines=True),
        booking=fields.choice("booking", BOOKING),
        contact_name=fields.text("contact_name"),
        phone=fields.phone("phone"),
        email=fields.mail_address("email"),
        url=fields.web_address("url"),
        confirmed_on=fields.day("confirmed_on"),
    )
    if None not in (draft.min_age, draft.max_age) and draft.min_age > draft.max_age:  # type: ignore[operator]
        fields.wrong.append("The youngest age is above the oldest age.")
    fields.refuse_if_wrong()
    return draft, fields.cleaned


def required_name(fields: Fields) -> str:
    """The name of a row, which it must have."""
    name = fields.text("name")
    if not name and not fields.wrong:
        fields.wrong.append("The row has no name. Every listing needs one.")
    return name


def made_up_id(name: str, organisation: str, postcode: str) -> str:
    """What a row without a source id is known by: its name, organisation and postcode."""
    said = "\n".join(part.casefold() for part in (name, organisation, postcode))
    return f"made-{hashlib.sha256(said.encode()).hexdigest()[:20]}"


def postcode_of(fields: Fields) -> str:
    """The postcode, tidied. Words that cannot be one are cleaned away."""
    text = fields.text("postcode")
    postcode = tidy_postcode(text) if text else ""
    if postcode is None:
        fields.cleaned.append(f'Took out the postcode "{text[:20]}", which is not a UK postcode.')
    return postcode or ""


def _venue(fields: Fields) -> Position | None:
    point = fields.point("latitude", "longitude")
    position = Position(
        name=fields.text("venue"),
        address=fields.text("address"),
        postcode=postcode_of(fields),
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
    )
    return position if position != Position() else None


def _delivery(fields: Fields) -> tuple[str, ...]:
    ways = [way.lower().replace(" ", "_").replace("-", "_") for way in fields.many("delivery")]
    for way in ways:
        if way not in DELIVERY:
            fields.wrong.append(f'The delivery "{way[:40]}" is not one of: {", ".join(DELIVERY)}.')
    return tuple(ways) or ("in_person",)


def _access(fields: Fields) -> dict[str, bool]:
    answers: dict[str, bool] = {}
    for said in fields.many("access"):
        word = said.lower().replace("-", "_")
        feature = word.removeprefix("no ").strip().replace(" ", "_")
        if feature not in ACCESS:
            fields.wrong.append(f'The access "{said[:40]}" is not one of: {", ".join(ACCESS)}.')
        answers[feature] = not word.startswith("no ")
    return answers


def _times(fields: Fields) -> tuple[Times, ...]:
    start = fields.start("starts")
    dates = fields.days("dates")
    recurrence = fields.text("recurrence")
    if start is None and dates:
        start = min(dates), None
    if start is None:
        if recurrence and not fields.wrong:
            fields.wrong.append("The row has a recurrence but no start date.")
        return ()
    minutes = fields.whole("minutes", 7 * 24 * 60)
    out = fields.days("skip_dates"), fields.days("cancelled_dates")
    return read_times(fields, start, minutes, recurrence, dates, *out)


def read_times(
    fields: Fields,
    start: tuple[date, time | None],
    minutes: int | None,
    recurrence: str,
    dates: frozenset[date] = frozenset(),
    skip_dates: frozenset[date] = frozenset(),
    cancelled_dates: frozenset[date] = frozenset(),
) -> tuple[Times, ...]:
    """One schedule, or none and the reason among what is wrong with the row."""
    try:
        rule = tidy_recurrence(recurrence) if recurrence else ""
    except BadRecurrence as error:
        fields.wrong.append(str(error))
        return ()
    times = Times(start[0], start[1], minutes, rule, dates, skip_dates, cancelled_dates)
    if never_happens(times):
        fields.wrong.append("The recurrence never falls on a date, so nobody could come.")
        return ()
    return (times,)
