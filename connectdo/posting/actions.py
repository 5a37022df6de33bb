"""Writes: drafts are begun, kept and sent."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import delete, select

from connectdo.db import db, reading, utc_now
from connectdo.listings.models import LIVE, OURS, Listing
from connectdo.listings.said import said
from connectdo.listings.schedules import Times
from connectdo.moderation.actions import change_dates, post, propose
from connectdo.moderation.queries import start_of
from connectdo.organisations.actions import join
from connectdo.organisations.models import Organisation
from connectdo.people.models import Person
from connectdo.photos import sweep_photos
from connectdo.posting import answers, queries
from connectdo.posting.models import Draft
from connectdo.posting.pages import ALL, WHEN, dropped

Change = Callable[[tuple[Times, ...]], tuple[Times, ...]]
KEPT_FOR = timedelta(days=180)
MOST_DRAFTS = 20


class TooManyDrafts(Exception):
    """Somebody has begun more than anybody finishes."""


class NotTheirs(Exception):
    """The organisation is not one that they look after any more."""


def begin(person: Person, start: Mapping[str, Any], done: Iterable[str] = ()) -> Draft:
    """A new draft. Raises TooManyDrafts."""
    if queries.count_drafts(person) >= MOST_DRAFTS:
        raise TooManyDrafts
    draft = Draft(person=person, answers=dict(start), done=list(done))
    db.session.add(draft)
    db.session.flush()
    return draft


def begin_change(person: Person, listing: Listing, today: date) -> Draft:
    """A draft of what a listing says, or the one that they have begun. Raises TooManyDrafts."""
    begun = queries.draft_for(person, listing)
    if begun:
        return begun
    start = start_of(listing)
    draft = begin(person, answers.from_values(start.values, listing.organisation_id, today), ALL)
    draft.listing, draft.based_on, draft.base = listing, start.based_on, dict(start.values)
    db.session.flush()
    return draft


def begin_like(person: Person, listing: Listing, today: date, *, same_dates: bool) -> Draft:
    """A new listing like one that is there: with its dates a year on, or without dates. Raises
    TooManyDrafts."""
    start = start_of(listing)
    values = dict(start.values)
    values["schedules"] = answers.a_year_on(values["schedules"], today) if same_dates else []
    # When it is, is asked again: it is what is new.
    return begin(
        person,
        answers.from_values(values, listing.organisation_id, today),
        [each for each in ALL if each != WHEN],
    )


def keep(draft: Draft, page: str, given: Mapping[str, Any]) -> None:
    """Keeps what was answered on a page. What that answer makes old is asked again."""
    after = {**draft.answers, **given}
    again = dropped(draft.answers, after)
    draft.answers = after
    draft.done = [each for each in ALL if each in {*draft.done, page} - again]
    db.session.flush()


def keep_block(draft: Draft, number: int, given: Mapping[str, Any], times: Sequence[Times]) -> None:
    """Keeps one way of saying when. It is done once they have looked at the dates."""
    blocks = draft.answers["times"]
    before = blocks[number] if number < len(blocks) else None
    block = answers.block(given, times, before)
    draft.answers = {**draft.answers, "times": answers.with_block(draft.answers, number, block)}
    draft.done = [each for each in draft.done if each != WHEN]
    db.session.flush()


def drop_block(draft: Draft, number: int) -> None:
    """Takes one way of saying when away."""
    blocks = [each for place, each in enumerate(draft.answers["times"]) if place != number]
    draft.answers = {**draft.answers, "times": blocks}
    draft.done = [each for each in draft.done if each != WHEN]
    db.session.flush()


def discard(draft: Draft) -> None:
    """Forgets a draft."""
    db.session.delete(draft)
    db.session.flush()


def send(draft: Draft) -> Listing:
    """Posts a draft, or proposes the change that it is; the draft is gone. Raises Overtaken, with
    nothing changed, and NotTheirs."""
    values = answers.to_values(draft.answers)
    if draft.listing:
        propose(draft.person, draft.listing, values, draft.based_on or 0)
        listing = draft.listing
    else:
        known = draft.answers["organisation_id"]
        name = draft.answers["organisation_name"] or draft.answers["name"]
        listing = post(draft.person, run_by(draft.person, known, name), values)
    discard(draft)
    return listing


def change_times(person: Person, listing: Listing, change: Change) -> bool:
    """Changes the dates of a listing, and nothing else; whether the public sees it at once. Raises
    what `change` raises.

    A change of something else that waits, or of which a moderator asked something, goes on as it
    is, with the dates changed too.
    """
    last = change_dates(person, listing, lambda values: _with_times(values, change))
    return listing.status != LIVE or said(listing)["schedules"] == last.said["schedules"]


def _with_times(values: Mapping[str, Any], change: Change) -> dict[str, Any]:
    schedules = tuple(answers.times_from(each) for each in values["schedules"])
    return {**values, "schedules": [answers.kept(each) for each in change(schedules)]}


def forget_old() -> None:
    """Deletes the drafts that nobody has gone on with for half a year."""
    db.session.execute(delete(Draft).where(Draft.updated_at < utc_now() - KEPT_FOR))
    db.session.commit()


def forget_unused_photos() -> None:
    """Deletes the photos that no listing, version or draft holds any more."""
    with reading():
        in_use = queries.photos_in_use()
    sweep_photos(Path(current_app.instance_path), in_use)


def run_by(person: Person, known: int | None, name: str) -> Organisation:
    """One that they look after, or a new one that they look after from now on. Raises NotTheirs."""
    for each in queries.looked_after(person):
        if known == each.id or (not known and each.name.casefold() == name.casefold()):
            return each
    if known:
        raise NotTheirs
    taken = select(Organisation.id).where(Organisation.source == OURS, Organisation.name == name)
    source = f"{OURS}:{person.id}" if db.session.scalar(taken) else OURS
    organisation = Organisation(source=source, name=name)
    db.session.add(organisation)
    db.session.flush()
    join(person, organisation, "began")
    return organisation
