"""python -m benchmarks.audit: what an entry costs when several people are at work at once.

Eight processes commit one row after another, first without an entry, then with one. The database is
SQLite in a new folder, or an empty PostgreSQL database named by CONNECTDO_DATABASE_URL.
"""

import multiprocessing
import time
from multiprocessing.queues import SimpleQueue

import click
import numpy as np
from flask import Flask

from benchmarks.running import folder_of
from connectdo import audit, create_app
from connectdo.db import db, utc_now
from connectdo.limits import Tally
from connectdo.ready import make_ready

FORKED = multiprocessing.get_context("fork")


@click.command()
@click.option("--processes", default=8, show_default=True)
@click.option("--seconds", default=10, show_default=True)
def main(processes: int, seconds: int) -> None:
    with folder_of(None) as folder:
        app = make_ready(create_app(folder))
        for with_entry in (False, True):
            with app.app_context():
                db.engine.dispose()
            took = np.concatenate(_side_by_side(app, processes, seconds, with_entry))
            p50, p99 = np.percentile(took * 1000, [50, 99])
            what = "with an entry" if with_entry else "without"
            rate = len(took) / seconds
            click.echo(f"{what}: {rate:,.0f} commits a second, p50 {p50:.1f} ms, p99 {p99:.1f} ms")


def _side_by_side(
    app: Flask, processes: int, seconds: int, with_entry: bool
) -> list["np.ndarray[tuple[int], np.dtype[np.float64]]"]:
    told: SimpleQueue[list[float]] = FORKED.SimpleQueue()
    workers = [
        FORKED.Process(target=_work, args=(app, number, seconds, with_entry, told))
        for number in range(processes)
    ]
    for each in workers:
        each.start()
    took = [np.array(told.get()) for _ in workers]
    for each in workers:
        each.join()
    return took


def _work(
    app: Flask, number: int, seconds: int, with_entry: bool, told: "SimpleQueue[list[float]]"
) -> None:
    took: list[float] = []
    with app.app_context():
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            begin = time.monotonic()
            key = f"{with_entry}-{number}-{len(took)}"
            db.session.add(Tally(key=key, count=1, ends_at=utc_now()))
            if with_entry:
                audit.tell("benchmark", "client", number)
            db.session.commit()
            db.session.expunge_all()
            took.append(time.monotonic() - begin)
    told.put(took)


if __name__ == "__main__":
    main()
