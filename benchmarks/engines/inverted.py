"""A plain inverted index of numpy arrays: every posting of every word, decoded, in memory."""

from array import array
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from benchmarks.corpus import TEXTS, Corpus
from benchmarks.engines import formula
from connectdo.progress import Progress

POSITION_BITS = 18
# Documents that are fewer than one in so many are looked up one by one.
FEW = 32


class Holders(NamedTuple):
    """Documents, in order, that hold something, and how strongly each does (0 to 1)."""

    documents: np.ndarray
    strengths: np.ndarray

    def strengths_of(self, documents: np.ndarray) -> np.ndarray:
        """How strongly some other documents hold it, 0 where they do not."""
        if documents is self.documents:
            return self.strengths
        if not len(self.documents):
            return np.zeros(len(documents), dtype=np.float32)
        span = 1 + max(int(self.documents[-1]), int(documents.max(initial=0)))
        if FEW * len(documents) > span:
            every = np.zeros(span, dtype=np.float32)
            every[self.documents] = self.strengths
            return every[documents]
        at = np.minimum(np.searchsorted(self.documents, documents), len(self.documents) - 1)
        return np.where(self.documents[at] == documents, self.strengths[at], np.float32(0))


class Postings(NamedTuple):
    """Who holds a word, and how much the word tells."""

    holders: Holders
    rarity: float


class Field:
    """Where each word stands in one field: document and position in one number, in order."""

    def __init__(self) -> None:
        self._words, self._places = array("i"), array("q")
        self._order = self._starts = np.zeros(0, dtype=np.int64)

    def add(self, document: int, words: Iterable[int]) -> None:
        first = document << POSITION_BITS
        before = len(self._words)
        self._words.extend(words)
        self._places.extend(range(first, first + len(self._words) - before))

    def close(self, how_many_words: int) -> None:
        """Puts the places in order of their words."""
        words = np.frombuffer(self._words, dtype=np.int32)
        order = np.argsort(words, kind="stable")
        self._order = np.frombuffer(self._places, dtype=np.int64)[order]
        self._starts = np.searchsorted(words[order], np.arange(how_many_words + 1))
        self._words, self._places = array("i"), array("q")

    def places(self, word: int) -> np.ndarray:
        return self._order[self._starts[word] : self._starts[word + 1]]


class Inverted:
    def __init__(self, corpus: Corpus, progress: Progress) -> None:
        self.size = corpus.size
        self._number: dict[str, int] = {}
        self._fields = {name: Field() for name in TEXTS}
        with progress("Building the floor", corpus.size) as step:
            for document, texts in enumerate(corpus.texts()):
                for field, text in zip(self._fields.values(), texts, strict=True):
                    field.add(document, map(self._numbered, text.split(" ")))
                step(1)
            for field in self._fields.values():
                field.close(len(self._number) + 1)
        self._penalties = {}
        for name in TEXTS:
            length = corpus.facts[f"{name}_length"] / max(corpus.facts[f"{name}_length"].mean(), 1)
            share = formula.LENGTH_PENALTY[name]
            self._penalties[name] = formula.FIELD_WEIGHTS[name] / (1 - share + share * length)
        self._postings: dict[str, Postings] = {}

    def postings(self, word: str) -> Postings:
        """Weighed when first asked for, and kept."""
        if word not in self._postings:
            self._postings[word] = self._weighed(self._known(word))
        return self._postings[word]

    def together(self, words: list[tuple[int, str]], documents: np.ndarray) -> np.ndarray:
        """Which of some documents hold the words as far apart as these places, in one field."""
        among = np.zeros(self.size, dtype=bool)
        among[documents] = True
        found = np.zeros(self.size, dtype=bool)
        first = words[0][0]
        for field in self._fields.values():
            every = [field.places(self._known(word)) for _, word in words]
            shifts = [place - first for place, _ in words]
            rarest = min(range(len(words)), key=lambda n: len(every[n]))
            starts = every[rarest][among[every[rarest] >> POSITION_BITS]] - shifts[rarest]
            for places, shift in zip(every, shifts, strict=True):
                starts = starts[_held(places, starts + shift)]
            found[starts >> POSITION_BITS] = True
        return found[documents]

    def _known(self, word: str) -> int:
        """The number of a word; of one that stands nowhere, the number after the last."""
        return self._number.get(word, len(self._number))

    def _numbered(self, word: str) -> int:
        return self._number.setdefault(word, len(self._number))

    def _weighed(self, word: int) -> Postings:
        weight = np.zeros(self.size)
        for name, field in self._fields.items():
            documents, counts = np.unique(field.places(word) >> POSITION_BITS, return_counts=True)
            weight[documents] += counts * self._penalties[name][documents]
        holders = np.flatnonzero(weight)
        strengths = formula.saturated(weight[holders]).astype(np.float32)
        return Postings(Holders(holders, strengths), formula.rarity(len(holders), self.size))


def _held(sorted_places: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Which of the wanted numbers are among the sorted ones."""
    if not len(sorted_places):
        return np.zeros(len(wanted), dtype=bool)
    at = np.searchsorted(sorted_places, wanted)
    return sorted_places[np.minimum(at, len(sorted_places) - 1)] == wanted
