"""What a coach's home says of shortlists: the visits together that are near."""

from collections.abc import Iterable
from datetime import date

from connectdo.clients.due import Due
from connectdo.clients.models import Client
from connectdo.shortlists import queries


def visits_due(clients: Iterable[Client], first: date, last: date) -> list[Due]:
    """The visits together from a day to another, both included: one statement for any number of
    clients."""
    known = {each.id: each for each in clients}
    return [
        Due(known[client_id], day, f"Visiting {name} together", "shortlists.shortlist")
        for client_id, day, name in queries.visits_between(known, first, last)
        if day
    ]
