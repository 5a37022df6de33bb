"""Which programme and which week a contact belongs to. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from connectdo.programmes.models import LOOK_BACK, Contact, Programme

WEEKS = 12
A_WEEK = timedelta(weeks=1)


def programme_of(programmes: Iterable[Programme], contact: Contact) -> Programme | None:
    """The programme that goes on that day. What comes before one leads to it; after the last one
    has ended, only looking back is a part of it."""
    ordered = sorted(programmes, key=lambda each: each.started_on)
    begun = [each for each in ordered if each.started_on <= contact.day]
    if begun and (goes_on(begun[-1], contact.day) or contact.step == LOOK_BACK):
        return begun[-1]
    to_come = ordered[len(begun) :]
    return to_come[0] if to_come else None


def goes_on(programme: Programme, day: date) -> bool:
    """Has not ended before a day."""
    return programme.ended_on is None or day <= programme.ended_on


def week_of(programme: Programme, day: date) -> int:
    """1 for the seven days from the first meeting; 0 or less before it."""
    return (day - programme.started_on).days // 7 + 1


class Week(NamedTuple):
    """The contacts of one week, the newest first. `number` is None outside of a programme, and 0
    for all that was before the first meeting."""

    number: int | None
    starts_on: date | None
    contacts: list[Contact]


def by_week(programmes: Sequence[Programme], contacts: Iterable[Contact]) -> list[Week]:
    """All contacts, the newest week first."""

    def week(contact: Contact) -> tuple[Programme | None, int | None]:
        programme = programme_of(programmes, contact)
        return programme, max(0, week_of(programme, contact.day)) if programme else None

    newest = sorted(contacts, key=lambda each: (each.day, each.id), reverse=True)
    return [
        Week(
            number,
            programme.started_on + (number - 1) * A_WEEK if programme and number else None,
            list(group),
        )
        for (programme, number), group in groupby(newest, key=week)
    ]
