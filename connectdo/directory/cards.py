"""What a list of listings shows of each: a card, the same on every page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from connectdo.directory.keeping import kept_ids
from connectdo.listings.models import Listing
from connectdo.listings.queries import listings_by_id
from connectdo.search.finding import Result
from connectdo.search.wording import reasons_in_words


@dataclass(frozen=True)
class Card:
    """A listing, why it is shown, and whether it is on the visitor's list."""

    listing: Listing
    reasons: list[str]
    kept: bool
    farther: bool = False

    @property
    def where(self) -> str:
        """The venue and its postcode, or how it comes to you."""
        venue = self.listing.venue
        return ", ".join(filter(None, [venue.name, venue.postcode])) if venue else ""


def cards(results: Sequence[Result], now: datetime) -> list[Card]:
    """A card for each result whose listing is still there, in the same order."""
    listings = {each.id: each for each in listings_by_id(r.listing_id for r in results)}
    kept = kept_ids()
    return [
        Card(
            listing=listings[result.listing_id],
            reasons=reasons_in_words(result.reasons, now),
            kept=result.listing_id in kept,
            farther=result.reasons.farther,
        )
        for result in results
        if result.listing_id in listings
    ]
