"""An older backup is put back while people search: what it has is found, and nothing else."""

import os
import random
import re
import subprocess
import time
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from connectdo.clients import forgetting
from connectdo.clients.models import Client
from connectdo.config import ROOT
from connectdo.db import db
from connectdo.listings.models import HIDDEN, LIVE, Listing
from connectdo.search import sync
from tests.factories import make_client, make_listing
from tests.trust.site import CONNECTDO, FULL, Site, kill, say, visits, wait_until

ROUNDS = 20 if FULL else 1
KILLS = 40 if FULL else 1
LISTINGS = 30
SECONDS_BEFORE_IT_WRITES = 0.7


def connectdo(*command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*CONNECTDO, *command], capture_output=True, text=True, cwd=ROOT, check=False
    )


def shown() -> int:
    """How many listings the database has to be found."""
    db.session.rollback()
    ids = db.session.scalars(select(Listing.id).where(Listing.status == LIVE)).all()
    db.session.rollback()
    return len(ids)


def found(site: Site) -> int:
    """How many the site finds."""
    told = re.search(r"([\d,]+) results?", site.get("/search?q=lantern")[1])
    return int(told[1].replace(",", "")) if told else 0


def change_much(number: int) -> None:
    """Adds, hides, renames and deletes."""
    for each in range(LISTINGS // 3):
        make_listing(f"Lantern later {number} {each}")
    listings = list(db.session.scalars(select(Listing).order_by(Listing.id).limit(LISTINGS)))
    random.shuffle(listings)
    for listing in listings[:10]:
        listing.status = HIDDEN
    for listing in listings[10:20]:
        listing.name = f"Lantern again {number} {listing.id}"
    for listing in listings[20:25]:
        db.session.delete(listing)
    db.session.commit()


def test_an_older_backup_is_put_back_again_and_again_while_people_search(
    app: Flask, tmp_path: Path
) -> None:
    for number in range(LISTINGS):
        make_listing(f"Lantern choir {number}")
    hidden = make_listing("Lantern secret", status=HIDDEN)
    mary = make_client()
    sync.sync()
    file = tmp_path / "backup.zip"
    db.session.rollback()
    made = connectdo("backup", str(file))
    forgetting.forget(mary)

    with Site() as site:
        wait_until(lambda: found(site) == LISTINGS)
        for number in range(ROUNDS):
            change_much(number)
            wait_until(lambda: found(site) == shown())
            with visits(site, lambda: "/search?q=lantern", "result") as during:
                started = time.monotonic()
                done = connectdo("restore", str(file), "--replace")
                took = time.monotonic() - started
                waited = wait_until(lambda: found(site) == LISTINGS)
            say(
                f"== restore {number + 1}: {took:.1f} s, pages {dict(during.statuses)}, the "
                f"slowest {during.slowest:.1f} s; found as it was {waited:.1f} s later"
            )

            assert done.returncode == 0
            assert "Erased again, as it had been since: 1 thing." in done.stdout
            assert set(during.statuses) == {"200"}
            assert site.get(f"/listings/{hidden.id}")[0] == 404

    check = connectdo("index", "check")
    assert made.returncode == 0
    assert check.stdout.strip() == "The index and the database agree."
    assert db.session.scalars(select(Client)).all() == []


def test_a_restore_that_is_killed_leaves_the_old_or_the_new_and_the_next_start_says_so(
    app: Flask, tmp_path: Path
) -> None:
    for number in range(LISTINGS):
        make_listing(f"Lantern choir {number}")
    file = tmp_path / "backup.zip"
    db.session.rollback()
    started = time.monotonic()
    connectdo("backup", str(file))
    whole = time.monotonic() - started + 1
    ends = {"old": 0, "new": 0, "done": 0}
    for _ in range(KILLS):
        make_listing("Lantern later")
        before = shown()
        process = subprocess.Popen(
            [*CONNECTDO, "restore", str(file), "--replace"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
        )
        time.sleep(random.uniform(SECONDS_BEFORE_IT_WRITES, whole))
        kill(process.pid)
        cut_short = process.wait() != 0
        stage = (Path(os.environ["CONNECTDO_INSTANCE"]) / "restoring").exists()
        said = connectdo("init").stderr
        after = shown()
        ends[how(cut_short, after == before)] += 1

        assert after in (before, LISTINGS)
        assert ("A restore was cut short" in said) == stage
    say(f"== {KILLS} restores killed: {ends}")

    connectdo("index", "rebuild")
    assert sync.check() == []


def how(cut_short: bool, as_before: bool) -> str:
    if not cut_short:
        return "done"
    return "old" if as_before else "new"
