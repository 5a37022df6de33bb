"""Listings that may be the same thing as one that a moderator looks at.

The index finds them. Search is a room above this one, so it says how: `found_by(app, finder)`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Flask, current_app

from connectdo.db import db
from connectdo.listings.models import LIVE, Listing
from connectdo.listings.queries import listings_by_id
from connectdo.listings.said import as_listing
from connectdo.listings.venues import Spot, pinned
from connectdo.places import Place, place_at

FINDER = "likely_the_same"
MOST = 5

# The ids of the listings that may be the same as what a listing says at a place, likeliest first.
Finder = Callable[[Listing, Place | None], Sequence[int]]


def found_by(app: Flask, finder: Finder) -> None:
    app.extensions[FINDER] = finder


def likely_the_same(listing: Listing, values: Mapping[str, Any]) -> list[Listing]:
    """The listings shown that may be the same as what a version of another says, likeliest first.

    The place is the real one, also where the version hides it.
    """
    with db.session.no_autoflush:
        ids = current_app.extensions[FINDER](as_listing(values), _place(values["venue"]))
    shown = [each for each in listings_by_id(ids) if each.status == LIVE and each != listing]
    return shown[:MOST]


def _place(venue: Mapping[str, Any] | None) -> Place | None:
    spot = pinned(Spot(**venue)) if venue else Spot()
    if spot.latitude is None or spot.longitude is None:
        return None
    return place_at(spot.latitude, spot.longitude)
