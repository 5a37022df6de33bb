"""What was deleted goes from the database's own files too.

SQLite overwrites what is deleted at once (`secure_delete`), but older copies of the page stay in
the log beside the file until that is folded in. A reader may be in the way for as long as it
reads, so it is tried when somebody is forgotten, without waiting, and every minute.

PostgreSQL keeps deleted rows in its files until they are written anew. That needs the tables to
itself for a moment, so it is done at night, and left for the next where a table is in use. What
is in its own log (pg_wal), in archives and copies of that, on other servers, and in what it noted
of a column's most frequent words (pg_statistic) goes when the server lets it go: that is out of our
reach.
"""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from connectdo.clients import everything
from connectdo.db import db

SECONDS_TO_WAIT_FOR_A_READER = 0.1
SECONDS_TO_WAIT_FOR_A_TABLE = 2
# Tables of other rooms in which somebody who is no client here has been forgotten, or written to.
OTHERS = ("mail", "kept_list", "kept_listing")
log = logging.getLogger(__name__)


def fold_in_the_log() -> bool:
    """On SQLite, empties the log; False where a reader was in the way."""
    if db.engine.dialect.name != "sqlite":
        return True
    path = str(db.engine.url.database)
    with closing(sqlite3.connect(path, timeout=SECONDS_TO_WAIT_FOR_A_READER)) as connection:
        (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def fold_in_what_is_left() -> None:
    """By the clock: for when a reader was in the way, or the power went."""
    log_file = Path(f"{db.engine.url.database}-wal")
    if log_file.exists() and log_file.stat().st_size:
        fold_in_the_log()


def write_tables_anew() -> None:
    """On PostgreSQL, leaves no deleted row in the files of the tables in which people are
    forgotten."""
    if db.engine.dialect.name != "postgresql":
        return
    tables = sorted({name for room in everything.rooms() for name in room.tables}.union(OTHERS))
    outside = db.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    with outside as connection:
        connection.execute(text(f"SET lock_timeout = '{SECONDS_TO_WAIT_FOR_A_TABLE * 1000:.0f}ms'"))
        for table in tables:
            try:
                connection.execute(text(f'VACUUM (FULL, ANALYZE) "{table}"'))
            except OperationalError as error:
                log.warning("Table %s is written anew another night: %s", table, error.orig)
        connection.execute(text("RESET lock_timeout"))
