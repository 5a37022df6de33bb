"""Who asks to look after an imported listing that nobody looks after, and what becomes of it.

Who can show it by the group's own mail needs no moderator: that is a page of the room above. As
soon as one of them looks after the listing, the others are told that they cannot any more.
"""

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import joinedload

from connectdo.db import db
from connectdo.listings.models import Listing
from connectdo.moderation import letters
from connectdo.moderation.actions import Decided, hold, note
from connectdo.moderation.models import Claim
from connectdo.moderation.queries import claim_of
from connectdo.moderation.rules import can_be_claimed
from connectdo.organisations import actions as organisations
from connectdo.organisations.models import Organisation
from connectdo.people.models import Person


def claim(person: Person, listing: Listing, words: str) -> Claim:
    """Asks the moderators. What the same person wrote before is forgotten for it."""
    hold(listing)
    made = claim_of(person, listing) or Claim(person=person, listing=listing)
    made.words = words
    db.session.add(made)
    note(person, listing, "asked to look after")
    return made


def agree(moderator: Person, claim: Claim, words: str = "") -> bool:
    """Lets who asked look after the listing; False where that cannot be any more. They are told
    either way. Raises Decided."""
    person, listing = _take_off_the_queue(claim)
    if not take(person, listing):
        letters.send_claim_ended(person, listing)
        return False
    note(moderator, listing, "agreed", words)
    letters.send_claim_agreed(person, listing, words)
    return True


def refuse(moderator: Person, claim: Claim, words: str) -> None:
    """Does not let them, and tells them why. Raises Decided."""
    person, listing = _take_off_the_queue(claim)
    note(moderator, listing, "not agreed", words)
    letters.send_claim_refused(person, listing, words)


def take(person: Person, listing: Listing) -> bool:
    """Makes somebody who has shown that a listing is theirs its organiser; False if somebody else
    has become one meanwhile, or if they cannot come in any more."""
    hold(listing)
    if listing.organisation:
        organisations.hold(listing.organisation)
    if person.disabled_at or not can_be_claimed(listing):
        return False
    if listing.organisation is None:
        listing.organisation = _new_organisation(listing)
    organisations.join(person, listing.organisation, "claimed")
    note(person, listing, "claimed")
    _end_the_others(person, listing)
    return True


def _end_the_others(person: Person, listing: Listing) -> None:
    """Who looks after a listing looks after all that its organisation runs."""
    theirs = select(Listing.id).where(Listing.organisation_id == listing.organisation_id)
    query = (
        select(Claim)
        .where(or_(Claim.listing_id == listing.id, Claim.listing_id.in_(theirs)))
        .options(joinedload(Claim.person), joinedload(Claim.listing))
        .order_by(Claim.id)
    )
    for each in db.session.scalars(query).all():
        db.session.delete(each)
        if each.person is not person:
            letters.send_claim_ended(each.person, each.listing)
    db.session.flush()


def _take_off_the_queue(claim: Claim) -> tuple[Person, Listing]:
    person, listing = claim.person, claim.listing
    hold(listing)
    gone = delete(Claim).where(Claim.id == claim.id).returning(Claim.id)
    if db.session.scalar(gone) is None:
        raise Decided
    return person, listing


def _new_organisation(listing: Listing) -> Organisation:
    """For a listing that came without one; never another's of the same name."""
    organisation = Organisation(
        source=f"{listing.source[:80]}:{listing.id}", name=listing.name[:200]
    )
    db.session.add(organisation)
    db.session.flush()
    return organisation
