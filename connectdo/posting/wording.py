"""What has become of a listing or a calendar, in plain words for who looks after it. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from connectdo.days import london_moment
from connectdo.listings.models import HIDDEN, LIVE, STOPPED, WAITING, Listing
from connectdo.moderation.models import ASKED, REFUSED, UNDECIDED, Version
from connectdo.posting.models import LEFT_OUT, MISSING, POSTED, FollowedCalendar
from connectdo.wording import moment_in_words


class State(NamedTuple):
    """A word for the tag, its kind, and what it means. `said` is what a moderator wrote."""

    tag: str
    kind: str
    means: str
    said: str = ""


def state_of(listing: Listing, last: Version | None) -> State:
    """`last` is the last version of it."""
    decision = last.decision if last else ""
    words = last.words if last else ""
    if listing.status == STOPPED:
        return State("Stopped", "note", "The page says that it has stopped.")
    if decision == ASKED:
        return State("Please change", "note", "A moderator asks you to change something:", words)
    if decision == REFUSED and listing.status != LIVE:
        return State("Not on the site", "note", "A moderator did not put it on the site:", words)
    if decision == REFUSED:
        return State("On the site", "good", "Your last change was not taken:", words)
    if listing.status == WAITING:
        return State("Waiting", "soon", "It waits for a moderator. Only you can see it.")
    if listing.status == HIDDEN:
        return State("Hidden", "note", "Only you can see it. Change it to ask for it to be shown.")
    if decision == UNDECIDED:
        return State("On the site", "good", "Your last change waits for a moderator.")
    return State("On the site", "good", "Everybody can see it.")


def calendar_state(calendar: FollowedCalendar, events: Mapping[str, int], now: datetime) -> str:
    """When it was read, and what came of its events: how many are in each state. `now` is London
    wall time."""
    posted, left_out = events[POSTED] + events[MISSING], events[LEFT_OUT]
    pages = "1 page is from it" if posted == 1 else f"{posted} pages are from it"
    out = f", {left_out} left out by you" if left_out else ""
    read = moment_in_words(london_moment(calendar.read_at), True, now)
    how = "Looked at" if calendar.address else "Sent"
    return f"{how} on {read}. {pages}{out}."
