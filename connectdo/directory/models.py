"""Lists that visitors keep without an account."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from connectdo.db import Base, utc_now
from connectdo.listings.models import Listing


class KeptList(Base):
    """A visitor's list. Their browser holds its id in the signed session cookie.

    `share_hash` is the SHA-256 of the secret in the link it is shared by; None when it is not.
    """

    __tablename__ = "kept_list"

    id: Mapped[int] = mapped_column(primary_key=True)
    share_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    used_at: Mapped[datetime] = mapped_column(default=utc_now)

    items: Mapped[list["KeptListing"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="KeptListing.id"
    )


class KeptListing(Base):
    """A listing on a list, in the order they were kept."""

    __tablename__ = "kept_listing"

    id: Mapped[int] = mapped_column(primary_key=True)
    kept_list_id: Mapped[int] = mapped_column(
        ForeignKey("kept_list.id", ondelete="CASCADE"), index=True
    )
    listing_id: Mapped[int] = mapped_column(
        ForeignKey("listing.id", ondelete="CASCADE"), index=True
    )
    kept_at: Mapped[datetime] = mapped_column(default=utc_now)

    listing: Mapped[Listing] = relationship()
