"""Writes of mails."""

from datetime import datetime, timedelta
from email.utils import parseaddr
from uuid import uuid4

from flask import current_app
from sqlalchemy import delete, event, select
from sqlalchemy.orm import Session

from connectdo import jobs
from connectdo.db import db, utc_now
from connectdo.post.models import Mail
from connectdo.post.sending import take_out_of_folder
from connectdo.text import one_line

DELIVER = "deliver_mail"
GOODBYE = "Connect & Do"
# Longer than a mail server takes to answer every step as late as it may.
TO_SEND_ONE = timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(days=3)
MOST_MINUTES_BETWEEN_TRIES = 60


def write(recipient: str, subject: str, body: str) -> Mail:
    """A mail that is sent once this transaction is committed. Subjects hold nothing private: a
    locked telephone shows them."""
    domain = parseaddr(str(current_app.config["MAIL_FROM"]))[1].rpartition("@")[2]
    mail = Mail(
        message_id=f"<{uuid4().hex}@{domain}>",
        recipient=recipient,
        subject=one_line(subject),
        body=body,
    )
    db.session.add(mail)
    db.session.flush()
    event.listen(db.session, "after_commit", _deliver_soon)
    return mail


def signed(*paragraphs: str) -> str:
    """The body of a mail: what it says, and who writes it."""
    return "\n\n".join([*paragraphs, GOODBYE]) + "\n"


def withdraw(words: str) -> None:
    """Takes back the mails that wait and say something, such as a secret that opens nothing any
    more. Where a folder stands for the mail server, those in it go too."""
    db.session.execute(delete(Mail).where(Mail.body.contains(words, autoescape=True)))
    take_out_of_folder(words)


def take(now: datetime) -> Mail | None:
    """The next mail that is due, which nobody else takes while it is being sent."""
    query = (
        select(Mail)
        .where(Mail.due_at <= now, Mail.refused == "")
        .order_by(Mail.due_at, Mail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    mail = db.session.scalar(query)
    if mail:
        mail.due_at = now + TO_SEND_ONE
        db.session.flush()
    return mail


def sent(mail: Mail) -> None:
    """Is done with a mail that was sent."""
    db.session.delete(mail)
    db.session.flush()


def put_back(mail: Mail) -> None:
    """Leaves a mail for the next round: nothing could be sent at all."""
    mail.due_at = utc_now()
    db.session.flush()


def put_off(mail: Mail, why: str) -> None:
    """Tries a mail later, which only its receiver did not take. After three days, never."""
    now = utc_now()
    if now - mail.written_at > GIVE_UP_AFTER:
        give_up(mail, why)
        return
    mail.tries += 1
    mail.due_at = now + timedelta(minutes=min(2**mail.tries, MOST_MINUTES_BETWEEN_TRIES))
    db.session.flush()


def give_up(mail: Mail, why: str) -> None:
    """Keeps of a mail that can never be sent only that it could not."""
    mail.refused, mail.body = why, ""
    db.session.flush()


def _deliver_soon(_session: Session) -> None:
    jobs.soon(DELIVER)
