"""Which list is this visitor's: its id is in the signed session cookie, the list on the server."""

from flask import g, session
from sqlalchemy import select

from connectdo.db import db
from connectdo.directory.models import KeptListing

LIST_ID = "list"


def kept_ids() -> frozenset[int]:
    """The listings on this visitor's list, read once a request."""
    if "kept_ids" not in g:
        list_id = session.get(LIST_ID)
        query = select(KeptListing.listing_id).where(
            KeptListing.kept_list_id == list_id
        )
        g.kept_ids = frozenset(db.session.scalars(query)) if list_id else frozenset()
    found: frozenset[int] = g.kept_ids
    return found
