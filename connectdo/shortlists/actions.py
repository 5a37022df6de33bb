"""Writes of shortlists. Each holds the client's record until the commit, so that two people who
change one shortlist do it one after the other."""

from datetime import date
from typing import Any

from sqlalchemy import select

from connectdo.clients.actions import use
from connectdo.clients.models import Client
from connectdo.db import db
from connectdo.listings.models import Listing
from connectdo.people.models import Person
from connectdo.shortlists import queries
from connectdo.shortlists.models import IDEA, NO, VISITING, Item, ItemStep
from connectdo.shortlists.since import facts

MOST_KEPT = 60


class ShortlistIsFull(Exception):
    """Nobody goes to more."""


class Overtaken(Exception):
    """Somebody else has changed the item since it was read."""


def keep(client: Client, by: Person | None, listing: Listing, today: date) -> Item:
    """Puts a listing last on a shortlist, also one they said no to before. Raises
    ShortlistIsFull."""
    return _put(client, by, listing, IDEA, today)


def decline(
    client: Client, by: Person | None, listing: Listing, today: date, why_not: str = ""
) -> Item:
    """Keeps that a client said no to a listing."""
    item = _put(client, by, listing, NO, today)
    item.why_not = why_not
    return item


def change(item: Item, by: Person | None, number: int, values: dict[str, Any]) -> None:
    """Changes notes, why, and where it has got to. `number` is the one that they changed. Raises
    Overtaken."""
    hold(item.client)
    db.session.refresh(item, ["number"])
    if item.number != number:
        raise Overtaken
    before = item.state, item.visit_on
    for name, value in values.items():
        setattr(item, name, value)
    if item.state != VISITING:
        item.visit_on = None
    if (item.state, item.visit_on) != before:
        _step(item, by)
    item.number += 1
    use(item.client)


def get_to(item: Item, by: Person | None, state: str, why_not: str = "") -> None:
    """Something has got to a state; it had not been there. Nobody is asked which one they read."""
    hold(item.client)
    if state != item.state:
        item.state, item.visit_on = state, None
        item.number += 1
        _step(item, by)
    if why_not:
        item.why_not = why_not
    use(item.client)


def move(item: Item, up: bool) -> None:
    """Puts an item one place up or down, as far as there is one."""
    hold(item.client)
    every = list(queries.items_of(item.client))
    at = next((n for n, each in enumerate(every) if each.id == item.id), None)
    if at is None:
        return
    to = at - 1 if up else at + 1
    if 0 <= to < len(every):
        every[at], every[to] = every[to], every[at]
    for position, each in enumerate(every, start=1):
        each.position = position
    use(item.client)


def drop(item: Item) -> None:
    """Takes an item off the list, as if it had never been there."""
    client = item.client
    hold(client)
    db.session.delete(item)
    use(client)


def seen(item: Item, today: date) -> None:
    """The coach has seen what changed."""
    item.seen = facts(item.listing, today)
    db.session.flush()


def _put(client: Client, by: Person | None, listing: Listing, state: str, today: date) -> Item:
    hold(client)
    item = queries.item_for(client, listing.id)
    last = queries.last_position(client)
    if item is None:
        if len(queries.states_of(client)) >= MOST_KEPT and state != NO:
            raise ShortlistIsFull
        item = Item(client=client, listing=listing, state="", seen=facts(listing, today))
        db.session.add(item)
    if item.state != state and (item.state in ("", NO) or state == NO):
        item.position, item.state, item.visit_on = last + 1, state, None
        _step(item, by)
    use(client)
    return item


def _step(item: Item, by: Person | None) -> None:
    """Keeps when something got where it is."""
    item.steps.append(ItemStep(state=item.state, visit_on=item.visit_on, by_id=by and by.id))
    db.session.flush()


def hold(client: Client) -> None:
    """Has others who write of this client wait for the commit."""
    db.session.flush()
    db.session.execute(select(Client.id).where(Client.id == client.id).with_for_update())
