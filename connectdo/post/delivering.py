"""The worker's round: takes each mail that is due, sends it, and is done with it."""

import logging

from sqlalchemy import select

from connectdo.db import db, reading, utc_now
from connectdo.post import actions
from connectdo.post.models import Mail
from connectdo.post.sending import Carry, Refused, Unreachable, carrier

log = logging.getLogger(__name__)


def deliver() -> int:
    """Sends what is due; returns how many were sent. What could not be sent waits.

    Each step is committed at once: no transaction is open while a mail server takes its time.
    """
    sent = 0
    with reading():
        due = db.session.scalar(
            select(Mail.id).where(Mail.due_at <= utc_now(), Mail.refused == "").limit(1)
        )
        db.session.rollback()
    if due is None:
        return 0
    try:
        with carrier() as carry:
            while mail := _taken():
                sent += _carried(mail, carry)
    except Unreachable as error:
        log.warning("Mails wait, since none can be sent: %s", error)
    return sent


def _taken() -> Mail | None:
    mail = actions.take(utc_now())
    db.session.commit()
    return mail


def _carried(mail: Mail, carry: Carry) -> bool:
    try:
        carry(mail)
    except Refused as refusal:
        log.warning("Mail %s: %s", mail.message_id, refusal)
        (actions.give_up if refusal.for_good else actions.put_off)(mail, str(refusal))
        db.session.commit()
        return False
    except Unreachable:
        actions.put_back(mail)
        db.session.commit()
        raise
    actions.sent(mail)
    db.session.commit()
    return True
