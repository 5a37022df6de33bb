"""Writes about teams and clients. Each says that the record is in use."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, select

from connectdo import erasures
from connectdo.access import COACH as COACH_ROLE
from connectdo.access import TEAM_LEAD
from connectdo.clients import alarms, everything, letters, queries
from connectdo.clients.models import (
    LEAD,
    BrokenGlass,
    Client,
    ClientInterest,
    Consent,
    Cover,
    Team,
    TeamMember,
    Worry,
)
from connectdo.db import db, utc_now
from connectdo.people.actions import give_roles, take_roles
from connectdo.people.models import Person

GLASS_LASTS = timedelta(hours=4)


class StillHasClients(Exception):
    """Somebody has to take over their clients first."""


class LastLead(Exception):
    """Nobody would lead the team any more."""


class WorryWaits(Exception):
    """Somebody is worried about the client, and no lead has seen to it yet."""


# Teams.


def add_team(name: str) -> Team:
    """The team of that name, made where there is none."""
    team = queries.team_called(name)
    if team is None:
        team = Team(name=name)
        db.session.add(team)
        db.session.flush()
    return team


def join(team: Team, person: Person, kind: str) -> None:
    """Somebody is in a team from now on, or is something else in it. They sign in as staff do.
    Raises LastLead."""
    _hold(team)
    member = queries.member_in(team, person.id)
    if member is None:
        db.session.add(TeamMember(team=team, person=person, kind=kind))
    else:
        if kind != LEAD:
            _somebody_else_leads(team, person)
        member.kind = kind
    db.session.flush()
    _give_what_the_teams_need(person)


def leave(team: Team, person: Person) -> None:
    """Somebody is not in a team any more. Raises StillHasClients or LastLead."""
    _hold(team)
    if queries.count_clients(person, team):
        raise StillHasClients
    _somebody_else_leads(team, person)
    gone = delete(TeamMember).where(TeamMember.team_id == team.id)
    db.session.execute(gone.where(TeamMember.person_id == person.id))
    _give_what_the_teams_need(person)


def set_up_team(team: Team, safeguarding: str, close_after: int, forget_after: int) -> None:
    """Keeps a team's own steps when somebody is worried, and after how many months its records
    close and are forgotten."""
    team.safeguarding = safeguarding
    team.close_after_months, team.forget_after_months = close_after, forget_after
    db.session.flush()


def _hold(team: Team) -> None:
    """Keeps others from changing who is in a team until the commit, so that the last two leads
    cannot go in the same moment."""
    db.session.flush()
    db.session.execute(select(Team.id).where(Team.id == team.id).with_for_update())


def _somebody_else_leads(team: Team, person: Person) -> None:
    leads = queries.leads_of(team)
    if [each.id for each in leads] == [person.id]:
        raise LastLead


def _give_what_the_teams_need(person: Person) -> None:
    """The roles of somebody are those that their places in teams need: none is left over."""
    kinds = {each.kind for each in queries.memberships_of(person)}
    needed = {TEAM_LEAD if each == LEAD else COACH_ROLE for each in kinds}
    if too_many := person.roles & {TEAM_LEAD, COACH_ROLE} - needed:
        take_roles(person, too_many)
    if missing := needed - person.roles:
        give_roles(person, missing)


# Clients.


def add_client(coach: Person, team: Team, name: str) -> Client:
    """A new record: a name, and nothing else."""
    client = Client(team=team, coach=coach, name=name)
    db.session.add(client)
    db.session.flush()
    return client


def learn(client: Client, known: Mapping[str, Any]) -> None:
    """Keeps what is known now of where, how far, when and what they need."""
    for name, value in known.items():
        setattr(client, name, value)
    use(client)


def add_interest(client: Client, said: str, kind: str, slugs: Sequence[str]) -> ClientInterest:
    """Keeps something they love, hope for or like, as they said it."""
    interest = ClientInterest(client_id=client.id, said=said, kind=kind, slugs=list(slugs))
    client.interests.append(interest)
    use(client)
    return interest


def drop_interest(client: Client, interest: ClientInterest) -> None:
    """Takes one of their interests away."""
    client.interests.remove(interest)
    use(client)


def use(client: Client) -> None:
    """Somebody wrote in the record: it stays open."""
    client.used_at = utc_now()
    db.session.flush()


def consent(client: Client, by: Person | None, about: str, asked: str, *, given: bool) -> None:
    """Keeps what a client said to a question, which may be no."""
    db.session.add(
        Consent(client_id=client.id, about=about, given=given, asked=asked, by_id=by and by.id)
    )
    use(client)


def cover(client: Client, person: Person, until: date) -> None:
    """A colleague sees the client too, up to a day."""
    held = db.session.get(Cover, (client.id, person.id))
    if held is None:
        db.session.add(Cover(client_id=client.id, person_id=person.id, until=until))
    else:
        held.until = until
    use(client)


def end_cover(client: Client, person_id: int) -> None:
    """A colleague does not see the client any more."""
    gone = delete(Cover).where(Cover.client_id == client.id)
    db.session.execute(gone.where(Cover.person_id == person_id))


def hand_over(client: Client, by: Person, to: Person) -> None:
    """Another coach of the team has the client from now on, with everything."""
    client.coach = to
    end_cover(client, to.id)
    use(client)
    letters.send_handed_over(to, by, client)


def close(client: Client) -> None:
    """Ends a record: it is looked at, and not written in."""
    client.closed_at = utc_now()
    db.session.flush()


def open_again(client: Client) -> None:
    """They are back."""
    client.closed_at = None
    use(client)


def forget(client: Client) -> None:
    """Deletes a client and all that any room keeps of them; nothing where that was done before.
    Raises WorryWaits."""
    if alarms.worries_about(client, waiting=True):
        raise WorryWaits
    erase(client)


def erase(client: Client) -> None:
    """Deletes a client and all that any room keeps of them, whatever waits; it is on the list of
    erasures from the commit on."""
    erasures.note(erasures.CLIENT, key_of(client))
    for room in everything.rooms():
        room.forget(client)
    db.session.flush()
    db.session.execute(delete(Client).where(Client.id == client.id))
    if client in db.session:
        db.session.expunge(client)


def key_of(client: Client) -> str:
    """What a client is known by on the list of erasures."""
    return f"{client.id}/{client.created_at.isoformat()}"


# What is out of the ordinary.


def break_glass(person: Person, client: Client, reason: str) -> BrokenGlass:
    """Somebody from outside sees a client for some hours, and the leads are told why."""
    made = BrokenGlass(
        client_id=client.id, person_id=person.id, reason=reason, ends_at=utc_now() + GLASS_LASTS
    )
    db.session.add(made)
    db.session.flush()
    for told in queries.leads_of(client.team) or [client.coach]:
        letters.send_glass_broken(told, person)
    return made


def mend_glass(broken: BrokenGlass) -> None:
    """They see the client no more, before the time is over."""
    broken.ends_at = min(broken.ends_at, utc_now())
    db.session.flush()


def worry(team: Team, by: Person, words: str, client: Client | None) -> Worry:
    """Leaves a note for the leads, who are told at once that there is one."""
    made = Worry(team=team, by=by, words=words, client=client)
    db.session.add(made)
    db.session.flush()
    for lead in queries.leads_of(team):
        letters.send_worry(lead)
    return made


def see_to(worry: Worry, by: Person, done: str) -> None:
    """A lead says what was done about a worry."""
    worry.done, worry.done_by, worry.done_at = done, by, utc_now()
    db.session.flush()
