"""What was written without a signal is sent when it returns, perhaps twice: it is done once.

A browser gives each thing it sends a key of its own, in the header `Once`. The key is kept in the
transaction of what was done, so either both are there or neither.
"""

from datetime import datetime, timedelta

from flask import request
from sqlalchemy import ForeignKey, String, delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from connectdo.db import Base, db, utc_now
from connectdo.people.here import person_here

LONGEST_KEY = 64
KEPT_FOR = timedelta(days=7)


class DoneOnce(Base):
    """The key of something that was done."""

    __tablename__ = "done_once"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(LONGEST_KEY), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=utc_now, index=True)


def done_before() -> bool:
    """Whether what this request asks was done already. If not, it is from the next commit on."""
    key = request.headers.get("Once", "")[:LONGEST_KEY]
    if not key:
        return False
    try:
        with db.session.begin_nested():
            db.session.add(DoneOnce(person_id=person_here().id, key=key))
    except IntegrityError:
        return True
    return False


def forget_old() -> None:
    """Deletes the keys of what nobody sends again."""
    db.session.execute(delete(DoneOnce).where(DoneOnce.at < utc_now() - KEPT_FOR))
    db.session.commit()
