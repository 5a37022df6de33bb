"""The mails to coaches and leads. None names a client or says why: they may be read on a bus."""

from connectdo.clients.models import Client
from connectdo.pages import whole_address
from connectdo.people.models import Person
from connectdo.post.actions import signed, write


def send_handed_over(to: Person, by: Person, client: Client) -> None:
    """To the coach who has a client from now on."""
    _send(
        to,
        "Somebody new on your list",
        f"{by.called} has handed somebody over to you. Start with this page:",
        whole_address("clients.summary", client_id=client.id),
    )


def send_glass_broken(lead: Person, by: Person) -> None:
    """To a lead, or the client's coach where none can come in: somebody from outside the team looks
    at one of its clients."""
    _send(
        lead,
        "A record of your team was opened",
        f"{by.called} has opened a record of your team from outside. Their reason and "
        "which record it is are here:",
        whole_address("clients.glass"),
        "If you did not expect this, ask them now.",
    )


def send_worry(lead: Person) -> None:
    """To a lead: somebody is worried."""
    _send(
        lead,
        "Read this today: a note from your team",
        "Somebody in your team is worried about someone, and has left you a note. Read it now:",
        whole_address("clients.worries"),
    )


def _send(person: Person, subject: str, *paragraphs: str) -> None:
    write(person.email, subject, signed(*paragraphs))
