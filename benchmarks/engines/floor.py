"""The floor: plain numpy arrays, doing the same work as ours, with nothing in the way.

It knows no segments, deletions, spellings or sayings, it is handed the meaning of each question,
and its index cannot change. So it shows what there is left to gain.
"""

from typing import NamedTuple

import numpy as np

from benchmarks.answers import Answer
from benchmarks.corpus import NO_DATE, Corpus
from benchmarks.engines import counting, formula
from benchmarks.engines.columns import Columns
from benchmarks.engines.inverted import Holders, Inverted
from benchmarks.queries import Asked, Part
from benchmarks.tree import vocabulary
from connectdo.listings.vocabulary import CHILD, SAME
from connectdo.progress import Progress
from connectdo.search.columns import ACCESS_BIT

ONLY_MENTIONED = 0.5


class Why(NamedTuple):
    """The reasons for one result, as values."""

    matches: tuple[str, ...]
    mentions: tuple[str, ...]
    miles: float | None
    soonest: int | None
    free: bool
    access: tuple[str, ...]
    unstated: tuple[str, ...]
    delivery: int
    names_areas: bool
    residents_only: bool
    confirmed: int


class Engine:
    def __init__(self, corpus: Corpus, progress: Progress) -> None:
        self.corpus = corpus
        self.words = Inverted(corpus, progress)
        self.columns = Columns(corpus)
        self.carrying = [corpus.interests.of(n) for n in range(len(vocabulary()))]
        self.told = (
            corpus.soonest,
            self.columns.free,
            self.columns.has,
            corpus.facts["delivery"].copy(),
            self.columns.names_areas,
            self.columns.residents,
            corpus.facts["confirmed"].copy(),
        )

    def find(self, asked: Asked) -> tuple[counting.Found, list[Why]]:
        question = Question(self, asked)
        found = self.columns.find(asked, question.documents(), question.relevance)
        return found, self._whys(question, found)

    def answer(self, found: tuple[counting.Found, list[Why]], asked: Asked) -> Answer:
        return counting.answer(found[0], asked)

    def close(self) -> None:
        pass

    def _whys(self, question: "Question", found: counting.Found) -> list[Why]:
        documents, needs = found.documents, question.asked.query.access
        parts = [
            (part.words[0][1], each.strengths_of(documents).tolist())
            for part, each in question.parts
        ]
        told = [column[documents].tolist() for column in self.told]
        whys = []
        for n, (miles, *rest) in enumerate(zip(found.miles.tolist(), *told, strict=True)):
            soonest, free, has, delivery, names_areas, residents, confirmed = rest
            whys.append(
                Why(
                    matches=tuple(word for word, each in parts if each[n] >= ONLY_MENTIONED),
                    mentions=tuple(word for word, each in parts if 0 < each[n] < ONLY_MENTIONED),
                    miles=None if miles != miles else round(miles, 2),
                    soonest=None if soonest == NO_DATE else soonest,
                    free=free,
                    access=tuple(need for need in needs if has & ACCESS_BIT[need]),
                    unstated=tuple(need for need in needs if not has & ACCESS_BIT[need]),
                    delivery=delivery,
                    names_areas=names_areas,
                    residents_only=residents,
                    confirmed=confirmed,
                )
            )
        return whys


class Question:
    """One question's words and interests: who holds each, and how strongly."""

    def __init__(self, engine: Engine, asked: Asked) -> None:
        self.engine, self.asked = engine, asked
        self.parts = [(part, self._holders(part)) for part in asked.parts]
        self.close = [self._close(interests) for interests in asked.interests]

    def documents(self) -> np.ndarray:
        """The documents that hold any part, or carry any of the interests asked for by name."""
        every = [holders for _, holders in self.parts] or self.close
        if len(every) == 1:
            return every[0].documents
        marked = np.zeros(self.engine.corpus.size, dtype=bool)
        for holders in every:
            marked[holders.documents] = True
        return np.flatnonzero(marked)

    def relevance(self, documents: np.ndarray) -> np.ndarray:
        every = [holders for _, holders in self.parts] or self.close
        strengths = [holders.strengths_of(documents) for holders in every]
        if not self.parts:
            return formula.interests(strengths)
        weights = [self._weight(part) for part, _ in self.parts]
        return formula.words(strengths, weights, self._phrase(documents, strengths))

    def _holders(self, part: Part) -> Holders:
        words = [self.engine.words.postings(word) for _, word in part.words]
        if len(words) == 1 and not part.meant:
            return words[0].holders
        strengths = np.zeros(self.engine.corpus.size, dtype=np.float32)
        for each in words:
            strengths[each.holders.documents] += each.holders.strengths / len(words)
        for interest, close in part.meant:
            carrying = self.engine.carrying[interest]
            strengths[carrying] = np.maximum(strengths[carrying], close)
        documents = np.flatnonzero(strengths > 0)
        return Holders(documents, strengths[documents])

    def _weight(self, part: Part) -> float:
        return sum(self.engine.words.postings(word).rarity for _, word in part.words)

    def _close(self, interests: tuple[int, ...]) -> Holders:
        """How near to an interest asked for: the same, or one below it."""
        close = np.zeros(self.engine.corpus.size, dtype=np.float32)
        for interest in interests[1:]:
            close[self.engine.carrying[interest]] = CHILD
        close[self.engine.carrying[interests[0]]] = SAME
        documents = np.flatnonzero(close > 0)
        return Holders(documents, close[documents])

    def _phrase(self, documents: np.ndarray, strengths: list[np.ndarray]) -> np.ndarray:
        """Which documents hold all the words together, as they were typed."""
        words = [word for part in self.asked.parts for word in part.words]
        found = np.zeros(len(documents), dtype=bool)
        if len(words) > 1:
            strong = np.minimum.reduce(strengths) > 0
            found[strong] = self.engine.words.together(words, documents[strong])
        return found
