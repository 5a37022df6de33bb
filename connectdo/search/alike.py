"""What means much the same as a listing. Nothing does where nothing is read for its meaning."""

from typing import Any

import numpy as np

from connectdo.search import ranking
from connectdo.search.finding import snapshot
from connectdo.search.index import Unusable
from connectdo.search.meanings import Meanings
from connectdo.search.meant import vector_of
from connectdo.search.passages import passages


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


def _meanings() -> Meanings | None:
    try:
        return snapshot().meanings
    except Unusable:
        return None
