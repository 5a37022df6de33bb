"""How an entry comes about: as the last thing of a transaction, just before it is committed.

So the locked row that holds the chain's end is held for a moment only, and what is rolled back
leaves nothing.
"""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

import click
from flask import Response, current_app, g, has_request_context, request
from flask_login import current_user
from sqlalchemy import event, insert, select, update
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction

from connectdo.access import STRANGER, who_may_enter
from connectdo.audit.chain import Link, chained
from connectdo.audit.models import Entry, Head
from connectdo.db import db, utc_now, writing

TOLD, CHANGED, WRITTEN = "audit_told", "audit_changed", "audit_written"
SAFE = ("GET", "HEAD", "OPTIONS")


def tell(act: str, kind: str = "", about_id: int | None = None, by: int | None = None) -> None:
    """Has the transaction say what somebody does: whoever is here, unless told otherwise."""
    _told(act, kind, about_id, by or _here(), looked=False)


def about(kind: str, about_id: int) -> None:
    """Says what the change of this page is about."""
    g.audit_about = (kind, about_id)


def look(kind: str, *about_ids: int) -> None:
    """Puts on record that whoever is here looks at something. Call it before anything is changed or
    shown: it commits. A page that changes something says so in the transaction of the change; where
    it came to none, the look is written before the page is sent."""
    if request.method in SAFE:
        db.session.commit()
        _write_looks(kind, about_ids)
    else:
        about(kind, about_ids[0])
        g.audit_may_only_look = True


def look_at_least(response: Response) -> Response:
    """After a page that changed nothing. One that says that the site is at fault shows nothing."""
    if (
        g.pop("audit_may_only_look", False)
        and response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
    ):
        db.session.rollback()
        kind, about_id = g.audit_about
        _write_looks(kind, [about_id])
    return response


def watch_sessions() -> None:
    """Has every commit write what it tells."""
    if not event.contains(Session, "before_commit", _write):
        event.listen(Session, "after_flush", _heed_flush)
        event.listen(Session, "do_orm_execute", _heed_statement)
        event.listen(Session, "before_commit", _write)
        event.listen(Session, "after_commit", _written)
        event.listen(Session, "after_soft_rollback", _forget)


def _write_looks(kind: str, about_ids: Iterable[int]) -> None:
    with writing():
        for each in about_ids:
            _told(request.endpoint or "", kind, each, _here(), looked=True)
        db.session.commit()


def _told(act: str, kind: str, about_id: int | None, by: int | None, *, looked: bool) -> None:
    link = Link(0, utc_now(), by, act, kind, about_id, looked, "")
    if not db.session.in_transaction():
        # So that a rollback is heard.
        db.session.begin()
    db.session.info.setdefault(TOLD, []).append(link)


# What a session does.


def _heed_flush(session: Session, _context: object) -> None:
    changed = (each for each in session.dirty if session.is_modified(each))
    if session.new or session.deleted or any(changed):
        session.info[CHANGED] = True


def _heed_statement(executing: ORMExecuteState) -> None:
    changes = executing.is_insert or executing.is_update or executing.is_delete
    # Such as the count of tries.
    if changes and not executing.execution_options.get("no_act"):
        executing.session.info[CHANGED] = True


def _write(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    if session.info.pop(CHANGED, False):
        _tell_what_the_page_or_command_did()
    told = session.info.pop(TOLD, [])
    if told:
        _add(session, told)
        session.info[WRITTEN] = True


def _add(session: Session, told: list[Link]) -> None:
    connection = session.connection()
    held = select(Head.number, Head.hash).with_for_update()
    last = connection.execute(held).one()
    # Only now are they after all that was committed.
    now = utc_now()
    links = list(chained(*last, (each._replace(at=now) for each in told)))
    connection.execute(insert(Entry), [link._asdict() for link in links])
    connection.execute(update(Head).values(number=links[-1].number, hash=links[-1].hash))


def _written(session: Session) -> None:
    if session.info.pop(WRITTEN, False) and has_request_context():
        g.pop("audit_may_only_look", None)


def _forget(session: Session, ended: SessionTransaction) -> None:
    if not ended.nested:
        for name in (TOLD, CHANGED, WRITTEN):
            session.info.pop(name, None)


# Who does what.


def _tell_what_the_page_or_command_did() -> None:
    if has_request_context() and request.method not in SAFE:
        if _is_told(request.endpoint or ""):
            tell(request.endpoint or "", *g.get("audit_about", _in_the_address()))
    elif command := click.get_current_context(silent=True):
        tell("connectdo" + command.command_path.removeprefix(command.find_root().command_path))


def _is_told(endpoint: str) -> bool:
    """On public pages strangers keep lists of their own and ask for mails: nobody's business but
    theirs. Those that change what others have say what it is about."""
    return "audit_about" in g or STRANGER not in who_may_enter(current_app, endpoint)


def _in_the_address() -> tuple[Any, ...]:
    """What the first number of the address names: a client's is ("client", 7)."""
    numbers = (each for each in (request.view_args or {}).items() if each[0].endswith("_id"))
    name, number = next(numbers, ("", None))
    return name.removesuffix("_id"), number


def _here() -> int | None:
    if not has_request_context() or not current_user.is_authenticated:
        return None
    person_id: int = current_user.id
    return person_id
