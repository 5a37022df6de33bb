"""What the index has still to hear: every change is numbered in the transaction that makes it.

The state row is locked from the moment a change is numbered until it is committed, so the
order of numbers is the order of commits, and an index that has heard number n has missed
nothing below it.
"""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from connectdo.db import Base


class SearchState(Base):
    """One row: the number of the last change. `epoch` names this database's numbering."""

    __tablename__ = "search_state"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    epoch: Mapped[str] = mapped_column(String(36))
    rev: Mapped[int] = mapped_column(default=0)


class SearchChange(Base):
    """The last change of a listing. The row outlives the listing, so that its end is heard too."""

    __tablename__ = "search_change"

    listing_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rev: Mapped[int] = mapped_column(index=True)
