"""connectdo import, with rows of public directories."""

from datetime import date, time
from typing import Any

import pytest

from connectdo.interchange.drafts import BadRow, Position
from connectdo.interchange.json_drafts import draft_from_json
from tests.interchange.conftest import Importer, the_listing

LIBRARY = {
    "id": 12, "source": "libraries", "kind": "venue", "name": "Carnegie Library",
    "description": "Books.\\nAnd warmth.", "postcode": "SE24 0NG", "lat": 51.4601, "lon": -0.0977,
    "lad": "Lambeth", "tags": ["CC101", "CC102"], "url": "carnegie.example", "cost": "Free",
    "extra": {"tag_names": ["Choir", "Ramp at the front", None]}, "more": {"a": [1]},
}  # fmt: skip


def times_of(schedule: object) -> list[tuple[Any, ...]]:
    """The times a schedule is read as, and last its words."""
    draft, _ = draft_from_json({"name": "A", "kind": "event", "schedule": schedule}, "s")
    times = [(one.starts_on, one.starts_at, one.minutes, one.recurrence) for one in draft.times]
    return [*times, (draft.schedule_words,)]


def test_an_object_becomes_a_listing_under_an_organisation_of_its_name(
    importer: Importer,
) -> None:
    report = importer.report(importer.jsonl(LIBRARY))

    assert (report["code"], report["added"], report["cleaned"]) == (0, 1, [])
    listing = the_listing()
    assert (listing.kind, listing.source, listing.source_id) == ("group", "libraries", "12")
    assert listing.organisation
    assert listing.venue
    assert listing.organisation.name == "Carnegie Library"
    assert listing.organisation.website == "https://carnegie.example"
    assert listing.description == "Books.\nAnd warmth."
    assert (listing.venue.latitude, listing.venue.longitude) == (51.4601, -0.0977)
    assert listing.venue.area
    assert listing.venue.area.name == "Lambeth"
    assert [one.name for one in listing.interests] == ["Choir"]
    assert listing.tags == ["Ramp at the front"]
    assert listing.is_free is True


@pytest.mark.parametrize(
    ("kind", "becomes"),
    [("place", "group"), ("Service", "group"), ("opportunity", "group"), ("event", "event")],
)
def test_kinds_of_public_directories_are_groups_or_events(kind: str, becomes: str) -> None:
    draft, _ = draft_from_json({"name": "A", "kind": kind}, "s")

    assert (draft.kind, draft.organisation) == (becomes, "A" if becomes == "group" else "")


def test_what_changed_is_updated_with_its_organisation_and_area(importer: Importer) -> None:
    importer.run(importer.jsonl(LIBRARY))
    moved = {**LIBRARY, "url": "https://new.example", "lad": "Southwark"}

    counts = importer.counts(importer.jsonl(moved))

    assert counts == (0, 1, 0, 0)
    listing = the_listing()
    assert listing.organisation
    assert listing.venue
    assert listing.organisation.website == "https://new.example"
    assert listing.venue.area
    assert listing.venue.area.name == "Southwark"


@pytest.mark.parametrize(
    ("schedule", "read"),
    [
        ({"start": "2026-10-06", "end": ""}, [(date(2026, 10, 6), None, None, ""), ("",)]),
        (
            {"start": "2026-10-06T18:30", "end": "2026-10-06T20:00"},
            [(date(2026, 10, 6), time(18, 30), 90, ""), ("",)],
        ),
        (
            {"start": "2026-10-06", "end": "2026-10-09"},
            [(date(2026, 10, 6), None, None, "FREQ=DAILY;UNTIL=20261009"), ("",)],
        ),
        (
            {"monday": "Closed", "tuesday": "AM & PM", "thursday": "AM"},
            [
                (date(2024, 1, 2), None, None, "FREQ=WEEKLY;BYDAY=TU,TH"),
                ("Tuesday: AM & PM; Thursday: AM",),
            ],
        ),
        (
            ["Monday 9:00am-5:00pm", "Friday 9:00am-5:00pm", "Friday 7 pm - 1 am"],
            [
                (date(2024, 1, 1), time(9), 480, "FREQ=WEEKLY;BYDAY=MO,FR"),
                (date(2024, 1, 5), time(19), 360, "FREQ=WEEKLY;BYDAY=FR"),
                ("Monday 9:00am-5:00pm; Friday 9:00am-5:00pm; Friday 7 pm - 1 am",),
            ],
        ),
        ("Mondays, 12 noon", [("Mondays, 12 noon",)]),
        (["Monday 13:00pm-25:00pm"], [("Monday 13:00pm-25:00pm",)]),
        ({"note": "Ring first", "n": 3}, [("note: Ring first",)]),
        ("x" * 600, [("x" * 499 + "…",)]),
        (None, [("",)]),
        (7, [("",)]),
    ],
)
def test_a_schedule_is_read_or_kept_as_its_words(schedule: object, read: list[Any]) -> None:
    assert times_of(schedule) == read


