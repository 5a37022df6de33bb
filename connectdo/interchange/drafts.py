"""A listing as it was sent, checked but not yet stored. Pure values."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date, time
from typing import Any

from connectdo.listings.schedules import Times
from connectdo.listings.venues import Spot

Key = tuple[str, str]


class BadRow(ValueError):
    """A row that cannot go in; the message is for the person who sent it."""


@dataclass(frozen=True)
class Position(Spot):
    """Where a venue is, and in which area if the row says so."""

    area: str = ""


@dataclass(frozen=True)
class Draft:
    """Everything a row said, in the names of `connectdo.listings.models.Listing`."""

    source: str
    source_id: str
    kind: str
    name: str
    organisation: str = ""
    organisation_kind: str = "other"
    organisation_url: str = ""
    registered_number: str = ""
    summary: str = ""
    description: str = ""
    interests: tuple[str, ...] = ()
    venue: Position | None = None
    delivery: tuple[str, ...] = ("in_person",)
    serves: tuple[str, ...] = ()
    serves_everywhere: bool = False
    residents_only: bool = False
    times: tuple[Times, ...] = ()
    schedule_words: str = ""
    cost: str = ""
    is_free: bool | None = None
    min_age: int | None = None
    max_age: int | None = None
    gender: str = "any"
    audience: str = ""
    languages: tuple[str, ...] = ()
    access: dict[str, bool] = field(default_factory=dict)
    first_visit: str = ""
    booking: str = ""
    contact_name: str = ""
    phone: str = ""
    email: str = ""
    url: str = ""
    confirmed_on: date | None = None

    @property
    def key(self) -> Key:
        """What a listing is known by: its source and its id there."""
        return self.source, self.source_id

    def digest(self) -> str:
        """A hash of everything above: two drafts with the same one say the same."""
        plain = json.dumps(asdict(self), default=_plain, sort_keys=True)
        return hashlib.sha256(plain.encode()).hexdigest()


def made_up_id(name: str, organisation: str, postcode: str) -> str:
    """What a row without a source id is known by: its name, organisation and postcode."""
    known_by = "\n".join(part.casefold() for part in (name, organisation, postcode))
    return f"made-{hashlib.sha256(known_by.encode()).hexdigest()[:20]}"


def _plain(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    return sorted(value)
