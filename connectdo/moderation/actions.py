"""Writes of moderation: what is posted and changed, and what is decided about it.

A listing is changed by one person at a time: each of these holds its row until the commit.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, select

from connectdo import audit
from connectdo.days import london_day
from connectdo.db import db, utc_now
from connectdo.listings.models import HIDDEN, LIVE, OURS, STOPPED, WAITING, Listing
from connectdo.listings.said import Values, said, say, tidied
from connectdo.moderation import letters, rules
from connectdo.moderation.models import (
    APPROVED,
    ASKED,
    OVERTAKEN,
    REFUSED,
    UNDECIDED,
    UNSEEN,
    Question,
    Record,
    Version,
)
from connectdo.moderation.queries import (
    is_known,
    latest,
    pending_version,
    shown_before,
    versions_of,
)
from connectdo.organisations.models import Organisation
from connectdo.people.models import Person


class Overtaken(Exception):
    """Somebody else has changed the listing meanwhile. `latest` is what they made of it."""

    def __init__(self, latest: Version) -> None:
        super().__init__(f"Version {latest.number} came first.")
        self.latest = latest


class Decided(Exception):
    """There is nothing to decide any more: somebody else has, or another version came."""


# What organisers write.


def post(
    person: Person,
    organisation: Organisation | None,
    values: Mapping[str, Any],
    *,
    today: date | None = None,
) -> Listing:
    """A new listing. It waits for a moderator, unless the organisation is trusted."""
    listing = Listing(source=OURS, source_id=uuid4().hex, status=WAITING)
    listing.organisation = organisation
    say(listing, values)
    db.session.add(listing)
    db.session.flush()
    _write(person, listing, said(listing), "posted", today)
    return listing


def propose(
    person: Person,
    listing: Listing,
    values: Mapping[str, Any],
    based_on: int,
    *,
    today: date | None = None,
) -> Version:
    """A change of a listing, made to version `based_on` of it (0 where it had none). It is shown at
    once where it may be, else when a moderator approves it. Raises Overtaken."""
    hold(listing)
    last = latest(listing)
    if last and last.number != based_on:
        raise Overtaken(last)
    _keep_what_it_says(listing)
    return _write(person, listing, tidied(values), "changed", today)


def change_dates(person: Person, listing: Listing, dated: Callable[[Values], Values]) -> Version:
    """Changes the dates of a listing, and nothing else: of what is shown, and of a version that
    waits or that a moderator asked something about, which goes on as it is. Raises what `dated`
    raises."""
    hold(listing)
    pending = pending_version(listing)
    stands = pending.decision if pending else ""
    if pending is None or listing.status == LIVE:
        _keep_what_it_says(listing)
        version = _write(person, listing, tidied(dated(said(listing))), "changed", None)
    if pending:
        version = _go_on(pending, stands, tidied(dated(pending.said)))
        note(person, listing, "changed", number=version.number)
    return version


def stop(person: Person | None, listing: Listing) -> None:
    """Says that a listing has stopped. One that was never shown is taken back instead."""
    hold(listing)
    listing.status = STOPPED if listing.status in (LIVE, STOPPED) else HIDDEN
    _overtake(latest(listing))
    answered(listing)
    note(person, listing, "stopped")


def restore(person: Person, version: Version, *, today: date | None = None) -> Version:
    """Makes an old version the newest: shown at once where the person's changes are."""
    listing = version.listing
    hold(listing)
    _keep_what_it_says(listing)
    return _write(person, listing, version.said, "restored", today)


# What moderators decide.


def approve(person: Person, version: Version, words: str = "") -> None:
    """Shows a version to the public, or says of one that is shown that it is right. Raises
    Decided."""
    _take(version)
    _show(version)
    _decide(person, version, APPROVED, words)


def ask(person: Person, version: Version, words: str) -> None:
    """Asks whoever wrote a version to change it. Raises Decided."""
    _take(version)
    _decide(person, version, ASKED, words)


def refuse(person: Person, version: Version, words: str) -> None:
    """Does not show a version; of one that is shown, the last approved one is shown again. Raises
    Decided."""
    _take(version)
    listing, was_shown = version.listing, version.decision == UNSEEN
    before = shown_before(version)
    _decide(person, version, REFUSED, words)
    if was_shown and before:
        made = _next(person, listing, before.said)
        made.decision, made.decided_by, made.decided_at = APPROVED, person, utc_now()
        say(listing, before.said)
        note(person, listing, "restored", number=made.number)
    elif was_shown or listing.status == WAITING:
        listing.status = HIDDEN
    db.session.flush()


