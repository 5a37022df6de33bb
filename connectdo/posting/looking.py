"""The worker's job: calendars that are followed are looked at, each every few hours.

While the network is asked no transaction is open: nobody waits for us while we wait for a stranger.
A calendar that fails is looked at less often, down to once a day; after a week an organiser is told
once, and we go on.
"""

import logging
from datetime import timedelta

from sqlalchemy import update

from connectdo.calendars import BadAddress, BadCalendar, CannotFetch, fetch_calendar, read_calendar
from connectdo.calendars.connecting import INTERNET
from connectdo.db import db, utc_now
from connectdo.posting import following, letters, queries
from connectdo.posting.following import EVERY
from connectdo.posting.models import FollowedCalendar
from connectdo.search.finding import moment

# What tests put another in the place of.
NETWORK = INTERNET
SECONDS = 20.0
# Somebody waits for a page.
SECONDS_OF_A_PAGE = 10.0
# A worker that dies with a calendar in its hands leaves it to another after so long.
HELD_FOR = timedelta(minutes=30)
SELDOM = timedelta(days=1)
TOLD_AFTER = timedelta(days=7)
# The next round begins then.
LONGEST_ROUND = timedelta(minutes=50)
OUR_FAULT = "Something went wrong on our side. We try again."
log = logging.getLogger(__name__)


def look_around() -> None:
    """The job: looks at all that are due. One that goes wrong leaves the others alone."""
    ends = utc_now() + LONGEST_ROUND
    for calendar_id in queries.calendars_due(utc_now()):
        if utc_now() > ends:
            return
        if not _take(calendar_id):
            continue
        try:
            look_at(calendar_id, SECONDS)
        except Exception:
            log.exception("Calendar %s could not be kept in step.", calendar_id)
            db.session.rollback()
            _fail(calendar_id, OUR_FAULT)
    db.session.commit()


def look_at(calendar_id: int, seconds: float) -> str:
    """Reads one and keeps in step with it; what is wrong with it, "" if nothing is. Commits."""
    calendar = _read_anew(calendar_id)
    if calendar is None or not calendar.address:
        return ""
    address = calendar.address
    try:
        data = fetched(address, seconds)
        found = read_calendar(data, moment(None).date())
    except (BadAddress, CannotFetch, BadCalendar) as error:
        _fail(calendar_id, str(error))
        return str(error)
    calendar = _read_anew(calendar_id)
    # Meanwhile somebody may have given it another address.
    if calendar and calendar.address == address:
        following.hold(calendar)
        person = following.acting(calendar)
        calendar.due_at = utc_now() + SELDOM
        if person:
            following.keep_in_step(calendar, found, person, moment(None))
    db.session.commit()
    return ""


def fetched(address: str, seconds: float) -> bytes:
    """What is at an address. Commits first: no transaction is open meanwhile. Raises BadAddress and
    CannotFetch."""
    db.session.commit()
    return fetch_calendar(address, NETWORK, seconds)


def _take(calendar_id: int) -> bool:
    """Sees to it that no other worker looks at it meanwhile."""
    now = utc_now()
    due = update(FollowedCalendar).where(
        FollowedCalendar.id == calendar_id, FollowedCalendar.due_at <= now
    )
    taken = db.session.scalar(due.values(due_at=now + HELD_FOR).returning(FollowedCalendar.id))
    db.session.commit()
    return taken is not None


def _fail(calendar_id: int, fault: str) -> None:
    calendar, now = _read_anew(calendar_id), utc_now()
    if calendar is None:
        return
    calendar.fault, calendar.failing_since = fault, calendar.failing_since or now
    since = now - calendar.failing_since
    calendar.due_at = now + min(max(EVERY, since), SELDOM)
    person = following.acting(calendar)
    if since >= TOLD_AFTER and not calendar.told_at and person:
        letters.send_calendar_fails(person, calendar)
        calendar.told_at = now
    db.session.commit()


def _read_anew(calendar_id: int) -> FollowedCalendar | None:
    """The calendar as it is now, whatever this session has seen of it."""
    db.session.rollback()
    return queries.get_calendar(calendar_id)
