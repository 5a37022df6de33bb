"""The tables of programmes: when each began and ended, contacts, what was said of a step."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from connectdo.clients.models import Client
from connectdo.db import Base, utc_now
from connectdo.people.models import Person

# How much support somebody has.
SIGNPOSTING, SUPPORTED, INTENSIVE = "signposting", "supported", "intensive"
# The kinds of contact.
CALL, TEXT, EMAIL, MEETING, VISIT = "call", "text", "email", "meeting", "visit"
# The steps that are offered. VISITS and NEXT_DAY come again.
INTRODUCTION, FIRST_MEETING, VISITS = "introduction", "first-meeting", "visits"
NEXT_DAY, REVIEW, LAST_MEETING, LOOK_BACK = "next-day", "review", "last-meeting", "look-back"
# What was said of a step: it is done, it is not needed, or it is for another day.
DONE, ASIDE, PLANNED = "done", "aside", "planned"


class Programme(Base):
    """A client's twelve weeks, from the day of the first meeting. It goes on until `ended_on`;
    `ending` is of `wording.ENDINGS`."""

    __tablename__ = "programme"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    ending: Mapped[str] = mapped_column(String(10), default="")

    levels: Mapped[list["ProgrammeLevel"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="ProgrammeLevel.id"
    )


class ProgrammeLevel(Base):
    """How much support there is from a day on. The last row counts."""

    __tablename__ = "programme_level"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(
        ForeignKey("programme.id", ondelete="CASCADE"), index=True
    )
    level: Mapped[str] = mapped_column(String(12))
    since: Mapped[date]


class Contact(Base):
    """A call, a text, an e-mail, a meeting or a visit together; or several of them, `times`.

    `minutes` are those of all of them. `step` is what it was for, if anything. `line` is for
    colleagues.
    """

    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(10))
    day: Mapped[date]
    minutes: Mapped[int]
    times: Mapped[int] = mapped_column(default=1)
    line: Mapped[str] = mapped_column(String(300), default="")
    step: Mapped[str] = mapped_column(String(20), default="")
    at: Mapped[datetime] = mapped_column(default=utc_now)

    client: Mapped[Client] = relationship()
    by: Mapped[Person] = relationship()


class StepSaid(Base):
    """What a coach said of a step: DONE, ASIDE or PLANNED, and for what day.

    `programme_id` is None before the first meeting. A call the day after has the visit it is after.
    """

    __tablename__ = "step_said"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    programme_id: Mapped[int | None] = mapped_column(
        ForeignKey("programme.id", ondelete="CASCADE"), index=True
    )
    visit_id: Mapped[int | None] = mapped_column(
        ForeignKey("contact.id", ondelete="CASCADE"), index=True
    )
    step: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(10))
    day: Mapped[date]
