"""The tables of moderation: versions of listings, the record of who did what, reports of visitors,
who says that a listing is theirs, and the question whether one is still right."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from connectdo.db import Base, utc_now
from connectdo.listings.models import Listing
from connectdo.people.models import Person

# What became of a version. It waits; it is shown, and nobody has looked at it yet; it was approved;
# a change was asked for; it was refused; another came before anybody decided.
UNDECIDED, UNSEEN, APPROVED = "undecided", "unseen", "approved"
ASKED, REFUSED, OVERTAKEN = "asked", "refused", "overtaken"
SHOWN = (UNSEEN, APPROVED)

PROBLEMS = {
    "stopped": "It does not happen any more",
    "when": "The time or day is wrong",
    "where": "The place is wrong",
    "contact": "The phone number, email or website is wrong",
    "access": "What it says about access is wrong",
    "unsafe": "I am worried about safety",
    "other": "Something else",
}


class Version(Base):
    """What somebody had a listing say, or would have it say. All are kept.

    They are numbered from 1 for each listing; only the last can be undecided. `said` is as
    `listings.said.said` says it. `made_by` is None for what was imported, `words` what the
    moderator wrote.
    """

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("listing_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"))
    number: Mapped[int]
    said: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=utc_now)
    decision: Mapped[str] = mapped_column(String(10), default=UNDECIDED, index=True)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    words: Mapped[str] = mapped_column(Text, default="")

    listing: Mapped[Listing] = relationship()
    made_by: Mapped[Person | None] = relationship(foreign_keys=made_by_id)
    decided_by: Mapped[Person | None] = relationship(foreign_keys=decided_by_id)


class Record(Base):
    """Who did what to a listing, and when. Rows are only ever added.

    `did` is one of `wording.DID`; `person` is None for what happens by itself or was done by
    somebody without an account. `number` is that of the version it was done to, if to one.
    """

    __tablename__ = "record"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=utc_now)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    listing_id: Mapped[int | None] = mapped_column(
        ForeignKey("listing.id", ondelete="SET NULL"), index=True
    )
    number: Mapped[int | None]
    did: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text, default="")

    person: Mapped[Person | None] = relationship()


class Report(Base):
    """What a visitor told us of a listing. The e-mail address only if they gave one, and until they
    are answered."""

    __tablename__ = "report"

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(
        ForeignKey("listing.id", ondelete="CASCADE"), index=True
    )
    problem: Mapped[str] = mapped_column(String(20))
    details: Mapped[str] = mapped_column(Text, default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    reported_at: Mapped[datetime] = mapped_column(default=utc_now)
    closed_at: Mapped[datetime | None]

    listing: Mapped[Listing] = relationship()


class Claim(Base):
    """Somebody says that an imported listing is their group, and how a moderator can check it. A
    decision deletes the row."""

    __tablename__ = "claim"
    __table_args__ = (UniqueConstraint("person_id", "listing_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    listing_id: Mapped[int] = mapped_column(
        ForeignKey("listing.id", ondelete="CASCADE"), index=True
    )
    words: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(default=utc_now)

    person: Mapped[Person] = relationship()
    listing: Mapped[Listing] = relationship()


class Question(Base):
    """Its organisers were asked whether a listing is still right, and nobody has answered yet: an
    answer deletes the row. Dates are London's.

    `mails` were sent, the first on `asked_on` and the last on `last_on`. A moderator who saw that
    nobody answers let it be on `left_on`; the listing was hidden for it on `hidden_on`.
    """

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(
        ForeignKey("listing.id", ondelete="CASCADE"), unique=True
    )
    asked_on: Mapped[date]
    last_on: Mapped[date]
    mails: Mapped[int] = mapped_column(default=1)
    left_on: Mapped[date | None]
    hidden_on: Mapped[date | None]

    listing: Mapped[Listing] = relationship()


@event.listens_for(Record, "before_update")
@event.listens_for(Record, "before_delete")
def _stays_as_it_is(_mapper: Mapper[Record], _connection: object, record: Record) -> None:
    raise RuntimeError(f"Record {record.id} is of what happened, and stays as it is.")
