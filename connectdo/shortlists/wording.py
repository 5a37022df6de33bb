"""Where things have got to, in plain words. Pure."""

from datetime import date

from connectdo.shortlists.models import (
    IDEA,
    LIKES,
    NO,
    REGULAR,
    STOPPED,
    TRIED,
    VISITING,
    Item,
)
from connectdo.wording import date_in_words

STATES = {
    IDEA: "An idea",
    LIKES: "They like it",
    VISITING: "Visiting together",
    TRIED: "Tried it",
    REGULAR: "Goes regularly",
    STOPPED: "Stopped going",
    NO: "Not for them",
}
# What somebody likes who has gone that far with it.
LIKED = (LIKES, VISITING, TRIED, REGULAR)
TAGS = {IDEA: "plain", LIKES: "good", VISITING: "soon", TRIED: "good", REGULAR: "good"}


def state_in_words(item: Item, today: date) -> str:
    """ "Visiting together on Tuesday 24 November"."""
    words = STATES[item.state]
    if item.state == VISITING and item.visit_on:
        return f"{words} on {date_in_words(item.visit_on, today)}"
    return words
