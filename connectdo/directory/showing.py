"""What the page of a listing shows, of a listing that is kept or only being written."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from connectdo.listings import facts, wording
from connectdo.listings.models import Listing
from connectdo.listings.queries import times_of
from connectdo.listings.schedules import Occurrence, Times, coming, coming_of_all
from connectdo.wording import date_in_words

NEXT_DATES = 5


def what_it_shows(listing: Listing, now: datetime) -> dict[str, Any]:
    """Everything the template takes from the listing itself. `now` is London wall time."""
    schedules = [times_of(schedule) for schedule in listing.schedules]
    dates = next_dates(listing, now)
    return {
        "listing": listing,
        "organisation": listing.organisation,
        "notices": facts.notices(listing, dates, now.date()),
        "when": wording.schedules_in_words(schedules, listing.schedule_words, now.date()),
        "dates": _in_words(dates, now.date(), hours=len(schedules) > 1),
        "repeats": any(times.recurrence or times.cancelled_dates for times in schedules),
        "where": facts.where_in_words(listing),
        "who": facts.who_in_words(listing),
        "access": facts.access_in_words(listing),
        "description": facts.paragraphs(listing.description),
        "first_visit": facts.paragraphs(listing.first_visit),
    }


def next_dates(listing: Listing, now: datetime) -> list[Occurrence]:
    """The next dates; where there are none, one that has begun and is not over yet."""
    schedules: list[Times] = [times_of(schedule) for schedule in listing.schedules]
    begun = (coming(times, now - timedelta(minutes=times.minutes or 0)) for times in schedules)
    return coming_of_all(schedules, now, NEXT_DATES) or sorted(
        (each for occurrences in begun for each in occurrences), key=lambda each: each.on
    )


def _in_words(dates: Sequence[Occurrence], today: date, *, hours: bool) -> list[tuple[str, bool]]:
    """Each date and whether it is cancelled. One schedule has said its hours already."""
    if hours:
        return [(wording.occurrence_in_words(each, today), each.cancelled) for each in dates]
    return [(date_in_words(each.on, today), each.cancelled) for each in dates]
