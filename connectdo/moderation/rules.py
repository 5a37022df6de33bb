"""Yes or no: who may change a listing, who may decide about it, and what is shown at once. Pure."""

from collections.abc import Mapping
from typing import Any

from connectdo.access import ADMINISTRATOR, MODERATOR
from connectdo.listings.models import HIDDEN, LIVE, OURS, Listing
from connectdo.listings.said import said
from connectdo.moderation.links import links_in
from connectdo.organisations.models import Organisation
from connectdo.people.models import Person
from connectdo.places.models import Area

TIMES = ("schedules", "schedule_words")


def looks_after(person: Person, organisation: Organisation | None) -> bool:
    """Is one of its organisers."""
    members = organisation.memberships if organisation else []
    return any(each.person_id == person.id for each in members)


def can_be_claimed(listing: Listing) -> bool:
    """An imported one that the public sees and that nobody looks after."""
    run_by = listing.organisation
    may = listing.status == LIVE and _is_imported(listing.source)
    return may and (run_by is None or is_nobodys(run_by))


def is_nobodys(organisation: Organisation) -> bool:
    """One that was imported and that nobody looks after."""
    return _is_imported(organisation.source) and not organisation.memberships


def _is_imported(source: str) -> bool:
    return source.partition(":")[0] != OURS


def can_edit(person: Person, listing: Listing) -> bool:
    """An organiser of who runs it, or whoever may decide about it."""
    return looks_after(person, listing.organisation) or can_moderate(person, listing)


def can_moderate(person: Person, listing: Listing) -> bool:
    """A moderator of a listing's area, or an administrator. One that is in no area is every
    moderator's."""
    if ADMINISTRATOR in person.roles:
        return True
    if MODERATOR not in person.roles:
        return False
    areas = areas_of(listing)
    own = {each.id for each in person.areas}
    return not areas or any(each.id in own for each in areas)


def areas_of(listing: Listing) -> list[Area]:
    """Where a listing is; for one that is nowhere, those whom it serves."""
    if listing.venue and listing.venue.area:
        return [listing.venue.area]
    return listing.serves


def is_shown_at_once(
    person: Person, listing: Listing, values: Mapping[str, Any], *, is_known: bool
) -> bool:
    """Whether what somebody writes goes live before anybody has looked at it. What was hidden never
    does. `is_known` is whether something of theirs was approved before."""
    if can_moderate(person, listing):
        return True
    own = listing.status == LIVE and looks_after(person, listing.organisation)
    if own and changes_only_dates(said(listing), values):
        # Nobody should stand before a closed door while a moderator sleeps.
        return True
    if listing.status == HIDDEN or not listing.organisation or not listing.organisation.trusted:
        return False
    before = links_in(said(listing)) if listing.status == LIVE else set()
    return is_known or not links_in(values) - before


def changes_only_dates(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether what two versions say differs in when it is, and in nothing else."""
    return all(before[key] == after[key] for key in before if key not in TIMES)
