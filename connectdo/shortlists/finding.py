"""What would suit a client: what is known of them, asked of the matching engine."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from connectdo.clients.matching import profile_of
from connectdo.clients.models import Client
from connectdo.places import AmbiguousPlace, Point, UnknownPlace, find_place, miles_between
from connectdo.search.finding import Found, find, snapshot
from connectdo.search.profile import query_for
from connectdo.search.query import BadQuery, Query
from connectdo.shortlists.models import Item
from connectdo.shortlists.queries import had_before, said_no_to
from connectdo.wording import miles_in_words

A_PAGE = 10
MOST_PAGES = 50


class Suiting(NamedTuple):
    """What was found for a client, which page of how many, and what to know of it."""

    found: Found
    page: int
    pages: int
    note: str


def suiting(client: Client, states: dict[int, str], text: str = "", page: int = 1) -> Suiting:
    """A page of what suits a client, narrowed by words. `states` is where each listing has got to:
    what they said no to is left out, what they have been to is marked."""
    query, note = _query(client, states, text)
    found = find(replace(query, limit=A_PAGE, offset=(page - 1) * A_PAGE))
    pages = min(MOST_PAGES, max(1, -(-found.total // A_PAGE)))
    if page > pages:
        return suiting(client, states, text, 1)
    return Suiting(found, page, pages, note)


def miles_to(client: Client, items: Sequence[Item]) -> dict[int, str]:
    """How far each thing on a shortlist is, in words by the item's id; those that are known."""
    try:
        start = find_place(client.near).point
    except (UnknownPlace, AmbiguousPlace):
        return {}
    places = {each.id: each.listing.venue for each in items}
    return {
        number: miles_in_words(miles_between(start, Point(venue.latitude, venue.longitude)))
        for number, venue in places.items()
        if venue and venue.latitude is not None and venue.longitude is not None
    }


def _query(client: Client, states: dict[int, str], text: str) -> tuple[Query, str]:
    profile = profile_of(client, snapshot().vocabulary, said_no_to(states))
    options = {"text": text, "mark": had_before(states)}
    try:
        return query_for(profile, options), ""
    except BadQuery as error:
        # A place that was known may be known no more.
        anywhere = {**profile, "near": "", "within": None}
        return query_for(anywhere, options), str(error)
