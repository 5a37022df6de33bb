"""What somebody gives of a calendar, to be looked at before they say yes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete

from connectdo.calendars import Calendar, CalendarEvent, Refused, read_calendar
from connectdo.days import london_today
from connectdo.db import db, utc_now
from connectdo.listings.models import Listing
from connectdo.listings.queries import vocabulary
from connectdo.moderation.links import links_in
from connectdo.moderation.queries import is_known, start_of
from connectdo.organisations.models import Organisation
from connectdo.people.models import Person
from connectdo.posting import from_calendar, queries
from connectdo.posting.answers import Values
from connectdo.posting.following import gone, known, most, stands
from connectdo.posting.limits import MOST_CALENDARS
from connectdo.posting.models import CalendarDraft, FollowedCalendar, PostedEvent

DRAFT_KEPT_FOR = timedelta(days=1)


class Offer(NamedTuple):
    """An event that would have a page, all that this says, and what is there of it already."""

    event: CalendarEvent
    values: Values
    before: PostedEvent | None


def begin(
    person: Person,
    calendar: FollowedCalendar | None,
    *,
    address: str,
    name: str,
    data: bytes,
    like: Listing | None,
) -> CalendarDraft:
    """What somebody has given, to be looked at. The one before it is forgotten."""
    db.session.execute(delete(CalendarDraft).where(CalendarDraft.person_id == person.id))
    draft = CalendarDraft(person=person, address=address, name=name, data=data)
    draft.rest = from_calendar.rest_of(start_of(like).values) if like else {}
    if calendar and not like:
        draft.rest = calendar.rest
    draft.calendar = calendar
    if calendar or like:
        _is_of(draft, calendar.organisation if calendar else like.organisation)  # type: ignore[union-attr]
    db.session.add(draft)
    db.session.flush()
    return draft


def answer_rest(
    draft: CalendarDraft, organisation: Organisation | None, name: str, rest: Values
) -> None:
    """Keeps whose it is and what a calendar does not say. `name` is of a new organisation."""
    draft.rest, draft.organisation_name = from_calendar.rest_of(rest), name
    _is_of(draft, organisation)
    db.session.flush()


def why_not(organisation: Organisation, calendar: FollowedCalendar | None, address: str) -> str:
    """Why an organisation cannot follow a calendar, "" where it can."""
    others = [] if not address else queries.calendars_at(organisation, address)
    if any(each is not calendar and not each.stopped_at for each in others):
        return "You follow this calendar already. Go to your groups to look at it"
    if not calendar and queries.count_calendars(organisation) >= MOST_CALENDARS:
        return f"You follow {MOST_CALENDARS} calendars already. Stop following one first"
    return ""


def offers(
    draft: CalendarDraft, found: Calendar, now: datetime
) -> tuple[list[Offer], list[Refused], list[PostedEvent]]:
    """What would be posted, what would not with why, and what would be taken off."""
    rows = queries.events_of(draft.calendar) if draft.calendar else {}
    words = vocabulary()
    events, refused = from_calendar.offered(
        found, known(rows), most(draft.organisation), now.date()
    )
    made = [
        Offer(
            each, from_calendar.values_of(each, draft.rest, words, now.date()), rows.get(each.uid)
        )
        for each in events
    ]
    return made, refused, [each for each in gone(rows, found) if stands(each, now)]


def waits(draft: CalendarDraft, offers: Sequence[Offer]) -> bool:
    """Whether a moderator looks at some of them first."""
    if draft.organisation is None or not draft.organisation.trusted:
        return bool(offers)
    return any(links_in(each.values) for each in offers) and not is_known(draft.person)


def forget_old_drafts() -> None:
    """Deletes the calendars that nobody has said yes to for a day."""
    old = CalendarDraft.created_at < utc_now() - DRAFT_KEPT_FOR
    db.session.execute(delete(CalendarDraft).where(old))
    db.session.commit()


def _is_of(draft: CalendarDraft, organisation: Organisation | None) -> None:
    """Says whose it is. What they have followed before, they follow again; a file is known by the
    events in it."""
    draft.organisation = organisation
    if organisation and not draft.calendar:
        ids = {each.uid for each in read_calendar(draft.data, london_today()).events}
        before = queries.calendars_at(organisation, draft.address)
        same = (each for each in before if draft.address or ids & queries.events_of(each).keys())
        draft.calendar = next(same, None)
