"""Reads of the audit."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from connectdo.audit.chain import KeptHead, Link
from connectdo.audit.models import Entry, Head
from connectdo.db import db, utc_now

AT_A_TIME = 1000
COLUMNS = [getattr(Entry, name) for name in Link._fields]
LINKS = select(*COLUMNS).order_by(Entry.number)


def links() -> Iterator[Link]:
    """The whole chain, the first entry first."""
    return _read(LINKS)


def links_about(
    about: tuple[str, int] | None, by: int | None, since: datetime | None
) -> Iterator[Link]:
    """The entries about something, by somebody and since a time (UTC), the first one first."""
    query = LINKS
    if about:
        query = query.where(Entry.kind == about[0], Entry.about_id == about[1])
    if by is not None:
        query = query.where(Entry.by_id == by)
    return _read(query.where(Entry.at >= since) if since else query)


def head_now() -> KeptHead:
    """Where the chain ends, as the database has it; at 0 if somebody has taken that away."""
    row = db.session.execute(select(Head.number, Head.hash)).one_or_none()
    return KeptHead(utc_now(), *(row or (0, "")))


def _read(query: Select[Any]) -> Iterator[Link]:
    rows = db.session.execute(query, execution_options={"yield_per": AT_A_TIME})
    return (Link(*row) for row in rows)
