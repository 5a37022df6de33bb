"""Figures that stay when a client is forgotten.

Somebody who agreed to be counted is counted still, without anything that says who it was. It is
written in the transaction that deletes them.
"""

from datetime import date

from sqlalchemy import select

from connectdo.clients.models import FIGURES, Client
from connectdo.clients.queries import consents_of
from connectdo.db import db
from connectdo.outcomes.change import pairs_in
from connectdo.outcomes.models import Assessment, CountedPair, CountedWentOn, WentOn


def count(client: Client) -> None:
    """Counts somebody who is about to be deleted, if they agreed to it."""
    agreed = consents_of(client).get(FIGURES)
    if agreed is None or not agreed.given:
        return
    answered = db.session.scalars(select(Assessment).where(Assessment.client_id == client.id))
    for measure, pairs in pairs_in(answered).items():
        db.session.add_all(
            CountedPair(
                team_id=client.team_id,
                measure=measure,
                month=_month(pair.last_on),
                before=pair.before,
                after=pair.after,
            )
            for pair in pairs
        )
    first: dict[str, date] = {}
    for each in db.session.scalars(select(WentOn).where(WentOn.client_id == client.id)):
        first[each.kind] = min(each.on, first.get(each.kind, each.on))
    db.session.add_all(
        CountedWentOn(team_id=client.team_id, kind=kind, month=_month(on))
        for kind, on in first.items()
    )


def _month(day: date) -> date:
    return day.replace(day=1)
