"""What a list says of each thing on it: all that somebody needs to go, on screen and on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from connectdo.listings.choices import ACCESS, BOOKING, DELIVERY
from connectdo.listings.models import Listing
from connectdo.listings.queries import times_of
from connectdo.listings.schedules import coming_of_all
from connectdo.listings.wording import occurrence_in_words, schedules_in_words
from connectdo.wording import date_in_words, listed


@dataclass(frozen=True)
class Entry:
    """A listing in plain words. Every text may be "" where nothing is known."""

    listing: Listing
    when: list[str]
    next: str
    cancelled: str
    remote: str
    cost: str
    booking: str
    access: str
    no_access: str


def entries(listings: Sequence[Listing], now: datetime) -> list[Entry]:
    """An entry for each listing, in the same order. `now` is London wall time."""
    return [_entry(listing, now) for listing in listings]


def _entry(listing: Listing, now: datetime) -> Entry:
    today = now.date()
    schedules = [times_of(schedule) for schedule in listing.schedules]
    coming = coming_of_all(schedules, now)
    off = [date_in_words(each.on, today) for each in coming if each.cancelled]
    on = [occurrence_in_words(each, today) for each in coming if not each.cancelled]
    return Entry(
        listing=listing,
        when=schedules_in_words(schedules, listing.schedule_words, today),
        next="".join(on),
        cancelled=listed(off),
        remote=_remote(listing),
        cost=listing.cost or ("Free" if listing.is_free else ""),
        booking=BOOKING.get(listing.booking, ""),
        access=_features(listing, present=True),
        no_access=_features(listing, present=False),
    )


def _remote(listing: Listing) -> str:
    ways = [DELIVERY[way] for way in listing.delivery if way in DELIVERY and way != "in_person"]
    return _sentence(f"{'also ' if listing.venue and ways else ''}{listed(ways)}")


def _features(listing: Listing, *, present: bool) -> str:
    known = {answer.feature for answer in listing.access if answer.present == present}
    return _sentence(listed([words for feature, words in ACCESS.items() if feature in known]))


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
