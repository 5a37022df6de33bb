"""The tables of outcomes: what a team asks, what was answered, what people went on to do."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from connectdo.clients.models import Client
from connectdo.db import Base, utc_now

# How something was asked.
PAPER, TABLET, LINK = "paper", "tablet", "link"


class LicensedWording(Base):
    """The words of a licensed questionnaire, from the installation's own copy. `answers` is empty
    where only the questions were entered."""

    __tablename__ = "licensed_wording"

    questionnaire: Mapped[str] = mapped_column(String(20), primary_key=True)
    items: Mapped[list[str]] = mapped_column(JSON)
    answers: Mapped[list[str]] = mapped_column(JSON, default=list)
    entered_at: Mapped[datetime] = mapped_column(default=utc_now)


class ChosenQuestionnaire(Base):
    """A team asks a questionnaire, of `instruments.NAMES`."""

    __tablename__ = "chosen_questionnaire"

    team_id: Mapped[int] = mapped_column(
        ForeignKey("team.id", ondelete="CASCADE"), primary_key=True
    )
    questionnaire: Mapped[str] = mapped_column(String(20), primary_key=True)


class Statement(Base):
    """A statement of a team's own. One that is not asked any more stays, for what was answered."""

    __tablename__ = "statement"
    __table_args__ = (UniqueConstraint("team_id", "words"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"))
    words: Mapped[str] = mapped_column(String(150))
    position: Mapped[int]
    is_asked: Mapped[bool] = mapped_column(default=True)


class Assessment(Base):
    """A questionnaire that was answered. `on` is a day in London; `answers` are by item, None where
    somebody would rather not say; `scores` by measure, without those that could not be worked out.
    """

    __tablename__ = "assessment"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    questionnaire: Mapped[str] = mapped_column(String(20))
    moment: Mapped[str] = mapped_column(String(10))
    how: Mapped[str] = mapped_column(String(10))
    on: Mapped[date]
    answers: Mapped[dict[str, int | None]] = mapped_column(JSON)
    scores: Mapped[dict[str, float]] = mapped_column(JSON)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=utc_now)

    client: Mapped[Client] = relationship()


class AskingLink(Base):
    """A page on which a client answers once, by a link or on the tablet handed over. Kept as the
    hash of the secret in its address; gone when it is answered or stopped."""

    __tablename__ = "asking_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    questionnaire: Mapped[str] = mapped_column(String(20))
    moment: Mapped[str] = mapped_column(String(10))
    how: Mapped[str] = mapped_column(String(10))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ends_at: Mapped[datetime]

    client: Mapped[Client] = relationship()


class WentOn(Base):
    """Something that a client went on to do, of `wording.WENT_ON`."""

    __tablename__ = "went_on"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    on: Mapped[date]
    words: Mapped[str] = mapped_column(String(200), default="")

    client: Mapped[Client] = relationship()


class CountedPair(Base):
    """What somebody who was forgotten had agreed to be counted in: one measure, before and after.
    `month` is the first day of the month of the last score. Whose it was is kept nowhere; ids
    are random, so that they do not say which rows came together."""

    __tablename__ = "counted_pair"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"), index=True)
    measure: Mapped[str] = mapped_column(String(30))
    month: Mapped[date]
    before: Mapped[float]
    after: Mapped[float | None]


class CountedWentOn(Base):
    """The same of what somebody went on to do, once for each kind."""

    __tablename__ = "counted_went_on"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    month: Mapped[date]
