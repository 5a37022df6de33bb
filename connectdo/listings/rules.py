"""Yes/no questions about a listing."""

from datetime import date, timedelta

from connectdo.listings.models import Listing

CHECKED_FOR = timedelta(days=180)


def is_unchecked(listing: Listing, today: date) -> bool:
    """True when nobody has said for half a year, or ever, that the listing is still right."""
    return listing.confirmed_on is None or today - listing.confirmed_on > CHECKED_FOR
