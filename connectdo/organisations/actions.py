"""Writes of organisations: who looks after one. Each is put on record.

Whoever changes that holds the organisation's row until the commit, so that the last two cannot
leave in the same moment.
"""

from sqlalchemy import delete, select

from connectdo import audit
from connectdo.db import db
from connectdo.organisations.models import Membership, MembershipRecord, Organisation
from connectdo.people.models import Person


def join(person: Person, organisation: Organisation, did: str = "joined") -> None:
    """They look after it from now on. `did` is how they came to: one of `wording.DID`."""
    hold(organisation)
    if not any(each.person_id == person.id for each in organisation.memberships):
        db.session.add(Membership(organisation=organisation, person=person))
        note(person, organisation, did)
        db.session.expire(organisation, ["memberships"])


def part(by: Person, person: Person, organisation: Organisation) -> None:
    """They do not look after it any more: somebody took them off the list, or they left."""
    theirs = delete(Membership).where(Membership.organisation_id == organisation.id)
    db.session.execute(theirs.where(Membership.person_id == person.id))
    if person.id == by.id:
        note(by, organisation, "left")
    else:
        note(by, organisation, "removed", person)


def hold(organisation: Organisation) -> None:
    """Reads who looks after an organisation as it stands now, and keeps others from changing that
    until the commit."""
    db.session.flush()
    query = select(Organisation.id).where(Organisation.id == organisation.id)
    db.session.execute(query.with_for_update())
    db.session.expire(organisation, ["memberships"])


def note(by: Person, organisation: Organisation, did: str, whom: Person | None = None) -> None:
    """Puts on record who did what. `did` is one of `wording.DID`."""
    made = MembershipRecord(
        person_id=by.id,
        organisation_id=organisation.id,
        did=did,
        whom_id=whom.id if whom else None,
    )
    db.session.add(made)
    db.session.flush()
    audit.tell(f"organisations.{did}", "organisation", organisation.id, by=by.id)
