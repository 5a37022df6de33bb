"""Records that close by themselves, and those that are deleted: by the clock, or because a client
asks."""

from contextlib import suppress

from dateutil.relativedelta import relativedelta

from connectdo import audit
from connectdo.clients import actions, cleaning, queries
from connectdo.clients.models import Client
from connectdo.db import db, utc_now


def close_and_forget() -> None:
    """Closes what nobody has used for as long as each team says, and deletes what closed that long
    ago, whatever state it ended in."""
    now = utc_now()
    for team in queries.teams():
        unused_since = now - relativedelta(months=team.close_after_months)
        closed_before = now - relativedelta(months=team.forget_after_months)
        for client in queries.unused_since(unused_since, team):
            actions.close(client)
            audit.tell("clients.close", "client", client.id)
        for client in queries.closed_before(closed_before, team):
            # Where a worry waits for a lead, the record waits with it.
            with suppress(actions.WorryWaits):
                actions.forget(client)
                audit.tell("clients.forget", "client", client.id)
        db.session.commit()
    cleaning.fold_in_the_log()


def forget(client: Client) -> None:
    """Deletes a client and all that is kept of them. Commits: then it is gone from the file too.
    Raises WorryWaits."""
    actions.forget(client)
    db.session.commit()
    cleaning.fold_in_the_log()
