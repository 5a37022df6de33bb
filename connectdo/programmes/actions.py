"""Writes about programmes and contacts. Each says that the record is in use."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import delete

from connectdo.clients.actions import use
from connectdo.clients.models import Client
from connectdo.db import db
from connectdo.people.models import Person
from connectdo.programmes.models import Contact, Programme, ProgrammeLevel, StepSaid

# Contacts.


def log_contact(client: Client, by: Person, said: Mapping[str, Any]) -> Contact:
    """Keeps a contact."""
    contact = Contact(client_id=client.id, by_id=by.id, **said)
    db.session.add(contact)
    use(client)
    return contact


def change_contact(client: Client, contact: Contact, said: Mapping[str, Any]) -> None:
    """Puts a contact right."""
    for name, value in said.items():
        setattr(contact, name, value)
    use(client)


def drop_contact(client: Client, contact: Contact) -> None:
    """Takes a contact back."""
    db.session.delete(contact)
    use(client)


# Programmes.


def start(client: Client, day: date, level: str) -> Programme:
    """Begins a programme at a first meeting. What was said of the steps before it is over."""
    over = delete(StepSaid).where(StepSaid.client_id == client.id)
    db.session.execute(over.where(StepSaid.programme_id.is_(None)))
    programme = Programme(client_id=client.id, started_on=day)
    programme.levels = [ProgrammeLevel(level=level, since=day)]
    db.session.add(programme)
    use(client)
    return programme


def move_start(client: Client, programme: Programme, day: date) -> None:
    """The first meeting was on another day."""
    programme.started_on = programme.levels[0].since = day
    use(client)


def change_level(client: Client, programme: Programme, level: str, today: date) -> None:
    """There is more support from today on, or less."""
    now = programme.levels[-1]
    if now.since == today:
        now.level = level
    elif now.level != level:
        programme.levels.append(ProgrammeLevel(level=level, since=today))
    use(client)


def end(client: Client, programme: Programme, day: date, ending: str) -> None:
    """A programme ended: early, at 12 weeks, or later."""
    programme.ended_on, programme.ending = day, ending
    use(client)


def go_on(client: Client, programme: Programme) -> None:
    """It has not ended after all."""
    programme.ended_on, programme.ending = None, ""
    use(client)


def say_of_step(
    client: Client,
    programme: Programme | None,
    step: str,
    visit: Contact | None,
    said: tuple[str, date] | None,
) -> None:
    """Keeps that a step is done, put aside, or for another day; or, with None, offers it again."""
    before = delete(StepSaid).where(StepSaid.client_id == client.id, StepSaid.step == step)
    in_programme, after = programme and programme.id, visit and visit.id
    db.session.execute(
        before.where(
            StepSaid.programme_id.is_not_distinct_from(in_programme),
            StepSaid.visit_id.is_not_distinct_from(after),
        )
    )
    if said:
        state, day = said
        about = {"programme_id": in_programme, "visit_id": after, "step": step}
        db.session.add(StepSaid(client_id=client.id, state=state, day=day, **about))
    use(client)
