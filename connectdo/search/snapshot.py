"""The index as arrays: what one search counts on, the same from its beginning to its end.

Columns of all parts stand one after another; a document is its place among them. What the words
of a search need is decoded when first asked for, and kept, by the part where it can be.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np

from connectdo.listings.vocabulary import Phrase, Vocabulary
from connectdo.search import ranking
from connectdo.search.areas import seen_from
from connectdo.search.calendar import Calendar, calendar
from connectdo.search.columns import (
    ALL_ACCESS,
    DOCUMENT_SHIFT,
    EVENT_BIT,
    FREE_BIT,
    UNKNOWN,
    Groups,
)
from connectdo.search.index import TEXTS
from connectdo.search.meanings import Meanings
from connectdo.search.parts import Part

# Above so many documents, laying strengths out for all is quicker than looking each one up.
MANY = 2_000
# A word that fewer documents of a segment hold is decoded in a millisecond or two.
COMMON = 1_000
# Of so many areas what the listings are to their people is kept, a byte for each.
AREAS_KEPT = 60
NOTHING = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Holders:
    """Documents, in order, and how strongly each holds something, 0 to 1."""

    documents: np.ndarray
    strengths: np.ndarray

    def strengths_of(self, documents: np.ndarray) -> np.ndarray:
        """How strongly some documents hold it, 0 where they do not."""
        if documents is self.documents:
            return self.strengths
        if not len(self.documents):
            return np.zeros(len(documents), dtype=np.float32)
        if len(documents) > MANY:
            every = np.zeros(max(int(documents.max()), int(self.documents[-1])) + 1, np.float32)
            every[self.documents] = self.strengths
            return every.take(documents)
        places = self.documents.searchsorted(documents)
        places[places == len(self.documents)] = 0
        return np.where(self.documents[places] == documents, self.strengths[places], 0)


@dataclass(frozen=True)
class Postings(Holders):
    """The holders of a word, and how much the word tells."""

    rarity: float


class Snapshot:
    """One committed state of the index; `meanings` where sentences are read for theirs."""

    # Columns of its parts, named there.
    listing: np.ndarray
    latitude: np.ndarray
    vectors: np.ndarray
    has_point: np.ndarray
    area: np.ndarray
    confirmed: np.ndarray
    access_yes: np.ndarray
    access_no: np.ndarray
    delivery: np.ndarray
    is_remote: np.ndarray
    is_event: np.ndarray
    is_free: np.ndarray
    youngest: np.ndarray
    oldest: np.ndarray
    residents_only: np.ndarray
    serves_everywhere: np.ndarray

    def __init__(
        self,
        parts: list[tuple[Part, np.ndarray]],
        vocabulary: Vocabulary,
        areas: dict[int, str],
    ) -> None:
        """Parts in their order, and which of the documents of each are live."""
        self.parts = [part for part, _ in parts]
        self.offsets = np.cumsum([0, *(part.size for part in self.parts)]).tolist()[:-1]
        self.live = _joined([live for _, live in parts])
        self.size = len(self.live)
        self.vocabulary = vocabulary
        self.area_names = areas
        self.area_ids = {name.casefold(): number for number, name in areas.items()}
        self._join_columns()
        self._postings: dict[str, Postings] = {}
        self._places: dict[str, np.ndarray] = {}
        self._related: dict[int, Holders] = {}
        self._closeness: dict[tuple[int, ...], np.ndarray] = {}
        self.held: dict[object, Holders] = {}
        self._seen: dict[int | None, np.ndarray] = {}
        self._calendar: tuple[datetime, Calendar] | None = None
        self.meanings: Meanings | None = None

    # What each document is.

    def _join_columns(self) -> None:
        """`interests` holds each document's own interests in a row, `interests_and_above` those
        above them too, filled up with `len(vocabulary)`; `serves` the areas that it names, filled
        up with UNKNOWN."""
        for name in self.parts[0].columns:
            setattr(self, name, _joined([part.columns[name] for part in self.parts]))
        none = len(self.vocabulary)
        self.interests = self._joined_rows("interests", none)
        self.interests_and_above = self._joined_rows("interests_and_above", none)
        self.serves = self._joined_rows("serves", UNKNOWN)
        self.needs_no_travel = self.is_remote | ~self.has_point
        self.serves_someone = self.serves_everywhere | (self.serves[:, 0] != UNKNOWN)
        self.most_areas = 1 + max(int(self.area.max()), int(self.serves.max()), 0)
        self.access_groups = Groups.of(self.access_yes & ALL_ACCESS)
        self.stated_groups = Groups.of((self.access_yes | self.access_no) & ALL_ACCESS)
        self.way_groups = Groups.of(
            self.delivery | self.is_event * EVENT_BIT | (self.is_free == 1) * FREE_BIT
        )
        self.runs = _joined([part.runs for part in self.parts])
        self.run_documents = self._shifted([part.run_documents for part in self.parts])
        self.has_dates = np.zeros(self.size, dtype=bool)
        self.has_dates[self.run_documents] = True
        self._lengths = {
            text: _joined([part.lengths[text] for part in self.parts]) for text in TEXTS
        }

    def _joined_rows(self, name: str, filler: int) -> np.ndarray:
        rows = [part.rows[name] for part in self.parts]
        if len(rows) == 1:
            return rows[0]
        joined = np.full((self.size, max(each.shape[1] for each in rows)), filler, rows[0].dtype)
        for offset, each in zip(self.offsets, rows, strict=True):
            joined[offset : offset + len(each), : each.shape[1]] = each
        return joined

    def _shifted(self, documents: Sequence[np.ndarray]) -> np.ndarray:
        """Documents of each part, by their places in the whole."""
        return _shifted(documents, self.offsets)

    def carriers(self, interest: int) -> np.ndarray:
        """The documents that carry an interest (its position in the vocabulary) themselves."""
        return self._shifted([part.carriers(interest) for part in self.parts])

    def related(self, interest: int) -> Holders:
        """The documents whose interests are related to one, and how closely."""
        if interest not in self._related:
            close = np.zeros(self.size, dtype=np.float32)
            for each, closeness in self.vocabulary.closeness(interest).items():
                carriers = self.carriers(each)
                close[carriers] = np.maximum(close[carriers], closeness)
            documents = np.flatnonzero(close)
            self._related[interest] = Holders(documents, close[documents])
        return self._related[interest]

    def closeness(self, interests: tuple[int, ...]) -> np.ndarray:
        """How closely every interest is related to the nearest of some; the last is none, 0."""
        if interests not in self._closeness:
            close = np.zeros(len(self.vocabulary) + 1)
            for interest in interests:
                for related, closeness in self.vocabulary.closeness(interest).items():
                    close[related] = max(close[related], closeness)
            self._closeness[interests] = close
        return self._closeness[interests]

    def seen_from(self, area: int | None) -> np.ndarray:
        """What the listings are to the people of an area, as bits (connectdo.search.areas)."""
        if area not in self._seen:
            if len(self._seen) >= AREAS_KEPT:
                self._seen.clear()
            self._seen[area] = seen_from(area, self)
        return self._seen[area]

    def calendar(self, now: datetime) -> Calendar:
        """What comes from `now` on (London wall time, to the minute). The last one is kept."""
        minute = now.replace(second=0, microsecond=0)
        kept = self._calendar
        if kept is None or kept[0] != minute:
            kept = minute, calendar(self, minute)
            self._calendar = kept
        return kept[1]

    def warm(self, now: datetime) -> None:
        """Works out beforehand what searches at `now` would, and decodes common words."""
        self.calendar(now)
        self.spellings  # noqa: B018
        listings_in = np.bincount(self.area[self.area != UNKNOWN])
        for area in np.argsort(-listings_in, kind="stable")[: AREAS_KEPT // 2].tolist():
            self.seen_from(area)
        for interest in range(len(self.vocabulary)):
            self.related(interest)
        for word in {word for part in self.parts for word in part.common_words(COMMON)}:
            self.postings(word)

    # What each word says.

    @cached_property
    def spellings(self) -> list[str]:
        """Every word as it is spelt in names, interests, organisations and summaries."""
        said = frozenset().union(*(part.spellings() for part in self.parts))
        return sorted(said | self.vocabulary.spellings())

    def postings(self, word: str) -> Postings:
        """Where a stem stands, over all fields and segments."""
        if word not in self._postings:
            self._postings[word] = self._weigh(word)
        return self._postings[word]

    def phrase(self, words: Phrase) -> Postings:
        """Where words stand at these distances, each document as strongly as the weakest word."""
        each = [self.postings(word) for _, word in words]
        if len(each) == 1:
            return each[0]
        documents = NOTHING
        if all(len(one.documents) for one in each):
            documents = self.as_phrase(list(words), self.live)
        strengths = np.minimum.reduce([one.strengths_of(documents) for one in each])
        return Postings(
            documents, strengths, ranking.inverse_frequency(len(documents), self._listings)
        )

    def as_phrase(self, words: list[tuple[int, str]], among: np.ndarray) -> np.ndarray:
        """The documents that hold the words at these distances from one another, in one field.

        Only documents that are True in `among` are looked at.
        """
        places = [(self._places_of(word), place) for place, word in words]
        places.sort(key=lambda each: len(each[0]))
        (starts, first), *others = places
        starts = starts[among[starts >> DOCUMENT_SHIFT]] - first
        for each, place in others:
            found = np.searchsorted(each, starts + place)
            found[found == len(each)] = 0
            starts = starts[each[found] == starts + place] if len(each) else starts[:0]
        return np.unique((starts + first) >> DOCUMENT_SHIFT)

    def _weigh(self, word: str) -> Postings:
        found = [part.holders(word, self._usual_lengths) for part in self.parts]
        documents = self._shifted([documents for documents, _ in found])
        strengths = _joined([strengths for _, strengths in found if len(strengths)])
        live = self.live.take(documents)
        rarity = ranking.inverse_frequency(int(live.sum()), self._listings)
        # Among many, those that are gone are left in: a search looks at none of them, and what
        # the part has weighed need not be copied.
        if len(documents) <= MANY and not live.all():
            documents, strengths = documents[live], strengths[live]
        return Postings(documents, strengths, rarity)

    @cached_property
    def _listings(self) -> int:
        return int(self.live.sum())

    @cached_property
    def _usual_lengths(self) -> tuple[float, ...]:
        """The mean length of each text, in words, to two figures: a few listings more or less
        change nothing, and what the parts have weighed stays true."""
        listings = max(self._listings, 1)
        means = (lengths.sum(where=self.live) / listings for lengths in self._lengths.values())
        return tuple(max(float(f"{mean:.2g}"), 1.0) for mean in means)

    def _places_of(self, word: str) -> np.ndarray:
        """Every place of a stem, in order."""
        if word not in self._places:
            found = [part.places(word) for part in self.parts]
            shifts = [offset << DOCUMENT_SHIFT for offset in self.offsets]
            self._places[word] = _shifted(found, shifts)
        return self._places[word]


def _joined(arrays: Sequence[np.ndarray]) -> np.ndarray:
    """Arrays one after another; one alone as it is."""
    if len(arrays) == 1:
        return arrays[0]
    return np.concatenate(arrays) if arrays else NOTHING


def _shifted(arrays: Sequence[np.ndarray], by: Sequence[int]) -> np.ndarray:
    """Arrays one after another, each with a number added."""
    pairs = zip(arrays, by, strict=True)
    return _joined([each + more if more else each for each, more in pairs if len(each)])
