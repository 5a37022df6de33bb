"""What means, or is called, much the same as a listing. Nothing means the same where nothing is
read for its meaning."""

import re
from dataclasses import replace
from typing import Any

import numpy as np
from rapidfuzz.fuzz import token_sort_ratio
from rapidfuzz.utils import default_process
from sqlalchemy import select

from connectdo.db import db
from connectdo.listings.models import Listing
from connectdo.places import Place
from connectdo.search import ranking
from connectdo.search.finding import find, moment, snapshot
from connectdo.search.index import Unusable
from connectdo.search.matching import Matcher
from connectdo.search.meanings import Meanings
from connectdo.search.meant import vector_of
from connectdo.search.passages import passages
from connectdo.search.query import Query
from connectdo.search.snapshot import Snapshot
from connectdo.search.vectors import CutShort

# Two at one place are no farther apart.
MILES_APART = 1.0
# So many are looked at closely.
LOOKED_AT = 20
NUMBER = re.compile(r"\d+")


def interests_like(listing: Any) -> list[str]:
    """Slugs of the interests that are called much as a listing, or whatever has its texts, says;
    the likeliest first."""
    if (meanings := _meanings()) is None:
        return []
    vectors = [vector for text in passages(listing) if (vector := vector_of(text)) is not None]
    if not vectors:
        return []
    close = np.maximum.reduce([meanings.callings.closeness(each) for each in vectors])
    concepts = meanings.callings.vocabulary.concepts
    likeliest = np.argsort(-close, kind="stable").tolist()
    return [concepts[each].slug for each in likeliest if ranking.is_called(close[each])]


def likely_the_same(listing: Any, place: Place | None) -> list[int]:
    """Ids of those that may be the same thing as a listing at a place, or nowhere: they are at much
    the same place, and are called or say much the same. What has other numbers in its name is
    another: scout groups have.

    Those with the name come first. None while there is no index.
    """
    within = MILES_APART if place else None
    by_name = Query(listing.name, place, within, limit=LOOKED_AT)
    try:
        found = find(by_name)
        here = _at_the_place(found.snapshot, by_name)
    except Unusable:
        return []
    ids_here = set(found.snapshot.listing[here].tolist())
    with_its_words = [each.listing_id for each in found.results if each.listing_id in ids_here]
    saying_it = _saying_the_same(listing, found.snapshot, here)
    names = _names([*with_its_words, *saying_it], with_numbers_of=listing.name)
    called_it = [each for each in names if _is_called(names[each], listing.name)]
    return list(dict.fromkeys([*called_it, *filter(names.__contains__, saying_it)]))


def _at_the_place(found: Snapshot, near: Query) -> np.ndarray:
    """The documents near by, or those that have no place where none is asked for."""
    documents = Matcher(found, replace(near, text=""), moment(None)).within_reach()
    return documents[found.has_point[documents] == (near.place is not None)]


def _saying_the_same(listing: Any, found: Snapshot, documents: np.ndarray) -> list[int]:
    """Ids of those of some documents that say much the same, likeliest first."""
    vector = vector_of(passages(listing)[0])
    if found.meanings is None or vector is None:
        return []
    try:
        cosines = found.meanings.wholes(vector, documents)
    except CutShort:
        return []
    closest = np.argsort(-cosines, kind="stable")[:LOOKED_AT]
    same = closest[ranking.is_the_same(cosines[closest])]
    return found.listing[documents[same]].tolist()


def _names(ids: list[int], with_numbers_of: str) -> dict[int, str]:
    """The names of listings, of those whose name has the same numbers as another."""
    rows = db.session.execute(select(Listing.id, Listing.name).where(Listing.id.in_(ids)))
    numbers = _numbers(with_numbers_of)
    return {key: name for key, name in rows if _numbers(name) == numbers}


def _is_called(name: str, other: str) -> bool:
    likeness = token_sort_ratio(name, other, processor=default_process)
    return ranking.is_the_same_name(likeness)


def _numbers(name: str) -> set[str]:
    return set(NUMBER.findall(name))


def _meanings() -> Meanings | None:
    try:
        return snapshot().meanings
    except Unusable:
        return None
