"""Sums by day. No row is about a person, a visit or an exact place.

`words` and `interests` are those of a `wishes.Wish`. A day is London's.
"""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from connectdo.db import Base
from connectdo.insight.wishes import LONGEST_INTERESTS, LONGEST_WORDS


class LookedFor(Base):
    """How often something was looked for near an outcode, "" where no place was said.

    `found` is how much the last such search of the day found within `wishes.NEAR` miles, or
    anywhere where no place was said.
    """

    __tablename__ = "looked_for"

    outcode: Mapped[str] = mapped_column(String(10), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True, index=True)
    words: Mapped[str] = mapped_column(String(LONGEST_WORDS), primary_key=True)
    interests: Mapped[str] = mapped_column(String(LONGEST_INTERESTS), primary_key=True)
    times: Mapped[int]
    found: Mapped[int]


class ListingCount(Base):
    """How often a listing stood in search results, was opened, kept and put on a shortlist."""

    __tablename__ = "listing_count"

    listing_id: Mapped[int] = mapped_column(
        ForeignKey("listing.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True, index=True)
    shown: Mapped[int]
    opened: Mapped[int]
    kept: Mapped[int]
    shortlisted: Mapped[int]


class LedTo(Base):
    """How often a listing was opened from the results of a search for something."""

    __tablename__ = "led_to"

    listing_id: Mapped[int] = mapped_column(
        ForeignKey("listing.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True, index=True)
    words: Mapped[str] = mapped_column(String(LONGEST_WORDS), primary_key=True)
    interests: Mapped[str] = mapped_column(String(LONGEST_INTERESTS), primary_key=True)
    times: Mapped[int]
