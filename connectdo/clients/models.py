"""The tables of clients: teams, the records of clients, what they agreed to."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from connectdo.db import Base, utc_now
from connectdo.people.models import Person

# What somebody is in a team. A volunteer or peer supporter walks beside clients too, but sees no
# outcomes and nothing that was written for colleagues only.
LEAD, COACH, VOLUNTEER = "lead", "coach", "volunteer"
# How a client speaks of an interest: they love it, they hope to, they like it well enough.
PASSION, HOPE, LIKE = "passion", "hope", "like"
# What a client is asked to agree to.
KEEP, FIGURES, REFERRER = "keep", "figures", "referrer"


class Team(Base):
    """People who coach together. `safeguarding` are its own steps and numbers, in plain lines.

    A record nobody has used for `close_after_months` closes, and is forgotten
    `forget_after_months` later.
    """

    __tablename__ = "team"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    safeguarding: Mapped[str] = mapped_column(Text, default="")
    close_after_months: Mapped[int] = mapped_column(default=6)
    forget_after_months: Mapped[int] = mapped_column(default=24)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)

    members: Mapped[list["TeamMember"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="TeamMember.joined_at"
    )


class TeamMember(Base):
    """Somebody in a team, as a LEAD, a COACH or a VOLUNTEER."""

    __tablename__ = "team_member"

    team_id: Mapped[int] = mapped_column(
        ForeignKey("team.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    kind: Mapped[str] = mapped_column(String(10))
    joined_at: Mapped[datetime] = mapped_column(default=utc_now)

    team: Mapped[Team] = relationship(back_populates="members")
    person: Mapped[Person] = relationship()


class Client(Base):
    """Somebody who is being coached, by a first name or nickname.

    `near` is an outcode or the name of a place; a whole postcode only if the client wants that.
    `within` is in miles, None for any distance. `free_when` are "tue morning", "thu"; `needs` are
    of `listings.choices.ACCESS`, `NEEDS` and `matching.COMPANY`; `travel` of `wording.TRAVEL`.
    Lists of listings that they were offered are in `shortlists`. `used_at` is when somebody last
    wrote something here.
    """

    __tablename__ = "client"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    coach_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    near: Mapped[str] = mapped_column(String(100), default="")
    within: Mapped[float | None]
    travel: Mapped[list[str]] = mapped_column(JSON, default=list)
    free_when: Mapped[list[str]] = mapped_column(JSON, default=list)
    needs: Mapped[list[str]] = mapped_column(JSON, default=list)
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    used_at: Mapped[datetime] = mapped_column(default=utc_now, index=True)
    closed_at: Mapped[datetime | None]

    team: Mapped[Team] = relationship()
    coach: Mapped[Person] = relationship()
    interests: Mapped[list["ClientInterest"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="ClientInterest.id"
    )


class ClientInterest(Base):
    """Something a client loves, hopes to do or likes, as they said it. `slugs` are the interests
    that this was understood as, none where it was not."""

    __tablename__ = "client_interest"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    said: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(10), default=PASSION)
    slugs: Mapped[list[str]] = mapped_column(JSON, default=list)


class Consent(Base):
    """What a client said to one question, in the words it was asked in. Rows are only ever added:
    the last one counts."""

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    about: Mapped[str] = mapped_column(String(10))
    given: Mapped[bool]
    asked: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime] = mapped_column(default=utc_now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    by: Mapped[Person | None] = relationship()


class Cover(Base):
    """A colleague who sees a client too, up to and including a day in London."""

    __tablename__ = "cover"

    client_id: Mapped[int] = mapped_column(
        ForeignKey("client.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    until: Mapped[date]

    person: Mapped[Person] = relationship()


class BrokenGlass(Base):
    """Somebody from outside the team sees a client for a time, and why. Rows stay."""

    __tablename__ = "broken_glass"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(default=utc_now)
    ends_at: Mapped[datetime]

    person: Mapped[Person] = relationship()
    client: Mapped[Client] = relationship()


class Worry(Base):
    """A note to a team's leads that somebody is worried. It waits until a lead has seen to it;
    `client_id` is None where it is about somebody else."""

    __tablename__ = "worry"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"), index=True)
    client_id: Mapped[int | None] = mapped_column(
        ForeignKey("client.id", ondelete="CASCADE"), index=True
    )
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(default=utc_now)
    done: Mapped[str] = mapped_column(Text, default="")
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    team: Mapped[Team] = relationship()
    client: Mapped[Client | None] = relationship()
    by: Mapped[Person] = relationship(foreign_keys=by_id)
    done_by: Mapped[Person | None] = relationship(foreign_keys=done_by_id)
