"""The chain: each entry's hash is over its own words and the hash before it.

SHA-256 without a key, so that a chain can be verified after the site's secret has changed, and by
who has never had it. A key would be no help against who can read it beside the database.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

# What the command that puts a backup back tells.
RESTORED = "connectdo restore"


class Link(NamedTuple):
    """One entry of a chain, with its hash."""

    number: int
    at: datetime
    by_id: int | None
    act: str
    kind: str
    about_id: int | None
    looked: bool
    hash: str


class KeptHead(NamedTuple):
    """What the last entry was at a time (UTC)."""

    at: datetime
    number: int
    hash: str


class Found(NamedTuple):
    """What is wrong with a chain, and what has a good reason, in sentences."""

    faults: list[str]
    notes: list[str]


def hash_of(link: Link, before: str) -> str:
    """The hash that an entry should have, after the one before it."""
    words = [before, link.number, link.at.isoformat(timespec="microseconds"), *link[2:-1]]
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()


def chained(number: int, before: str, links: Iterable[Link]) -> Iterator[Link]:
    """Entries, numbered and hashed to come after the last one, of which these are its own."""
    for link in links:
        number += 1
        numbered = link._replace(number=number)
        before = hash_of(numbered, before)
        yield numbered._replace(hash=before)


def check(links: Iterable[Link], heads: Sequence[KeptHead], end: Callable[[], KeptHead]) -> Found:
    """Whether a chain is as it was written: link by link, then whether it has every head that was
    kept. `end` reads the database's own, when the links were read: they may grow meanwhile."""
    reading = _Reading({each.number for each in heads})
    faults = list(reading.faults(links))
    written = end().number
    if reading.last > written:
        faults.append(f"The entries after {written} were not written by this site.")
    notes: dict[int, str] = {}
    for head in heads:
        if reading.hashes.get(head.number, "") == head.hash:
            continue
        restored = reading.restored_since(head)
        if restored:
            notes[restored.number] = _put_back(restored, head)
        else:
            faults.append(_lost(head, reading.last))
    return Found(faults, list(notes.values()))


class _Reading:
    """Goes through a chain once, and keeps what the heads will be held against."""

    def __init__(self, wanted: set[int]) -> None:
        self.wanted = wanted
        self.last, self.hashes = 0, {0: ""}
        self.restored: list[Link] = []

    def faults(self, links: Iterable[Link]) -> Iterator[str]:
        before = ""
        for link in links:
            if link.number != self.last + 1:
                yield f"Before entry {link.number}, entries from {self.last + 1} on are missing."
            elif link.hash != hash_of(link, before):
                yield f"Entry {link.number} is not as it was written, or is not in its place."
            if link.number in self.wanted:
                self.hashes[link.number] = link.hash
            if link.act == RESTORED:
                self.restored.append(link)
            self.last, before = link.number, link.hash

    def restored_since(self, head: KeptHead) -> Link | None:
        """When an older database was put back that had not got as far as this head."""
        since = (each for each in self.restored if each.at >= head.at)
        return next((each for each in since if each.number <= head.number), None)


def _lost(head: KeptHead, last: int) -> str:
    if head.number > last:
        return f"{_was_last(head)} The chain ends at {last} now: its end was cut off."
    return f"{_was_last(head)} It is another now: the chain was written anew."


def _put_back(restored: Link, head: KeptHead) -> str:
    day = restored.at.strftime("%Y-%m-%d %H:%M")
    return (
        f"{_was_last(head)} A backup from before that was put back on {day} UTC (entry "
        f"{restored.number}). What was done after the backup, up to entry {head.number}, is not "
        f"here. If nobody put a backup back then, somebody has cut off the end."
    )


def _was_last(head: KeptHead) -> str:
    return f"On {head.at:%Y-%m-%d %H:%M} UTC the last entry was {head.number}."
