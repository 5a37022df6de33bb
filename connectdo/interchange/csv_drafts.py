"""A row of our own CSV columns -> a draft."""

from collections.abc import Mapping
from typing import Any

from connectdo.interchange import choices, contacts, when, where
from connectdo.interchange.drafts import Draft, Position, made_up_id
from connectdo.interchange.fields import Fields, required_name
from connectdo.listings.choices import KINDS
from connectdo.listings.schedules import Times
from connectdo.text import slug

OLDEST = 130
A_WEEK = 7 * 24 * 60
KIND_WORDS = {kind: kind for kind in KINDS}
# The columns that files of public directories have too, and those that are only ours.
SHARED_COLUMNS = (
    "source", "name", "kind", "organisation", "description", "postcode", "cost", "url",
)  # fmt: skip
OUR_COLUMNS = (
    "source_id", "summary", "interests", "venue", "address", "latitude", "longitude", "delivery",
    "serves", "residents_only", "starts", "minutes", "recurrence", "skip_dates",
    "cancelled_dates", "free", "min_age", "max_age", "gender", "audience", "languages", "dates",
    "access", "first_visit", "booking", "contact_name", "phone", "email", "confirmed_on",
)  # fmt: skip


def draft_from_csv(row: Mapping[str, Any], source: str) -> tuple[Draft, list[str]]:
    """The draft a row describes and what was cleaned in it. Raises BadRow.

    `source` stands for that of a row that names none.
    """
    fields = Fields(row)
    name, kind = required_name(fields), _kind(fields)
    organisation, venue = fields.text("organisation"), _venue(fields)
    areas, everywhere = _serves(fields)
    min_age, max_age = _ages(fields)
    gender, audience = choices.gender_and_audience(fields)
    draft = Draft(
        source=fields.text("source") or source,
        source_id=fields.text("source_id")
        or made_up_id(name, organisation, venue.postcode if venue else ""),
        kind=kind,
        name=name,
        organisation=organisation,
        summary=fields.text("summary"),
        description=fields.text("description", lines=True),
        interests=tuple(fields.many("interests")),
        venue=venue,
        delivery=choices.delivery(fields),
        serves=areas,
        serves_everywhere=everywhere,
        residents_only=fields.yes_no("residents_only", firm=True) or False,
        times=_times(fields),
        cost=fields.text("cost"),
        is_free=fields.yes_no("free"),
        min_age=min_age,
        max_age=max_age,
        gender=gender,
        audience=audience,
        languages=tuple(fields.many("languages")),
        access=choices.access(fields),
        first_visit=fields.text("first_visit", lines=True),
        booking=choices.booking(fields),
        contact_name=fields.text("contact_name"),
        phone=contacts.phone(fields, "phone"),
        email=contacts.mail_address(fields, "email"),
        url=contacts.web_address(fields, "url"),
        confirmed_on=when.day(fields, "confirmed_on"),
    )
    fields.refuse_if_wrong()
    return draft, fields.cleaned


def _kind(fields: Fields) -> str:
    wrong_before = len(fields.wrong)
    kind = fields.choice("kind", KIND_WORDS, firm=True)
    if not kind and len(fields.wrong) == wrong_before:
        fields.wrong.append("The row has no kind. Write group or event.")
    return kind


def _venue(fields: Fields) -> Position | None:
    point = where.point(fields, "latitude", "longitude")
    position = Position(
        name=fields.text("venue"),
        address=fields.text("address"),
        postcode=where.postcode(fields),
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
    )
    return position if position != Position() else None


def _serves(fields: Fields) -> tuple[tuple[str, ...], bool]:
    """The areas that are served, and whether everywhere is."""
    said = fields.many("serves", firm=True)
    areas = tuple(area for area in said if area.casefold() != "everywhere")
    for area in areas:
        if not slug(area):
            fields.wrong.append(f'"{area[:40]}" (serves) is not the name of an area.')
    return areas, len(areas) < len(said)


def _ages(fields: Fields) -> tuple[int | None, int | None]:
    youngest, oldest = fields.whole("min_age", OLDEST), fields.whole("max_age", OLDEST)
    if youngest is not None and oldest is not None and youngest > oldest:
        fields.wrong.append("The youngest age is above the oldest age.")
    return youngest, oldest


def _times(fields: Fields) -> tuple[Times, ...]:
    starts, dates = when.start(fields, "starts"), when.days(fields, "dates")
    minutes = fields.whole("minutes", A_WEEK) or None
    skipped, cancelled = when.days(fields, "skip_dates"), when.days(fields, "cancelled_dates")
    recurrence = fields.text("recurrence")
    if starts is None and dates:
        starts = min(dates), None
    if starts is None:
        if recurrence and not fields.wrong:
            fields.wrong.append("The row has a recurrence but no start date.")
        return ()
    return when.schedule(fields, starts, minutes, recurrence, dates, skipped, cancelled)
