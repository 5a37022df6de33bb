"""Whatever is killed in the middle of writing, no acknowledged write is lost and all are found."""

import json
import random
import subprocess
import time
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from connectdo.config import ROOT
from connectdo.db import db
from connectdo.listings.models import Listing
from connectdo.search import index, sync
from connectdo.search.models import SearchState
from tests.trust.editors import Truth, editing
from tests.trust.site import CONNECTDO, FULL, Site, kill, say, visits, wait_until

KILLS = 500 if FULL else 6
WRITES = 50_000 if FULL else 1
# Now and then everything dies at once, as when the power goes.
KILLS_BETWEEN_BLACKOUTS = 40
ROWS = 800
SECONDS_BEFORE_A_COMMAND_WRITES = 0.8


class Commands:
    """An operator who loads a file again and again, and at times makes the index anew."""

    def __init__(self, folder: Path, truth: Truth) -> None:
        self.file, self.truth, self.round, self.whole = folder / "loaded.jsonl", truth, 0, 3.0
        self.start()

    def start(self) -> None:
        self.round += 1
        self.loads = self.round % 4 != 0
        self.names = {("loaded", f"{n}"): f"Loaded {n} {self.round}" for n in range(ROWS)}
        command = ["index", "rebuild"]
        if self.loads:
            rows = ({"source": s, "id": n, "name": name} for (s, n), name in self.names.items())
            self.file.write_text("".join(json.dumps(row) + "\n" for row in rows))
            command = ["import", str(self.file)]
            self.truth.doubt(self.names)
        self.process = subprocess.Popen(
            [*CONNECTDO, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.started = time.monotonic()
        dies_after = random.uniform(SECONDS_BEFORE_A_COMMAND_WRITES, self.whole)
        self.dies = self.started + (dies_after if self.round % 3 else 1_000)

    def look(self) -> int:
        """Starts the next when one has ended, kills it when its time has come: how many kills."""
        if self.process.poll() is None:
            if time.monotonic() < self.dies:
                return 0
            kill(self.process.pid)
            self.process.wait()
            self.start()
            return 1
        assert self.process.returncode == 0
        self.whole = time.monotonic() - self.started
        if self.loads:
            self.truth.acknowledge(self.names)
        self.start()
        return 0

    def end(self) -> None:
        kill(self.process.pid)
        self.process.wait()


def has_heard_everything() -> bool:
    db.session.rollback()
    try:
        heard = index.current(sync.folder()).state.rev
    except index.Unusable:
        return False
    return heard == db.session.scalar(select(SearchState.rev))


def kill_again_and_again(site: Site, commands: Commands) -> dict[str, int]:
    """Until it is enough: a worker, or the carrier once it has written, or everything."""
    kills = dict.fromkeys(["worker", "carrier", "command", "everything"], 0)
    written, acknowledged = index.change_mark(sync.folder()), 0
    due, told = time.monotonic() + 1, 0
    while sum(kills.values()) < KILLS or commands.truth.acknowledged < WRITES:
        time.sleep(0.01)
        kills["command"] += commands.look()
        # To kill what has not come to write would be in vain.
        if time.monotonic() < due or commands.truth.acknowledged == acknowledged:
            continue
        acknowledged = commands.truth.acknowledged
        due = time.monotonic() + random.uniform(0.05, 0.9)
        mark = index.change_mark(sync.folder())
        if (sum(kills.values()) + 1) % KILLS_BETWEEN_BLACKOUTS == 0:
            site.kill_all()
            commands.end()
            kills["everything"] += 1
            site.start()
            commands.start()
        elif mark != written and site.carrier():
            kill(site.carrier()[0])
            kills["carrier"] += 1
            written = mark
        elif workers := site.workers():
            kill(random.choice(workers))
            kills["worker"] += 1
        if sum(kills.values()) // 20 > told:
            told = sum(kills.values()) // 20
            say(f"   {kills}, {commands.truth.acknowledged:,} writes acknowledged")
    return kills


def test_nothing_is_lost_when_workers_commands_and_the_carrier_are_killed(
    app: Flask, tmp_path: Path
) -> None:
    truth = Truth()
    with Site("-m", "tests.trust.writing") as site:
        commands = Commands(tmp_path, truth)
        with editing(site, truth) as people, visits(site, lambda: "/search", "result") as seen:
            try:
                kills = kill_again_and_again(site, commands)
            finally:
                commands.end()
        caught_up = wait_until(has_heard_everything)
        wait_until(site.is_open)
        found = site.get("/search")[1]
    check = subprocess.run(
        [*CONNECTDO, "index", "check"], capture_output=True, text=True, cwd=ROOT, check=False
    )
    lost = truth.lost()
    say(
        f"== {kills}: {truth.acknowledged:,} writes acknowledged, {len(lost)} lost; "
        f"{people.finder.told()}; the index had heard everything after {caught_up:.1f} s; "
        f"pages {dict(seen.statuses)}, the slowest {seen.slowest:.1f} s"
    )

    assert lost == []
    assert truth.acknowledged >= WRITES
    assert (check.returncode, check.stdout.strip()) == (0, "The index and the database agree.")
    assert f"{len(db.session.scalars(select(Listing.id)).all()):,} results" in found
    assert people.refused == set()
    assert set(seen.statuses) <= {"200", "no answer"}
