"""People who keep listings through the pages of a site, and what is true of those listings."""

import http.client
import json
import random
import re
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count

import numpy as np
from sqlalchemy import select

from connectdo.db import db
from connectdo.listings.models import Listing
from tests.trust.site import Site
from tests.trust.writing import SOURCE

EDITORS = 3
LISTINGS_OF_AN_EDITOR = 60
LISTINGS_AT_ONCE = 6
SECONDS_TO_TRY_AGAIN = 0.02
GONE = ""
Key = tuple[str, str]


class Truth:
    """What the database may say of each listing: what was acknowledged last, or is in doubt."""

    def __init__(self) -> None:
        self.names: defaultdict[Key, set[str]] = defaultdict(lambda: {GONE})
        self.acknowledged = 0
        self._lock = threading.Lock()

    def doubt(self, names: Mapping[Key, str]) -> None:
        for key, name in names.items():
            self.names[key].add(name)

    def acknowledge(self, names: Mapping[Key, str]) -> None:
        self.names.update((key, {name}) for key, name in names.items())
        with self._lock:
            self.acknowledged += len(names)

    def lost(self) -> list[str]:
        """Says where the database says something else."""
        db.session.rollback()
        listings = select(Listing.source, Listing.source_id, Listing.name)
        there = {(source, key): name for source, key, name in db.session.execute(listings)}
        return [
            f"{key}: {there.get(key, GONE)!r} and not {self.names[key]}"
            for key in {*there, *self.names}
            if there.get(key, GONE) not in self.names[key]
        ]


def write(site: Site, truth: Truth, names: Mapping[str, str]) -> int:
    """Keeps listings by a page of the site: its status, 0 where no answer came."""
    listings = {(SOURCE, key): name for key, name in names.items()}
    truth.doubt(listings)
    try:
        status, _ = site.ask(
            "PUT", "/kept", json.dumps(names), {"Content-Type": "application/json"}
        )
    except (OSError, http.client.HTTPException):
        time.sleep(SECONDS_TO_TRY_AGAIN)
        return 0
    if status == 204:
        truth.acknowledge(listings)
    return status


class Editor(threading.Thread):
    """Keeps listings of its own, one change after another, several listings in each."""

    def __init__(self, site: Site, number: int, truth: Truth, enough: threading.Event) -> None:
        super().__init__()
        self.site, self.number, self.truth, self.enough = site, number, truth, enough
        self.refused: set[int] = set()
        self.unanswered = 0

    def run(self) -> None:
        for change in count(1):
            if self.enough.is_set():
                return
            some = random.sample(range(LISTINGS_OF_AN_EDITOR), LISTINGS_AT_ONCE)
            new = f"Lantern-{self.number}-{change}"
            names = {f"{self.number}-{n}": random.choice([new] * 4 + [GONE]) for n in some}
            status = write(self.site, self.truth, names)
            self.unanswered += status == 0
            if status not in (0, 204):
                self.refused.add(status)
                time.sleep(SECONDS_TO_TRY_AGAIN)


class Finder(threading.Thread):
    """Keeps one listing under ever new names, and looks for each from the moment that it is
    acknowledged until the page of results shows it. `seconds` is how long each took, or, where
    the whole site went down meanwhile, `seconds_with_a_blackout`."""

    def __init__(self, site: Site, truth: Truth, enough: threading.Event) -> None:
        super().__init__()
        self.site, self.truth, self.enough = site, truth, enough
        self.seconds: list[float] = []
        self.seconds_with_a_blackout: list[float] = []

    def run(self) -> None:
        for change in count(1):
            if self.enough.is_set():
                return
            name = f"Found {_word(change)}"
            if write(self.site, self.truth, {"found": name}) == 204:
                self._look_for(name)

    def _look_for(self, name: str) -> None:
        start, blackouts = time.monotonic(), self.site.blackouts
        while not self.enough.is_set():
            if self._is_shown(name):
                went_on = self.site.blackouts == blackouts
                kept = self.seconds if went_on else self.seconds_with_a_blackout
                kept.append(time.monotonic() - start)
                return
            time.sleep(SECONDS_TO_TRY_AGAIN)

    def _is_shown(self, name: str) -> bool:
        try:
            page = self.site.get(f"/search?q={name.partition(' ')[2]}")[1]
        except (OSError, http.client.HTTPException):
            return False
        return bool(re.search(rf">\s*{name}\s*<", page))

    def told(self) -> str:
        """How long it took, in words."""
        if not self.seconds:
            return "nothing was waited for"
        p50, p99 = np.percentile(self.seconds, (50, 99))
        told = f"saved to found {p50:.2f} s p50, {p99:.2f} s p99 of {len(self.seconds)}"
        if self.seconds_with_a_blackout:
            told += f", {max(self.seconds_with_a_blackout):.1f} s at most with a blackout"
        return told


class Editing:
    """Several editors and a finder, until it is enough."""

    def __init__(self, site: Site, truth: Truth) -> None:
        self.enough = threading.Event()
        self.editors = [Editor(site, number, truth, self.enough) for number in range(EDITORS)]
        self.finder = Finder(site, truth, self.enough)

    @property
    def refused(self) -> set[int]:
        """Statuses, other than of what was kept, that the editors were answered with."""
        return {status for editor in self.editors for status in editor.refused}

    @property
    def unanswered(self) -> int:
        """How many changes no whole answer came to."""
        return sum(editor.unanswered for editor in self.editors)


@contextmanager
def editing(site: Site, truth: Truth) -> Iterator[Editing]:
    """Has people edit for as long as it is open."""
    everybody = Editing(site, truth)
    threads = [*everybody.editors, everybody.finder]
    for thread in threads:
        thread.start()
    try:
        yield everybody
    finally:
        everybody.enough.set()
        for thread in threads:
            thread.join()


def _word(number: int) -> str:
    """A word that is like no other."""
    return "".join("bdfglmnprt"[int(digit)] + "o" for digit in f"{number:05}") + "k"
