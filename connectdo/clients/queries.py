"""Reads of teams and clients. What somebody may see is in the `where`, or asked of `rules`."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Exists, Row, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from connectdo.audit.models import Entry
from connectdo.clients.models import (
    LEAD,
    BrokenGlass,
    Client,
    ClientInterest,
    Consent,
    Cover,
    Team,
    TeamMember,
)
from connectdo.clients.rules import Ties
from connectdo.db import db
from connectdo.people.models import Person


def get_team(team_id: int) -> Team | None:
    """A team, for its leads: ask who is here."""
    return db.session.get(Team, team_id)


def team_called(name: str) -> Team | None:
    """The team with that name."""
    return db.session.scalar(select(Team).where(Team.name == name))


def teams() -> Sequence[Team]:
    """All teams, by name."""
    return db.session.scalars(select(Team).order_by(Team.name, Team.id)).all()


def memberships_of(person: Person) -> Sequence[TeamMember]:
    """The teams that somebody is in, by name."""
    query = (
        select(TeamMember)
        .join(TeamMember.team)
        .where(TeamMember.person_id == person.id)
        .options(joinedload(TeamMember.team))
        .order_by(Team.name, Team.id)
    )
    return db.session.scalars(query).all()


def members_of(team: Team) -> Sequence[TeamMember]:
    """Who is in a team and can come in, the first to join first."""
    query = (
        select(TeamMember)
        .join(TeamMember.person)
        .where(TeamMember.team_id == team.id, Person.disabled_at.is_(None))
        .options(joinedload(TeamMember.person))
        .order_by(TeamMember.joined_at, TeamMember.person_id)
    )
    return db.session.scalars(query).all()


def leads_of(team: Team) -> list[Person]:
    """The leads of a team who can come in."""
    return [each.person for each in members_of(team) if each.kind == LEAD]


def leads_team(person: Person, team_id: InstrumentedAttribute[int]) -> Exists:
    """Whether somebody leads the team of a row, for a `where`."""
    return exists().where(
        TeamMember.team_id == team_id,
        TeamMember.person_id == person.id,
        TeamMember.kind == LEAD,
    )


def member_in(team: Team, person_id: int) -> TeamMember | None:
    """Somebody's place in a team."""
    return db.session.get(TeamMember, (team.id, person_id))


def get_client(client_id: int) -> Client | None:
    """A client, for whoever may see them: ask `rules.can_see`."""
    query = (
        select(Client)
        .where(Client.id == client_id)
        .options(joinedload(Client.team), joinedload(Client.coach))
    )
    return db.session.scalar(query)


def ties_of(person: Person, client: Client, now: datetime) -> Ties:
    """What ties somebody to a client. Glass that was broken once and is whole again does not."""
    glass = (
        select(BrokenGlass)
        .where(BrokenGlass.client_id == client.id, BrokenGlass.person_id == person.id)
        .where(BrokenGlass.ends_at > now)
        .order_by(BrokenGlass.ends_at.desc())
        .limit(1)
    )
    return Ties(
        person.id,
        db.session.get(TeamMember, (client.team_id, person.id)),
        db.session.get(Cover, (client.id, person.id)),
        db.session.scalar(glass),
    )


def clients_of(person: Person, today: date, *, closed: bool = False) -> Sequence[Client]:
    """The clients whom somebody coaches or covers, by name."""
    in_team = exists().where(
        TeamMember.team_id == Client.team_id, TeamMember.person_id == person.id
    )
    covered = exists().where(
        Cover.client_id == Client.id, Cover.person_id == person.id, Cover.until >= today
    )
    mine = and_(in_team, or_(Client.coach_id == person.id, covered))
    return _clients(mine, closed=closed)


def clients_of_teams(person: Person, *, closed: bool = False) -> Sequence[Client]:
    """The clients of the teams that somebody leads, by name."""
    return _clients(leads_team(person, Client.team_id), closed=closed)


def _clients(where: object, *, closed: bool) -> Sequence[Client]:
    state = Client.closed_at.is_not(None) if closed else Client.closed_at.is_(None)
    query = (
        select(Client)
        .where(where, state)  # type: ignore[arg-type]
        .options(joinedload(Client.coach), joinedload(Client.team))
        .order_by(func.lower(Client.name), Client.id)
    )
    return db.session.scalars(query).all()


def count_clients(person: Person, team: Team) -> int:
    """How many open records of a team somebody coaches."""
    query = select(func.count(Client.id)).where(
        Client.team_id == team.id, Client.coach_id == person.id, Client.closed_at.is_(None)
    )
    return db.session.execute(query).scalar_one()


def interest_of(client: Client, interest_id: int) -> ClientInterest | None:
    """One of a client's interests."""
    return db.session.scalar(
        select(ClientInterest).where(
            ClientInterest.id == interest_id, ClientInterest.client_id == client.id
        )
    )


def consents_of_all_time(client: Client) -> Sequence[Consent]:
    """Every answer that was given, the first one first."""
    query = (
        select(Consent)
        .where(Consent.client_id == client.id)
        .options(joinedload(Consent.by))
        .order_by(Consent.id)
    )
    return db.session.scalars(query).all()


def consents_of(client: Client) -> dict[str, Consent]:
    """The last answer to each question that was asked."""
    query = select(Consent).where(Consent.client_id == client.id).order_by(Consent.id)
    return {each.about: each for each in db.session.scalars(query)}


def covers_of(client: Client, today: date) -> Sequence[Cover]:
    """Who covers a client now, the first to end first."""
    query = (
        select(Cover)
        .where(Cover.client_id == client.id, Cover.until >= today)
        .options(joinedload(Cover.person))
        .order_by(Cover.until, Cover.person_id)
    )
    return db.session.scalars(query).all()


def looks_at(client: Client) -> Sequence[Row[datetime, Person]]:
    """All pages about a client that somebody was on: when (UTC) and who, the last one first."""
    query = (
        select(Entry.at, Person)
        .join(Person, Person.id == Entry.by_id)
        .where(*about_client(client))
        .order_by(Entry.number.desc())
    )
    return db.session.execute(query).all()


def about_client(client: Client) -> Sequence[ColumnElement[bool]]:
    """The entries of the audit about a client, for a `where`. SQLite gives the number of a record
    that is gone to the next, so those from before this one began are another's."""
    return (
        Entry.kind == "client",
        Entry.about_id == client.id,
        Entry.at >= client.created_at,
    )


def clients_called(name: str, team_name: str) -> list[Client]:
    """The clients of a team by a name, in any case."""
    query = select(Client).join(Client.team).options(joinedload(Client.team)).order_by(Client.id)
    wanted = (name.casefold(), team_name.casefold())
    return [
        each
        for each in db.session.scalars(query)
        if (each.name.casefold(), each.team.name.casefold()) == wanted
    ]


def unused_since(moment: datetime, team: Team) -> Sequence[Client]:
    """The open records of a team in which nobody has written since a moment (UTC)."""
    query = select(Client).where(
        Client.team_id == team.id, Client.closed_at.is_(None), Client.used_at < moment
    )
    return db.session.scalars(query.order_by(Client.id)).all()


def closed_before(moment: datetime, team: Team) -> Sequence[Client]:
    """The records of a team that closed before a moment (UTC)."""
    query = select(Client).where(Client.team_id == team.id, Client.closed_at < moment)
    return db.session.scalars(query.order_by(Client.id)).all()
