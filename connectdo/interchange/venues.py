"""Positions -> venues. A venue that several listings are at is kept once."""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import delete, select

from connectdo.db import db
from connectdo.interchange.drafts import Position
from connectdo.listings.models import Listing, Venue
from connectdo.listings.venues import area_of, new_at, pinned, stored_at
from connectdo.places.models import Area


class Venues:
    """The venues of a batch, those already here and those it adds."""

    def __init__(self, area_named: Callable[[str], Area]) -> None:
        self.area_named = area_named
        self.known: dict[Position, Venue] = {}
        self.given: dict[Position, Venue] = {}

    def at(self, given: Position) -> Venue:
        """The venue at a position. What the position says of its area, the venue says too."""
        if given not in self.given:
            position = pinned(given)
            self.given[given] = self._at(replace(position, area=given.area or area_of(position)))
        return self.given[given]

    def _at(self, position: Position) -> Venue:
        known_by = replace(position, area="")
        if known_by not in self.known:
            self.known[known_by] = stored_at(known_by) or new_at(known_by, "")
            db.session.add(self.known[known_by])
        venue = self.known[known_by]
        if position.area:
            venue.area = self.area_named(position.area)
        return venue


def drop_empty_venues() -> None:
    """Venues that no listing is at any more."""
    used = select(Listing.venue_id).where(Listing.venue_id.is_not(None))
    db.session.execute(
        delete(Venue).where(Venue.id.not_in(used)),
        execution_options={"no_listing_changes": True},
    )
