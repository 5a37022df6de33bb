"""Yes or no: who may see a client, and who may see what. Pure."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from connectdo.clients.models import COACH, LEAD, BrokenGlass, Client, Cover, TeamMember


class Ties(NamedTuple):
    """What ties somebody to a client: their place in its team, if any, a cover, broken glass."""

    person_id: int
    member: TeamMember | None
    cover: Cover | None
    glass: BrokenGlass | None


def can_see(ties: Ties, client: Client, today: date, now: datetime) -> bool:
    """Who works with the client; and who broke the glass, for as long as that lasts. `today` is
    London's, `now` in UTC."""
    return works_with(ties, client, today) or (ties.glass is not None and now < ties.glass.ends_at)


def works_with(ties: Ties, client: Client, today: date) -> bool:
    """The team's leads; the coach, as long as they are in the team; who covers, until the day is
    over."""
    return looks_after(ties, client) or covers(ties, today)


def looks_after(ties: Ties, client: Client) -> bool:
    """The team's leads, and the coach, as long as they are in the team."""
    return is_lead(ties) or (ties.member is not None and client.coach_id == ties.person_id)


def is_lead(ties: Ties) -> bool:
    """Leads the client's team."""
    return ties.member is not None and ties.member.kind == LEAD


def is_coach(ties: Ties) -> bool:
    """Leads the client's team or coaches in it, and is not a volunteer."""
    return ties.member is not None and ties.member.kind in (LEAD, COACH)


def covers(ties: Ties, today: date) -> bool:
    """Is a colleague of the team who sees a client for now."""
    return ties.member is not None and ties.cover is not None and today <= ties.cover.until


def sees_notes_for_colleagues(ties: Ties) -> bool:
    """Coaches and leads see private notes, outcomes and contacts in full; volunteers do not."""
    return ties.glass is not None or is_coach(ties)


def can_change(ties: Ties, client: Client, today: date) -> bool:
    """A closed record is looked at, not written in. So is one that was opened in an emergency."""
    return client.closed_at is None and works_with(ties, client, today)


def leads_any(memberships: Iterable[TeamMember]) -> bool:
    """Leads a team."""
    return any(each.kind == LEAD for each in memberships)
