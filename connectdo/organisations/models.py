"""The table of organisations and the areas they work in."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from connectdo.db import Base, utc_now
from connectdo.places.models import Area

KINDS = {
    "charity": "Charity",
    "college": "College",
    "cafe": "Cafe",
    "gallery": "Gallery",
    "sports_club": "Sports club",
    "community_enterprise": "Community enterprise",
    "council": "Council",
    "nhs": "NHS",
    "faith": "Faith group",
    "other": "Organisation",
}

organisation_area = Table(
    "organisation_area",
    Base.metadata,
    Column(
        "organisation_id",
        ForeignKey("organisation.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("area_id", ForeignKey("area.id"), primary_key=True),
)


class Organisation(Base):
    """Who runs a listing. One that was imported is known by its source and name."""

    __tablename__ = "organisation"
    __table_args__ = (UniqueConstraint("source", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(100), default="")
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[str] = mapped_column(String(30), default="other")
    registered_number: Mapped[str] = mapped_column(String(30), default="")
    website: Mapped[str] = mapped_column(String(500), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(50), default="")
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    updated_at: Mapped[datetime] = mapped_column(default=utc_now, onupdate=utc_now)

    areas: Mapped[list[Area]] = relationship(secondary=organisation_area, order_by=Area.name)
