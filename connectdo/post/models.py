"""Mails that wait."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from connectdo.db import Base, utc_now


class Mail(Base):
    """A mail that is not sent yet; a sent one is deleted, for it may hold a link that signs in.

    `due_at` is when it may next be taken. Whoever takes it puts that off first, so that nobody
    else does. `refused` says why it can never be sent; its text is gone then.
    """

    __tablename__ = "mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(String(150), unique=True)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(default=utc_now)
    due_at: Mapped[datetime] = mapped_column(default=utc_now, index=True)
    tries: Mapped[int] = mapped_column(default=0)
    refused: Mapped[str] = mapped_column(String(100), default="")
