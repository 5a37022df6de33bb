"""Figures for Prometheus, where CONNECTDO_METRICS names an address: at that address alone, so that
nothing in front of the site can show them to anybody.

Each process that answers pages counts in a file of its own; `connectdo metrics`, a process that
`serve` runs, adds them up and asks the database for the rest. A label says which page and how it
ended, and never who or what for.
"""

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

from flask import Flask, Response, request
from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from connectdo.db import db, reading
from connectdo.logs import seconds_so_far
from connectdo.post.models import Mail
from connectdo.search import index, sync
from connectdo.search.models import SearchState

# Where prometheus_client looks, and when: as it is imported.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


def count_requests(app: Flask) -> None:
    """Counts each answer, and how long it took."""
    ours = CollectorRegistry()
    answers = Counter(
        "connectdo_requests", "Answers to visitors.", ["page", "status"], registry=ours
    )
    seconds = Histogram(
        "connectdo_request_seconds", "How long they took.", ["page"], registry=ours, buckets=SECONDS
    )

    @app.after_request
    def count(response: Response) -> Response:
        page = request.endpoint or "none"
        answers.labels(page, str(response.status_code)).inc()
        seconds.labels(page).observe(seconds_so_far())
        return response


def empty_folder(folder: Path) -> None:
    """What processes counted that are no more."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    os.environ[FOLDER] = str(folder)


def figures(app: Flask) -> CollectorRegistry:
    """All that is told."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    registry.register(State(app))
    return registry


def serve(app: Flask) -> None:
    """Tells them at the address that is set, until it is ended."""
    host, _, port = str(app.config["METRICS"]).rpartition(":")
    start_http_server(int(port), host, figures(app))
    threading.Event().wait()


class State(Collector):
    """What the database and the queue say at this moment. What cannot be asked is not told."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def collect(self) -> Iterator[GaugeMetricFamily]:
        with self.app.app_context(), reading():
            waiting = self.app.extensions["jobs"].pending_count()
            yield GaugeMetricFamily("connectdo_jobs_waiting", "Jobs to be done soon.", waiting)
            try:
                changes = db.session.scalars(select(SearchState.rev)).one()
                mails = db.session.scalar(select(func.count(Mail.id)).where(Mail.refused == ""))
                refused = db.session.scalar(select(func.count(Mail.id)).where(Mail.refused != ""))
            except SQLAlchemyError:
                return
            yield GaugeMetricFamily("connectdo_mails_waiting", "Mails to be sent.", mails)
            yield GaugeMetricFamily("connectdo_mails_refused", "Mails nobody took.", refused)
            try:
                heard = index.current(sync.folder()).state.rev
            except index.Unusable:
                return
            yield GaugeMetricFamily(
                "connectdo_index_lag", "Changes the index has not heard of.", changes - heard
            )
