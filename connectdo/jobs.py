"""Work that no visitor waits for: soon, or by the clock. huey does it, in a process of its own.

huey's queue is a file in the instance folder, on either database. It only makes things prompt: a
job that its worker died in is gone from it. So what must not be lost is a row in the database,
and the job that looks for such rows runs by the clock as well.
"""

import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path

from flask import Flask, current_app
from huey import Huey, SqliteHuey, crontab

EVERY_MINUTE = crontab()
EVERY_HOUR = crontab(minute="20")
EVERY_NIGHT = crontab(hour="3", minute="30")
# When a mail does not wake anybody.
EVERY_MORNING = crontab(hour="9", minute="0")
WORKERS = 2
SECONDS_TO_NOTICE = 1.0
SECONDS_TO_FINISH = 30

Job = Callable[[], object]
log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    # What is only in the queue may be lost with the power, so nobody waits for the disk.
    app.extensions["jobs"] = SqliteHuey(
        "connectdo",
        filename=str(Path(app.instance_path) / "jobs.sqlite3"),
        results=False,
        fsync=False,
    )
    app.extensions["jobs_by_name"] = {}


def by_the_clock(app: Flask, name: str, job: Job, when: Callable[..., bool]) -> None:
    """Has a job done whenever `when` says, and whenever `soon` is told its name."""

    def run() -> None:
        with app.app_context():
            job()

    app.extensions["jobs_by_name"][name] = _queue(app).periodic_task(when, name=name)(run)


def soon(name: str) -> None:
    """Has a job done within a second or so. Where the queue cannot be written, by the clock."""
    try:
        current_app.extensions["jobs_by_name"][name]()
    except sqlite3.Error as error:
        log.warning("The job %s waits for the clock: %s", name, error)


def work(app: Flask) -> None:
    """Does the jobs until told to stop; one that has begun is finished first."""
    consumer = _queue(app).create_consumer(
        workers=WORKERS,
        max_delay=SECONDS_TO_NOTICE,
        graceful_signal="TERM",
        shutdown_timeout=SECONDS_TO_FINISH,
    )
    consumer.run()


def _queue(app: Flask) -> Huey:
    return app.extensions["jobs"]
