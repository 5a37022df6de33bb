"""Several imports at once, and one that is killed: each a process of its own."""

import signal
import subprocess
import sys
from pathlib import Path

from sqlalchemy import func, select

from connectdo.db import db, reading
from connectdo.interchange.importing import BATCH
from connectdo.listings.models import AccessAnswer, Listing, Schedule, Venue, listing_interest
from connectdo.organisations.models import Organisation
from connectdo.search.sync import sync
from tests.interchange.conftest import Importer

SECONDS = 120
# An import that is killed when its second batch is written and not yet committed.
KILLED_HALF_WAY = """
import itertools, os, signal, sys
from sqlalchemy import event
from sqlalchemy.orm import Session
from connectdo.cli import main

batches = itertools.count(1)

@event.listens_for(Session, "after_flush")
def stop(*_):
    if next(batches) == 2:
        os.kill(os.getpid(), signal.SIGKILL)

main(["import", sys.argv[1]])
"""


def start_import(*files: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "connectdo.cli", "import", *map(str, files)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def choirs(count: int, first: int = 0) -> list[dict[str, str]]:
    return [
        {
            "source": "s", "source_id": str(number), "name": f"Choir {number}",
            "organisation": f"Hall {number % 30}", "venue": f"Hall {number % 30}",
            "postcode": "SE24 0NG", "serves": "Lambeth", "interests": "Choir",
            "starts": "2026-10-06T18:30", "recurrence": "FREQ=WEEKLY", "access": "step_free",
        }
        for number in range(first, first + count)
    ]  # fmt: skip


def how_many(table: object) -> int:
    with reading():
        db.session.rollback()
        count = db.session.scalar(select(func.count()).select_from(table)) or 0  # type: ignore[arg-type]
        db.session.rollback()
    return count


def test_two_imports_at_once_both_go_in(importer: Importer) -> None:
    one = importer.csv(*choirs(300), name="one.csv")
    two = importer.csv(*reversed(choirs(300, first=150)), name="two.csv")

    both = start_import(one), start_import(two)
    ended = [process.communicate(timeout=SECONDS) for process in both]

    assert [process.returncode for process in both] == [0, 0], ended
    assert how_many(Listing) == 450
    assert (how_many(Organisation), how_many(Venue)) == (30, 30)
    assert importer.counts(one, two) == (0, 0, 600, 0)


def test_an_import_that_is_killed_leaves_nothing_by_halves_and_goes_on(
    importer: Importer,
) -> None:
    file = importer.csv(*choirs(600))

    killed = subprocess.run(
        [sys.executable, "-c", KILLED_HALF_WAY, str(file)], capture_output=True, timeout=SECONDS
    )

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert how_many(Listing) == BATCH
    assert how_many(Schedule) == how_many(AccessAnswer) == how_many(listing_interest) == BATCH
    assert importer.counts(file) == (600 - BATCH, 0, BATCH, 0)
    assert how_many(Schedule) == how_many(AccessAnswer) == how_many(listing_interest) == 600
    assert sync() == 0
