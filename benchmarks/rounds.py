"""Asking every engine every question: first that they agree, then how long each takes."""

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

import numpy as np

from benchmarks.answers import Answer, Engine
from benchmarks.queries import Asked

# No engine is timed for much longer than this at one size; slow ones are asked less.
MOST_SECONDS = 60.0
FEWEST_QUESTIONS = 20

Say = Callable[[str], None]


class Disagreement(Exception):
    """Two engines counted differently, so their times cannot be compared."""


@dataclass(frozen=True)
class Figures:
    """Milliseconds over the questions: of each, the middle one of its rounds counts."""

    p50_ms: float
    p95_ms: float
    questions: int
    rounds: int


@dataclass
class Runner:
    """An engine, what it is asked in a round, and how many rounds it is asked in."""

    engine: Engine
    questions: Sequence[Asked]
    rounds: int
    seconds: list[list[float]]

    def run(self) -> None:
        """Asks one round of questions."""
        gc.collect()
        for times, asked in zip(self.seconds, self.questions, strict=True):
            start = perf_counter()
            self.engine.find(asked)
            times.append(perf_counter() - start)

    def figures(self) -> Figures:
        middle = np.array([median(times) for times in self.seconds]) * 1000
        p50, p95 = np.percentile(middle, (50, 95))
        return Figures(round(float(p50), 4), round(float(p95), 4), len(middle), self.rounds)


def measured(
    engines: dict[str, Engine], questions: Sequence[Asked], rounds: int, say: Say
) -> dict[str, Figures]:
    """The figures of each engine. The first one's answers are what the others must agree with.

    Raises Disagreement. Whatever an engine keeps from a first question (a page of a file, a
    decoded word) is there when it is timed, as it is on a site that is in use.
    """
    runners, expected = {}, None
    for name, engine in engines.items():
        say(f"Checking {name}")
        start = perf_counter()
        found = [engine.answer(engine.find(asked), asked) for asked in questions]
        seconds = perf_counter() - start
        expected = expected or found
        agree(name, questions, expected, found)
        runners[name] = _runner(name, engine, questions, rounds, seconds, say)
    gc.freeze()
    for number in range(rounds):
        say(f"Round {number + 1} of {rounds}")
        order = list(runners.values())
        for runner in order[number % len(order) :] + order[: number % len(order)]:
            if number < runner.rounds:
                runner.run()
    gc.unfreeze()
    return {name: runner.figures() for name, runner in runners.items()}


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


def _runner(
    name: str, engine: Engine, questions: Sequence[Asked], rounds: int, seconds: float, say: Say
) -> Runner:
    """As many rounds as there is time for; when one is too long, every so many questions."""
    fitting = max(1, min(rounds, int(MOST_SECONDS / seconds)))
    step = int(min(max(1, seconds // MOST_SECONDS), max(1, len(questions) // FEWEST_QUESTIONS)))
    if fitting < rounds:
        asked = f"{len(questions[::step])} of {len(questions)} questions"
        say(f"{name} is slow here: it is timed in {fitting} of {rounds} rounds, with {asked}")
    return Runner(engine, questions[::step], fitting, [[] for _ in questions[::step]])