def test_a_point_outside_britain_is_a_point_like_any_other() -> None:
    draft, cleaned = draft_from_json({"name": "Clinic", "lat": 25.76, "lon": -80.19}, "s")

    assert draft.venue == Position(latitude=25.76, longitude=-80.19)
    assert cleaned == []


@pytest.mark.parametrize(
    ("odd", "told"),
    [
        ({"name": 5}, "The name is a number and was read as a word."),
        ({"cost": ["a"]}, "Took out the cost, which is not a text."),
        ({"organisation": {"name": "B"}}, "Took out the organisation, which is not a text."),
        ({"url": True}, "Took out the url, which is not a text."),
        ({"tags": {"a": 1}}, "Took out the tags, which is not a text."),
        ({"tags": ["Choir", ["x"]]}, "Took out a value of the tags that is not a text."),
        ({"tags": ["x" * 101]}, "A value of the tags is over 100 characters long"),
        ({"tags": ["x"] * 501}, "Kept the first 500 of the tags."),
        ({"schedule": 7}, "Took out the schedule, which is neither words nor dates."),
        ({"schedule": [1]}, "Took out the schedule, which is neither words nor dates."),
        ({"lat": 0, "lon": 0.0}, "Took out the position 0, 0, which is in the sea off Africa."),
        ({"postcode": "nowhere"}, 'Took out the postcode "nowhere", which is not a UK postcode.'),
        ({"description": "a\0b"}, "Took out characters that cannot be shown"),
        ({"lad": "東京"}, '"東京" is not the name of an area, so it was left out.'),
    ],
)
def test_what_only_describes_is_put_right_and_told(odd: dict[str, Any], told: str) -> None:
    _, cleaned = draft_from_json({"name": "A", **odd}, "s")

    assert len(cleaned) == 1
    assert cleaned[0].startswith(told)


@pytest.mark.parametrize("tags", ["Choir", ["Choir"], "Choir; Choir", ["Choir", "", None]])
def test_tags_may_be_a_list_or_a_text(tags: object) -> None:
    draft, cleaned = draft_from_json({"name": "A", "tags": tags, "extra": None}, "s")

    assert (draft.interests, cleaned) == (("Choir",), [])


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        ({"name": None}, "The row has no name."),
        ({"name": {"en": "A"}}, "The row has no name."),
        ({"kind": "banana"}, 'The kind "banana" is not one of: event, group.'),
        ({"lat": "abc", "lon": 1}, "must both be numbers"),
        ({"lat": 51.4}, "must both be numbers"),
        ({"lat": 1e400, "lon": 0}, "A latitude of inf is not on Earth: it is -90 to 90."),
        ({"lat": 0, "lon": 99999999999999999999}, "A longitude of 1e\\+20 is not on Earth"),
        ({"lat": float("nan"), "lon": 0}, "A latitude of nan is not on Earth"),
        ({"schedule": {"start": "soon"}}, '"soon" \\(start\\) is not a date.'),
        ({"schedule": {"start": "2026-10-06T18:30Z"}}, "has a time zone"),
        ({"description": "x" * 2_000_000}, "at most 20,000 characters long, not 2,000,000"),
        ({"id": "x" * 201}, "The id must be at most 200 characters long, not 201."),
    ],
)
def test_what_must_be_right_is_refused_in_words(odd: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadRow, match=reason):
        draft_from_json({"name": "A", **odd}, "s")
