"""One backup or restore at a time, over all processes; freed when a process dies."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import current_app


class Busy(Exception):
    """Another is under way."""


@contextmanager
def alone() -> Iterator[None]:
    """Raises Busy."""
    with Path(current_app.instance_path, "backup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy(
                "Another backup or restore is under way. Wait until it has ended."
            ) from error
        yield
