"""What an operator is told of mail."""

from collections.abc import Iterator
from datetime import timedelta

from flask import current_app
from sqlalchemy import func, select

from connectdo.checks import Finding, must, should
from connectdo.config import NOBODY
from connectdo.db import db, utc_now
from connectdo.post.models import Mail
from connectdo.post.sending import Unreachable, carrier

LONG = timedelta(hours=1)


def check() -> Iterator[Finding]:
    """Mail can be sent, and is."""
    if not current_app.config["SMTP"]:
        yield must("No mail is sent. Name a mail server in CONNECTDO_SMTP.")
    elif why := _why_unreachable():
        yield must(
            f"The mail server cannot be reached ({why}). See that CONNECTDO_SMTP is right, and "
            "that this machine may connect to it."
        )
    if current_app.config["MAIL_FROM"] == NOBODY:
        yield must(
            "Mails come from nobody, so most are thrown away. "
            "Set CONNECTDO_MAIL_FROM to an address of your own."
        )
    if late := _how_many(Mail.refused == "", Mail.written_at < utc_now() - LONG):
        yield must(
            f"Waiting for more than 1 hour to be sent: {late}. See that the mail server takes "
            "mails, and that connectdo serve runs."
        )
    if refused := _how_many(Mail.refused != ""):
        yield should(f"Taken by no mail server: {refused}. See whom for: connectdo post")


def _why_unreachable() -> str:
    try:
        with carrier():
            return ""
    except Unreachable as error:
        return str(error)


def _how_many(*which: object) -> str:
    number = db.session.scalar(select(func.count(Mail.id)).where(*which)) or 0  # type: ignore[arg-type]
    return f"{number} {'mail' if number == 1 else 'mails'}" if number else ""
