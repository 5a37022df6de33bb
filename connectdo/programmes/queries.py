"""Reads of programmes and contacts."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload

from connectdo.clients.models import Client
from connectdo.db import db
from connectdo.programmes.due import Kept
from connectdo.programmes.models import Contact, Programme, StepSaid


def kept_of(clients: Iterable[Client]) -> dict[int, Kept]:
    """What is kept of each client, without the lines: three statements for any number of them."""
    kept = {each.id: Kept([], [], []) for each in clients}
    programmes = select(Programme).where(Programme.client_id.in_(kept))
    for programme in db.session.scalars(programmes.order_by(Programme.started_on, Programme.id)):
        kept[programme.client_id].programmes.append(programme)
    contacts = select(Contact).where(Contact.client_id.in_(kept))
    in_order = contacts.order_by(Contact.day.desc(), Contact.id.desc())
    for contact in db.session.scalars(in_order.options(defer(Contact.line, raiseload=True))):
        kept[contact.client_id].contacts.append(contact)
    said = select(StepSaid).where(StepSaid.client_id.in_(kept))
    for each in db.session.scalars(said.order_by(StepSaid.id)):
        kept[each.client_id].said.append(each)
    return kept


def contacts_of(client: Client) -> Sequence[Contact]:
    """All contacts with a client, the newest first."""
    query = (
        select(Contact)
        .where(Contact.client_id == client.id)
        .options(joinedload(Contact.by))
        .order_by(Contact.day.desc(), Contact.id.desc())
    )
    return db.session.scalars(query).all()


def contact_of(client: Client, contact_id: int) -> Contact | None:
    """One contact with a client."""
    return db.session.scalar(
        select(Contact).where(Contact.id == contact_id, Contact.client_id == client.id)
    )
