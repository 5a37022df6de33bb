"""What this room holds about a client, in words: all of it, as one would say it to them, and the
little that a colleague needs."""

from collections.abc import Iterable

from connectdo.clients.everything import Part, Room
from connectdo.clients.here import Here
from connectdo.clients.models import Client
from connectdo.days import london_today, said_on
from connectdo.db import db
from connectdo.shortlists import queries, sharing
from connectdo.shortlists.models import Item, SharedList
from connectdo.shortlists.wording import STATES, state_in_words
from connectdo.wording import listed


def copy(client: Client) -> Iterable[Part]:
    items = [*queries.items_of(client), *queries.declined_by(client)]
    replies = sharing.replies_to(items)
    for item in items:
        answers = (
            f"{said_on(each.at)}: you said “{sharing.WORDS[each.said]}”"
            for each in replies.get(item.id, [])
        )
        yield Part(f"On your list: {item.listing.name}", [*_all_of(item), *answers])
    link = db.session.get(SharedList, client.id)
    if link:
        shown = listed([each.listing.name for each in items if each.id in link.item_ids])
        until = f"A link to it works until {said_on(link.ends_at)}"
        yield Part("The list that you took home", [until, f"It shows: {shown}"])


def summary(here: Here) -> Iterable[Part]:
    today = london_today()
    lines = [
        f"{item.listing.name}: {state_in_words(item, today)}{_for_colleagues(here, item)}"
        for item in queries.items_of(here.client)
    ]
    no = [f"{item.listing.name}. {item.why_not}" for item in queries.declined_by(here.client)]
    return (Part("Their shortlist", lines), Part("What they said no to", no))


def _for_colleagues(here: Here, item: Item) -> str:
    said = item.private_note if here.for_colleagues else ""
    return f". For colleagues: {said}" if said else ""


def _all_of(item: Item) -> Iterable[str]:
    for step in item.steps:
        visit = f" on {said_on(step.visit_on)}" if step.visit_on else ""
        yield f"{said_on(step.at)}: {STATES[step.state]}{visit}"
    said = {
        "Why": item.why,
        "Why not": item.why_not,
        "A note for you": item.note,
        "A note for colleagues": item.private_note,
    }
    yield from (f"{name}: {words}" for name, words in said.items() if words)


ROOM = Room(
    frozenset(("shortlist_item", "shortlist_step", "shortlist_reply", "shared_list")),
    copy=copy,
    summary=summary,
    forget=sharing.stop_sharing,
)
