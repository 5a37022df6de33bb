"""A calendar is followed: what is in it is posted, and kept in step with it.

What an organiser writes here by hand stays, but where the calendar itself has changed since. A page
that somebody has stopped or that was refused is left alone. Whoever changes what is posted of a
calendar holds its row until the commit, so that nothing is posted twice.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from connectdo.calendars import Calendar, CalendarEvent, compare, read_calendar
from connectdo.db import db, utc_now
from connectdo.listings.models import LIVE, WAITING
from connectdo.listings.queries import is_over, vocabulary
from connectdo.moderation.actions import Overtaken, post, propose, stop
from connectdo.moderation.queries import start_of
from connectdo.organisations.models import Organisation
from connectdo.people.models import Person
from connectdo.posting import from_calendar, letters, organisers, queries
from connectdo.posting.actions import run_by
from connectdo.posting.limits import MOST_EVENTS, MOST_EVENTS_BEFORE_TRUST
from connectdo.posting.models import (
    GONE,
    LEFT_OUT,
    MISSING,
    POSTED,
    CalendarDraft,
    FollowedCalendar,
    PostedEvent,
)

EVERY = timedelta(hours=6)
MOST_REFUSED_TOLD = 50


# Somebody says yes.


def follow(draft: CalendarDraft, chosen: Collection[str], now: datetime) -> FollowedCalendar:
    """Posts the chosen events, and follows the calendar from now on. Raises NotTheirs.

    What was not chosen stays out also when the calendar is looked at again.
    """
    organisation = run_by(draft.person, draft.organisation_id, draft.organisation_name)
    found = read_calendar(draft.data, now.date())
    calendar = draft.calendar or FollowedCalendar(organisation=organisation, person=draft.person)
    calendar.address, calendar.name, calendar.rest = draft.address, draft.name, draft.rest
    calendar.person, calendar.stopped_at = draft.person, None
    db.session.add(calendar)
    hold(calendar)
    rows = queries.events_of(calendar)
    events, _ = from_calendar.offered(found, known(rows), most(organisation), now.date())
    for event in events:
        _choose(calendar, event, rows.get(event.uid), now, chosen=event.uid in chosen)
    # They have seen which these are.
    for row in gone(rows, found):
        _take_off(row, draft.person, now)
        row.state = GONE
    db.session.flush()
    keep_in_step(calendar, found, draft.person, now)
    db.session.delete(draft)
    db.session.flush()
    return calendar


def has_waiting(calendar: FollowedCalendar) -> bool:
    """Whether some of its pages wait for a moderator."""
    rows = queries.events_of(calendar).values()
    return any(row.listing and row.listing.status == WAITING for row in rows)


# From then on.


def keep_in_step(
    calendar: FollowedCalendar, found: Calendar, person: Person, now: datetime
) -> None:
    """Posts, changes and stops what is new, changed and gone in a calendar. `now` is London wall
    time."""
    rows = queries.events_of(calendar)
    digests = {row.uid: row.digest for row in rows.values() if row.state != LEFT_OUT}
    changes = compare(digests, found)
    events, refused = from_calendar.offered(
        found, known(rows), most(calendar.organisation), now.date(), left_out=set(rows)
    )
    _post(calendar, person, [each for each in events if each.uid not in rows], now)
    for event in (*changes.changed, *changes.same):
        row = rows[event.uid]
        if row.state == GONE or event in changes.changed:
            _change(row, event, person, now)
        else:
            row.state = POSTED
    kept, is_empty = (
        len(changes.changed) + len(changes.same),
        found == Calendar([], [], frozenset()),
    )

    def alarming(number: int) -> bool:
        return from_calendar.is_alarming(number, kept, is_empty=is_empty)

    _see_to_the_gone(gone(rows, found), person, now, alarming)
    calendar.refused = [[each.name, each.reason] for each in refused][:MOST_REFUSED_TOLD]
    calendar.read_at, calendar.fault = utc_now(), ""
    calendar.failing_since = calendar.told_at = None
    calendar.due_at = utc_now() + EVERY if calendar.address else None
    db.session.flush()


def take_off(
    calendar: FollowedCalendar, person: Person, now: datetime, states: Collection[str]
) -> None:
    """Somebody says that the events of a calendar that are in one of these states have stopped."""
    hold(calendar)
    for row in queries.events_of(calendar).values():
        if row.state in states:
            _take_off(row, person, now)
            row.state = GONE
    db.session.flush()


def stop_following(calendar: FollowedCalendar) -> None:
    """Looks at a calendar no more. Its pages stay as they are."""
    hold(calendar)
    calendar.stopped_at, calendar.due_at = utc_now(), None
    db.session.flush()


def acting(calendar: FollowedCalendar) -> Person | None:
    """In whose name its events are posted: who gave it, as long as they look after it, else the
    first who does. None where nobody does who can come in."""
    everyone = [
        each for each in organisers.organisers_of(calendar.organisation) if not each.disabled_at
    ]
    theirs = [each for each in everyone if each.id == calendar.person_id]
    return next(iter([*theirs, *everyone]), None)


def hold(calendar: FollowedCalendar) -> None:
    """Reads a calendar as it stands now, and keeps others from changing it until the commit."""
    db.session.flush()
    query = select(FollowedCalendar.id).where(FollowedCalendar.id == calendar.id)
    db.session.execute(query.with_for_update())
    db.session.refresh(calendar)


# What is asked of its events before and after.


def most(organisation: Organisation | None) -> int:
    """How many of its events may have a page."""
    return MOST_EVENTS if organisation and organisation.trusted else MOST_EVENTS_BEFORE_TRUST


def known(rows: dict[str, PostedEvent]) -> list[str]:
    """The events that have a page and keep it."""
    return [uid for uid, row in rows.items() if row.state in (POSTED, MISSING)]


def stands(row: PostedEvent, now: datetime) -> bool:
    """Whether the public or a moderator would look in vain for what has gone."""
    listing = row.listing
    return bool(listing and listing.status in (LIVE, WAITING) and not is_over(listing, now))


def gone(rows: dict[str, PostedEvent], found: Calendar) -> list[PostedEvent]:
    """Those that have a page and are in the calendar no more."""
    digests = {uid: rows[uid].digest for uid in known(rows)}
    return [rows[uid] for uid in compare(digests, found).gone]


# How.


def _choose(
    calendar: FollowedCalendar,
    event: CalendarEvent,
    row: PostedEvent | None,
    now: datetime,
    *,
    chosen: bool,
) -> None:
    """Leaves an event out, or takes one in again that was left out."""
    if not chosen:
        row = row or PostedEvent(calendar=calendar, uid=event.uid, name=event.name)
        _take_off(row, calendar.person, now)
        row.state = LEFT_OUT
        db.session.add(row)
    elif row and row.state == LEFT_OUT and row.listing:
        row.state = GONE
    elif row and row.state == LEFT_OUT:
        db.session.delete(row)


def _post(
    calendar: FollowedCalendar, person: Person, events: Sequence[CalendarEvent], now: datetime
) -> None:
    words = vocabulary()
    for event in events:
        values = from_calendar.values_of(event, calendar.rest, words, now.date())
        row = PostedEvent(calendar=calendar, uid=event.uid, name=event.name)
        row.listing = post(person, calendar.organisation, values)
        _say(row, event, now)
        db.session.add(row)
        db.session.flush()


def _change(row: PostedEvent, event: CalendarEvent, person: Person, now: datetime) -> None:
    """Proposes what has changed in the calendar. What somebody else is changing at this moment is
    left for the next look."""
    listing = row.listing
    if listing and (row.state == GONE or listing.status in (LIVE, WAITING)):
        start = start_of(listing)
        said = from_calendar.said_by(event, row.calendar.rest, now.date())
        values = from_calendar.in_step(row.said, said, start.values)
        try:
            if row.state == GONE or values != start.values:
                propose(person, listing, values, start.based_on)
        except Overtaken:
            return
    _say(row, event, now)


def _say(row: PostedEvent, event: CalendarEvent, now: datetime) -> None:
    row.name, row.state, row.digest = event.name, POSTED, event.digest()
    row.said = from_calendar.said_by(event, row.calendar.rest, now.date())


def _see_to_the_gone(
    rows: Sequence[PostedEvent], person: Person, now: datetime, alarming: Callable[[int], bool]
) -> None:
    """Takes off what has gone, unless that looks like a mistake: then it stays, and an organiser is
    told once. What is over is forgotten, what somebody has stopped stays so."""
    for row in rows:
        if not stands(row, now):
            _forget(row, now)
    standing = [each for each in rows if stands(each, now)]
    new = [each for each in standing if each.state == POSTED]
    if not alarming(len(new)):
        for row in new:
            _take_off(row, person, now)
            row.state = GONE
        return
    if len(new) == len(standing):
        letters.send_calendar_emptied(person, new[0].calendar, [each.name for each in new])
    for row in new:
        row.state = MISSING


def _forget(row: PostedEvent, now: datetime) -> None:
    if row.listing is None or is_over(row.listing, now):
        db.session.delete(row)
    else:
        row.state = LEFT_OUT


def _take_off(row: PostedEvent, person: Person, now: datetime) -> None:
    if row.listing and stands(row, now):
        stop(person, row.listing)
