"""Areas as the listings refer to them. Postcodes and boundaries are in the gazetteer."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from connectdo.db import Base


class Area(Base):
    """A borough or district, by the name people use for it ("Lambeth")."""

    __tablename__ = "area"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    slug: Mapped[str] = mapped_column(String(100), index=True)
