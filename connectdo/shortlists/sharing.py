"""The link to what a client takes home, and what they say there.

It needs no account and says of nobody whose it is. It ends after 30 days, when a coach ends it or
makes another, and with the record.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from flask import current_app
from sqlalchemy import Select, delete, func, or_, select

from connectdo import erasures
from connectdo.clients.actions import use
from connectdo.clients.models import Client
from connectdo.days import london_day
from connectdo.db import db, utc_now
from connectdo.listings.models import LIVE
from connectdo.listings.models import STOPPED as OVER
from connectdo.people.models import Person
from connectdo.people.secrets import BYTES_OF_SECRET, hash_of, new_secret
from connectdo.post.actions import signed, withdraw, write
from connectdo.shortlists import actions, queries
from connectdo.shortlists.models import (
    IDEA,
    LIKES,
    NO,
    SAYS_LIKE,
    SAYS_NO,
    SAYS_REMIND,
    STOPPED,
    Item,
    Reply,
    SharedList,
)
from connectdo.wording import date_in_words

LASTS = timedelta(days=30)
# Of each pair, what was said last counts.
OPPOSITE = {SAYS_LIKE: SAYS_NO, SAYS_NO: SAYS_LIKE}


# The link.


def share(client: Client, by: Person, items: Sequence[Item]) -> SharedList:
    """Makes a link to some of a shortlist; the one before it ends."""
    actions.hold(client)
    stop_sharing(client)
    salt = new_secret()
    made = SharedList(
        client_id=client.id,
        salt=salt,
        secret_hash=hash_of(_secret(salt)),
        item_ids=[each.id for each in items],
        made_by_id=by.id,
        ends_at=utc_now() + LASTS,
    )
    db.session.add(made)
    use(client)
    return made


def stop_sharing(client: Client) -> None:
    """Ends the link, for good. A mail with it that still waits is not sent."""
    link = db.session.get(SharedList, client.id)
    if link:
        withdraw(_secret(link.salt))
        erasures.note(erasures.SHARED_LINK, link.secret_hash)
        db.session.delete(link)
        db.session.flush()


def link_of(client: Client) -> SharedList | None:
    """The link that a client has now."""
    query = _open_links().where(SharedList.client_id == client.id)
    return db.session.scalar(query)


def link_behind(secret: str) -> SharedList | None:
    """The link with that secret, if it has not ended."""
    return db.session.scalar(_open_links().where(SharedList.secret_hash == hash_of(secret)))


def secret_of(link: SharedList) -> str:
    """The secret, to be shown to the client's coaches; "" where the site's key is another now."""
    secret = _secret(link.salt)
    return secret if hash_of(secret) == link.secret_hash else ""


def items_behind(link: SharedList) -> list[Item]:
    """What a link shows, as the shortlist is now; what they said no to comes last, so that they may
    think again. What they have stopped, and what is not on the site, is not there."""
    every = [*queries.items_of(link.client), *queries.declined_by(link.client)]
    shown = (each for each in every if each.id in link.item_ids and each.state != STOPPED)
    return [each for each in shown if each.listing.status in (LIVE, OVER)]


def forget_ended() -> None:
    """Deletes the links that have ended, and those of closed records."""
    closed = select(Client.id).where(Client.closed_at.is_not(None))
    ended = or_(SharedList.ends_at < utc_now(), SharedList.client_id.in_(closed))
    db.session.execute(delete(SharedList).where(ended))
    db.session.commit()


def _open_links() -> Select[SharedList]:
    return (
        select(SharedList)
        .join(SharedList.client)
        .where(SharedList.ends_at > utc_now(), Client.closed_at.is_(None))
    )


def _secret(salt: str) -> str:
    key = str(current_app.config["SECRET_KEY"]).encode()
    digest = hmac.digest(key, f"shared list\n{salt}".encode(), "sha256")
    return urlsafe_b64encode(digest[:BYTES_OF_SECRET]).decode()


# What they say there.


def reply(link: SharedList, item_id: int, said: str, why_not: str = "") -> Item | None:
    """Keeps what a client says of something, for the coach to see; None where it is not on the list
    any more. Where they have gone further with it than an idea, liking it takes nothing back."""
    actions.hold(link.client)
    item = next((each for each in items_behind(link) if each.id == item_id), None)
    if item is None:
        return None
    if said == SAYS_NO:
        actions.get_to(item, None, NO, why_not)
    elif said == SAYS_LIKE and item.state in (IDEA, NO):
        actions.get_to(item, None, LIKES)
    before = delete(Reply).where(Reply.item_id == item.id)
    db.session.execute(before.where(Reply.said.in_([said, OPPOSITE.get(said, said)])))
    db.session.add(Reply(item_id=item.id, said=said))
    use(link.client)
    return item


def replies_to(items: Iterable[Item]) -> dict[int, list[Reply]]:
    """What nobody has seen yet of what was said of some things, by their ids, the first said
    first."""
    query = select(Reply).where(Reply.item_id.in_([each.id for each in items]))
    found: dict[int, list[Reply]] = {}
    for each in db.session.scalars(query.order_by(Reply.at, Reply.said)):
        found.setdefault(each.item_id, []).append(each)
    return found


def seen(item: Item) -> None:
    """The coach has seen what was said."""
    db.session.execute(delete(Reply).where(Reply.item_id == item.id))


def heard_from(clients: Collection[Client]) -> dict[int, int]:
    """Of how many things each client has said something that nobody has seen, by the client's id;
    those who have said something."""
    query = (
        select(Item.client_id, func.count(Reply.item_id.distinct()).label("things"))
        .join(Reply, Reply.item_id == Item.id)
        .where(Item.client_id.in_([each.id for each in clients]))
        .group_by(Item.client_id)
    )
    return {row.client_id: row.things for row in db.session.execute(query)}


# What is sent. Neither names anybody, nor says what is on the list: it may be read on a bus.

SUBJECT = "Your list from Connect & Do"


def as_text(address: str) -> str:
    """To be sent from a telephone: under 160 letters."""
    return f"Connect & Do: your list of things to do {address}"


def as_mail(address: str, ends_on: str) -> str:
    """The body of a mail."""
    return signed(
        "Here is the list that we made together:",
        address,
        "Times are as they are on the day you look. You can say what you like, what is not for "
        "you, and what you want us to remind you of. You do not need an account.",
        f"The link works until {ends_on}. Whoever has it can see the list.",
    )


def mail(recipient: str, address: str, ends_on: str) -> None:
    """Sends the link to an address that is kept no longer than the mail waits."""
    write(recipient, SUBJECT, as_mail(address, ends_on))


def ends_in_words(link: SharedList, today: date) -> str:
    """ "22 December"."""
    return date_in_words(london_day(link.ends_at), today, weekday=False)


WORDS = {SAYS_LIKE: "I like this", SAYS_NO: "Not for me", SAYS_REMIND: "Remind me"}


def said_in_words(name: str, said: Reply, today: date) -> str:
    """ "Mary said “I like this” yesterday."."""
    return f"{name} said “{WORDS[said.said]}” {_day(said.at, today)}."


def _day(at: datetime, today: date) -> str:
    day = london_day(at)
    ago = {0: "today", 1: "yesterday"}
    return ago.get((today - day).days) or f"on {date_in_words(day, today)}"
