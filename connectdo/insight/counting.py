"""What happened on a page, added up in the memory of this worker until it is written.

At most `MOST` sums are held: where the database is away for long, what is new is then left out.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from threading import Event, Lock

from flask import Flask, current_app

from connectdo.days import london_today
from connectdo.insight.wishes import NEAR, Wish, wish_of
from connectdo.places import outcode_at
from connectdo.search.finding import Found, snapshot
from connectdo.search.query import Query

# What may happen to a listing, named as the columns are.
SHOWN, OPENED, KEPT, SHORTLISTED = "shown", "opened", "kept", "shortlisted"
MANY = 2_000
MOST = 10_000
NAME = "connectdo.insight"


@dataclass
class Sums:
    """`listings` by day, listing and what happened; `led` by day, listing and wish; `searches` by
    day, outcode and wish, and how much the last of them found."""

    listings: Counter[tuple[date, int, str]] = field(default_factory=Counter)
    led: Counter[tuple[date, int, Wish]] = field(default_factory=Counter)
    searches: Counter[tuple[date, str, Wish]] = field(default_factory=Counter)
    found: dict[tuple[date, str, Wish], int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.listings) + len(self.led) + len(self.searches)

    def add(self, later: "Sums") -> None:
        """Adds sums that were counted after these."""
        self.listings.update(later.listings)
        self.led.update(later.led)
        self.searches.update(later.searches)
        self.found.update(later.found)


class Counts:
    """What a worker has counted and not written. Its threads count together."""

    def __init__(self) -> None:
        self.are_many = Event()
        self._lock = Lock()
        self._sums = Sums()

    def add(self, sums: Sums) -> None:
        with self._lock:
            if len(self._sums) < MOST:
                self._sums.add(sums)
            if len(self._sums) >= MANY:
                self.are_many.set()

    def take(self) -> Sums:
        """All of it, to be written."""
        with self._lock:
            taken, self._sums = self._sums, Sums()
        return taken

    def give_back(self, taken: Sums) -> None:
        """What was taken and could not be written."""
        with self._lock:
            taken.add(self._sums)
            self._sums = taken


def init_app(app: Flask) -> None:
    app.extensions[NAME] = Counts()


def counts() -> Counts:
    found: Counts = current_app.extensions[NAME]
    return found


def count(what: str, listing_ids: Iterable[int]) -> None:
    """Counts that something happened to some listings: SHOWN, OPENED, KEPT or SHORTLISTED."""
    today = london_today()
    counts().add(Sums(listings=Counter((today, each, what) for each in listing_ids)))


def count_search(found: Found) -> None:
    """Remembers what was looked for, if it may be."""
    query = found.query
    wish = wish_of(query, found.snapshot.vocabulary)
    if wish is None:
        return
    near = outcode_at(query.place) if query.place else ""
    key = (london_today(), near, wish)
    counts().add(Sums(searches=Counter([key]), found={key: found.near(NEAR)}))


def count_led(query: Query, listing_id: int) -> None:
    """Remembers what was looked for by somebody who then opened a listing, if it may be."""
    wish = wish_of(query, snapshot().vocabulary)
    if wish is not None:
        counts().add(Sums(led=Counter([(london_today(), listing_id, wish)])))
