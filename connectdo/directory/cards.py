"""What a list of listings shows of each: a card, the same on every page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from connectdo.directory.keeping import kept_ids
from connectdo.listings.choices import DELIVERY, GENDER
from connectdo.listings.models import Listing
from connectdo.listings.queries import listings_by_id
from connectdo.listings.rules import is_unchecked
from connectdo.search.explaining import Reasons
from connectdo.search.finding import Result
from connectdo.search.wording import reasons_in_words
from connectdo.wording import listed, moment_in_words, sentence


class Tag(NamedTuple):
    """A few words that stand out on a card; `kind` is one of those of the result_tag macro."""

    text: str
    kind: str = "plain"


@dataclass(frozen=True)
class Card:
    """A listing, why it is shown, and whether it is on the visitor's list.

    `unchecked` is a warning where nobody has said for half a year that it is still right.
    """

    listing: Listing
    reasons: list[str]
    kept: bool
    farther: bool = False
    when: str = ""
    unchecked: str = ""

    @property
    def where(self) -> str:
        """The venue and its postcode, as far as they are known, or how it comes to you."""
        venue = self.listing.venue
        if venue:
            area = venue.area.name if venue.area else ""
            return ", ".join(filter(None, [venue.name, venue.postcode])) or venue.address or area
        ways = [way for way in self.listing.delivery if way != "in_person"]
        words = " or ".join(DELIVERY[way] for way in ways if way in DELIVERY)
        return words[:1].upper() + words[1:]

    @property
    def tags(self) -> list[Tag]:
        """What decides for many people whether to read on."""
        listing = self.listing
        said = [
            Tag("Free", "free") if listing.is_free else None,
            Tag("Event", "soon") if listing.kind == "event" else None,
            Tag(GENDER[listing.gender]) if listing.gender in ("women", "men") else None,
            Tag("You need a referral", "note") if listing.booking == "referral" else None,
            Tag(f"In {listed(listing.languages)}") if _other_languages(listing) else None,
        ]
        return [tag for tag in said if tag]


def cards(results: Sequence[Result], now: datetime) -> list[Card]:
    """A card for each result whose listing is still there, in the same order.

    Makes two database statements however many results there are, for the listings and their access
    answers, and one more for a visitor who has a list.
    """
    listings = {each.id: each for each in listings_by_id(r.listing_id for r in results)}
    kept = kept_ids()
    return [
        card(listings[result.listing_id], result.reasons, now, kept)
        for result in results
        if result.listing_id in listings
    ]


def card(listing: Listing, reasons: Reasons, now: datetime, kept: frozenset[int]) -> Card:
    """The card of one listing. `now` is London wall time."""
    # What the tags and the line of when and where say is not said again among the reasons.
    others = reasons._replace(free=False, remote=reasons.remote if listing.venue else ())
    return Card(
        listing=listing,
        reasons=_line(reasons_in_words(others, now, with_time=False)),
        kept=listing.id in kept,
        farther=reasons.farther,
        when=_when(listing, reasons, now),
        unchecked=_unchecked(listing, now.date()),
    )


def _when(listing: Listing, reasons: Reasons, now: datetime) -> str:
    """The next date, else what the listing itself says of its times."""
    if reasons.next is None:
        return listing.schedule_words
    moment = moment_in_words(reasons.next, reasons.next_has_time, now)
    return moment if listing.kind == "event" else f"Next on {moment}"


def _line(reasons: list[str]) -> list[str]:
    """The reasons as one line that begins like a sentence."""
    return [sentence(reasons[0]), *reasons[1:]] if reasons else []


def _unchecked(listing: Listing, today: date) -> str:
    if not is_unchecked(listing, today):
        return ""
    how = "ring before you go" if listing.phone else "check before you go"
    return f"Not checked for a while: {how}."


def _other_languages(listing: Listing) -> bool:
    return any(language != "English" for language in listing.languages)
