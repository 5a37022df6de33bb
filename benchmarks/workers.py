"""Workers as the server has them: forked from one process that has warmed up, and answering in a
thread of their own."""

import multiprocessing
import time
from collections.abc import Sequence
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from typing import Any

from flask import Flask

from benchmarks.made_up import NOW
from benchmarks.queries import Asked
from connectdo.search.finding import find, find_in, snapshot
from connectdo.search.query import Query

FORKED = multiprocessing.get_context("fork")
SECONDS_BETWEEN_TRIES = 0.005
KILOBYTES_A_MEGABYTE = 1024
A_MINUTE = timedelta(minutes=1)


class Worker:
    """A process that is told what to do. What is asked of several is done at the same time."""

    def __init__(self, app: Flask, questions: Sequence[Asked]) -> None:
        self._line, theirs = FORKED.Pipe()
        self._process = FORKED.Process(target=_start, args=(app, questions, theirs), daemon=True)
        self._process.start()

    def tell(self, what: str, *about: object) -> None:
        self._line.send((what, about))

    def answer(self) -> Any:
        return self._line.recv()

    def ask(self, what: str, *about: object) -> Any:
        self.tell(what, *about)
        return self.answer()

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._line.close()


class _Work:
    def __init__(self, questions: Sequence[Asked]) -> None:
        self.questions = questions
        self.now = NOW

    def ask(self, number: int) -> float:
        """Milliseconds that one question takes, with the reasons for its results."""
        start = time.perf_counter()
        found = find_in(snapshot(), self.questions[number].query, self.now)
        assert found.results is not None
        return (time.perf_counter() - start) * 1000

    def ask_all(self) -> list[float]:
        return [self.ask(number) for number in range(len(self.questions))]

    def let_time_pass(self) -> None:
        """Until what was worked out before the fork is over, and every worker has its own."""
        self.now += A_MINUTE

    def found(self, word: str) -> float:
        """The moment at which a word is found first, on the clock of all processes."""
        while not find(Query(text=word, limit=1)).total:
            time.sleep(SECONDS_BETWEEN_TRIES)
        return time.monotonic()

    def megabytes(self) -> float:
        return private_megabytes()


def private_megabytes() -> float:
    """Memory that is this process's own and nobody else's."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    private = (int(line.split()[1]) for line in lines if line.startswith("Private_"))
    return sum(private) / KILOBYTES_A_MEGABYTE


def _start(*given: Any) -> None:
    thread = Thread(target=_work, args=given)
    thread.start()
    thread.join()


def _work(app: Flask, questions: Sequence[Asked], line: Connection) -> None:
    work = _Work(questions)
    with app.app_context():
        while True:
            try:
                what, about = line.recv()
            except EOFError:
                return
            line.send(getattr(work, what)(*about))
