"""Reads of people."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from connectdo.db import db
from connectdo.people.models import Person, RecoveryCode, SignIn, Ticket
from connectdo.people.secrets import hash_of


def person_with(email: str) -> Person | None:
    """The person with a normalised address, asked for at once with their roles: it takes as long
    where there is none."""
    query = select(Person).where(Person.email == email).options(joinedload(Person.staff_roles))
    return db.session.scalars(query).unique().one_or_none()


def everybody() -> Sequence[Person]:
    """All people by address."""
    query = select(Person).options(selectinload(Person.areas)).order_by(Person.email)
    return db.session.scalars(query).all()


def staff() -> Sequence[Person]:
    """All who have a role and may come in, by address."""
    query = (
        select(Person)
        .where(Person.staff_roles.any(), Person.disabled_at.is_(None))
        .options(selectinload(Person.second_step))
        .order_by(Person.email)
    )
    return db.session.scalars(query).all()


def sign_in_with(secret: str) -> SignIn | None:
    """The sign-in whose secret a browser holds."""
    return db.session.get(SignIn, hash_of(secret))


def count_sign_ins(person: Person) -> int:
    """In how many browsers somebody is signed in."""
    query = select(func.count()).select_from(SignIn).where(SignIn.person_id == person.id)
    return db.session.execute(query).scalar_one()


def count_recovery_codes(person: Person) -> int:
    """How many recovery codes somebody has not used."""
    query = select(func.count(RecoveryCode.id)).where(RecoveryCode.person_id == person.id)
    return db.session.execute(query).scalar_one()


def open_ticket(secret: str, purposes: Sequence[str], now: datetime) -> Ticket | None:
    """A ticket that can still be spent."""
    query = select(Ticket).where(
        Ticket.secret_hash == hash_of(secret), Ticket.purpose.in_(purposes), Ticket.ends_at > now
    )
    return db.session.scalar(query)
