"""Tickets: a mailed link, or the half of a sign-in that is done.

Each does one thing once. It is kept as a hash; the secret is in the link, or in the cookie of who
is half-way in.
"""

from datetime import timedelta

from sqlalchemy import delete

from connectdo.db import db, utc_now
from connectdo.people.models import Ticket
from connectdo.people.secrets import hash_of, new_secret

# Mailed: to sign in; to choose a new password; to set up an account of staff.
SIGN_IN, NEW_PASSWORD, SET_UP = "sign_in", "new_password", "set_up"
MAILED = (SIGN_IN, NEW_PASSWORD, SET_UP)
# Half-way in: to choose a password; to set up an app; to say a code.
CHOOSE, APP, CODE = "choose", "app", "code"
HALF_WAY = (CHOOSE, APP, CODE)
# To look after an organisation, by its id: asked by one who does. To claim a listing, by its id:
# for who claims it, mailed to the address that the listing shows. Neither signs anybody in.
INVITED, CLAIM = "invited", "claim"
LASTS = {
    SIGN_IN: timedelta(minutes=30),
    NEW_PASSWORD: timedelta(minutes=30),
    SET_UP: timedelta(days=3),
    CHOOSE: timedelta(minutes=60),
    APP: timedelta(minutes=60),
    CODE: timedelta(minutes=15),
    INVITED: timedelta(days=7),
    CLAIM: timedelta(days=7),
}


def issue(purpose: str, email: str, next_page: str = "", about: int | None = None) -> str:
    """A new ticket for an address; returns its secret, which is kept nowhere."""
    secret = new_secret()
    ends_at = utc_now() + LASTS[purpose]
    db.session.add(
        Ticket(
            secret_hash=hash_of(secret),
            purpose=purpose,
            email=email,
            next_page=next_page,
            about=about,
            ends_at=ends_at,
        )
    )
    db.session.flush()
    return secret


def spend(ticket: Ticket) -> bool:
    """Takes a ticket out of use; False if somebody else was quicker."""
    gone = delete(Ticket).where(Ticket.secret_hash == ticket.secret_hash)
    return db.session.scalar(gone.returning(Ticket.secret_hash)) is not None


def days_of(purpose: str) -> int:
    """How many days a ticket lasts."""
    return LASTS[purpose].days
