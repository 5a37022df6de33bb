"""The pages on which a listing is written: which there are, and which comes next. Pure."""

from collections.abc import Collection, Mapping
from typing import Any

from connectdo.posting.answers import NOWHERE

WHAT, INTERESTS, WHEN, WHERE = "what", "interests", "when", "where"
VENUE, REACH, WHO, VISIT = "venue", "reach", "who", "visit"
CONTACT, PHOTO = "contact", "photo"
ALL = (WHAT, INTERESTS, WHEN, WHERE, VENUE, REACH, WHO, VISIT, CONTACT, PHOTO)


def asked(answers: Mapping[str, Any]) -> list[str]:
    """The pages that these answers ask for, in order."""
    left_out = VENUE if answers["place"] == NOWHERE else REACH
    return [each for each in ALL if each != left_out]


def next_page(answers: Mapping[str, Any], done: Collection[str]) -> str | None:
    """The first page that has no answer, None where all have."""
    return next((each for each in asked(answers) if each not in done), None)


def page_before(answers: Mapping[str, Any], page: str) -> str | None:
    """The page that comes before another, None before the first."""
    every = asked(answers)
    at = every.index(page) if page in every else 0
    return every[at - 1] if at else None


def dropped(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    """Pages whose answers are of no use since another was changed."""
    again: set[str] = set()
    if after["place"] != NOWHERE and after["venue"] is None:
        again.add(VENUE)
    if after["place"] == NOWHERE and before["place"] != NOWHERE:
        again.add(REACH)
    return again
