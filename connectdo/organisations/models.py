"""The tables of organisations, the areas they work in, and who looks after them."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, String, Table, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from connectdo.db import Base, utc_now
from connectdo.people.models import Person
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
    """Who runs a listing. One that was imported is known by its source and name.

    What a trusted one changes is shown at once, and looked at after.
    """

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
    trusted: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    updated_at: Mapped[datetime] = mapped_column(default=utc_now, onupdate=utc_now)

    areas: Mapped[list[Area]] = relationship(secondary=organisation_area, order_by=Area.name)
    memberships: Mapped[list["Membership"]] = relationship(
        viewonly=True, order_by="Membership.joined_at"
    )


class Membership(Base):
    """Somebody who looks after an organisation: an organiser. An organisation may have several."""

    __tablename__ = "membership"

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    joined_at: Mapped[datetime] = mapped_column(default=utc_now)

    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation] = relationship()


class MembershipRecord(Base):
    """Who began to look after an organisation or ceased to, and when. Rows are only ever added.

    `did` is one of `wording.DID`. `whom` is who was taken off the list; an invitation's is None,
    since nobody may be behind the address.
    """

    __tablename__ = "membership_record"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=utc_now)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    whom_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    did: Mapped[str] = mapped_column(String(20))

    person: Mapped[Person] = relationship(foreign_keys=person_id)
    whom: Mapped[Person | None] = relationship(foreign_keys=whom_id)


@event.listens_for(MembershipRecord, "before_update")
@event.listens_for(MembershipRecord, "before_delete")
def _stays_as_it_is(
    _mapper: Mapper[MembershipRecord], _connection: object, record: MembershipRecord
) -> None:
    raise RuntimeError(f"Record {record.id} is of what happened, and stays as it is.")
