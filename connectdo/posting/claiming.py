"""An imported listing that nobody looks after is claimed: whoever reads the mail to the address
that it shows says whether somebody may. Where there is no such address, or they cannot read its
mail, they ask a moderator: `moderation.claims`."""

from sqlalchemy import delete, select

from connectdo.db import db
from connectdo.listings.models import Listing
from connectdo.moderation.claims import take
from connectdo.people.addresses import NotAnAddress, normalised
from connectdo.people.models import Person, Ticket
from connectdo.people.queries import person_with
from connectdo.people.tickets import CLAIM, issue, spend
from connectdo.posting import letters


def address_of(listing: Listing) -> str:
    """The address that speaks for who runs a listing, "" where there is none.

    Who claims a listing looks after all that its organisation runs. So the address of one listing
    speaks for an organisation only if all its listings show that one.
    """
    shown = listing.email
    run_by = listing.organisation
    if run_by and run_by.email:
        shown = run_by.email
    elif run_by:
        query = select(Listing.email).where(Listing.organisation_id == run_by.id).distinct()
        every = {each.strip().lower() for each in db.session.scalars(query)}
        shown = shown if len(every) == 1 else ""
    try:
        return normalised(shown)
    except NotAnAddress:
        return ""


def masked(email: str) -> str:
    """An address as far as those know it who can read its mail: m•••@mail.example."""
    name, _, host = email.rpartition("@")
    return f"{name[:1]}•••@{host}"


def ask(person: Person, listing: Listing, email: str) -> None:
    """Mails the link to the address that speaks for a listing; the one before it ends."""
    before = delete(Ticket).where(Ticket.purpose == CLAIM, Ticket.about == listing.id)
    db.session.execute(before.where(Ticket.email == person.email))
    letters.send_claim(email, listing, person, issue(CLAIM, person.email, about=listing.id))


def agree(ticket: Ticket, listing: Listing) -> Person | None:
    """Spends the link: whoever claimed the listing looks after it now. None if that cannot be any
    more."""
    person = person_with(ticket.email)
    if person is None or not spend(ticket) or not take(person, listing):
        return None
    letters.send_claim_agreed(person, listing)
    return person
