"""connectdo post: what has not been sent."""

import click
from flask.cli import with_appcontext
from sqlalchemy import func, select

from connectdo.db import db, reading
from connectdo.post.models import Mail


@click.command("post")
@with_appcontext
def post() -> None:
    """The mails that wait, and those that no mail server would take."""
    with reading():
        waiting = db.session.scalar(select(func.count(Mail.id)).where(Mail.refused == ""))
        refused = db.session.scalars(select(Mail).where(Mail.refused != "").order_by(Mail.id)).all()
    click.echo(f"{waiting} {'mail waits' if waiting == 1 else 'mails wait'}.")
    for mail in refused:
        click.echo(f"{mail.written_at:%Y-%m-%d %H:%M} UTC  {mail.recipient}: {mail.refused}.")
