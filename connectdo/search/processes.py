"""Work shared among several processes.

Each is told on its standard input what its share is, does it, and says on its standard output how
many listings more it has done. One that finds nobody there to be told ends.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from selectors import EVENT_READ, DefaultSelector
from tempfile import TemporaryFile
from typing import Any

from connectdo.config import ROOT
from connectdo.progress import Step


def at_once(module: str, shares: Sequence[dict[str, Any]], step: Step) -> None:
    """Runs a module for each share. Raises RuntimeError as soon as one has not ended well."""
    workers: list[_Worker] = []
    try:
        workers += (_Worker(module, json.dumps(share)) for share in shares)
        _watch(workers, step)
    finally:
        for worker in workers:
            worker.end()


class _Worker:
    """A process that does one share."""

    def __init__(self, module: str, share: str) -> None:
        # The share is read whole from a file, so that nobody waits for who starts slowly.
        with TemporaryFile("w+") as told:
            told.write(share)
            told.seek(0)
            command = [sys.executable, "-m", module]
            listening, saying = os.pipe()
            with open(saying, "wb") as out:
                self.process = subprocess.Popen(command, stdin=told, stdout=out, cwd=ROOT)  # noqa: S603  # nosec B603
            self.said = os.fdopen(listening, "rb")

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self.said.close()


def _watch(workers: list[_Worker], step: Step) -> None:
    with DefaultSelector() as selector:
        for worker in workers:
            selector.register(worker.said, EVENT_READ, worker)
        while selector.get_map():
            for key, _ in selector.select():
                worker = key.data
                if done := worker.said.readline():
                    step(int(done))
                    continue
                selector.unregister(worker.said)
                if worker.process.wait():
                    raise RuntimeError("What a process was to write could not be written.")
