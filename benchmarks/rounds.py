"""Asking every engine every question: first that they agree, then how long each takes."""

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Generic, TypeVar

import numpy as np

from benchmarks.answers import Answer, Engine
from benchmarks.queries import Asked

# No engine is timed for longer than this at one size, but for its first round.
MOST_SECONDS = 60.0

Say = Callable[[str], None]
Question = TypeVar("Question")


class Disagreement(Exception):
    """Two engines counted differently, so their times cannot be compared."""


@dataclass(frozen=True)
class Figures:
    """Milliseconds over the questions: of each, the middle one of its rounds counts."""

    p50_ms: float
    p95_ms: float
    questions: int
    rounds: int


class Runner(Generic[Question]):
    """Who answers, and how long each question took in each round it was asked in."""

    def __init__(
        self, name: str, find: Callable[[Question], object], questions: Sequence[Question]
    ) -> None:
        self.name, self.find, self.questions = name, find, questions
        self.seconds: list[list[float]] = []

    @property
    def has_time(self) -> bool:
        """True while another round would not make the whole too long."""
        spent = sum(map(sum, self.seconds))
        return not self.seconds or spent + sum(self.seconds[-1]) <= MOST_SECONDS

    def run(self) -> None:
        """Asks one round of questions."""
        gc.collect()
        times = []
        for asked in self.questions:
            start = perf_counter()
            self.find(asked)
            times.append(perf_counter() - start)
        self.seconds.append(times)

    def figures(self) -> Figures:
        middle = np.median(self.seconds, axis=0) * 1000
        p50, p95 = np.percentile(middle, (50, 95))
        rounds, questions = np.shape(self.seconds)
        return Figures(round(float(p50), 4), round(float(p95), 4), questions, rounds)


def measured(
    engines: dict[str, Engine], questions: Sequence[Asked], rounds: int, say: Say
) -> dict[str, Figures]:
    """The figures of each engine. The first one's answers are what the others must agree with.

    Raises Disagreement. Whatever an engine keeps from a first question (a page of a file, a
    decoded word) is there when it is timed, as it is on a site that is in use.
    """
    runners, expected = [], None
    for name, engine in engines.items():
        say(f"Checking {name}")
        found = [engine.answer(engine.find(asked), asked) for asked in questions]
        expected = expected or found
        agree(name, questions, expected, found)
        same = sum(a.ids == b.ids for a, b in zip(expected, found, strict=True))
        say(f"The totals and facets of {name} agree; {same} first pages are the same as ours")
        runners.append(Runner(name, engine.find, questions))
    gc.freeze()
    for number in range(rounds):
        say(f"Round {number + 1} of {rounds}")
        # Whoever goes first in one round goes last in the next.
        for runner in runners[number % len(runners) :] + runners[: number % len(runners)]:
            if runner.has_time:
                runner.run()
            else:
                say(f"{runner.name} is slow here and sits this round out")
    gc.unfreeze()
    return {runner.name: runner.figures() for runner in runners}


def agree(
    name: str, questions: Sequence[Asked], expected: list[Answer], found: list[Answer]
) -> None:
    """Raises Disagreement where the totals or the facets differ."""
    for asked, ours, theirs in zip(questions, expected, found, strict=True):
        if ours.total != theirs.total:
            raise Disagreement(f"{asked}: ours finds {ours.total}, {name} {theirs.total}.")
        for facet, counts in theirs.facets.items():
            if counts != ours.facets[facet]:
                raise Disagreement(
                    f"{asked}: of {facet} ours counts {ours.facets[facet]}, {name} {counts}."
                )
