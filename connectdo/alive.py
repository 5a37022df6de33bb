"""Which processes of the site run. Each holds a lock for as long as it lives, however it ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import current_app

CARRIER, WORKER = "carrier", "worker"


@contextmanager
def living(name: str) -> Iterator[None]:
    """This process is one of that name."""
    with _lock(name).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield


def lives(name: str) -> bool:
    """Whether there is one."""
    try:
        with _lock(name).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _lock(name: str) -> Path:
    return Path(current_app.instance_path, f"{name}.alive")
