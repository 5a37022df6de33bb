"""What must not come back with old rows.

An old copy knows nothing of who has signed out since, which link was used or ended, which mail was
sent and who was forgotten. Ending too much costs somebody a minute; too little would let somebody
in, or bring somebody back.
"""

import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import delete, select, update
from sqlalchemy.orm import DeclarativeBase

from connectdo import audit, erasures
from connectdo.clients.actions import erase, key_of
from connectdo.clients.cleaning import fold_in_the_log
from connectdo.clients.models import Client
from connectdo.db import db
from connectdo.directory.models import KeptList
from connectdo.erasures import CLIENT, KEPT_LIST, LIST_LINK, SHARED_LINK
from connectdo.outcomes.models import AskingLink
from connectdo.people.models import RecoveryCode, SecondStep, SignIn, Ticket
from connectdo.post.actions import give_up
from connectdo.post.models import Mail
from connectdo.search.models import SearchState
from connectdo.shortlists.models import SharedList

# Each works once or until its owner ends it, and both may have happened since. Links to lists last
# longer, and those that were ended are on the list of erasures.
ENDED: tuple[type[DeclarativeBase], ...] = (SignIn, Ticket, RecoveryCode, AskingLink)
SECONDS_OF_A_CODE = 30
AT_A_TIME = 500
WAITED = "It waited in a backup, and may have been sent since"


class Undone(NamedTuple):
    """What was done to old rows: how many mails are not sent, and things were erased again."""

    mails: int
    erased: int


def make_fit() -> tuple[Undone, str]:
    """Makes a copy from the past fit to be the site; what was done, and its new epoch. Commits."""
    erased = _erase()
    for table in ENDED:
        db.session.execute(delete(table))
    # A code from an app is good once, and its step goes up with the clock.
    step = int(time.time()) // SECONDS_OF_A_CODE + 1
    db.session.execute(update(SecondStep).where(SecondStep.used_step > 0).values(used_step=step))
    mails = db.session.scalars(select(Mail).where(Mail.refused == "")).all()
    for mail in mails:
        give_up(mail, WAITED)
    epoch = str(uuid.uuid4())
    db.session.execute(update(SearchState).values(epoch=epoch))
    db.session.commit()
    return Undone(len(mails), erased), epoch


def erase_what_is_listed() -> None:
    """By the clock: an erasure that was written down and cut short before its commit is done."""
    if _erase():
        db.session.commit()
        fold_in_the_log()
    db.session.rollback()


def _erase() -> int:
    """Erases again what is on the list and in the database; how many things. Raises Unreadable."""
    listed = erasures.on_the_list(erasures.file_of(Path(current_app.instance_path)))
    keys: dict[str, set[str]] = {kind: set() for kind in AGAIN}
    for each in listed:
        keys[each.kind].add(each.key)
    return sum(again(keys[kind]) for kind, again in AGAIN.items() if keys[kind])


def _clients(keys: set[str]) -> int:
    ids = {int(key.partition("/")[0]) for key in keys}
    there = [each for each in _with(Client.id, ids) if key_of(each) in keys]
    for client in there:
        # A worry that waits in the copy has been seen to: nobody is forgotten before that.
        erase(client)
        audit.tell("clients.forget", "client", client.id)
    return len(there)


def _kept_lists(keys: set[str]) -> int:
    return _delete(_with(KeptList.id, {uuid.UUID(key) for key in keys}))


def _list_links(hashes: set[str]) -> int:
    there = _with(KeptList.share_hash, hashes)
    for kept_list in there:
        kept_list.share_hash = None
    return len(there)


def _shared_links(hashes: set[str]) -> int:
    return _delete(_with(SharedList.secret_hash, hashes))


AGAIN: dict[str, Callable[[set[str]], int]] = {
    CLIENT: _clients,
    KEPT_LIST: _kept_lists,
    LIST_LINK: _list_links,
    SHARED_LINK: _shared_links,
}


def _with(column: Any, keys: set[Any]) -> list[Any]:
    """The rows that are known by these; a database takes only so many at once."""
    every = sorted(keys)
    found: list[Any] = []
    for start in range(0, len(every), AT_A_TIME):
        query = select(column.class_).where(column.in_(every[start : start + AT_A_TIME]))
        # One that is being erased in this moment is waited for, and then not there.
        found += db.session.scalars(query.with_for_update()).all()
    return found


def _delete(rows: list[Any]) -> int:
    for row in rows:
        db.session.delete(row)
    db.session.flush()
    return len(rows)
