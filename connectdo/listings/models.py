"""The tables of listings: groups and events, when and where they are, who they are for.

Named for Open Referral UK: a listing is its `service`, a venue its `location`, an access
answer its `accessibility`, `confirmed_on` its `assured_date`.
"""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from connectdo.db import Base, utc_now
from connectdo.organisations.models import Organisation
from connectdo.places.models import Area

# Whether the public sees a listing: it does; not yet; not any more; it once did, and is told that
# it has stopped.
LIVE, WAITING, HIDDEN, STOPPED = "live", "waiting", "hidden", "stopped"
# The source of what was written here and not imported.
OURS = "connectdo"


class Interest(Base):
    """What somebody likes to do or is looking for: a node in a tree, at most three deep.

    `words` are other names for the same thing; `hints` words that listings about it often use;
    `sayings` what people say when it would suit them ("someone to talk to"); `openactive` the id
    of the OpenActive activity.
    """

    __tablename__ = "interest"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("interest.id"), index=True)
    words: Mapped[list[str]] = mapped_column(JSON, default=list)
    hints: Mapped[list[str]] = mapped_column(JSON, default=list)
    sayings: Mapped[list[str]] = mapped_column(JSON, default=list)
    openactive: Mapped[str] = mapped_column(String(200), default="")

    parent: Mapped["Interest | None"] = relationship(remote_side=id)


class Venue(Base):
    """A place where things happen. Listings may share one. Degrees WGS84."""

    __tablename__ = "venue"
    __table_args__ = (
        UniqueConstraint("name", "address", "postcode", "latitude", "longitude", name="uq_venue"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    postcode: Mapped[str] = mapped_column(String(10), default="", index=True)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)

    area: Mapped[Area | None] = relationship()


listing_interest = Table(
    "listing_interest",
    Base.metadata,
    Column("listing_id", ForeignKey("listing.id", ondelete="CASCADE"), primary_key=True),
    Column("interest_id", ForeignKey("interest.id"), primary_key=True, index=True),
)

listing_area = Table(
    "listing_area",
    Base.metadata,
    Column("listing_id", ForeignKey("listing.id", ondelete="CASCADE"), primary_key=True),
    Column("area_id", ForeignKey("area.id"), primary_key=True, index=True),
)


class Listing(Base):
    """A group (meets regularly) or an event (happens on dates).

    `status` is LIVE, WAITING, HIDDEN or STOPPED. Where the address is hidden, `venue` is only its
    outcode, for every page and the index to show, and `hidden_venue` keeps what it really is, in
    the words of `said.said`. `photo_hash` is "" where there is no photo.
    """

    __tablename__ = "listing"
    __table_args__ = (UniqueConstraint("source", "source_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(String(300), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venue.id"), index=True)

    delivery: Mapped[list[str]] = mapped_column(JSON, default=list)
    serves_everywhere: Mapped[bool] = mapped_column(default=False)
    residents_only: Mapped[bool] = mapped_column(default=False)
    tags: Mapped[list[str]] = mapped_column(JSON, default=list)

    schedule_words: Mapped[str] = mapped_column(String(500), default="")
    cost: Mapped[str] = mapped_column(String(300), default="")
    is_free: Mapped[bool | None]

    min_age: Mapped[int | None]
    max_age: Mapped[int | None]
    gender: Mapped[str] = mapped_column(String(10), default="any")
    audience: Mapped[str] = mapped_column(String(500), default="")
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)

    first_visit: Mapped[str] = mapped_column(Text, default="")
    booking: Mapped[str] = mapped_column(String(20), default="")
    contact_name: Mapped[str] = mapped_column(String(100), default="")
    phone: Mapped[str] = mapped_column(String(50), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    url: Mapped[str] = mapped_column(String(500), default="")

    source: Mapped[str] = mapped_column(String(100))
    source_id: Mapped[str] = mapped_column(String(200))
    source_hash: Mapped[str] = mapped_column(String(64), default="")
    confirmed_on: Mapped[date | None]
    status: Mapped[str] = mapped_column(String(10), default=LIVE)
    hide_address: Mapped[bool] = mapped_column(default=False)
    hidden_venue: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    photo_hash: Mapped[str] = mapped_column(String(64), default="")
    photo_alt: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    updated_at: Mapped[datetime] = mapped_column(default=utc_now, onupdate=utc_now)

    organisation: Mapped[Organisation | None] = relationship()
    venue: Mapped[Venue | None] = relationship()
    interests: Mapped[list[Interest]] = relationship(
        secondary=listing_interest, order_by=Interest.name
    )
    serves: Mapped[list[Area]] = relationship(secondary=listing_area, order_by=Area.name)
    access: Mapped[list["AccessAnswer"]] = relationship(
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="AccessAnswer.feature",
    )
    schedules: Mapped[list["Schedule"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Schedule.id"
    )


class AccessAnswer(Base):
    """What is known of one access feature. A feature with no row has not been asked about."""

    __tablename__ = "access_answer"

    listing_id: Mapped[int] = mapped_column(
        ForeignKey("listing.id", ondelete="CASCADE"), primary_key=True
    )
    feature: Mapped[str] = mapped_column(String(30), primary_key=True)
    present: Mapped[bool]


class Schedule(Base):
    """When a listing happens, in RFC 5545's terms and London wall time.

    Dates in lists are ISO dates. `starts_at` is None where no time is known; `recurrence`
    is an RRULE value, "" for a single date; `dates` are further single dates (RDATE);
    `skip_dates` were never planned (EXDATE); `cancelled_dates` were, and visitors are told.
    """

    __tablename__ = "schedule"

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(
        ForeignKey("listing.id", ondelete="CASCADE"), index=True
    )
    starts_on: Mapped[date]
    starts_at: Mapped[time | None]
    minutes: Mapped[int | None]
    recurrence: Mapped[str] = mapped_column(String(300), default="")
    dates: Mapped[list[str]] = mapped_column(JSON, default=list)
    skip_dates: Mapped[list[str]] = mapped_column(JSON, default=list)
    cancelled_dates: Mapped[list[str]] = mapped_column(JSON, default=list)
