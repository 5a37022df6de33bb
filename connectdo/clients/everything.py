"""Everything that is held about a client, told room by room.

Rooms above this one hold more: what was tried, what was talked about, how somebody is. Each says
here which tables that is, and how to tell it in words; so one copy has all of it, one summary is
enough to take over, and nothing is left when a client is forgotten. A test fails on a table that
leads to a client and that no room has named.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from flask import Flask, current_app

from connectdo.clients.here import Here
from connectdo.clients.models import Client

HELD = "held_about_clients"


class Part(NamedTuple):
    """A heading, and plain lines below it."""

    title: str
    lines: Sequence[str]


def nothing(_client: object) -> Iterable[Part]:
    """For a room that has nothing to tell."""
    return ()


def nothing_more(_client: Client) -> None:
    """For a room whose rows go with the client's."""


class Room(NamedTuple):
    """What one room holds about clients.

    `tables` are the names of those that lead to a client. `copy` tells all of it, as one would say
    it to the client ("You tried ..."); `summary` tells a colleague the little that they need to
    take over, and to a volunteer nothing that is for coaches. `forget` deletes what does not go by
    itself when the client's row does, such as a mail that waits; it flushes and does not commit.
    """

    tables: frozenset[str]
    copy: Callable[[Client], Iterable[Part]] = nothing
    summary: Callable[[Here], Iterable[Part]] = nothing
    forget: Callable[[Client], None] = nothing_more


def holds(app: Flask, name: str, room: Room) -> None:
    """A room says what it holds about clients; parts are told in the order of the rooms."""
    app.extensions.setdefault(HELD, {})[name] = room


def rooms() -> Sequence[Room]:
    """All rooms that hold something about clients."""
    return list(current_app.extensions[HELD].values())


def copy_of(client: Client) -> list[Part]:
    """All that is held about a client, but what is written to the team's leads."""
    return [part for room in rooms() for part in room.copy(client) if part.lines]


def summary_of(here: Here) -> list[Part]:
    """What a colleague needs who takes over."""
    return [part for room in rooms() for part in room.summary(here) if part.lines]
