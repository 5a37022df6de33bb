"""Restoring: all of a backup, or nothing, while people use the site.

Everything that can go wrong goes wrong in a folder beside the site, `restoring`. Photos are added
before the database changes, for to have one too many does no harm; the key is put in place after
it. Between the two is one commit, and the epoch in it says on which side of it a restore was cut
short.
"""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from alembic.util import CommandError
from flask import Flask, current_app
from sqlalchemy import inspect, select, table
from sqlalchemy.exc import SQLAlchemyError

from connectdo import erasures
from connectdo.backup import archive, going_back
from connectdo.backup.alone import Busy, alone
from connectdo.backup.archive import Backup, Contents, Refused
from connectdo.backup.databases import database
from connectdo.backup.going_back import Undone
from connectdo.clients.cleaning import fold_in_the_log
from connectdo.config import KEPT_KEY
from connectdo.db import alembic, bring_up_to_date, db, reading
from connectdo.photos import bring_back, unswept
from connectdo.search import sync
from connectdo.search.models import SearchState

FOLDER, UNPACKED, EPOCH = "restoring", "unpacked", "epoch"
# What a site without anything of anybody's has in its database.
OURS = {"alembic_version", "interest", "search_state", "audit", "audit_head"}
UNDONE = "A restore was cut short before it changed anything. The site is as it was."
FINISHED = "A restore was cut short after the database was changed. It is finished now."


Site = Callable[..., Flask]


class Restored(NamedTuple):
    """What was restored, and what was done to it."""

    contents: Contents
    undone: Undone
    other_key: bool


def restore(path: Path, site: Site, *, replace: bool) -> Restored:
    """Puts a backup in the place of what is here. `site` opens one. Raises Busy, Refused, and
    Unreadable for a list of erasures that is damaged: then nothing was changed."""
    with alone():
        backup = Backup(path)
        contents = backup.contents
        _suits(path, contents)
        if not replace and _has_data():
            raise Refused(
                "This site has data. To put the backup in its place, and lose what is here now, "
                "say --replace."
            )
        stage = _stage()
        try:
            backup.unpack(stage / UNPACKED)
            undone = _prepare(stage, site)
            with unswept(_instance()):
                for file in (stage / UNPACKED / archive.PHOTOS).iterdir():
                    bring_back(_instance(), file)
                bring_up_to_date(current_app)
                os.sync()
                database().put_in_place(stage)
        except BaseException:
            # Where the database does not say whether it has committed, the next start asks again.
            with suppress(SQLAlchemyError):
                _settle(stage)
            raise
        return Restored(contents, undone, _finish(stage))


def settle() -> str:
    """Undoes or finishes a restore that was cut short; what it did, in words, or ""."""
    stage = _instance() / FOLDER
    if not stage.exists():
        return ""
    with suppress(Busy), alone():
        return _settle(stage)
    return ""


def _settle(stage: Path) -> str:
    epoch = stage / EPOCH
    if epoch.exists() and epoch.read_text() == _epoch():
        _finish(stage)
        return FINISHED
    _clear(stage)
    return UNDONE


# Before the commit.


def _suits(path: Path, contents: Contents) -> None:
    """Raises Refused for a backup of another kind of database, or of a newer version."""
    here = database().kind
    if contents.database != here:
        names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        raise Refused(
            f"{path} is of a site on {names.get(contents.database, contents.database)}, and this "
            f"one is on {names[here]}. See CONNECTDO_DATABASE_URL."
        )
    known = {each.revision for each in alembic.script_directory.walk_revisions()}
    if contents.revision not in known:
        raise Refused(
            f"{path} was made by a newer version of Connect & Do. Bring this one up to date, "
            "then restore it."
        )


def _has_data() -> bool:
    with reading(), db.engine.connect() as connection:
        names = set(inspect(connection).get_table_names()) - OURS
        return any(
            connection.execute(select(1).select_from(table(name)).limit(1)).first()
            for name in names
        )


def _stage() -> Path:
    stage = _instance() / FOLDER
    _clear(stage)
    stage.mkdir(mode=0o700)
    return stage


def _prepare(stage: Path, site: Site) -> Undone:
    """Makes the copy in the stage what the site shall be."""
    unpacked = stage / UNPACKED
    url = database().stage(unpacked / archive.DATABASE, stage)
    listed = erasures.file_of(_instance())
    erasures.merge(listed, erasures.on_the_list(unpacked / archive.ERASURES))
    shutil.copy(listed, erasures.file_of(stage))
    staged = site(stage, DATABASE_URL=url)
    try:
        bring_up_to_date(staged)
        with staged.app_context():
            undone, epoch = going_back.make_fit()
    except (CommandError, SQLAlchemyError) as error:
        raise Refused("The database in this backup is not one of Connect & Do.") from error
    finally:
        with staged.app_context():
            db.engine.dispose()
        staged.extensions["jobs"].storage.close()
    (stage / EPOCH).write_text(epoch)
    return undone


# After it.


def _finish(stage: Path) -> bool:
    """Puts the key in place, and the heads of the audit where there are none; whether the key is
    another than before. Who was forgotten while the copy was made ready is forgotten again. The
    index is of another epoch and is made anew."""
    going_back.erase_what_is_listed()
    fold_in_the_log()
    key, kept = stage / UNPACKED / archive.SECRET_KEY, _instance() / KEPT_KEY
    other = key.exists() and (not kept.exists() or key.read_text() != kept.read_text())
    if other:
        key.chmod(0o600)
        key.replace(kept)
    heads = stage / UNPACKED / archive.AUDIT_HEADS
    if heads.exists() and not (_instance() / heads.name).exists():
        heads.chmod(0o600)
        heads.replace(_instance() / heads.name)
    _clear(stage)
    # Where there is no room for it, the carrier goes on trying.
    with suppress(OSError, SQLAlchemyError):
        sync.sync()
    return other


def _clear(stage: Path) -> None:
    if stage.exists():
        database().drop_stage()
        shutil.rmtree(stage)


def _epoch() -> str | None:
    """The epoch of the database that is here; None of one without tables."""
    with reading(), db.engine.connect() as connection:
        if not inspect(connection).has_table(SearchState.__tablename__):
            return None
        return connection.scalar(select(SearchState.epoch))


def _instance() -> Path:
    return Path(current_app.instance_path)
