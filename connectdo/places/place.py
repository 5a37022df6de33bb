"""A point, a place, and the two ways of not knowing which place was meant.

The two errors carry a sentence that a page can show as it is. That sentence repeats
what the visitor typed, so it is for the visitor's screen and never for a log.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WHAT_TO_ENTER = "Enter a full UK postcode, like SE24 0NG, or the name of a town."


@dataclass(frozen=True)
class Point:
    """A position in degrees, WGS84."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Place:
    """Somewhere we know.

    `kind` is "postcode", "outcode", "place", "area" or "point". `area` is the local
    authority, where known. `note` is a sentence to show when the place is not quite
    what was asked for.
    """

    name: str
    kind: str
    point: Point
    area: str | None
    note: str | None = None


class UnknownPlace(LookupError):
    """Nothing by that name. A text that is empty or unfit to repeat is left out."""

    def __init__(self, text: str = "") -> None:
        super().__init__(f'We do not know "{text}". {WHAT_TO_ENTER}' if text else WHAT_TO_ENTER)


class AmbiguousPlace(LookupError):
    """Several places share the name. Each candidate's name finds that one alone."""

    def __init__(self, name: str, candidates: Sequence[Place]) -> None:
        self.candidates = list(candidates)
        names = [candidate.name for candidate in candidates]
        # The names hold commas themselves, so a comma cannot keep them apart.
        listed = "; ".join(names[:-1]) + " or " + names[-1]
        super().__init__(f"There is more than one {name}: {listed}. Which one?")
