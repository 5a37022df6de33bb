"""The index as arrays: what one search counts on, the same from its beginning to its end.

Columns of all segments stand one after another; a document is its place among them. What the
words of a search need is decoded when first asked for, and kept.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import numpy as np

from connectdo.listings.vocabulary import Vocabulary
from connectdo.places import unit_vectors
from connectdo.search import ranking
from connectdo.search.calendar import Calendar, calendar
from connectdo.search.columns import EVENT_BIT, FACTS, FREE_BIT, IDS, REMOTE, RUNS, UNKNOWN, Groups
from connectdo.search.index import (
    TEXTS,
    Segment,
    State,
)

# A place of a word: document, field and position in one number that sorts in that order.
POSITION_BITS = 18
FIELD_BITS = 2
# Above so many documents, laying strengths out for all is quicker than looking each one up.
MANY = 2_000
DOCUMENT_SHIFT = POSITION_BITS + FIELD_BITS


@dataclass(frozen=True)
class Holders:
    """Documents, in order, and how strongly each holds something, 0 to 1."""

    documents: np.ndarray
    strengths: np.ndarray

    def strengths_of(self, documents: np.ndarray) -> np.ndarray:
        """How strongly some documents hold it, 0 where they do not."""
        if not len(self.documents):
            return np.zeros(len(documents), dtype=np.float32)
        if len(documents) == len(self.documents) and np.array_equal(documents, self.documents):
            return self.strengths
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
    """One committed state of the index."""

    def __init__(self, parts: list[tuple[Segment, np.ndarray]], state: State) -> None:
        self.segments = [segment for segment, _ in parts]
        self.live = np.concatenate([live for _, live in parts])
        self.size = len(self.live)
        self.vocabulary = Vocabulary.from_rows(state.vocabulary)
        self.area_names = {int(number): name for number, name in state.areas.items()}
        self.area_ids = {name.casefold(): number for number, name in self.area_names.items()}
        self._read_facts()
        self._read_interests()
        self._read_areas()
        self.run_documents, self.runs = self._lists("runs", RUNS)
        self._postings: dict[str, Postings] = {}
        self._places: dict[str, np.ndarray] = {}
        self._related: dict[int, Holders] = {}
        self._closeness: dict[tuple[int, ...], np.ndarray] = {}
        self.held: dict[object, Holders] = {}
        self._calendar: tuple[datetime, Calendar] | None = None

    # What each document is.

    def _read_facts(self) -> None:
        facts = np.concatenate([self._facts_of(segment) for segment in self.segments])
        self.listing = np.ascontiguousarray(facts["listing"])
        self.vectors = unit_vectors(facts["latitude"], facts["longitude"])
        self.latitude = np.ascontiguousarray(facts["latitude"])
        self.has_point = ~np.isnan(self.latitude)
        self.area = np.ascontiguousarray(facts["area"])
        self.confirmed = np.ascontiguousarray(facts["confirmed"])
        self.access_yes = np.ascontiguousarray(facts["access_yes"])
        self.access_no = np.ascontiguousarray(facts["access_no"])
        self.delivery = np.ascontiguousarray(facts["delivery"])
        self.is_event = np.ascontiguousarray(facts["is_event"])
        self.is_free = np.ascontiguousarray(facts["is_free"])
        self.residents_only = np.ascontiguousarray(facts["residents_only"])
        self.serves_everywhere = np.ascontiguousarray(facts["serves_everywhere"])
        self.is_remote = (self.delivery & REMOTE) != 0
        self.needs_no_travel = self.is_remote | ~self.has_point
        self.access_groups = Groups.of(self.access_yes)
        self.stated_groups = Groups.of(self.access_yes | self.access_no)
        self.way_groups = Groups.of(
            self.delivery | self.is_event * EVENT_BIT | (self.is_free == 1) * FREE_BIT
        )
        self._lengths = {field: facts[f"{field}_length"].astype(np.float32) for field in TEXTS}

    def _facts_of(self, segment: Segment) -> np.ndarray:
        values, counts = segment.packed("facts", FACTS)
        facts = np.zeros(segment.size, dtype=FACTS)
        facts[counts > 0] = values
        return facts

    def _read_interests(self) -> None:
        """Interests by their position in the vocabulary; ids that it has lost are left out.

        `interests` holds each document's own in a row, `interests_and_above` those above them
        too; rows are filled up with `len(vocabulary)`, which is no interest.
        """
        documents, ids = self._lists("interests", IDS)
        place = {concept.id: n for n, concept in enumerate(self.vocabulary.concepts)}
        table = np.full(max([*place, *ids.tolist(), 0]) + 1, UNKNOWN, dtype=np.int64)
        for number, position in place.items():
            table[number] = position
        known = table[ids] != UNKNOWN
        documents, own = documents[known], table[ids][known]
        order = np.argsort(own, kind="stable")
        self._carriers, self._carried = documents[order], own[order]
        none = len(place)
        self.interests = self._in_rows(documents, own, none).astype(np.uint16)
        above = [sorted(self.vocabulary.with_ancestors([n])) for n in range(len(place))]
        counts = np.array([len(each) for each in above], dtype=np.int64)[own]
        higher = np.concatenate([np.array(above[n]) for n in own] or [own])
        pairs = np.unique(np.repeat(documents, counts) * (none + 1) + higher)
        rows = self._in_rows(pairs // (none + 1), pairs % (none + 1), none)
        self.interests_and_above = rows.astype(np.uint16)

    def _in_rows(self, documents: np.ndarray, values: np.ndarray, filler: int) -> np.ndarray:
        """(document, value) pairs, by document, as a row for each document."""
        counts = np.bincount(documents, minlength=self.size)
        rows = np.full((self.size, max(int(counts.max(initial=0)), 1)), filler)
        starts = np.cumsum(counts) - counts
        rows[documents, np.arange(len(documents)) - starts[documents]] = values
        return rows

    def _read_areas(self) -> None:
        """`serves` holds the areas that each document names, filled up with UNKNOWN."""
        documents, areas = self._lists("areas", IDS)
        self.serves = self._in_rows(documents, areas, UNKNOWN).astype(np.int32)
        self.serves_someone = self.serves_everywhere | (self.serves[:, 0] != UNKNOWN)
        self.most_areas = 1 + max(int(self.area.max()), int(areas.max(initial=0)), 0)

    def _lists(self, name: str, dtype: np.dtype[Any]) -> tuple[np.ndarray, np.ndarray]:
        """A packed list column as (document, value) pairs, by document."""
        documents, values, offset = [], [], 0
        for segment in self.segments:
            found, counts = segment.packed(name, dtype)
            documents.append(np.repeat(np.arange(segment.size), counts) + offset)
            values.append(found)
            offset += segment.size
        return np.concatenate(documents), np.concatenate(values)

    def carriers(self, interest: int) -> np.ndarray:
        """The documents that carry an interest (its position in the vocabulary) themselves."""
        start, end = np.searchsorted(self._carried, [interest, interest + 1])
        return self._carriers[start:end]

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

    def calendar(self, now: datetime) -> Calendar:
        """What comes from `now` on (London wall time, to the minute). The last one is kept."""
        minute = now.replace(second=0, microsecond=0)
        kept = self._calendar
        if kept is None or kept[0] != minute:
            kept = minute, calendar(self, minute)
            self._calendar = kept
        return kept[1]

    # What each word says.

    @cached_property
    def spellings(self) -> list[str]:
        """Every word as it is spelt in names, interests, organisations and summaries."""
        said = {word for segment in self.segments for word in segment.spellings()}
        return sorted(said | self.vocabulary.spellings())

    def postings(self, word: str) -> Postings:
        """Where a stem stands, over all fields and segments."""
        if word not in self._postings:
            self._postings[word] = self._weigh(word)
        return self._postings[word]

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
        """BM25F: frequencies of all fields, each over its length, weighted, then saturated."""
        documents, weights = [], []
        for field in TEXTS:
            found, counts = self._joined("postings", field, word)
            length = self._lengths[field][found] / self._usual_length[field]
            documents.append(found)
            weights.append(ranking.field_frequency(field, counts, length))
        holders, inverse = np.unique(np.concatenate(documents), return_inverse=True)
        total = np.bincount(inverse, np.concatenate(weights), minlength=len(holders))
        live = self.live[holders]
        strengths = ranking.saturated(total[live]).astype(np.float32)
        rarity = ranking.inverse_frequency(int(live.sum()), self._listings)
        return Postings(holders[live], strengths, rarity)

    @cached_property
    def _listings(self) -> int:
        return int(self.live.sum())

    @cached_property
    def _usual_length(self) -> dict[str, float]:
        """The mean length of each field, in words."""
        return {
            field: max(float(lengths[self.live].mean()), 1.0) if self._listings else 1.0
            for field, lengths in self._lengths.items()
        }

    def _places_of(self, word: str) -> np.ndarray:
        """Every place of a stem, in order."""
        if word not in self._places:
            places = []
            for number, field in enumerate(TEXTS):
                documents, positions = self._joined("positions", field, word)
                places.append((documents << DOCUMENT_SHIFT) | (number << POSITION_BITS) | positions)
            self._places[word] = np.sort(np.concatenate(places))
        return self._places[word]

    def _joined(self, what: str, field: str, word: str) -> tuple[np.ndarray, np.ndarray]:
        """What the segments say of a word, one after another."""
        documents, values, offset = [], [], 0
        for segment in self.segments:
            found, value = getattr(segment, what)(field, word)
            documents.append(found + offset)
            values.append(value)
            offset += segment.size
        return np.concatenate(documents), np.concatenate(values)
