"""connectdo reports: what visitors have told us is wrong."""

import click
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from connectdo.db import db, reading
from connectdo.moderation.models import PROBLEMS, Report


@click.command("reports")
@with_appcontext
def reports() -> None:
    """The reports of visitors, oldest first."""
    query = select(Report).options(joinedload(Report.listing)).order_by(Report.id)
    with reading():
        for each in db.session.scalars(query):
            click.echo(f"{each.reported_at:%Y-%m-%d %H:%M} UTC  {each.listing.name}")
            click.echo(f"  {PROBLEMS[each.problem]}. {each.details} {each.email}".rstrip())
