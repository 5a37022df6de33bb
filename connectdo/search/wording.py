"""Reasons, notes and times in words: "Matches singing · 0.9 miles · next Tuesday 20 October"."""

from datetime import date, datetime

from connectdo.listings.choices import ACCESS
from connectdo.search.explaining import Reasons
from connectdo.search.finding import Found
from connectdo.wording import (
    date_in_words,
    listed,
    lowered,
    miles_in_words,
    moment_in_words,
    sentence,
)

REMOTE = {"phone": "by phone", "online": "online", "home_visit": "comes to your home"}


def reasons_in_words(reasons: Reasons, now: datetime, *, with_time: bool = True) -> list[str]:
    """The reasons a visitor reads, in the order that matters to one."""
    words = []
    if reasons.matches:
        words.append("Matches " + listed([lowered(each) for each in reasons.matches]))
    if reasons.mentions:
        mentions = "mentions " + listed(reasons.mentions)
        words.append(mentions if words else sentence(mentions))
    if reasons.miles is not None:
        words.append(miles_in_words(reasons.miles))
    words += [REMOTE[way] for way in reasons.remote]
    if reasons.area_wide:
        words.append("no fixed place")
    if reasons.place_unknown:
        words.append("place not stated")
    if with_time and reasons.next is not None:
        words.append("next " + moment_in_words(reasons.next, reasons.next_has_time, now))
    if reasons.free:
        words.append("free")
    words += [ACCESS[feature] for feature in reasons.access]
    words += [f"{ACCESS[feature]} not stated" for feature in reasons.unstated]
    if reasons.for_others:
        words.append("for people who live in another area")
    elif reasons.residents_only:
        words.append("for people who live there")
    if reasons.confirmed is not None:
        words.append(confirmed_in_words(reasons.confirmed, now.date()))
    return words


def notes_in_words(found: Found) -> list[str]:
    """What a visitor should know of the answer as a whole."""
    notes = list(found.query.notes)
    for typed, read in found.corrections:
        notes.append(f'Nothing says "{typed}". These are for "{read}".')
    for name in found.unknown_interests:
        notes.append(f'We have no interest called "{name}". These are listings that say it.')
    if found.nearest_farther is not None:
        within = f"{found.query.within:g}"
        mile = "mile" if within == "1" else "miles"
        notes.append(
            f"Nothing with a place is within {within} {mile}. "
            f"The nearest is {miles_in_words(found.nearest_farther)} away."
        )
    return notes


def confirmed_in_words(confirmed: date, today: date) -> str:
    """How long ago somebody said that this is still right."""
    days = (today - confirmed).days
    if days < 0:
        return f"confirmed {date_in_words(confirmed, today, weekday=False)}"
    if days < 2:
        return "confirmed " + ("today" if days == 0 else "yesterday")
    if days < 14:
        return f"confirmed {days} days ago"
    if days < 60:
        return f"confirmed {days // 7} weeks ago"
    if days < 730:
        return f"confirmed {days // 30} months ago"
    return f"confirmed {days // 365} years ago"