def hide(person: Person | None, listing: Listing, words: str = "") -> None:
    """Takes a listing from the public's sight."""
    hold(listing)
    listing.status = HIDDEN
    note(person, listing, "hidden", words)


def show(person: Person | None, listing: Listing) -> None:
    """Lets the public see a listing again."""
    hold(listing)
    listing.status = LIVE
    note(person, listing, "shown")


def trust(person: Person, listing: Listing, trusted: bool) -> None:
    """Lets what the organisation of a listing changes be shown at once, or no longer."""
    if listing.organisation:
        listing.organisation.trusted = trusted
        note(person, listing, "trusted" if trusted else "not trusted")


# What every change does.


def hold(listing: Listing) -> None:
    """Reads a listing as it stands now, and keeps others from changing it until the commit."""
    db.session.flush()
    db.session.execute(select(Listing.id).where(Listing.id == listing.id).with_for_update())
    db.session.expire(listing)


def note(
    person: Person | None, listing: Listing, did: str, words: str = "", number: int | None = None
) -> None:
    """Puts on record who did what. `did` is one of `wording.DID`."""
    made = Record(person=person, listing_id=listing.id, did=did, words=words, number=number)
    db.session.add(made)
    db.session.flush()
    audit.tell(f"moderation.{did}", "listing", listing.id, by=person.id if person else None)


def answered(listing: Listing) -> None:
    """Nobody needs to be asked about a listing any more."""
    db.session.execute(delete(Question).where(Question.listing_id == listing.id))


# How.


def _write(
    person: Person, listing: Listing, values: Values, did: str, today: date | None
) -> Version:
    """The next version, shown at once where it may be."""
    says_so = listing.status == LIVE and values == said(listing)
    _overtake(latest(listing))
    version = _next(person, listing, values)
    if says_so:
        version.decision = APPROVED
        _show(version, today)
    elif rules.is_shown_at_once(person, listing, values, is_known=is_known(person)):
        version.decision = UNSEEN
        if rules.can_moderate(person, listing):
            version.decision, version.decided_by, version.decided_at = APPROVED, person, utc_now()
        _show(version, today)
    elif listing.status == WAITING:
        say(listing, values)
    note(person, listing, did, number=version.number)
    return version


def _next(person: Person | None, listing: Listing, values: Values) -> Version:
    last = latest(listing)
    version = Version(
        listing=listing, number=last.number + 1 if last else 1, said=values, made_by=person
    )
    db.session.add(version)
    db.session.flush()
    return version


def _go_on(pending: Version, stands: str, values: Values) -> Version:
    """The next version, about which all is as it was about one before."""
    listing = pending.listing
    _overtake(latest(listing))
    version = _next(pending.made_by, listing, values)
    version.decision, version.words, version.made_at = stands, pending.words, pending.made_at
    version.decided_by, version.decided_at = pending.decided_by, pending.decided_at
    if listing.status == WAITING:
        say(listing, values)
    return version


def _keep_what_it_says(listing: Listing) -> None:
    """Keeps as a version what an import has made of a listing."""
    now = said(listing)
    if not any(each.said == now for each in versions_of(listing)):
        _overtake(latest(listing))
        _next(None, listing, now).decision = APPROVED


def _show(version: Version, today: date | None = None) -> None:
    """Its writer knows the listing, so that day it was right."""
    listing = version.listing
    day = today or london_day(version.made_at or utc_now())
    say(listing, version.said)
    listing.status = LIVE
    listing.confirmed_on = max(day, listing.confirmed_on or day)
    answered(listing)
    db.session.flush()


def _overtake(version: Version | None) -> None:
    if version and version.decision in (UNDECIDED, UNSEEN, ASKED):
        version.decision = OVERTAKEN
        db.session.flush()


def _take(version: Version) -> None:
    """Sees to it that a version can be decided. Raises Decided."""
    hold(version.listing)
    db.session.refresh(version)
    last = latest(version.listing)
    if last is not version or version.decision not in (UNDECIDED, UNSEEN, ASKED):
        raise Decided


def _decide(person: Person, version: Version, decision: str, words: str) -> None:
    was_shown = version.decision == UNSEEN
    version.decision, version.words = decision, words
    version.decided_by, version.decided_at = person, utc_now()
    note(person, version.listing, decision, words, version.number)
    if not (decision == APPROVED and was_shown):
        letters.send_decision(version)
