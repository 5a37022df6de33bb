"""Segments of the index as arrays. They never change, so neither do those: a snapshot is made of
the parts of the one before it and of what was committed since."""

from typing import Any

import numpy as np

from connectdo.listings.vocabulary import Vocabulary
from connectdo.places import unit_vectors
from connectdo.search import ranking
from connectdo.search.columns import (
    DOCUMENT_SHIFT,
    FACTS,
    IDS,
    POSITION_BITS,
    REMOTE,
    RUNS,
    TEXT_BITS,
    UNKNOWN,
)
from connectdo.search.index import TEXTS, Segment
from connectdo.search.passages import KEY
from connectdo.search.vectors import Vectors

FACT_COLUMNS = (
    "listing",
    "latitude",
    "area",
    "confirmed",
    "access_yes",
    "access_no",
    "delivery",
    "is_event",
    "is_free",
    "youngest",
    "oldest",
    "residents_only",
    "serves_everywhere",
)


class Part:
    """The columns of one or more segments by their names in a snapshot, and what words weigh there.

    Interests are known by their position in the vocabulary; ids that it has lost are left out.
    Rows are filled up with a number that is no interest, and no area.
    """

    def __init__(self, segments: dict[str, Segment], vocabulary: Vocabulary) -> None:
        self.segments, self.vocabulary = segments, vocabulary
        self.size = sum(segment.size for segment in segments.values())
        facts = self._facts()
        self.columns = {name: np.ascontiguousarray(facts[name]) for name in FACT_COLUMNS}
        self.columns["vectors"] = unit_vectors(facts["latitude"], facts["longitude"])
        self.columns["has_point"] = ~np.isnan(facts["latitude"])
        self.columns["is_remote"] = (facts["delivery"] & REMOTE) != 0
        self.lengths = {text: facts[f"{text}_length"].astype(np.float32) for text in TEXTS}
        self.run_documents, self.runs = self._lists("runs", RUNS)
        documents, areas = self._lists("areas", IDS)
        self.rows = {"serves": self._in_rows(documents, areas, UNKNOWN).astype(np.int32)}
        self._read_interests()
        self.passages, self.passage_counts = self._packed("passages", KEY)
        self._read: tuple[Vectors, np.ndarray] | None = None
        self._places: dict[str, np.ndarray] = {}
        self._holders: dict[str, tuple[tuple[float, ...], np.ndarray, np.ndarray]] = {}
        self._spellings: frozenset[str] | None = None

    def live(self, readers: dict[str, Any]) -> np.ndarray:
        """Which documents are listings that readers, by segment, have not seen deleted."""
        live = [segment.live(readers[name]) for name, segment in self.segments.items()]
        return np.concatenate(live)

    def rows_in(self, vectors: Vectors) -> np.ndarray:
        """The row of each passage among some vectors, -1 where it has none yet."""
        kept = self._read
        if kept is None or not vectors.continues(kept[0]):
            kept = vectors, vectors.rows(self.passages)
        elif vectors is not kept[0]:
            rows = kept[1].copy()
            unread = np.flatnonzero(rows < 0)
            rows[unread] = vectors.rows(self.passages[unread])
            kept = vectors, rows
        self._read = kept
        return kept[1]

    def carriers(self, interest: int) -> np.ndarray:
        """The documents that carry an interest themselves."""
        start, end = np.searchsorted(self._carried, [interest, interest + 1])
        return self._carriers[start:end]

    def places(self, word: str) -> np.ndarray:
        """Every place of a stem, in order: document, text and position in one number."""
        if word in self._places:
            return self._places[word]
        places = self._read_places(word)
        # Words that nothing has are without number, and quickly looked up.
        if len(places):
            self._places[word] = places
        return places

    def holders(self, word: str, usual: tuple[float, ...]) -> tuple[np.ndarray, np.ndarray]:
        """The documents that hold a stem and how strongly each does, where texts have `usual`
        lengths: BM25F, that is frequencies in all texts, each over its length, weighted, then
        saturated."""
        kept = self._holders.get(word)
        if kept is None or kept[0] != usual:
            kept = (usual, *self._weigh(self.places(word), usual))
            if len(kept[1]):
                self._holders[word] = kept
        return kept[1:]

    def spellings(self) -> frozenset[str]:
        """The unstemmed words of names, interests, organisations and summaries."""
        if self._spellings is None:
            said = (segment.spellings() for segment in self.segments.values())
            self._spellings = frozenset(word for words in said for word in words)
        return self._spellings

    def common_words(self, documents: int) -> set[str]:
        """The stems that at least so many documents of one segment hold."""
        common = (segment.common_words(documents) for segment in self.segments.values())
        return {word for words in common for word in words}

    def _read_places(self, word: str) -> np.ndarray:
        read, offset = [], 0
        for segment in self.segments.values():
            read.append(segment.places(word) + (offset << DOCUMENT_SHIFT))
            offset += segment.size
        return np.concatenate(read)

    def _weigh(self, places: np.ndarray, usual: tuple[float, ...]) -> tuple[np.ndarray, np.ndarray]:
        each = places >> DOCUMENT_SHIFT
        texts = (places >> POSITION_BITS) & ((1 << TEXT_BITS) - 1)
        is_first = np.diff(each, prepend=-1) != 0
        documents = each[is_first]
        which = np.cumsum(is_first) - 1
        total = np.zeros(len(documents))
        for number, text in enumerate(TEXTS):
            counts = np.bincount(which[texts == number], minlength=len(documents))
            lengths = self.lengths[text][documents] / usual[number]
            total += ranking.field_frequency(text, counts, lengths)
        return documents, ranking.saturated(total).astype(np.float32)

    def _facts(self) -> np.ndarray:
        values, counts = self._packed("facts", FACTS)
        facts = np.zeros(self.size, dtype=FACTS)
        facts[counts > 0] = values
        return facts

    def _read_interests(self) -> None:
        """Rows of each document's own interests, and of those with all that are above them."""
        documents, ids = self._lists("interests", IDS)
        place = {concept.id: n for n, concept in enumerate(self.vocabulary.concepts)}
        table = np.full(max([*place, int(ids.max(initial=0))]) + 1, UNKNOWN, dtype=np.int64)
        table[list(place)] = list(place.values())
        known = table[ids] != UNKNOWN
        documents, own = documents[known], table[ids][known]
        order = np.argsort(own, kind="stable")
        self._carriers, self._carried = documents[order], own[order]
        none = len(place)
        above = [sorted(self.vocabulary.with_ancestors([n])) for n in range(none)]
        higher = np.full((none, max(map(len, above), default=1)), none)
        for interest, each in enumerate(above):
            higher[interest, : len(each)] = each
        every = np.repeat(documents, higher.shape[1]) * (none + 1) + higher[own].ravel()
        pairs = np.unique(every[every % (none + 1) != none])
        rows = self._in_rows(pairs // (none + 1), pairs % (none + 1), none)
        self.rows["interests"] = self._in_rows(documents, own, none).astype(np.uint16)
        self.rows["interests_and_above"] = rows.astype(np.uint16)

    def _in_rows(self, documents: np.ndarray, values: np.ndarray, filler: int) -> np.ndarray:
        """(document, value) pairs, by document, as a row for each document."""
        counts = np.bincount(documents, minlength=self.size)
        rows = np.full((self.size, max(int(counts.max(initial=0)), 1)), filler)
        starts = np.cumsum(counts) - counts
        rows[documents, np.arange(len(documents)) - starts[documents]] = values
        return rows

    def _lists(self, name: str, dtype: np.dtype[Any]) -> tuple[np.ndarray, np.ndarray]:
        """A packed list column as (document, value) pairs, by document."""
        values, counts = self._packed(name, dtype)
        return np.repeat(np.arange(self.size), counts), values

    def _packed(self, name: str, dtype: np.dtype[Any]) -> tuple[np.ndarray, np.ndarray]:
        read = [segment.packed(name, dtype) for segment in self.segments.values()]
        values, counts = zip(*read, strict=True)
        return np.concatenate(values), np.concatenate(counts)
