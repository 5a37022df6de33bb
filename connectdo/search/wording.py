"""Reasons, notes and times in words: "Matches singing · 0.9 miles · next Tuesday 20 October"."""

from collections.abc import Collection
from datetime import date, datetime

from connectdo.listings.choices import ACCESS, NEEDS
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

IN_WORDS = ACCESS | NEEDS
NOT_STATED = {"free": "cost", "daytime": "time of day"}
REMOTE = {"phone": "by phone", "online": "online", "home_visit": "comes to your home"}


def reasons_in_words(
    reasons: Reasons, now: datetime, *, quote: str = "", leave_out: Collection[str] = ()
) -> list[str]:
    """The reasons a visitor reads, in the order that matters to one.

    `quote` is the listing's own sentence that answers. Those to leave out (next, free, remote) are
    said elsewhere.
    """
    words = []
    if reasons.matches:
        words.append("Matches " + listed([lowered(each) for each in reasons.matches]))
    if reasons.mentions:
        mentions = "mentions " + listed(reasons.mentions)
        words.append(mentions if words else sentence(mentions))
    if reasons.hints:
        hints = "close to " + listed([lowered(each) for each in reasons.hints])
        words.append(hints if words else sentence(hints))
    if quote:
        words.append(f"“{quote}”")
    if reasons.miles is not None:
        words.append(miles_in_words(reasons.miles))
    if reasons.remote and "remote" not in leave_out:
        words += [REMOTE[way] for way in reasons.remote]
    if reasons.area_wide:
        words.append("no fixed place")
    if reasons.place_unknown:
        words.append("place not stated")
    if reasons.next is not None and "next" not in leave_out:
        words.append("next " + moment_in_words(reasons.next, reasons.next_has_time, now))
    if reasons.languages:
        words.append("says " + listed(reasons.languages))
    if reasons.suits is not None:
        words.append("when you are free" if reasons.suits else "not when you are free")
    if reasons.free and "free" not in leave_out:
        words.append("free")
    words += [IN_WORDS[need] for need in reasons.needs if need != "free"]
    unstated = [NOT_STATED.get(need, IN_WORDS[need]) for need in reasons.unstated]
    words += [f"{need} not stated: ask them" for need in unstated]
    if reasons.for_others:
        words.append("for people who live in another area")
    elif reasons.residents_only:
        words.append("for people who live there")
    if reasons.confirmed is not None:
        words.append(confirmed_in_words(reasons.confirmed, now.date()))
    if reasons.marked:
        words.append("suggested before")
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
