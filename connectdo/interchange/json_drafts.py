"""A row of a public directory, in the keys those files share -> a draft."""

from collections.abc import Mapping
from typing import Any

from connectdo.interchange import contacts, where
from connectdo.interchange.drafts import Draft, Position, made_up_id
from connectdo.interchange.fields import Fields, required_name
from connectdo.interchange.json_times import read_schedule
from connectdo.text import slug

# The keys that only such files have. One of them filled tells such a row among CSV rows.
DIRECTORY_KEYS = ("id", "lat", "lon", "lad", "tags", "schedule", "extra")
KIND_WORDS = {
    "event": "event",
    **dict.fromkeys(
        ("group", "place", "venue", "service", "club", "opportunity", "organisation",
         "organization"), "group"
    ),
}  # fmt: skip
ORGANISATION_KINDS = {"club": "sports_club", "organisation": "charity", "organization": "charity"}
FREE = ("free", "free of charge", "£0", "0")


def draft_from_json(row: Mapping[str, Any], source: str) -> tuple[Draft, list[str]]:
    """The draft an object describes and what was cleaned in it. Raises BadRow.

    `source` stands for that of an object that names none.
    """
    fields = Fields({**row, "source_id": row.get("id"), "description": _description(row)})
    name, kind = required_name(fields), _kind(fields)
    venue, organisation = _position(fields), fields.text("organisation")
    if not organisation and kind != "event":
        organisation = name
    url, cost = contacts.web_address(fields, "url"), fields.text("cost")
    times, schedule_words = read_schedule(fields, row.get("schedule"))
    draft = Draft(
        source=fields.text("source") or source,
        source_id=fields.text("source_id")
        or made_up_id(name, organisation, venue.postcode if venue else ""),
        kind=kind,
        name=name,
        organisation=organisation,
        organisation_kind=ORGANISATION_KINDS.get(str(row.get("kind")).casefold(), "other"),
        organisation_url=url if organisation == name else "",
        description=fields.text("description", lines=True),
        interests=tuple(_tags(fields, row)),
        venue=venue,
        times=times,
        schedule_words=schedule_words,
        cost=cost,
        is_free=True if cost.casefold() in FREE else None,
        url=url,
    )
    fields.refuse_if_wrong()
    return draft, fields.cleaned


def _kind(fields: Fields) -> str:
    """A group unless it says that it is an event."""
    return fields.choice("kind", KIND_WORDS, "group", firm=True)


def _description(row: Mapping[str, Any]) -> Any:
    """Some directories were exported with their line breaks written out as two characters."""
    said = row.get("description")
    if isinstance(said, str):
        return said.replace("\\r", "").replace("\\n", "\n")
    return said


def _position(fields: Fields) -> Position | None:
    point = where.point(fields, "lat", "lon")
    area = fields.text("lad")
    if area and not slug(area):
        fields.leave_out(f'"{area[:40]}" is not the name of an area', firm=False)
        area = ""
    position = Position(
        postcode=where.postcode(fields),
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        area=area,
    )
    return position if position != Position() else None


def _tags(fields: Fields, row: Mapping[str, Any]) -> list[str]:
    """Tags as words: where they are codes, `extra.tag_names` holds their names."""
    extra = row.get("extra")
    names = extra.get("tag_names") if isinstance(extra, dict) else None
    if not (isinstance(names, list) and names):
        return fields.many("tags")
    named = Fields({"tags": names})
    tags = named.many("tags")
    fields.cleaned += named.cleaned
    return tags
