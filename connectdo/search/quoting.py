"""The sentences of listings that answer what was typed, as the database has them now."""

from collections.abc import Sequence

from sqlalchemy import select

from connectdo.db import db
from connectdo.listings.models import Listing
from connectdo.search.finding import Result
from connectdo.search.passages import sentence_of

MOST_CHARACTERS = 160
TEXTS = (Listing.summary, Listing.description, Listing.audience, Listing.first_visit)


def quotes(results: Sequence[Result]) -> dict[int, str]:
    """By the listing's id; one database statement, and none where nothing is to be quoted.

    A sentence that has been changed since the index heard of it is not quoted any more.
    """
    keys = {each.listing_id: each.reasons.answers for each in results}
    ids = [each for each, key in keys.items() if key is not None]
    if not ids:
        return {}
    rows = db.session.execute(select(Listing.id, *TEXTS).where(Listing.id.in_(ids)))
    said = {row.id: sentence_of(row, keys[row.id] or 0) for row in rows}
    return {each: _shortened(text) for each, text in said.items() if text}


def _shortened(text: str) -> str:
    if len(text) <= MOST_CHARACTERS:
        return text
    return text[:MOST_CHARACTERS].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"
