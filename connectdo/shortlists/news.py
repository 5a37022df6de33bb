"""Something new that would suit somebody: marked where a coach looks for things, and told by mail
once a week at most. The mail names nobody."""

from datetime import datetime, timedelta

from sqlalchemy import select

from connectdo.clients import queries as clients
from connectdo.clients.models import Client, TeamMember
from connectdo.days import london_today
from connectdo.db import db, utc_now
from connectdo.pages import whole_address
from connectdo.people.models import Person
from connectdo.post.actions import signed, write
from connectdo.search.index import Unusable
from connectdo.shortlists import queries
from connectdo.shortlists.finding import suiting
from connectdo.shortlists.models import ToldOfNews

BETWEEN_MAILS = timedelta(days=7)


def new_for(client: Client, since: datetime) -> set[int]:
    """Of what suits a client best, those listings that were made after a moment (UTC) and that are
    not on their shortlist."""
    states = queries.states_of(client)
    found = suiting(client, states).found
    ids = [each.listing_id for each in found.results if each.listing_id not in states]
    return queries.made_since(ids, since)


def tell_coaches() -> None:
    """Mails each coach for whose clients there is something new, who was not told for a week."""
    query = select(Person).join(TeamMember, TeamMember.person_id == Person.id).distinct()
    for coach in db.session.scalars(query.where(Person.disabled_at.is_(None))).all():
        try:
            _tell(coach)
        except Unusable:
            # Search is being made ready; tomorrow is soon enough.
            db.session.rollback()
            return
        db.session.commit()


def _tell(coach: Person) -> None:
    now = utc_now()
    told = db.session.get(ToldOfNews, coach.id)
    if told and now - told.at < BETWEEN_MAILS:
        return
    number = sum(
        bool(new_for(client, queries.looked_before(coach, client, now) or client.created_at))
        for client in clients.clients_of(coach, london_today())
        if client.interests
    )
    if not number:
        return
    whom = "somebody" if number == 1 else f"{number} people"
    write(
        coach.email,
        "Something new on Connect & Do",
        signed(
            f"There is something new that may suit {whom} on your list. It is marked as new where "
            "you look for things:",
            whole_address("coaching.home"),
        ),
    )
    if told:
        told.at = now
    else:
        db.session.add(ToldOfNews(person_id=coach.id, at=now))
