"""python -m benchmarks.freshness: how soon a change is found, and what it costs those who ask.

A site of made-up listings, with its carrier and two workers, as `connectdo serve` has them. Its
index is built from the database; then listings are renamed, a commit each, and every worker is
asked for the new name until it finds it. The same questions are asked before and after.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

import click
import numpy as np

from benchmarks.corpus import corpus_of
from benchmarks.database import own_copy
from benchmarks.made_up import NOW
from benchmarks.queries import asked_of
from benchmarks.running import folder_of
from benchmarks.workers import Worker
from connectdo import create_app
from connectdo.db import db
from connectdo.listings.models import Listing
from connectdo.progress import shown
from connectdo.ready import make_ready, warm
from connectdo.search.finding import snapshot

WORKERS = 2
ROUNDS = 3


@dataclass(frozen=True)
class Outcome:
    """Milliseconds, megabytes and seconds; `after` is after so many edits."""

    listings: int
    edits: int
    seconds_to_build: float
    found_p50_ms: float
    found_p99_ms: float
    before_p50_ms: float
    before_p95_ms: float
    after_p50_ms: float
    after_p95_ms: float
    first_question_ms: float
    same_question_later_ms: float
    worker_mb: float
    worker_after_mb: float

    def as_text(self) -> str:
        p50 = self.after_p50_ms / self.before_p50_ms
        p95 = self.after_p95_ms / self.before_p95_ms
        return "\n".join(
            [
                f"{self.listings:,} listings, {self.edits:,} edits, {WORKERS} workers",
                f"  index built from the database   {self.seconds_to_build:.1f} s",
                f"  from commit to found by each    {self.found_p50_ms:.0f} ms p50, "
                f"{self.found_p99_ms:.0f} ms p99",
                f"  a question before the edits     {self.before_p50_ms:.2f} ms p50, "
                f"{self.before_p95_ms:.2f} ms p95",
                f"  after, times before             {p50:.2f} p50, {p95:.2f} p95",
                f"  a new worker's first question   {self.first_question_ms:.2f} ms, "
                f"later {self.same_question_later_ms:.2f} ms",
                f"  a worker's own memory           {self.worker_mb:.0f} MB, "
                f"after the edits {self.worker_after_mb:.0f} MB",
            ]
        )


@click.command()
@click.option("--listings", default=100_000, show_default=True)
@click.option("--edits", default=1_000, show_default=True, help="Listings renamed one by one.")
@click.option("--waits", default=100, show_default=True, help="Edits that are waited for.")
@click.option("--json", "path", type=click.Path(path_type=Path), help="A file for the figures.")
@click.option("--cache", type=click.Path(path_type=Path), help="A folder to keep listings in.")
def main(listings: int, edits: int, waits: int, path: Path | None, cache: Path | None) -> None:
    """Times a change of a listing until every worker finds it."""
    with folder_of(cache) as folder, own_copy(folder, listings, shown) as instance:
        outcome = _outcome(folder, instance, listings, edits, min(waits, edits))
    click.echo(outcome.as_text())
    if path is not None:
        path.write_text(json.dumps(asdict(outcome), indent=1) + "\n")


def _outcome(folder: Path, instance: Path, listings: int, edits: int, waits: int) -> Outcome:
    questions = asked_of(corpus_of(folder, listings, shown))
    start = time.perf_counter()
    build = _connectdo("index", "rebuild")
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    built = time.perf_counter() - start
    app = warm(make_ready(create_app(instance)))
    with app.app_context():
        # The server warms up for the moment that it is; the questions are asked at another.
        snapshot().calendar(NOW)
    workers = [Worker(app, questions) for _ in range(WORKERS)]
    carrier = subprocess.Popen(_connectdo("index", "keep"))  # noqa: S603
    try:
        first = [worker.ask("ask", 0) for worker in workers]
        for worker in workers:
            worker.ask("let_time_pass")
        before = _asked(workers)
        later = [worker.ask("ask", 0) for worker in workers]
        memory = [worker.ask("megabytes") for worker in workers]
        with app.app_context():
            found = list(_edited(workers, listings, edits, waits))
        after = _asked(workers)
        memory_after = [worker.ask("megabytes") for worker in workers]
    finally:
        carrier.kill()
        carrier.wait()
        for worker in workers:
            worker.end()
    figures = [*np.percentile(found, (50, 99)), *before, *after, max(first), max(later)]
    figures += [max(memory), max(memory_after)]
    return Outcome(listings, edits, round(built, 1), *(round(float(each), 3) for each in figures))


def _asked(workers: list[Worker]) -> tuple[float, float]:
    """Every question by every worker, one worker after another: p50 and p95 in milliseconds, of
    each question the middle one of its rounds."""
    rounds = [[worker.ask("ask_all") for _ in range(ROUNDS)] for worker in workers]
    p50, p95 = np.percentile(np.median(rounds, axis=1), (50, 95))
    return float(p50), float(p95)


def _edited(workers: list[Worker], listings: int, edits: int, waits: int) -> Iterator[float]:
    """Milliseconds from a commit until a worker finds it, for the edits that are waited for:
    spread among the others, and the last one."""
    random = Random(3)
    awaited = {edits - 1, *(edits * n // waits for n in range(waits))}
    with shown(f"Renaming {edits:,} listings", edits) as step:
        for number in range(edits):
            word = f"edit{number}x{random.randrange(10**6)}"
            listing = db.session.get_one(Listing, random.randint(1, listings))
            listing.name = f"{word} {listing.name}"[:200]
            if number in awaited:
                # Not in step with the carrier's looking.
                time.sleep(random.random() / 10)
                for worker in workers:
                    worker.tell("found", word)
            db.session.commit()
            committed = time.monotonic()
            if number in awaited:
                yield from ((worker.answer() - committed) * 1000 for worker in workers)
            step(1)


def _connectdo(*command: str) -> list[str]:
    return [sys.executable, "-m", "connectdo.cli", *command]


if __name__ == "__main__":
    main()
