"""What is due for clients, as a coach's home shows it. Pure, but for what the rooms below read."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from connectdo.clients.due import Due
from connectdo.clients.models import Client
from connectdo.programmes.due import Kept
from connectdo.programmes.due import due_of as steps_due
from connectdo.shortlists.due import visits_due

A_WEEK = timedelta(days=7)
NEAR = timedelta(days=28)


class Diary(NamedTuple):
    """What is due today or was before, in the next 7 days, and the reviews of the next 4 weeks."""

    today: list[Due]
    week: list[Due]
    reviews: list[Due]


def due_for(clients: Sequence[Client], kept: dict[int, Kept], today: date) -> list[Due]:
    """All that is due for clients. A room that knows of something to do on a day adds it here."""
    return [*steps_due(clients, kept, today), *visits_due(clients, today, today + A_WEEK)]


def diary(dues: Iterable[Due], today: date) -> Diary:
    """What is due, the earliest first, where it belongs."""
    in_order = sorted(dues, key=lambda each: each.day)
    return Diary(
        [each for each in in_order if each.day <= today],
        [each for each in in_order if today < each.day <= today + A_WEEK],
        [e for e in in_order if e.is_review and today + A_WEEK < e.day <= today + NEAR],
    )
