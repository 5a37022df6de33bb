"""What a list says of each thing on it: all that somebody needs to go, on screen and on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from connectdo.listings import facts, wording
from connectdo.listings.models import Listing
from connectdo.listings.queries import times_of
from connectdo.listings.schedules import coming_of_all


@dataclass(frozen=True)
class Entry:
    """A listing in words. `next` is "" where no date is planned or none is known."""

    listing: Listing
    notices: list[str]
    when: list[str]
    next: str
    where: list[str]
    who: list[str]
    access: facts.Access
    first_visit: list[str]


def entries(listings: Sequence[Listing], now: datetime) -> list[Entry]:
    """An entry for each listing, in the same order. `now` is London wall time."""
    return [_entry(listing, now) for listing in listings]


def _entry(listing: Listing, now: datetime) -> Entry:
    today = now.date()
    schedules = [times_of(schedule) for schedule in listing.schedules]
    # The last date of all is not called over before its day is.
    midnight = datetime.combine(today, time.min)
    coming = coming_of_all(schedules, now) or coming_of_all(schedules, midnight)
    standing = [each for each in coming if not each.cancelled]
    return Entry(
        listing=listing,
        notices=facts.notices(listing, coming, today),
        when=wording.schedules_in_words(schedules, listing.schedule_words, today),
        next=wording.occurrence_in_words(standing[0], today) if standing else "",
        where=[*_address(listing), *facts.where_in_words(listing)],
        who=facts.who_in_words(listing),
        access=facts.access_in_words(listing),
        first_visit=facts.paragraphs(listing.first_visit),
    )


def _address(listing: Listing) -> list[str]:
    """In one line, the two halves of the postcode kept together. Some venues are only a point."""
    venue = listing.venue
    if venue is None:
        return []
    postcode = venue.postcode.replace(" ", "\N{NO-BREAK SPACE}")
    address = ", ".join(filter(None, [venue.name, venue.address, postcode]))
    somewhere = [f"In {venue.area.name}"] if venue.area else []
    return [address] if address else [*somewhere, "Ask them where to meet"]
