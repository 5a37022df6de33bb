"""What this room holds about a client, as one would say it to them, and to who takes over."""

from collections.abc import Iterable

from connectdo.clients.everything import Part, Room
from connectdo.clients.here import Here
from connectdo.clients.models import Client
from connectdo.days import london_today, said_on
from connectdo.programmes import queries
from connectdo.programmes.due import Kept
from connectdo.programmes.models import ASIDE, DONE, PLANNED, Contact, Programme
from connectdo.programmes.totals import totals_in_words, totals_of
from connectdo.programmes.wording import (
    ENDINGS,
    LEVELS,
    STEPS,
    contact_in_words,
    where_they_are,
)

SAID = {DONE: "done", ASIDE: "not needed", PLANNED: "planned"}


def _copy(client: Client) -> Iterable[Part]:
    kept = _kept(client)
    return [
        Part("Your 12 weeks", [line for each in kept.programmes for line in _programme(each)]),
        Part("Steps", [f"{STEPS[s.step]}: {SAID[s.state]}, {said_on(s.day)}" for s in kept.said]),
        Part("Calls, messages and meetings", [_contact(c) for c in queries.contacts_of(client)]),
    ]


def _summary(here: Here) -> Iterable[Part]:
    kept = _kept(here.client)
    where = where_they_are(kept.latest, london_today())
    lines = [where, totals_in_words(totals_of(kept.contacts))]
    return [Part("Their 12 weeks", [each for each in lines if each])]


ROOM = Room(frozenset({"programme", "programme_level", "contact", "step_said"}), _copy, _summary)


def _kept(client: Client) -> Kept:
    return queries.kept_of([client])[client.id]


def _programme(programme: Programme) -> Iterable[str]:
    yield where_they_are(programme, london_today())
    for each in programme.levels:
        yield f"From {said_on(each.since)}: {LEVELS[each.level]}"
    if programme.ending:
        yield ENDINGS[programme.ending]


def _contact(contact: Contact) -> str:
    line = f": {contact.line}" if contact.line else ""
    return f"{said_on(contact.day)}: {contact_in_words(contact)}{line}"
