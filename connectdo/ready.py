"""What an installation needs before it can answer: tables, places, the tree of interests.

Run by every command and by every server start, so that no step can be forgotten. Several
starting at once wait for one another.
"""

import fcntl
import gc
import logging
from contextlib import suppress
from pathlib import Path

from flask import Flask

from connectdo.backup.restoring import settle
from connectdo.db import bring_up_to_date, db, reading
from connectdo.listings.actions import plant_interests
from connectdo.listings.queries import unplanted_interests
from connectdo.meaning import model
from connectdo.places import current_gazetteer
from connectdo.search.finding import find, moment, snapshot
from connectdo.search.index import Unusable
from connectdo.search.query import Query

OBJECTS_BETWEEN_COLLECTIONS = 10_000
log = logging.getLogger(__name__)


def make_ready(app: Flask) -> Flask:
    """Brings the database of an app up to date and gives the app back."""
    with Path(app.instance_path, "ready.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        bring_up_to_date(app)
        with app.app_context():
            if told := settle():
                log.warning(told)
        with app.app_context(), reading():
            current_gazetteer()
            bare = bool(unplanted_interests())
        if bare:
            with app.app_context():
                plant_interests()
                db.session.commit()
    return app


def warm(app: Flask) -> Flask:
    """Reads the index before workers are forked, so that each answers its first visitor at full
    speed, and shares what was read. Making one is the carrier's work. Leaves no connection open
    to be shared."""
    with app.app_context():
        with suppress(Unusable):
            snapshot().warm(moment(None))
            find(Query(text="choir"))
            if snapshot().meanings is not None:
                model()
        db.engine.dispose()
    # What the collector never looks at, it never writes to: a page written to is shared no more.
    gc.collect()
    gc.freeze()
    # A page makes thousands of objects of which none go in circles. To look for circles as often as
    # Python usually does takes a tenth of its time.
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    return app
