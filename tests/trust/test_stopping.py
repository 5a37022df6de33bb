"""The site is stopped, or started anew, and nobody who asked for a page goes without."""

import os
import signal
import threading
import time
from pathlib import Path

from flask import Flask

from tests.trust.site import FULL, Site, say, visits, wait_until

ROUNDS = 5 if FULL else 1


WORKERS = 2


def is_up(site: Site) -> bool:
    return len(site.workers()) == WORKERS


def is_another(site: Site, before: set[int]) -> bool:
    return is_up(site) and before.isdisjoint(site.workers())


def test_no_request_is_lost_when_the_site_is_started_anew_or_cannot_be(app: Flask) -> None:
    with Site() as site:
        wait_until(lambda: is_up(site))
        with visits(site, lambda: "/help-now", "Need help") as seen:
            for _ in range(ROUNDS):
                before, carrier = set(site.workers()), site.carrier()
                os.kill(site.pid, signal.SIGHUP)
                wait_until(lambda: is_another(site, before) and len(site.gunicorn()) == 1)  # noqa: B023
                wait_until(lambda: site.carrier() and site.carrier() != carrier)  # noqa: B023
            spoil_the_key(Path(app.instance_path))
            before = set(site.workers())
            os.kill(site.pid, signal.SIGHUP)
            wait_until(lambda: len(site.gunicorn()) == 2)
            wait_until(lambda: len(site.gunicorn()) == 1)
            after = set(site.workers())
    say(f"== started anew {ROUNDS} times: {dict(seen.statuses)}, the slowest {seen.slowest:.1f} s")

    assert set(seen.statuses) == {"200"}
    assert after == before


def spoil_the_key(folder: Path) -> None:
    """With a folder in its place no program can start."""
    (folder / "secret_key").unlink()
    (folder / "secret_key").mkdir()


def test_a_page_that_was_asked_for_is_finished_before_the_site_stops(app: Flask) -> None:
    answers: list[tuple[int, str]] = []
    with Site("-m", "tests.trust.slow") as site:
        wait_until(lambda: is_up(site))
        asking = threading.Thread(target=lambda: answers.append(site.get("/slow")))
        asking.start()
        time.sleep(0.5)
    asking.join()

    assert answers == [(200, "At last.")]
