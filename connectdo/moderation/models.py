"""Reports of problems with a listing."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from connectdo.db import Base, utc_now
from connectdo.listings.models import Listing

PROBLEMS = {
    "stopped": "It does not happen any more",
    "when": "The time or day is wrong",
    "where": "The place is wrong",
    "contact": "The phone number, email or website is wrong",
    "access": "What it says about access is wrong",
    "unsafe": "I am worried about safety",
    "other": "Something else",
}


class Report(Base):
    """What a visitor told us of a listing. The e-mail address only if they gave one."""

    __tablename__ = "report"

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(
        ForeignKey("listing.id", ondelete="CASCADE"), index=True
    )
    problem: Mapped[str] = mapped_column(String(20))
    details: Mapped[str] = mapped_column(Text, default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    reported_at: Mapped[datetime] = mapped_column(default=utc_now)

    listing: Mapped[Listing] = relationship()
