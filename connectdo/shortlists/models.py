"""The tables of shortlists: what is on one, where each thing has got to, the link that a client
takes home and what they say there, whom we told of news."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from connectdo.clients.models import Client
from connectdo.db import Base, utc_now
from connectdo.listings.models import Listing

# Where something has got to.
IDEA, LIKES, VISITING, TRIED = "idea", "likes", "visiting", "tried"
REGULAR, STOPPED, NO = "regular", "stopped", "no"
# What a client says of something behind their link.
SAYS_LIKE, SAYS_NO, SAYS_REMIND = "like", "no", "remind"
# What they have been to before.
TRIED_BEFORE = (TRIED, REGULAR, STOPPED)


class Item(Base):
    """A listing on a client's shortlist, once, or one that they said no to.

    `why` is in the client's words, `note` for the client to read, `private_note` for colleagues
    only. `visit_on` is when they go together. `seen` is what the listing said when the coach last
    saw it, as `since.facts` says it. `number` grows with every change: whoever changes an older
    one is told.
    """

    __tablename__ = "shortlist_item"
    __table_args__ = (UniqueConstraint("client_id", "listing_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    listing_id: Mapped[int] = mapped_column(
        ForeignKey("listing.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default=IDEA)
    visit_on: Mapped[date | None]
    why: Mapped[str] = mapped_column(String(300), default="")
    why_not: Mapped[str] = mapped_column(String(300), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    private_note: Mapped[str] = mapped_column(Text, default="")
    seen: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    number: Mapped[int] = mapped_column(default=1)
    kept_at: Mapped[datetime] = mapped_column(default=utc_now)

    client: Mapped[Client] = relationship()
    listing: Mapped[Listing] = relationship()
    steps: Mapped[list["ItemStep"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="ItemStep.id"
    )


class ItemStep(Base):
    """That something got to a state, and when. `by_id` is None for the client themselves."""

    __tablename__ = "shortlist_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(
        ForeignKey("shortlist_item.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[str] = mapped_column(String(10))
    visit_on: Mapped[date | None]
    at: Mapped[datetime] = mapped_column(default=utc_now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class SharedList(Base):
    """The link to what a client took home; one a client. It says nothing of whose it is.

    Its secret is made from `salt` with the key of this site, so that every coach of the client can
    show it again, and a copy of the database opens nothing. `item_ids` are what is on it.
    """

    __tablename__ = "shared_list"

    client_id: Mapped[int] = mapped_column(
        ForeignKey("client.id", ondelete="CASCADE"), primary_key=True
    )
    salt: Mapped[str] = mapped_column(String(32))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    item_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ends_at: Mapped[datetime]

    client: Mapped[Client] = relationship()


class Reply(Base):
    """What a client said of something behind their link. It is there until the coach has seen it;
    said twice is said once."""

    __tablename__ = "shortlist_reply"

    item_id: Mapped[int] = mapped_column(
        ForeignKey("shortlist_item.id", ondelete="CASCADE"), primary_key=True
    )
    said: Mapped[str] = mapped_column(String(10), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=utc_now)


class ToldOfNews(Base):
    """When a coach was last mailed that something new would suit somebody."""

    __tablename__ = "told_of_news"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    at: Mapped[datetime] = mapped_column(default=utc_now)
