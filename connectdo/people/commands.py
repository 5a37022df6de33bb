"""connectdo people: who has a role here."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import current_app
from flask.cli import with_appcontext

from connectdo.access import MODERATOR, STAFF
from connectdo.db import db, reading
from connectdo.people import actions, queries, rules
from connectdo.people.addresses import NotAnAddress, normalised
from connectdo.people.models import Person
from connectdo.people.wording import roles_in_words

THIS_MACHINE = "http://127.0.0.1:5000"


class Address(click.ParamType):  # type: ignore[type-arg]
    """An e-mail address."""

    name = "email"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return normalised(value)
        except NotAnAddress:
            self.fail(f"{value} is not an email address.", param, ctx)


@click.group("people")
def people() -> None:
    """People who sign in, and their roles."""


@people.command("add")
@click.argument("email", type=Address())
@click.option("--role", "roles", multiple=True, type=click.Choice(STAFF), help="May be repeated.")
@click.option("--area", "areas", multiple=True, help="An area to moderate. May be repeated.")
@with_appcontext
def add(email: str, roles: tuple[str, ...], areas: tuple[str, ...]) -> None:
    """Add a person, or give more roles to one who is there. A link to set up is mailed to staff."""
    if areas and MODERATOR not in roles:
        raise click.UsageError("Only a moderator has areas: add --role moderator.")
    with mailing():
        person = actions.person_for(email)
        if MODERATOR in roles and not areas and not person.areas:
            raise click.UsageError("Say which area they moderate: add --area NAME.")
        if roles:
            try:
                actions.give_roles(person, roles, areas)
            except actions.NoSuchArea as error:
                raise click.BadParameter(f"There is no area called {error}.") from error
    click.echo(_line(person))
    if rules.is_staff(person) and not rules.is_set_up(person):
        _say_where_the_link_went(email)


@people.command("list")
@with_appcontext
def list_people() -> None:
    """Everybody who has signed in or has a role."""
    with reading():
        for person in queries.everybody():
            click.echo(_line(person))


@people.command("remove")
@click.argument("email", type=Address())
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(STAFF))
@with_appcontext
def remove(email: str, roles: tuple[str, ...]) -> None:
    """Take roles away from a person. They are signed out at once."""
    person = _person(email)
    actions.take_roles(person, roles)
    db.session.commit()
    click.echo(_line(person))


@people.command("disable")
@click.argument("email", type=Address())
@with_appcontext
def disable(email: str) -> None:
    """Let a person in no more. They are signed out at once."""
    person = _person(email)
    actions.disable(person)
    db.session.commit()
    click.echo(_line(person))


@people.command("enable")
@click.argument("email", type=Address())
@with_appcontext
def enable(email: str) -> None:
    """Let a disabled person in again."""
    person = _person(email)
    actions.enable(person)
    db.session.commit()
    click.echo(_line(person))


@people.command("set-up")
@click.argument("email", type=Address())
@with_appcontext
def set_up(email: str) -> None:
    """Mail a new link to staff who have lost their password or their phone."""
    person = _person(email)
    if not rules.is_staff(person):
        raise click.UsageError("Members sign in by a link that they ask for themselves.")
    with mailing():
        actions.start_over(person)
    _say_where_the_link_went(email)


@contextmanager
def mailing() -> Iterator[None]:
    """Mails hold addresses of the site's pages. Commits at the end."""
    with current_app.test_request_context(base_url=current_app.config["SITE"] or THIS_MACHINE):
        yield
        db.session.commit()


def _person(email: str) -> Person:
    person = queries.person_with(email)
    if person is None:
        raise click.UsageError(f"Nobody here has the address {email}.")
    return person


def _say_where_the_link_went(email: str) -> None:
    click.echo(f"A link to set up the account goes to {email}.")
    if not current_app.config["SMTP"]:
        click.echo("No mail server is set: connectdo serve puts it in the folder instance/outbox.")


def _line(person: Person) -> str:
    state = " (disabled)" if person.disabled_at else ""
    if rules.is_staff(person) and not rules.is_set_up(person):
        state += " (not set up)"
    return f"{person.email}  {roles_in_words(person) or 'Member'}{state}"
