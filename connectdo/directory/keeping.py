"""Which list is this visitor's: its id is in the signed session cookie, the list on the server."""

from uuid import UUID

from flask import g, session
from sqlalchemy.exc import SQLAlchemyError

from connectdo.directory.models import KeptList
from connectdo.directory.queries import kept_listing_ids
from connectdo.people.here import SIGNED_IN
from connectdo.people.secrets import hash_of

LIST = "list"
LINK = "share"


def list_id() -> UUID | None:
    """The id of this visitor's list; None for one who has none. The list itself may be gone."""
    found = session.get(LIST)
    return found if isinstance(found, UUID) else None


def kept_ids() -> frozenset[int]:
    """The listings on this visitor's list, read once a request."""
    if "kept_ids" not in g:
        mine = list_id()
        g.kept_ids = frozenset(kept_listing_ids(mine)) if mine else frozenset()
    found: frozenset[int] = g.kept_ids
    return found


def my_list_count() -> dict[str, int]:
    """How many listings are on this visitor's list, for the menu of every page.

    Error pages have the menu too, so a database that is away or a transaction that failed
    only costs the number.
    """
    try:
        return {"my_list_count": len(kept_ids())}
    except SQLAlchemyError:
        return {"my_list_count": 0}


def remember(kept_list: KeptList) -> None:
    """Makes a list this visitor's; the cookie now outlives the browser window."""
    if list_id() != kept_list.id:
        session.pop(LINK, None)
    session[LIST] = kept_list.id
    session.permanent = True


def forget() -> None:
    """Leaves the visitor without a list; unless they are signed in, the cookie ends with the
    browser window again."""
    session.pop(LIST, None)
    session.pop(LINK, None)
    session.permanent = SIGNED_IN in session


def remember_link(token: str) -> None:
    """Keeps the secret of the shared link in the visitor's own cookie, to show it again."""
    session[LINK] = token


def forget_link() -> None:
    """Drops the secret of a link that has ended."""
    session.pop(LINK, None)


def known_link(kept_list: KeptList) -> str | None:
    """The secret of the link that `kept_list` is shared by, if this browser still knows it."""
    token = session.get(LINK)
    if isinstance(token, str) and hash_of(token) == kept_list.share_hash:
        return token
    return None
