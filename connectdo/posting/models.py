"""What somebody is half-way through writing, and the calendars that are kept in step."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from connectdo.db import Base, utc_now
from connectdo.listings.models import Listing
from connectdo.organisations.models import Organisation
from connectdo.people.models import Person

# What has become of an event of a calendar: it has a page; an organiser left it out; it has gone
# from the calendar with so many others that its organisers are asked; it has gone.
POSTED, LEFT_OUT, MISSING, GONE = "posted", "left out", "missing", "gone"


class Draft(Base):
    """A listing as one person is writing it; nobody else reads it.

    `answers` is as `answers.blank` makes it. `done` are the pages that were answered. A change of
    a listing that is there has its `listing_id`, the version that it was begun from (`based_on`),
    and `base`: what that version said.
    """

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    listing_id: Mapped[int | None] = mapped_column(
        ForeignKey("listing.id", ondelete="CASCADE"), index=True
    )
    based_on: Mapped[int | None]
    base: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    done: Mapped[list[str]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    updated_at: Mapped[datetime] = mapped_column(default=utc_now, onupdate=utc_now, index=True)

    person: Mapped[Person] = relationship()
    listing: Mapped[Listing | None] = relationship()


class FollowedCalendar(Base):
    """A calendar that an organisation keeps elsewhere, whose events are posted here.

    `address` is "" for a file, which is not looked at again by itself. `name` is what its
    organisers know it by: the file's, or the host's, as an address may be secret. `rest` is what
    the calendar does not say of its events (`from_calendar.REST`). `due_at` is when it is looked at
    next. `fault` is what went wrong last, for its organisers, and `failing_since` when it first
    did; they were told of that at `told_at`. `refused` are the names of events that cannot be
    posted, each with why. One that is not followed any more has `stopped_at`: its events are known
    again if it is followed once more.
    """

    __tablename__ = "followed_calendar"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    address: Mapped[str] = mapped_column(String(2000), default="")
    name: Mapped[str] = mapped_column(String(255))
    rest: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    read_at: Mapped[datetime] = mapped_column(default=utc_now)
    fault: Mapped[str] = mapped_column(String(300), default="")
    failing_since: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    refused: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    stopped_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()
    person: Mapped[Person] = relationship()


class PostedEvent(Base):
    """An event of a calendar that is followed, and its listing; one that was left out has none.

    `said` is what the calendar said of it last, in the words of `listings.said`.
    """

    __tablename__ = "posted_event"
    __table_args__ = (UniqueConstraint("calendar_id", "uid"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    calendar_id: Mapped[int] = mapped_column(ForeignKey("followed_calendar.id", ondelete="CASCADE"))
    uid: Mapped[str] = mapped_column(String(200))
    listing_id: Mapped[int | None] = mapped_column(
        ForeignKey("listing.id", ondelete="SET NULL"), index=True
    )
    name: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(10), default=POSTED)
    digest: Mapped[str] = mapped_column(String(64), default="")
    said: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    calendar: Mapped[FollowedCalendar] = relationship()
    listing: Mapped[Listing | None] = relationship()


class CalendarDraft(Base):
    """A calendar that somebody has given and not yet said yes to; nobody else reads it.

    `data` is the file as it was read. `calendar` is the one that it is read again of. Whose it
    is, is an organisation that they look after, or the name of a new one.
    """

    __tablename__ = "calendar_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    calendar_id: Mapped[int | None] = mapped_column(
        ForeignKey("followed_calendar.id", ondelete="CASCADE"), index=True
    )
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    organisation_name: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(2000), default="")
    name: Mapped[str] = mapped_column(String(255))
    rest: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(default=utc_now, index=True)

    person: Mapped[Person] = relationship()
    calendar: Mapped[FollowedCalendar | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
