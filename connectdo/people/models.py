"""People, their roles, and the ways they come in. Secrets are kept as hashes only, but for the
second step's, which has to be computed with."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from connectdo.db import Base, utc_now
from connectdo.places.models import Area

moderator_area = Table(
    "moderator_area",
    Base.metadata,
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("area_id", ForeignKey("area.id"), primary_key=True),
)


class Person(Base):
    """Somebody who signs in. `email` is as `addresses.normalised` makes it.

    `password_hash` is "" for who has chosen none. `seen_at` is when they last signed in. One who
    is disabled cannot come in, and keeps what they did.
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(100), default="")
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    seen_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]

    staff_roles: Mapped[list["StaffRole"]] = relationship(
        cascade="all, delete-orphan",
        passive_deletes=True,
        lazy="selectin",
        order_by="StaffRole.role",
    )
    areas: Mapped[list[Area]] = relationship(secondary=moderator_area, order_by=Area.name)
    second_step: Mapped["SecondStep | None"] = relationship(
        cascade="all, delete-orphan", passive_deletes=True
    )

    # What Flask-Login asks of who is here.
    is_authenticated = True

    @property
    def roles(self) -> frozenset[str]:
        """The staff roles; none for a member."""
        return frozenset(each.role for each in self.staff_roles)

    @property
    def called(self) -> str:
        """Their name, or their address where they have given none."""
        return self.name or self.email


class StaffRole(Base):
    """A role somebody has: one of `access.STAFF`. A moderator's areas are beside it."""

    __tablename__ = "staff_role"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[str] = mapped_column(String(20), primary_key=True)


class SecondStep(Base):
    """The authenticator app of somebody: the secret it shares with us, and the last 30-second step
    whose code was used, for a code is good once. 0 until the first, which shows it is set up."""

    __tablename__ = "second_step"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    secret: Mapped[str] = mapped_column(String(64))
    used_step: Mapped[int] = mapped_column(default=0)

    recovery_codes: Mapped[list["RecoveryCode"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="RecoveryCode.id"
    )


class RecoveryCode(Base):
    """A code for who has lost their app, good once: a used one is deleted."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("second_step.person_id", ondelete="CASCADE"), index=True
    )
    code_hash: Mapped[str] = mapped_column(String(200))


class SignIn(Base):
    """A browser in which somebody is signed in. `way` is how: by "link", "password" or "code"."""

    __tablename__ = "sign_in"

    secret_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    way: Mapped[str] = mapped_column(String(10))
    made_at: Mapped[datetime] = mapped_column(default=utc_now)

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class Ticket(Base):
    """A secret that does one thing, once: a spent ticket is deleted.

    It is for an address, which may have no person yet. `next_page` is where they were heading,
    `about` the id of what it is about, for those of other rooms.
    """

    __tablename__ = "ticket"

    secret_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    email: Mapped[str] = mapped_column(String(254), index=True)
    next_page: Mapped[str] = mapped_column(String(2000), default="")
    about: Mapped[int | None]
    ends_at: Mapped[datetime] = mapped_column(index=True)
