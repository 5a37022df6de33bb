"""Asking for pages: one visitor alone, for how long a page takes, then a few for how many go."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter

import numpy as np

from benchmarks.pages.client import Visitor

A_PAGE = 20
CARD = b'class="cd-result"'
VISITORS = 2
Say = Callable[[str], None]


@dataclass
class Figures:
    """Of each round: the middle time of a page, that of the slowest twentieth, pages a second."""

    questions: int
    p50_ms: list[float] = field(default_factory=list)
    p95_ms: list[float] = field(default_factory=list)
    per_second: list[float] = field(default_factory=list)

    def as_values(self) -> dict[str, float]:
        """The middle one of all rounds of each."""
        return {
            "p50_ms": round(median(self.p50_ms), 3),
            "p95_ms": round(median(self.p95_ms), 3),
            "per_second": round(median(self.per_second), 1),
        }


def median_ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Round by round, and of those the middle one."""
    return round(median(a / b for a, b in zip(ours, theirs, strict=True)), 4)


def full_pages(port: int, addresses: Sequence[str]) -> list[int]:
    """Which of the addresses show a full page of results. Each has then been asked once."""
    with Visitor(port) as visitor:
        bodies = [visitor.get(address).text() for address in addresses]
    return [n for n, body in enumerate(bodies) if body.count(CARD) == A_PAGE]


def measured(
    port: int, addresses: Sequence[str], full: Sequence[int], rounds: int, say: Say
) -> dict[str, Figures]:
    """The figures of the page of results, of the same from constants and of the bare page."""
    asked = {
        "results": [addresses[n] for n in full],
        "constant": [f"/constant/{n}" for n in full],
        "bare": ["/bare/"] * len(full),
    }
    figures = {name: Figures(len(full)) for name in asked}
    for number in range(rounds + 1):
        say(f"Round {number} of {rounds}" if number else "A round that is not counted")
        # Whoever goes first in one round goes last in the next.
        names = list(asked)[number % len(asked) :] + list(asked)[: number % len(asked)]
        for name in names:
            times, per_second = _alone(port, asked[name]), _together(port, asked[name])
            if number:
                p50, p95 = np.percentile(times, (50, 95))
                figures[name].p50_ms.append(float(p50))
                figures[name].p95_ms.append(float(p95))
                figures[name].per_second.append(per_second)
    return figures


def _alone(port: int, addresses: Sequence[str]) -> list[float]:
    """Milliseconds of each page."""
    with Visitor(port) as visitor:
        visitor.get(addresses[0])
        return [_timed(visitor, address) * 1000 for address in addresses]


def _timed(visitor: Visitor, address: str) -> float:
    start = perf_counter()
    answer = visitor.get(address)
    seconds = perf_counter() - start
    if answer.status != 200:
        raise OSError(f"{address} answers {answer.status}.")
    return seconds


def _together(port: int, addresses: Sequence[str]) -> float:
    """Pages a second, for visitors who each ask for every page as soon as they have the last."""
    with ExitStack() as stack:
        visitors = [stack.enter_context(Visitor(port)) for _ in range(VISITORS)]
        for visitor in visitors:
            visitor.get(addresses[0])
        pool = stack.enter_context(ThreadPoolExecutor(VISITORS))
        start = perf_counter()
        list(pool.map(lambda visitor: [visitor.get(each) for each in addresses], visitors))
        return VISITORS * len(addresses) / (perf_counter() - start)
