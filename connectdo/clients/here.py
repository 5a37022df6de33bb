"""The client whom a page is about, for whoever may see them."""

from typing import NamedTuple

from flask import abort

from connectdo import audit
from connectdo.access import allow
from connectdo.clients import queries, rules
from connectdo.clients.models import LEAD, Client, Team
from connectdo.days import london_today
from connectdo.db import utc_now
from connectdo.pages import ID
from connectdo.people.here import person_here

CLIENT = f"/coaching/clients/<{ID}:client_id>"


class Here(NamedTuple):
    """A client, what ties whoever is here to them, and what that lets them see and do."""

    client: Client
    ties: rules.Ties

    @property
    def for_colleagues(self) -> bool:
        """Whether notes for colleagues, outcomes and contacts in full are shown."""
        return rules.sees_notes_for_colleagues(self.ties)

    @property
    def is_lead(self) -> bool:
        """Whether they lead the client's team."""
        return rules.is_lead(self.ties)

    @property
    def works_with(self) -> bool:
        """Whether they see the client because they work with them, and not in an emergency only."""
        return rules.works_with(self.ties, self.client, london_today())

    @property
    def can_change(self) -> bool:
        """Whether they may write in the record."""
        return rules.can_change(self.ties, self.client, london_today())

    @property
    def looks_after(self) -> bool:
        """Whether they decide who else sees the client, and when the record closes."""
        return rules.looks_after(self.ties, self.client)

    @property
    def gives_copy(self) -> bool:
        """Whether they may see all that is held, and end all of it."""
        return self.looks_after and rules.is_coach(self.ties)


def client_here(client_id: int) -> Here:
    """The client of this page, which is written down as a look. One that is not theirs to see is
    not there. Call it first: it commits."""
    person = person_here()
    client = queries.get_client(client_id) or abort(404)
    ties = queries.ties_of(person, client, utc_now())
    allow(rules.can_see(ties, client, london_today(), utc_now()))
    audit.look("client", client.id)
    return Here(client, ties)


def client_to_change(client_id: int) -> Here:
    """The same, for a page that writes: nobody writes in a closed record, nor who has only broken
    the glass."""
    here = client_here(client_id)
    allow(here.can_change)
    return here


def client_to_answer_for(client_id: int) -> Here:
    """The same, for what may be said of a closed record too, by those who work with the client."""
    here = client_here(client_id)
    allow(here.works_with)
    return here


def client_to_look_after(client_id: int) -> Here:
    """The same, for what the client's own coach and the team's leads decide, closed or not."""
    here = client_here(client_id)
    allow(here.looks_after)
    return here


def client_to_give_copy(client_id: int) -> Here:
    """The same, for those of them who see all that is held."""
    here = client_here(client_id)
    allow(here.gives_copy)
    return here


def team_led_here(team_id: int) -> Team:
    """A team of whoever is here, who leads it; another's is not there."""
    found = queries.get_team(team_id) or abort(404)
    mine = queries.member_in(found, person_here().id)
    allow(mine is not None and mine.kind == LEAD)
    return found
