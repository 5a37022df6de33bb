"""Requests that come when they are due, whether or not the last ones were answered.

Each is measured from the moment that it was due, so one that had to wait for those before it is
not told as quick. They come by chance, so many a second: now close together, now further apart.
"""

import asyncio
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from random import Random

import numpy as np

from benchmarks.load.client import Client
from benchmarks.load.mix import WRITES, Mix, Request


@dataclass
class Times:
    """Of each kind when each request was due, in seconds from the start, and how many it took. Of
    what went wrong, how often; of what was kept, how many."""

    due: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    took: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)

    def percentiles(self, kinds: set[str], since: float = 0.0, until: float = 1e9) -> list[float]:
        """p50, p95, p99 and the longest in milliseconds, of requests due in a stretch of time."""
        some = [
            seconds * 1000
            for kind in kinds
            for due, seconds in zip(self.due[kind], self.took[kind], strict=True)
            if since <= due <= until
        ]
        return [float(each) for each in np.percentile(some or [0.0], (50, 95, 99, 100))]

    @property
    def count(self) -> int:
        return sum(map(len, self.took.values()))


async def asked(port: int, mix: Mix, rate: float, seconds: float) -> Times:
    """Asks so many a second for so long, and waits for the last answers."""
    times, chance, waiting, client = Times(), Random(2), set(), Client(port)
    start, due = time.monotonic(), 0.0
    while (due := due + chance.expovariate(rate)) < seconds:
        await asyncio.sleep(max(0.0, start + due - time.monotonic()))
        task = asyncio.create_task(_ask(client, mix.request(), times, start, due))
        waiting.add(task)
        task.add_done_callback(waiting.discard)
    await asyncio.gather(*waiting)
    return times


async def _ask(client: Client, request: Request, times: Times, start: float, due: float) -> None:
    try:
        answer = await client.ask(request.path, request.browser, request.form)
        wrong = "" if request.is_right(answer) else f"{answer.status}"
    except (OSError, TimeoutError, EOFError) as error:
        wrong = type(error).__name__
    times.due[request.kind].append(due)
    times.took[request.kind].append(time.monotonic() - start - due)
    if wrong:
        times.wrong[f"{request.kind}: {wrong}"] += 1
    elif request.kind in WRITES:
        times.kept[request.kind] += 1
