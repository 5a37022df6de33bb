"""What is due for clients, and who has not been heard of. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from connectdo.clients.due import Due
from connectdo.clients.models import Client
from connectdo.days import london_day
from connectdo.programmes.models import Contact, Programme, StepSaid
from connectdo.programmes.steps import REVIEWS, Offered, first_day, steps_of
from connectdo.programmes.totals import FACE_TO_FACE
from connectdo.programmes.weeks import programme_of
from connectdo.programmes.wording import BEGIN, STEPS

NOT_HEARD_OF = timedelta(days=14)


class Kept(NamedTuple):
    """All that is kept of a client's programmes: these the first one first, contacts the newest
    first."""

    programmes: list[Programme]
    contacts: list[Contact]
    said: list[StepSaid]

    @property
    def current(self) -> Programme | None:
        """The programme that goes on."""
        return self.latest if self.latest and self.latest.ended_on is None else None

    @property
    def latest(self) -> Programme | None:
        """The programme that goes on, or the last one that did."""
        return self.programmes[-1] if self.programmes else None

    @property
    def first_met_on(self) -> date | None:
        """The day of the first meeting, where no programme has begun with it yet."""
        return None if self.programmes else first_day(self.contacts, FACE_TO_FACE)

    def contacts_in(self, programme: Programme | None) -> list[Contact]:
        """The contacts of a programme, or those of none."""
        return [each for each in self.contacts if programme_of(self.programmes, each) is programme]

    def steps(self, today: date) -> list[Offered]:
        """What is offered to the client now."""
        number = self.latest.id if self.latest else None
        said = [each for each in self.said if each.programme_id == number]
        return steps_of(self.latest, self.contacts_in(self.latest), said, today)

    def contact(self, number: int | None) -> Contact | None:
        """One of the contacts."""
        return next((each for each in self.contacts if each.id == number), None)


def due_of(clients: Iterable[Client], kept: dict[int, Kept], today: date) -> list[Due]:
    """The open steps of clients that have a day, and whose 12 weeks could begin."""
    found = []
    for client in clients:
        if met := kept[client.id].first_met_on:
            found.append(Due(client, met, BEGIN, "programmes.begin"))
        found += [
            Due(client, step.due, STEPS[step.step], "programmes.weeks", step.step in REVIEWS)
            for step in kept[client.id].steps(today)
            if step.is_open and step.due
        ]
    return found


class Silence(NamedTuple):
    """A client and the day of the last contact or first meeting, None where there was none."""

    client: Client
    since: date | None


def not_heard_of(clients: Iterable[Client], kept: dict[int, Kept], today: date) -> list[Silence]:
    """The clients with whom there was no contact for long, the longest first. Those whose programme
    has ended go on alone."""
    found = []
    for client in clients:
        latest = kept[client.id].latest
        if latest is None or latest.ended_on is None:
            days = [each.day for each in kept[client.id].contacts]
            since = max([*days, latest.started_on] if latest else days, default=None)
            if (since or london_day(client.created_at)) + NOT_HEARD_OF <= today:
                found.append(Silence(client, since))
    return sorted(found, key=lambda each: each.since or london_day(each.client.created_at))
