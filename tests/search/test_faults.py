"""Whatever dies when, search ends up saying what the database says."""

import multiprocessing
import os
import random
import time
from multiprocessing.context import SpawnProcess
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from connectdo import create_app
from connectdo.db import db
from connectdo.listings.models import Listing
from connectdo.search import sync
from connectdo.search.finding import find
from connectdo.search.query import Query
from tests.factories import make_listing

KILLS = 6
PROCESSES = multiprocessing.get_context("spawn")


def start(work: str, instance: str) -> SpawnProcess:
    process = PROCESSES.Process(target=globals()[work], args=(instance,), daemon=True)
    process.start()
    return process


def write_for_ever(instance: str) -> None:
    """Adds, changes and deletes listings of its own, a commit each, until it is killed."""
    source = f"writer {os.getpid()}"
    own = select(Listing.id).where(Listing.source == source).order_by(Listing.id)
    with create_app(Path(instance)).app_context():
        while True:
            name = f"Lantern {random.random()}"
            db.session.add(Listing(kind="group", name=name, source=source, source_id=name))
            db.session.commit()
            ids = list(db.session.scalars(own))
            changed, gone = (db.session.get_one(Listing, random.choice(ids)) for _ in range(2))
            changed.name = f"Changed {random.random()}"
            db.session.commit()
            if len(ids) > 20:
                db.session.delete(gone)
                db.session.commit()


def carry_for_ever(instance: str) -> None:
    """Keeps the index, until it is killed."""
    with create_app(Path(instance)).app_context():
        sync.keep()


def test_nothing_is_lost_when_writers_and_the_carrier_are_killed(app: Flask) -> None:
    work = ["write_for_ever", "write_for_ever", "carry_for_ever"]
    running = [start(each, app.instance_path) for each in work]
    time.sleep(3)

    for kill in range(KILLS):
        time.sleep(random.uniform(0.1, 0.6))
        victim = kill % len(work)
        running[victim].kill()
        running[victim].join()
        running[victim] = start(work[victim], app.instance_path)
    time.sleep(2)
    for process in running:
        process.kill()
        process.join()

    assert sync.check() == []
    count = db.session.scalar(select(func.count()).select_from(Listing))
    assert count
    assert find(Query(limit=0)).total == count


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_segment_cut_short_is_made_again_by_the_next_sync(app: Flask) -> None:
    make_listing("Choir")
    sync.sync()

    for segment in sync.folder().glob("generation-*/*.seg"):
        segment.write_bytes(segment.read_bytes()[: segment.stat().st_size // 2])
    make_listing("Another choir")
    sync.sync()

    assert sync.check() == []
    assert find(Query(text="choir")).total == 2
