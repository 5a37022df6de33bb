"""The index as arrays: what one search counts on, the same from its beginning to its end.

Columns of all segments stand one after another; a document is its place among them. What a
query's words need is decoded when first asked for and kept with the segment.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

import numpy as np

from connectdo.listings.vocabulary import Vocabulary
from connectdo.search.columns import FACTS, IDS, RUNS, UNKNOWN, day_number
from connectdo.search.index import (
    TEXTS,
    Generation,
    Segment,
    State,
    change_mark,
    current,
    segments,
)
from connectdo.search.ranking import (
    FIELD_WEIGHTS,
    LENGTH_PENALTY,
    inverse_frequency,
    saturated,
)

NEVER = np.iinfo(np.int64).max
POSITION_BITS = 18


@dataclass(frozen=True)
class Postings:
    """The documents that hold a word, how strongly each does (0 to 1), and how rare it is."""

    documents: np.ndarray
    strengths: np.ndarray
    rarity: float


@dataclass(frozen=True)
class Calendar:
    """From one moment on. `next` is in minutes since 1970-01-01, London wall time, NEVER for none.

    `timed[n]` tells whether the next date has a known time; `slots` has bit day * 3 + part for
    each weekday (Monday is 0) and part of the day on which coming dates start, bit 21 + day for
    those with no known time; `over` are those that had dates and have none to come.
    """

    next: np.ndarray
    timed: np.ndarray
    slots: np.ndarray
    over: np.ndarray


class Snapshot:
    """One committed state of the index."""

    def __init__(self, parts: list[tuple[Segment, np.ndarray]], state: State) -> None:
        self.segments = [segment for segment, _ in parts]
        self.live = np.concatenate([live for _, live in parts] or [np.zeros(0, bool)])
        self.size = len(self.live)
        self.state = state
        self.vocabulary = Vocabulary.from_rows(state.vocabulary)
        self.area_names = {int(number): name for number, name in state.areas.items()}
        self.area_ids = {name.casefold(): number for number, name in self.area_names.items()}
        self.facts = self._facts()
        self.interest_documents, self.interest_ids = self._interests()
        self.serves_documents, self.serves_ids = self._lists("areas")
        self._run_documents, self._runs = self._lists("runs", RUNS)
        self._postings: dict[str, Postings] = {}
        self._calendar: tuple[datetime, Calendar] | None = None

    @cached_property
    def has_point(self) -> np.ndarray:
        return ~np.isnan(self.facts["latitude"])

    @cached_property
    def serves_someone(self) -> np.ndarray:
        """Which listings name the areas they serve, or say everywhere."""
        named: np.ndarray = self.facts["serves_everywhere"].copy()
        named[self.serves_documents] = True
        return named

    @cached_property
    def has_dates(self) -> np.ndarray:
        dated = np.zeros(self.size, dtype=bool)
        dated[self._run_documents] = True
        return dated

    @cached_property
    def interests_and_above(self) -> tuple[np.ndarray, np.ndarray]:
        """(document, interest) pairs, those above each listing's interests among them."""
        if not len(self.interest_ids):
            return self.interest_documents, self.interest_ids
        above = [sorted(self.vocabulary.with_ancestors([n])) for n in range(len(self.vocabulary))]
        counts = np.array([len(each) for each in above])[self.interest_ids]
        documents = np.repeat(self.interest_documents, counts)
        interests = np.concatenate([above[n] for n in self.interest_ids])
        pairs = np.unique(documents * len(self.vocabulary) + interests)
        return pairs // len(self.vocabulary), pairs % len(self.vocabulary)

    @cached_property
    def documents_and_areas(self) -> tuple[np.ndarray, np.ndarray]:
        """(document, area) pairs: where each listing is and the areas it names."""
        placed = np.flatnonzero(self.facts["area"] != UNKNOWN)
        documents = np.concatenate([placed, self.serves_documents])
        areas = np.concatenate([self.facts["area"][placed], self.serves_ids]).astype(np.int64)
        if not len(areas):
            return documents, areas
        span = int(areas.max()) + 1
        pairs = np.unique(documents * span + areas)
        return pairs // span, pairs % span

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

    def interested(self, interest: int) -> np.ndarray:
        """The documents that carry an interest (its position in the vocabulary) themselves."""
        return self.interest_documents[self.interest_ids == interest]

    def serving(self, area: int) -> np.ndarray:
        """Which documents name an area among those they serve."""
        serving = np.zeros(self.size, dtype=bool)
        serving[self.serves_documents[self.serves_ids == area]] = True
        return serving

    def as_phrase(self, words: list[tuple[int, str]], among: np.ndarray) -> np.ndarray:
        """Which documents hold the words at these distances from one another, in one field.

        Only documents that are True in `among` are looked at.
        """
        found = np.zeros(self.size, dtype=bool)
        first = words[0][0]
        for field in TEXTS:
            starts: np.ndarray | None = None
            for offset, word in words:
                places = self._places(field, word, among) - (offset - first)
                starts = places if starts is None else np.intersect1d(starts, places)
            if starts is not None:
                found[starts >> POSITION_BITS] = True
        return found

    def calendar(self, now: datetime) -> Calendar:
        """What comes from `now` on (London wall time, to the minute). The last one is kept."""
        minute = now.replace(second=0, microsecond=0)
        if self._calendar is None or self._calendar[0] != minute:
            self._calendar = minute, self._calendar_from(minute)
        return self._calendar[1]

    def _facts(self) -> np.ndarray:
        parts = []
        for segment in self.segments:
            values, counts = segment.packed("facts", FACTS)
            facts = np.zeros(segment.size, dtype=FACTS)
            facts[counts > 0] = values
            parts.append(facts)
        return np.concatenate(parts) if parts else np.zeros(0, dtype=FACTS)

    def _lists(self, name: str, dtype: np.dtype = IDS) -> tuple[np.ndarray, np.ndarray]:
        """A packed list column as (document, value) pairs, by document."""
        documents, values, offset = [], [], 0
        for segment in self.segments:
            found, counts = segment.packed(name, dtype)
            documents.append(np.repeat(np.arange(segment.size), counts) + offset)
            values.append(found)
            offset += segment.size
        if not documents:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=dtype)
        return np.concatenate(documents), np.concatenate(values)

    def _interests(self) -> tuple[np.ndarray, np.ndarray]:
        """(document, position in the vocabulary) pairs; ids that it has lost are left out."""
        documents, ids = self._lists("interests")
        place = {concept.id: n for n, concept in enumerate(self.vocabulary.concepts)}
        table = np.full(max([*place, *ids.tolist(), 0]) + 1, UNKNOWN, dtype=np.int64)
        for number, position in place.items():
            table[number] = position
        positions = table[ids]
        known = positions != UNKNOWN
        return documents[known], positions[known]

    def _weigh(self, word: str) -> Postings:
        """BM25F: frequencies of all fields, each over its length, weighted, then saturated."""
        documents, weights = [], []
        for field in TEXTS:
            found, counts = self._joined(field, word)
            found, counts = found[self.live[found]], counts[self.live[found]]
            length = self.facts[f"{field}_length"][found] / self._usual_length[field]
            penalty = 1 - LENGTH_PENALTY[field] + LENGTH_PENALTY[field] * length
            documents.append(found)
            weights.append(FIELD_WEIGHTS[field] * counts / penalty)
        holders, inverse = np.unique(np.concatenate(documents), return_inverse=True)
        total = np.bincount(inverse, np.concatenate(weights), minlength=len(holders))
        rarity = inverse_frequency(len(holders), int(self.live.sum()))
        return Postings(holders, saturated(total).astype(np.float32), rarity)

    @cached_property
    def _usual_length(self) -> dict[str, float]:
        live = self.facts[self.live]
        return {
            field: max(float(live[f"{field}_length"].mean()), 1.0) if len(live) else 1.0
            for field in TEXTS
        }

    def _joined(self, field: str, word: str) -> tuple[np.ndarray, np.ndarray]:
        documents, counts, offset = [], [], 0
        for segment in self.segments:
            found, count = segment.postings(field, word)
            documents.append(found + offset)
            counts.append(count)
            offset += segment.size
        return np.concatenate(documents), np.concatenate(counts)

    def _places(self, field: str, word: str, among: np.ndarray) -> np.ndarray:
        """(document, position) of a stem in a field as single sortable numbers."""
        places, offset = [], 0
        for segment in self.segments:
            documents, positions = segment.positions(field, word)
            documents = documents + offset
            wanted = among[documents]
            places.append((documents[wanted] << POSITION_BITS) + positions[wanted])
            offset += segment.size
        return np.concatenate(places)

    def _calendar_from(self, now: datetime) -> Calendar:
        today, minute = day_number(now.date()), now.hour * 60 + now.minute
        runs = self._runs
        steps = np.maximum(-((runs["first"] - today) // runs["period"]), 0)
        days = runs["first"] + steps * runs["period"]
        begun = (days == today) & (runs["minute"] != UNKNOWN) & (runs["minute"] < minute)
        days = np.where(begun, days + runs["period"], days).astype(np.int64)
        coming = days <= runs["last"]
        owners = self._run_documents[coming]
        days, minutes = days[coming], runs["minute"][coming]
        timed = minutes != UNKNOWN
        moments = days * 1440 + np.where(timed, minutes, 0)
        next_moment = np.full(self.size, NEVER, dtype=np.int64)
        np.minimum.at(next_moment, owners, moments)
        next_timed = np.zeros(self.size, dtype=bool)
        is_next = moments == next_moment[owners]
        next_timed[owners[is_next & timed]] = True
        slots = np.zeros(self.size, dtype=np.int32)
        weekday = (days + 3) % 7  # 1970-01-01 was a Thursday.
        part = (minutes >= 12 * 60).astype(np.int64) + (minutes >= 17 * 60)
        bit = np.where(timed, weekday * 3 + part, 21 + weekday)
        np.bitwise_or.at(slots, owners, (1 << bit).astype(np.int32))
        return Calendar(next_moment, next_timed, slots, self.has_dates & (next_moment == NEVER))


class Door:
    """The newest snapshot of an index folder, decoded once a process and refreshed on change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._mark: tuple[int, ...] | None = None
        self._snapshot: Snapshot | None = None
        self._segments: dict[str, Segment] = {}

    def snapshot(self) -> Snapshot:
        """What the index says now. Raises connectdo.search.index.Unusable."""
        mark = change_mark(self.folder)
        if self._snapshot is None or mark != self._mark:
            self._snapshot = self._read(current(self.folder))
            self._mark = mark
        return self._snapshot

    def _read(self, generation: Generation) -> Snapshot:
        parts, kept = [], {}
        for name, reader in segments(generation.reader):
            segment = self._segments.get(name) or Segment(reader)
            kept[name] = segment
            parts.append((segment, segment.live(reader)))
        self._segments = kept
        return Snapshot(parts, generation.state)
