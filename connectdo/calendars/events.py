"""An event of somebody's calendar, checked but not yet posted. Pure values."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any

from connectdo.listings.schedules import Times


@dataclass(frozen=True)
class CalendarEvent:
    """One event with all its dates. `uid` is what its calendar knows it by; `times` has one
    more schedule for each date that was moved; `cancelled` says that all of it is off."""

    uid: str
    name: str
    description: str
    place: str
    url: str
    times: tuple[Times, ...]
    cancelled: bool = False
    sequence: int = 0

    def digest(self) -> str:
        """A hash of what it says: the same for two that say the same, however often saved."""
        said = asdict(self)
        del said["sequence"]
        return hashlib.sha256(json.dumps(said, default=_plain, sort_keys=True).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    return sorted(day.isoformat() for day in value)
