"""Reads of what a team's leads are told at once: records opened in an emergency, and worries."""

from collections.abc import Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from connectdo.clients.models import BrokenGlass, Client, Worry
from connectdo.clients.queries import leads_team
from connectdo.db import db
from connectdo.people.models import Person


def glass_of(client: Client) -> Sequence[BrokenGlass]:
    """Every time that somebody from outside the team opened a record, the last one first."""
    query = select(BrokenGlass).where(BrokenGlass.client_id == client.id)
    return _glass(query)


def glass_told_to(person: Person) -> Sequence[BrokenGlass]:
    """Every time that somebody opened a record of a team that this person leads, or that this
    person opened one, the last one first."""
    told = or_(leads_team(person, Client.team_id), BrokenGlass.person_id == person.id)
    return _glass(select(BrokenGlass).join(BrokenGlass.client).where(told))


def get_glass(glass_id: int) -> BrokenGlass | None:
    """One time that somebody broke the glass, for them and the leads: ask who is here."""
    query = select(BrokenGlass).where(BrokenGlass.id == glass_id)
    return next(iter(_glass(query)), None)


def _glass(query: Select[BrokenGlass]) -> Sequence[BrokenGlass]:
    whole = query.options(
        joinedload(BrokenGlass.person), joinedload(BrokenGlass.client).joinedload(Client.team)
    )
    return db.session.scalars(whole.order_by(BrokenGlass.id.desc())).all()


def open_worries(person: Person) -> Sequence[Worry]:
    """The worries that wait for somebody who leads a team, the oldest first."""
    waiting = select(Worry).where(leads_team(person, Worry.team_id), Worry.done_at.is_(None))
    return _worries(waiting.order_by(Worry.at, Worry.id))


def count_open_worries(person: Person) -> int:
    """How many wait for somebody who leads a team."""
    query = select(func.count(Worry.id)).where(
        leads_team(person, Worry.team_id), Worry.done_at.is_(None)
    )
    return db.session.execute(query).scalar_one()


def done_worries(person: Person) -> Sequence[Worry]:
    """Those that a lead has seen to, in the teams that somebody leads, the last one first."""
    done = select(Worry).where(leads_team(person, Worry.team_id), Worry.done_at.is_not(None))
    return _worries(done.order_by(Worry.done_at.desc(), Worry.id.desc()))


def worries_by(person: Person) -> Sequence[Worry]:
    """Those that somebody left themselves, the last one first."""
    return _worries(select(Worry).where(Worry.by_id == person.id).order_by(Worry.id.desc()))


def worries_about(client: Client, *, waiting: bool = False) -> Sequence[Worry]:
    """Those about one client, the oldest first; only those that wait for a lead, if asked."""
    query = select(Worry).where(Worry.client_id == client.id).order_by(Worry.id)
    return _worries(query.where(Worry.done_at.is_(None)) if waiting else query)


def get_worry(person: Person, worry_id: int) -> Worry | None:
    """A worry that waits for somebody who leads its team, or that was seen to."""
    query = select(Worry).where(Worry.id == worry_id, leads_team(person, Worry.team_id))
    return next(iter(_worries(query)), None)


def _worries(query: Select[Worry]) -> Sequence[Worry]:
    whole = query.options(
        *(joinedload(each) for each in (Worry.client, Worry.by, Worry.done_by, Worry.team))
    )
    return db.session.scalars(whole).all()
