"""What an installation needs before it can answer: tables, and the vocabulary of interests.

Run by every command and by every server start, so that no step can be forgotten. Several
starting at once wait for one another.
"""

import fcntl
import logging
from pathlib import Path

from flask import Flask

from connectdo.db import alembic, db, reading
from connectdo.listings.actions import plant_interests


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
        with app.app_context():
            plant_interests()
            db.session.commit()
    return app
