"""What this room holds about a client, in words: all of it, as one would say it to them, and the
little that a colleague needs."""

from collections import Counter
from collections.abc import Iterable, Sequence

from connectdo.clients import alarms, queries, wording
from connectdo.clients.everything import Part, Room
from connectdo.clients.here import Here
from connectdo.clients.models import Client, Consent
from connectdo.days import london_day, london_today, said_at, said_on
from connectdo.wording import sentence

TABLES = frozenset(("client", "client_interest", "consent", "cover", "broken_glass", "worry"))
CLOSED = "Nobody can write in it now."


def copy(client: Client) -> Iterable[Part]:
    """All of it but the worries, which are written to the leads: see `worries`."""
    loves = [f"“{each.said}”. {wording.SAID_BY_YOU[each.kind]}" for each in client.interests]
    said = [
        f"“{each.asked}” {wording.answer(each)} on {said_on(each.at)}"
        for each in queries.consents_of_all_time(client)
    ]
    return (
        Part("What we call you", [client.name]),
        Part("What you love", loves),
        Part("Where, when and what you need", _to_know(client)),
        Part("What you agreed to", said),
        Part("Who can see this", _who_sees(client)),
        Part("Who has looked at it", list(looks(client))),
        Part("When somebody opened it in an emergency", list(_emergencies(client))),
        Part("This record", _the_record(client)),
    )


def worries(client: Client) -> Part:
    """The notes that were left for the team's leads, for them to read and hand on."""
    lines = []
    for each in alarms.worries_about(client):
        lines.append(f"{sentence(said_at(each.at))}, from {each.by.called}: {each.words}")
        if each.done_at and each.done_by:
            lines.append(f"{sentence(said_at(each.done_at))}, {each.done_by.called}: {each.done}")
    return Part("When somebody was worried about you", lines)


def summary(here: Here) -> Iterable[Part]:
    client = here.client
    loves = [f"“{each.said}”. {wording.SAID[each.kind]}" for each in client.interests]
    return (
        Part("What they love", loves),
        Part("What to know", _to_know(client)),
        Part("What they agreed to", agreed(queries.consents_of(client))),
    )


def agreed(answers: dict[str, Consent]) -> list[str]:
    """Each question and the last answer to it."""
    return [
        f"{question} {wording.answer(answers.get(about))}."
        for about, question in wording.QUESTIONS.items()
    ]


def looks(client: Client) -> Iterable[str]:
    """Who looked at a client on which day, and at how many pages, the last day first."""
    seen = Counter((london_day(at), who.called) for at, who in queries.looks_at(client))
    for (day, who), pages in seen.items():
        yield f"{said_on(day)}: {who}, {pages} {'page' if pages == 1 else 'pages'}"


def _to_know(client: Client) -> Sequence[str]:
    needs = ", ".join(wording.needs_in_words(client))
    facts = {
        "Free": wording.free_in_words(client),
        "Needs": needs,
        "Speaks": wording.languages_in_words(client),
    }
    said = [f"{name}: {words}" for name, words in facts.items() if words]
    return [*filter(None, [wording.where_in_words(client)]), *said]


def _who_sees(client: Client) -> list[str]:
    leads = [f"{each.called}, who leads the team" for each in queries.leads_of(client.team)]
    covers = [
        f"{each.person.called}, up to {said_on(each.until)}"
        for each in queries.covers_of(client, london_today())
    ]
    return [f"{client.coach.called}, of {client.team.name}", *leads, *covers]


def _emergencies(client: Client) -> Iterable[str]:
    for each in alarms.glass_of(client):
        yield f"{said_at(each.at)}: {each.person.called}, because: {each.reason}"


def _the_record(client: Client) -> list[str]:
    lines = [
        f"It is record number {client.id}.",
        f"We began it on {said_on(client.created_at)}.",
        f"Somebody last wrote in it on {said_on(client.used_at)}.",
    ]
    if client.closed_at:
        lines.append(f"We closed it on {said_on(client.closed_at)}. {CLOSED}")
    return lines


ROOM = Room(TABLES, copy=copy, summary=summary)
