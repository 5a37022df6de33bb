"""Counting facets over numpy arrays, by columns of few values and of short lists."""

from dataclasses import dataclass

import numpy as np

from benchmarks import answers
from benchmarks.answers import AREAS, EVENT_BIT, INTERESTS, Answer, Groups
from benchmarks.corpus import Corpus, Pairs
from benchmarks.queries import Asked

# The filter that is left out when a column is counted, where it has one of its own.
OWN_FILTER = {"slots": "day"}


@dataclass
class Found:
    """The documents shown, with their scores and miles, and how many there are of each kind."""

    total: int
    documents: np.ndarray
    scores: np.ndarray
    miles: np.ndarray
    farther: np.ndarray
    groups: dict[str, Groups]
    free: int


class Grouped:
    """A column with few different values, ready to be counted."""

    def __init__(self, column: np.ndarray) -> None:
        self.values, codes = np.unique(column, return_inverse=True)
        self._codes = codes.astype(np.int32)

    def among(self, documents: np.ndarray) -> Groups:
        return Groups(self.values, np.bincount(self._codes[documents], minlength=len(self.values)))


class Listed:
    """A column of short lists, padded to the longest, ready to be counted."""

    def __init__(self, pairs: Pairs, size: int, span: int) -> None:
        counts = np.bincount(pairs.documents, minlength=size)
        column = np.arange(len(pairs.documents)) - np.repeat(np.cumsum(counts) - counts, counts)
        self._numbers = np.full((size, max(int(counts.max()), 1)), span, dtype=np.int16)
        self._numbers[pairs.documents, column] = pairs.numbers
        self._span = span

    def among(self, documents: np.ndarray) -> Groups:
        counts = np.bincount(
            self._numbers.take(documents, axis=0).ravel(), minlength=self._span + 1
        )
        return Groups(np.arange(self._span), counts[: self._span])


class Counter:
    """The facets of a corpus, ready to be counted over any of its documents."""

    def __init__(self, corpus: Corpus) -> None:
        facts = corpus.facts
        ways = facts["delivery"] | np.where(facts["is_event"], EVENT_BIT, 0)
        self._columns: dict[str, Grouped | Listed] = {
            "slots": Grouped(corpus.slots),
            "has": Grouped(facts["access_yes"]),
            "stated": Grouped(facts["access_yes"] | facts["access_no"]),
            "ways": Grouped(ways),
            "interest": Listed(corpus.with_above(), corpus.size, len(INTERESTS)),
            "area": Listed(corpus.with_homes(), corpus.size, len(AREAS)),
        }

    def groups(self, matched: np.ndarray, without: dict[str, np.ndarray]) -> dict[str, Groups]:
        """Every column over what matched, or over what matches without the column's filter."""
        return {
            name: column.among(without.get(OWN_FILTER.get(name, ""), matched))
            for name, column in self._columns.items()
        }


def answer(found: Found, asked: Asked) -> Answer:
    """What was found, in words that can be compared."""
    groups = found.groups
    facets = {
        "interest": groups["interest"].by_name(INTERESTS),
        "area": groups["area"].by_name(AREAS),
        "day": answers.day_counts(groups["slots"]),
        "time": answers.time_counts(groups["slots"], asked),
        "access": answers.access_counts(groups["has"]),
        "not stated": answers.unstated_counts(groups["stated"], found.total),
        "delivery": answers.delivery_counts(groups["ways"]),
        "kind": answers.kind_counts(groups["ways"], found.total),
        "free": answers.free_counts(found.free),
    }
    return Answer(found.total, (found.documents + 1).tolist(), facets)
