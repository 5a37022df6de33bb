"""Who looks after an organisation: they invite others, remove one, or leave. Somebody always
stays."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from connectdo.db import db, utc_now
from connectdo.organisations.actions import hold, join, note, part
from connectdo.organisations.models import Membership, Organisation
from connectdo.people.models import Person, Ticket
from connectdo.people.tickets import INVITED, issue, spend
from connectdo.posting import letters


class LastOne(Exception):
    """Nobody would look after the organisation any more."""


def organisers_of(organisation: Organisation) -> Sequence[Person]:
    """Those who look after it, the first to join first."""
    query = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.organisation_id == organisation.id)
        .order_by(Membership.joined_at, Person.id)
    )
    return db.session.scalars(query).all()


def is_last(organisation: Organisation, person: Person) -> bool:
    """Whether nobody else who can come in looks after it."""
    others = (each for each in organisers_of(organisation) if each.id != person.id)
    return all(each.disabled_at is not None for each in others)


def invited_to(organisation: Organisation) -> Sequence[str]:
    """The addresses of those who were invited and have not answered yet."""
    query = select(Ticket.email).where(
        Ticket.purpose == INVITED, Ticket.about == organisation.id, Ticket.ends_at > utc_now()
    )
    return db.session.scalars(query.order_by(Ticket.email)).all()


def invite(person: Person, organisation: Organisation, email: str) -> None:
    """Mails an invitation to an address; the one before to the same address ends."""
    _end_invitation(organisation, email)
    note(person, organisation, "invited")
    secret = issue(INVITED, email, about=organisation.id)
    letters.send_invitation(email, organisation, person, secret)


def take_back(person: Person, organisation: Organisation, email: str) -> None:
    """Ends the invitation to an address, if there is one."""
    if _end_invitation(organisation, email):
        note(person, organisation, "took back")


def accept(person: Person, ticket: Ticket) -> Organisation | None:
    """Spends an invitation; None if it has ended meanwhile."""
    organisation = db.session.get(Organisation, ticket.about)
    if organisation is None or ticket.email != person.email or not spend(ticket):
        return None
    join(person, organisation)
    return organisation


def remove(by: Person, person: Person, organisation: Organisation) -> None:
    """Takes somebody off the list; they are told, unless they leave by themselves. Raises
    LastOne."""
    hold(organisation)
    if is_last(organisation, person):
        raise LastOne
    part(by, person, organisation)
    _end_invitation(organisation, person.email)
    if person.id != by.id:
        letters.send_removed(person, organisation)


def _end_invitation(organisation: Organisation, email: str) -> bool:
    sent = delete(Ticket).where(Ticket.purpose == INVITED, Ticket.about == organisation.id)
    gone = db.session.scalars(sent.where(Ticket.email == email).returning(Ticket.email))
    return bool(gone.all())
