"""connectdo lists: the lists that visitors keep."""

import click
from flask.cli import with_appcontext

from connectdo.db import db, utc_now
from connectdo.directory import actions


@click.group("lists")
def lists() -> None:
    """The lists that visitors keep without an account."""


@lists.command("forget")
@with_appcontext
def forget() -> None:
    """Delete the lists that have not changed for 13 months. Run it once a day."""
    forgotten = actions.forget_old_lists(utc_now())
    db.session.commit()
    click.echo(f"{forgotten} {'list' if forgotten == 1 else 'lists'} deleted.")
