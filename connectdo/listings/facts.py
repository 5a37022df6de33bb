"""What to know before going, in words: who it is for, where, access, warnings. Pure."""

from collections.abc import Sequence
from datetime import date
from itertools import takewhile
from typing import NamedTuple

from connectdo.listings.choices import ACCESS, DELIVERY, GENDER
from connectdo.listings.models import STOPPED, Listing
from connectdo.listings.rules import is_unchecked
from connectdo.listings.schedules import Occurrence
from connectdo.listings.wording import occurrence_in_words
from connectdo.wording import date_in_words, listed, sentence

# What cannot be said by putting "No" before the name of an access feature.
WITHOUT = {
    "assistance_dogs": "Assistance dogs cannot come in",
    "carers_welcome": "Carers cannot stay",
    "near_bus": "Not near a bus stop",
}
TO_ASK = {
    "assistance_dogs": "assistance dogs",
    "carers_welcome": "whether carers can stay",
    "near_bus": "bus stops nearby",
}
ASKED_ANYWHERE = ("bsl", "large_print", "relaxed")


class Access(NamedTuple):
    """What a place has, what it has not, and what nobody has answered for."""

    present: list[str]
    lacking: list[str]
    unknown: list[str]


def access_in_words(listing: Listing) -> Access:
    """Every access feature, in one of three lists. Only some matter where nobody travels."""
    answers = {answer.feature: answer.present for answer in listing.access}
    asked = list(ACCESS) if _is_somewhere(listing) else ASKED_ANYWHERE
    lacking = [feature for feature in ACCESS if answers.get(feature) is False]
    return Access(
        present=[sentence(ACCESS[feature]) for feature in ACCESS if answers.get(feature)],
        lacking=[WITHOUT.get(feature, f"No {ACCESS[feature]}") for feature in lacking],
        unknown=[TO_ASK.get(each, ACCESS[each]) for each in asked if each not in answers],
    )


def who_in_words(listing: Listing) -> list[str]:
    """Ages, gender and audience, as far as they are limited."""
    said = [each.strip() for each in (listing.audience or "").split(";")]
    lines = [_ages(listing.min_age, listing.max_age)]
    if listing.gender in ("women", "men"):
        lines.append(GENDER[listing.gender])
        said = [each for each in said if each.casefold() != listing.gender]
    return list(dict.fromkeys(filter(None, [*lines, *said])))


def _ages(youngest: int | None, oldest: int | None) -> str:
    if youngest is not None and oldest is not None:
        return f"Ages {youngest} to {oldest}"
    if youngest is not None:
        return f"Ages {youngest} and over"
    return f"Ages {oldest} and under" if oldest is not None else ""


def where_in_words(listing: Listing) -> list[str]:
    """How it comes to you, and where you have to live."""
    ways = [sentence(DELIVERY[way]) for way in listing.delivery if way != "in_person"]
    names = [area.name for area in listing.serves]
    if not ways and listing.venue is None:
        goes_about = bool(names) or listing.serves_everywhere
        ways = ["No fixed place" if goes_about else "We do not know. Ask them."]
    if listing.residents_only and not names and listing.venue and listing.venue.area:
        names = [listing.venue.area.name]
    where = f"people who live in {listed(names)}" if names else "people who live nearby"
    if listing.residents_only:
        return [*ways, f"Only for {where}"]
    if listing.serves_everywhere:
        return [*ways, "For people anywhere"]
    return [*ways, f"For {where}"] if names else ways


def notices(listing: Listing, dates: Sequence[Occurrence], today: date) -> list[str]:
    """What a visitor should see before anything else. `dates` are those still to come."""
    if listing.status == STOPPED:
        return ["This has stopped. It does not happen any more."]
    if listing.schedules and not dates:
        is_event = listing.kind == "event"
        ended = f"There are no more dates. {_check(listing)}"
        return ["This has already happened." if is_event else ended]
    found = []
    off = list(takewhile(lambda each: each.cancelled, dates))
    if off:
        found.append(_off(off, dates[len(off)] if len(dates) > len(off) else None, today))
    if listing.confirmed_on is None:
        found.append(f"Nobody has checked this page yet. {_check(listing)}")
    elif is_unchecked(listing.confirmed_on, today):
        since = _month(listing.confirmed_on, today)
        found.append(f"Nobody has confirmed this page since {since}. {_check(listing)}")
    return found


def _off(off: Sequence[Occurrence], standing: Occurrence | None, today: date) -> str:
    """The dates that are off, and the one that is not. Hours tell two of one day apart."""
    same_day = standing is not None and standing.on == off[-1].on

    def said(each: Occurrence) -> str:
        return occurrence_in_words(each, today) if same_day else date_in_words(each.on, today)

    then = f"The next date is {said(standing)}." if standing else "We know of no other dates."
    return f"Not on {listed([said(each) for each in off])}. {then}"


def _check(listing: Listing) -> str:
    if not _is_somewhere(listing):
        return "Ask if it is still right."
    run_by = listing.organisation
    phone = listing.phone or (run_by.phone if run_by else "")
    return "Ring before you go." if phone else "Check before you go."


def _month(day: date, today: date) -> str:
    return f"{day:%B}" if day.year == today.year else f"{day:%B %Y}"


def _is_somewhere(listing: Listing) -> bool:
    return "in_person" in listing.delivery or listing.venue is not None


def paragraphs(text: str | None) -> list[str]:
    """The paragraphs of a plain text, one for each of its lines."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
