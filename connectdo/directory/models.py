"""Lists that visitors keep without an account."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from connectdo.db import Base, utc_now
from connectdo.listings.models import Listing


class KeptList(Base):
    """A visitor's list. Their browser holds its id in the signed session cookie.

    The id is random, so that an old cookie never opens a list that somebody else made since,
    not even after lists were deleted or the database was put back from an older copy.
    `used_at` is when it last changed.
    `share_hash` is the SHA-256 of the secret in the link it is shared by; None when it is not.
    """

    __tablename__ = "kept_list"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    share_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    used_at: Mapped[datetime] = mapped_column(default=utc_now)

    items: Mapped[list["KeptListing"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="KeptListing.id"
    )


class KeptListing(Base):
    """A listing on a list, once, in the order they were kept."""

    __tablename__ = "kept_listing"
    __table_args__ = (UniqueConstraint("kept_list_id", "listing_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kept_list_id: Mapped[UUID] = mapped_column(ForeignKey("kept_list.id", ondelete="CASCADE"))
    listing_id: Mapped[int] = mapped_column(
        ForeignKey("listing.id", ondelete="CASCADE"), index=True
    )
    kept_at: Mapped[datetime] = mapped_column(default=utc_now)

    listing: Mapped[Listing] = relationship()
