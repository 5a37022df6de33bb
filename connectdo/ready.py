"""What an installation needs before it can answer: tables, places, the tree of interests.

Run by every command and by every server start, so that no step can be forgotten. Several
starting at once wait for one another.
"""

import fcntl
import logging
from pathlib import Path

from flask import Flask

from connectdo.db import alembic, db, reading
from connectdo.listings.actions import plant_interests
from connectdo.listings.queries import unplanted_interests
from connectdo.places import current_gazetteer
from connectdo.search.finding import snapshot
from connectdo.search.sync import sync


def make_ready(app: Flask) -> Flask:
    """Brings the database of an app up to date and gives the app back."""
    logging.getLogger("alembic.runtime").setLevel(logging.WARNING)
    with Path(app.instance_path, "ready.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # A context for each: Alembic keeps its connection until its context ends.
        with app.app_context(), reading():
            behind = alembic.needs_upgrade()
        if behind:
            with app.app_context():
                alembic.upgrade()
        with app.app_context(), reading():
            current_gazetteer()
            bare = bool(unplanted_interests())
        if bare:
            with app.app_context():
                plant_interests()
                db.session.commit()
    return app


def warm(app: Flask) -> Flask:
    """Carries waiting changes to the index and reads it, before workers are forked, so that
    each answers its first visitor at full speed. Leaves no connection open to be shared."""
    with app.app_context():
        sync()
        snapshot()
        db.engine.dispose()
    return app
