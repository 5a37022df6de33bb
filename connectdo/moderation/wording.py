"""What a listing says, in the words a visitor reads, and where two versions of it differ. Pure, but
for the areas and interests that it looks up."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from connectdo.listings import facts
from connectdo.listings.choices import BOOKING, KINDS
from connectdo.listings.models import HIDDEN, LIVE, STOPPED, WAITING, Listing, Venue
from connectdo.listings.queries import times_of
from connectdo.listings.said import VENUE, as_listing
from connectdo.listings.wording import schedules_in_words
from connectdo.moderation.models import APPROVED, ASKED, OVERTAKEN, REFUSED, UNDECIDED, UNSEEN
from connectdo.wording import date_in_words, listed

DID = {
    "posted": "Wrote it",
    "changed": "Changed it",
    "restored": "Went back to an older version",
    APPROVED: "Approved it",
    ASKED: "Asked for a change",
    REFUSED: "Refused it",
    "stopped": "Said that it has stopped",
    "confirmed": "Said that it is still right",
    "hidden": "Hid it",
    "shown": "Showed it again",
    "trusted": "Trusted the organisation",
    "not trusted": "Stopped trusting the organisation",
    "closed a report": "Closed a report",
    "asked if right": "Asked by email if it is still right",
    "claimed": "Showed that it is their group",
    "asked to look after": "Asked a moderator to look after it",
    "agreed": "Agreed that somebody looks after it",
    "not agreed": "Did not agree that somebody looks after it",
    "left": "Left it, though nobody answers",
}
DECISIONS = {
    UNDECIDED: "Waits for a decision",
    UNSEEN: "Shown, not looked at yet",
    APPROVED: "Approved",
    ASKED: "A change was asked for",
    REFUSED: "Refused",
    OVERTAKEN: "Followed by another before it was decided",
}
STATUSES = {
    LIVE: "Everybody can see it",
    WAITING: "It waits for a moderator",
    HIDDEN: "It is hidden",
    STOPPED: "It has stopped, and its page says so",
}

Lines = dict[str, list[str]]


class Difference(NamedTuple):
    """One thing that two versions say differently; [] is nothing."""

    label: str
    before: list[str]
    after: list[str]


def in_words(values: Mapping[str, Any], today: date) -> Lines:
    """Everything a version says: lines by label. What it does not say is left out."""
    lines = shown_in_words(as_listing(values), today)
    where = {"Where": _whole_address(values) or lines.get("Where", [])}
    lines |= {**where, "On the map": _point(values["venue"])}
    return {label: every for label, every in lines.items() if every}


def shown_in_words(listing: Listing, today: date) -> Lines:
    """The same as the public reads it: a hidden address is not told."""
    access = facts.access_in_words(listing)
    said = {
        "Kind": [KINDS[listing.kind]],
        "Name": [listing.name],
        "In short": [listing.summary],
        "About": facts.paragraphs(listing.description),
        "Interests": [*(each.name for each in listing.interests), *listing.tags],
        "When": _when(listing, today),
        "Where": [*_address(listing.venue), *facts.where_in_words(listing)],
        "Who it is for": facts.who_in_words(listing),
        "Languages": listing.languages,
        "Cost": [listing.cost or {True: "Free", False: "Not free", None: ""}[listing.is_free]],
        "How to join": [BOOKING.get(listing.booking, "")],
        "First visit": facts.paragraphs(listing.first_visit),
        "Access": [*access.present, *access.lacking],
        "Ask for": [listing.contact_name],
        "Phone": [listing.phone],
        "Email": [listing.email],
        "Website": [listing.url],
        "Photo": [listing.photo_alt or "A photo without a description"]
        if listing.photo_hash
        else [],
    }
    told = {label: [line for line in lines if line] for label, lines in said.items()}
    return {label: lines for label, lines in told.items() if lines}


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any], today: date
) -> list[Difference]:
    """What changed, in the order of a listing's page."""
    old, new = in_words(before, today), in_words(after, today)
    labels = dict.fromkeys([*old, *new])
    return [
        Difference(label, old.get(label, []), new.get(label, []))
        for label in labels
        if old.get(label) != new.get(label)
    ] + _unsaid(before, after)


def _unsaid(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Another picture may have the same description."""
    old, new = before["photo"], after["photo"]
    if old and new and old["hash"] != new["hash"] and old["alt"] == new["alt"]:
        return [Difference("Photo", ["The photo before"], ["Another photo"])]
    return []


def _when(listing: Listing, today: date) -> list[str]:
    every = [times_of(schedule) for schedule in listing.schedules]
    lines = schedules_in_words(every, listing.schedule_words, today)
    for times in every:
        for days, words in ((times.skip_dates, "Not on"), (times.cancelled_dates, "Cancelled on")):
            coming = [date_in_words(day, today) for day in sorted(days) if day >= today]
            lines += [f"{words} {listed(coming)}"] if coming else []
    return lines


def _whole_address(values: Mapping[str, Any]) -> list[str]:
    """An address that is hidden, and that it is."""
    if not values["hide_address"] or not values["venue"]:
        return []
    lines = _address(Venue(**{name: values["venue"][name] for name in VENUE}))
    return [*filter(None, lines), "This address is not shown, only the first half of its postcode"]


def _address(venue: Venue | None) -> list[str]:
    return [venue.name, venue.address, venue.postcode] if venue else []


def _point(venue: Mapping[str, Any] | None) -> list[str]:
    if not venue or venue["latitude"] is None or venue["longitude"] is None:
        return []
    return [f"{venue['latitude']:.4f}, {venue['longitude']:.4f}"]
