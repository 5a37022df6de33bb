"""Positions -> venues. A venue that several listings are at is kept once."""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import delete, select

from connectdo.db import db
from connectdo.interchange.drafts import Position
from connectdo.listings.models import Listing, Venue
from connectdo.places import Point, area_at, find_postcode
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
            self.given[given] = self._at(_positioned(given))
        return self.given[given]

    def _at(self, position: Position) -> Venue:
        known_by = replace(position, area="")
        if known_by not in self.known:
            self.known[known_by] = _stored(known_by) or _new(known_by)
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


def _positioned(given: Position) -> Position:
    """The position with its point and area filled in from its postcode, or its area from its
    point."""
    if given.latitude is not None and given.longitude is not None:
        point = Point(given.latitude, given.longitude)
        return replace(given, area=given.area or area_at(point) or "")
    place = find_postcode(given.postcode) if given.postcode else None
    if place is None:
        return given
    return replace(
        given,
        latitude=place.point.latitude,
        longitude=place.point.longitude,
        area=given.area or place.area or "",
    )


def _stored(position: Position) -> Venue | None:
    return db.session.scalars(
        select(Venue)
        .where(
            Venue.name == position.name,
            Venue.address == position.address,
            Venue.postcode == position.postcode,
            Venue.latitude.is_not_distinct_from(position.latitude),
            Venue.longitude.is_not_distinct_from(position.longitude),
        )
        .order_by(Venue.id)
    ).first()


def _new(position: Position) -> Venue:
    venue = Venue(
        name=position.name,
        address=position.address,
        postcode=position.postcode,
        latitude=position.latitude,
        longitude=position.longitude,
    )
    db.session.add(venue)
    return venue
