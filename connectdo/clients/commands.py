"""connectdo teams: who coaches together."""

import click
from flask.cli import with_appcontext

from connectdo.clients import actions, queries
from connectdo.clients.models import COACH, LEAD, VOLUNTEER
from connectdo.clients.wording import KINDS
from connectdo.db import db, reading
from connectdo.people.actions import person_for
from connectdo.people.commands import Address, mailing
from connectdo.people.queries import person_with
from connectdo.text import one_line

SOMEBODY_ELSE_FIRST = "Make somebody else a lead first."


@click.group("teams")
def teams() -> None:
    """Teams of coaches, and who is in them."""


@teams.command("add")
@click.argument("name")
@click.option("--lead", "leads", multiple=True, type=Address(), help="May be repeated.")
@click.option("--coach", "coaches", multiple=True, type=Address(), help="May be repeated.")
@click.option("--volunteer", "volunteers", multiple=True, type=Address(), help="May be repeated.")
@with_appcontext
def add(
    name: str, leads: tuple[str, ...], coaches: tuple[str, ...], volunteers: tuple[str, ...]
) -> None:
    """Make a team, or add people to one that is there. Each is mailed a link to set up."""
    joining = {LEAD: leads, COACH: coaches, VOLUNTEER: volunteers}
    with mailing():
        team = actions.add_team(one_line(name)[:100])
        try:
            for kind, emails in joining.items():
                for email in emails:
                    actions.join(team, person_for(email), kind)
        except actions.LastLead as error:
            raise click.UsageError(SOMEBODY_ELSE_FIRST) from error
    _tell(team.name)


@teams.command("list")
@with_appcontext
def list_teams() -> None:
    """Every team and who is in it."""
    with reading():
        for team in queries.teams():
            _tell(team.name)


@teams.command("remove")
@click.argument("name")
@click.argument("email", type=Address())
@with_appcontext
def remove(name: str, email: str) -> None:
    """Take somebody out of a team, when others have their clients."""
    team, person = queries.team_called(name), person_with(email)
    if team is None or person is None or queries.member_in(team, person.id) is None:
        raise click.UsageError(f"{email} is not in a team called {name}.")
    try:
        actions.leave(team, person)
    except actions.StillHasClients as error:
        raise click.UsageError("Somebody has to take over their clients first.") from error
    except actions.LastLead as error:
        raise click.UsageError(SOMEBODY_ELSE_FIRST) from error
    db.session.commit()
    _tell(name)


def _tell(name: str) -> None:
    team = queries.team_called(name)
    click.echo(name)
    for member in queries.members_of(team) if team else []:
        click.echo(f"  {member.person.email}  {KINDS[member.kind]}")
