"""How to get from where a client lives to where something is. Pure: no planner is asked, and
minutes are said only for walking, where they can be reckoned."""

from math import ceil
from urllib.parse import urlencode

from connectdo.listings.models import Listing
from connectdo.places import Place, Point, miles_between
from connectdo.wording import miles_in_words

MILES_AN_HOUR = 3.0
# How much longer the way along streets is than the way a crow flies, in British towns.
STREETS = 1.3
LONGEST_WALK = 45
PLANNER = "https://www.google.com/maps/dir/"
PLANNER_NAME = "Google Maps"


def minutes_on_foot(miles: float) -> int | None:
    """About how long it takes to walk somewhere that is so many miles off as the crow flies; None
    where that is more than 45 minutes."""
    minutes = ceil(round(miles * STREETS / MILES_AN_HOUR * 60, 6))
    return max(minutes, 1) if minutes <= LONGEST_WALK else None


def way_in_words(listing: Listing, start: Place | None, *, on_foot: bool) -> str:
    """ "About 12 minutes on foot", or how many miles; "" where one end of the way is not known. A
    postcode is a door. Anything else is an area, so the way begins in the middle of it."""
    point = _point(listing)
    if start is None or point is None:
        return ""
    miles = miles_between(start.point, point)
    minutes = minutes_on_foot(miles) if on_foot else None
    if minutes is None:
        way = f"{miles_in_words(miles)} away"
    else:
        way = f"about {minutes} {'minute' if minutes == 1 else 'minutes'} on foot"
    middle = "" if start.kind == "postcode" else f" from the middle of {start.name}"
    return way[:1].upper() + way[1:] + middle


def journey(listing: Listing, start: Place | None) -> str:
    """The address of a journey planner that knows where to go, by bus or train; "" where that is
    not known. It learns where somebody starts only if that is a whole postcode."""
    venue, point = listing.venue, _point(listing)
    if venue is None or listing.hide_address:
        return ""
    address = ", ".join(filter(None, [venue.name, venue.address, venue.postcode]))
    if point is None and not (venue.address or venue.postcode):
        return ""
    ends = {"destination": f"{point.latitude:.5f},{point.longitude:.5f}" if point else address}
    if start is not None and start.kind == "postcode":
        ends["origin"] = start.name
    return f"{PLANNER}?{urlencode({'api': 1, 'travelmode': 'transit', **ends})}"


def _point(listing: Listing) -> Point | None:
    """Where somebody has to go. The middle of an area that stands for a hidden address is not."""
    venue = listing.venue
    if venue is None or listing.hide_address or venue.latitude is None or venue.longitude is None:
        return None
    return Point(venue.latitude, venue.longitude)
