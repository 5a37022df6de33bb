"""Carries what was counted from the memory of a worker to the database, behind the pages' back."""

import atexit
import logging
from threading import Event, Lock, Thread

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from connectdo.db import db
from connectdo.insight import actions
from connectdo.insight.counting import NAME, Counts, counts

SECONDS_BETWEEN = 10.0
SECONDS_TO_END = 5.0
log = logging.getLogger(__name__)


def write_out() -> bool:
    """Writes what was counted here. Where the database is busy or away, it waits for the next
    time, and the answer is False. Commits."""
    taken = counts().take()
    if not len(taken):
        return True
    try:
        actions.add_up(taken)
        db.session.commit()
    except SQLAlchemyError as error:
        db.session.rollback()
        counts().give_back(taken)
        log.warning("What was counted waits: %s", type(error).__name__)
        return False
    return True


def write_now_and_then(app: Flask) -> Flask:
    """Has each process that answers requests write every few seconds, and once more when it ends.

    The thread is started by the first request: what is started before workers are forked stays
    behind in their parent.
    """
    starting = Lock()
    writers: list[Thread] = []

    @app.before_request
    def start() -> None:
        with starting:
            if not any(each.is_alive() for each in writers):
                writers[:] = [_writer(app)]

    return app


def _writer(app: Flask) -> Thread:
    counts: Counts = app.extensions[NAME]
    ending = Event()

    def write() -> None:
        while not ending.is_set():
            counts.are_many.wait(SECONDS_BETWEEN)
            with app.app_context():
                if not write_out():
                    ending.wait(SECONDS_BETWEEN)
            counts.are_many.clear()
        with app.app_context():
            write_out()

    def end() -> None:
        ending.set()
        counts.are_many.set()
        thread.join(SECONDS_TO_END)

    thread = Thread(target=write, name="connectdo insight", daemon=True)
    thread.start()
    atexit.register(end)
    return thread
