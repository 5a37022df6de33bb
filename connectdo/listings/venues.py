"""Where things happen: the venue at a place, kept once however many listings share it."""

from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import select

from connectdo.db import db
from connectdo.listings.models import Venue
from connectdo.places import Point, area_at, find_postcode
from connectdo.places.models import Area
from connectdo.places.postcodes import outcode_of, tidy_postcode
from connectdo.text import slug


@dataclass(frozen=True)
class Spot:
    """What a venue is known by. Degrees WGS84; None where only words are known."""

    name: str = ""
    address: str = ""
    postcode: str = ""
    latitude: float | None = None
    longitude: float | None = None


ASpot = TypeVar("ASpot", bound=Spot)


def pinned(spot: ASpot) -> ASpot:
    """The spot with a point, from its postcode if it has none."""
    if spot.latitude is not None and spot.longitude is not None:
        return spot
    place = find_postcode(spot.postcode) if spot.postcode else None
    if place is None:
        return replace(spot, latitude=None, longitude=None)
    return replace(spot, latitude=place.point.latitude, longitude=place.point.longitude)


def outcode_only(spot: Spot) -> Spot:
    """All that may be shown of a place whose address is hidden: the middle of its outcode."""
    postcode = tidy_postcode(spot.postcode)
    return pinned(Spot(postcode=outcode_of(postcode) if postcode else ""))


def venue_at(spot: Spot) -> Venue:
    """The venue at a spot, one that is here or a new one. Nothing is added to the session."""
    return stored_at(spot) or new_at(spot, area_of(spot))


def stored_at(spot: Spot) -> Venue | None:
    """The venue that is here already."""
    return db.session.scalars(
        select(Venue)
        .where(
            Venue.name == spot.name,
            Venue.address == spot.address,
            Venue.postcode == spot.postcode,
            Venue.latitude.is_not_distinct_from(spot.latitude),
            Venue.longitude.is_not_distinct_from(spot.longitude),
        )
        .order_by(Venue.id)
    ).first()


def new_at(spot: Spot, area: str) -> Venue:
    """A new one. Nothing is added to the session."""
    return Venue(
        name=spot.name,
        address=spot.address,
        postcode=spot.postcode,
        latitude=spot.latitude,
        longitude=spot.longitude,
        area=area_named(area) if area else None,
    )


def area_of(spot: Spot) -> str:
    """The name of the area that a spot is in, "" where it is in none we know.

    A postcode that we have says it exactly, a point only as exactly as our boundaries are drawn; of
    another postcode we know the middle of its outcode, and a point that was given says more.
    """
    place, point = find_postcode(spot.postcode) if spot.postcode else None, None
    if spot.latitude is not None and spot.longitude is not None:
        point = Point(spot.latitude, spot.longitude)
    if place and place.area and (place.kind == "postcode" or point in (None, place.point)):
        return place.area
    return (area_at(point) if point else None) or ""


def area_named(name: str, new: Area | None = None) -> Area:
    """An area: one that is here, `new` if it is that, or a new one. Two ways of writing its name
    are one area."""
    if new and new.slug == slug(name):
        return new
    found = db.session.scalars(select(Area).where(Area.slug == slug(name)).order_by(Area.id))
    return found.first() or Area(name=name, slug=slug(name))
