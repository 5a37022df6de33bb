"""Where the disk is full, listings are saved and found as before; there is room, they catch up."""

import os
import random
import re
import time
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from connectdo.db import db
from connectdo.listings.models import Listing
from connectdo.search import sync
from connectdo.search.finding import find
from connectdo.search.query import Query
from tests.databases import SERVER
from tests.factories import make_listing
from tests.trust.editors import Truth, write
from tests.trust.site import FULL, Site, say, visits, wait_until

# Whoosh leaves files open that it could not write; they are closed, with a warning, later.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

ROUNDS = 20 if FULL else 1
KITES = 100
TAILS = 20
MOST_ROOM_LEFT = 40_000
MOST_ROOM_LEFT_TO_THE_DATABASE = 1_000_000


def used(disk: Path) -> int:
    """Bytes of the index."""
    files = [file for file in disk.rglob("*") if file.is_file() and file.name != "filler"]
    return sum(file.stat().st_size for file in files)


def fill(disk: Path, most_left: int = MOST_ROOM_LEFT) -> Path:
    """Leaves a little room or none, so that writing ends now here, now there."""
    filler = disk / "filler"
    free = os.statvfs(disk)
    room = free.f_bavail * free.f_frsize - random.randrange(most_left)
    with filler.open("wb") as opened:
        opened.write(b"x" * max(room, 0))
    return filler


def test_a_listing_is_saved_and_the_old_ones_found_while_the_disk_is_full(
    small_disk: Path,
) -> None:
    make_listing("Lantern choir")
    sync.sync()
    before = used(small_disk)
    filler = fill(small_disk)
    description = " ".join(f"kite{number}" for number in range(5_000))

    new = make_listing("Lantern walk", description=description)
    with pytest.raises(OSError, match="No space left"):
        sync.sync()
    meanwhile = find(Query(text="lantern")).total
    left_behind = used(small_disk) - before
    filler.unlink()
    sync.sync()

    assert db.session.get(Listing, new.id)
    assert meanwhile == 1
    assert left_behind == 0
    assert find(Query(text="lantern")).total == 2
    assert sync.check() == []


def test_a_served_site_bears_a_full_disk_and_catches_up_when_there_is_room(
    small_disk: Path,
) -> None:
    make_listing("Lantern choir")

    with Site() as site:
        wait_until(lambda: "1 result " in site.get("/search?q=lantern")[1])
        for number in range(1, ROUNDS + 1):
            everything = number * KITES
            with visits(site, lambda: "/search?q=lantern", "Lantern choir") as during:
                filler = fill(small_disk)
                for kite in range(KITES):
                    make_listing(f"Kite {number} {kite}", description=f"tail{kite} " * 50)
                time.sleep(1)
                found_meanwhile = kites(site)
                filler.unlink()
                waited = wait_until(lambda: kites(site) == everything)  # noqa: B023
            say(f"== full disk {number}: {dict(during.statuses)}, room used after {waited:.1f} s")

            assert found_meanwhile < everything
            assert set(during.statuses) == {"200"}

    assert sync.check() == []
    assert len(list(small_disk.glob("generation-*"))) == 1


@pytest.mark.skipif(bool(SERVER), reason="done beside the tests on SQLite")
def test_a_full_disk_under_the_database_refuses_writes_until_there_is_room(
    app_on_a_small_disk: tuple[Flask, Path],
) -> None:
    _, disk = app_on_a_small_disk
    truth = Truth()
    with Site("-m", "tests.trust.writing") as site:
        write(site, truth, {"kept": "Lantern choir"})
        wait_until(lambda: "1 result " in site.get("/search?q=lantern")[1])
        for number in range(1, ROUNDS + 1):
            with visits(site, lambda: "/search?q=lantern", "Lantern choir") as during:
                filler = fill(disk, MOST_ROOM_LEFT_TO_THE_DATABASE)
                refused = write_until_refused(site, truth, number)
                time.sleep(1)
                filler.unlink()
                names = {"again": f"Kite {number}"}
                waited = wait_until(lambda: write(site, truth, names) == 204)  # noqa: B023
            say(f"== full disk {number} under SQLite: {dict(during.statuses)}, {waited:.1f} s")

            assert refused == 503
            assert set(during.statuses) == {"200"}
        wait_until(lambda: sync.check() == [])
    lost = truth.lost()
    whole = db.session.scalar(text("PRAGMA integrity_check"))
    say(f"== {truth.acknowledged:,} writes acknowledged, {len(lost)} lost; {whole}")

    assert lost == []
    assert whole == "ok"


def write_until_refused(site: Site, truth: Truth, number: int) -> int:
    """Keeps more and more listings: the status of those for which there was no room."""
    for turn in count():
        names = {f"{number} {turn} {n}": f"Tail {turn} " * 20 for n in range(TAILS)}
        status = write(site, truth, names)
        if status != 204:
            return status
    raise AssertionError


def kites(site: Site) -> int:
    """How many the site finds."""
    found = re.search(r"([\d,]+) results? for", site.get("/search?q=kite")[1])
    return int(found[1].replace(",", "")) if found else 0
