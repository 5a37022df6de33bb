"""The entries of the audit, and where their chain ends."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from connectdo.db import Base


class Entry(Base):
    """Somebody did something, or only looked at it.

    `act` is the endpoint of a page, a command, or an act of a room such as "people.disable".
    `by_id` is a person's, None where nobody had signed in. `kind` and `about_id` say what it is
    about. None of these lead to a row: what they speak of may be gone, and an entry stays.
    """

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_kind_about_id", "kind", "about_id"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    by_id: Mapped[int | None]
    act: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))
    about_id: Mapped[int | None]
    looked: Mapped[bool]
    hash: Mapped[str] = mapped_column(String(64))


class Head(Base):
    """The number and the hash of the last entry. One row, from the beginning: who holds it writes
    the next."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
