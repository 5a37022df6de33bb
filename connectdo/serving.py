"""Serving in earnest: gunicorn for the pages, and beside it the carrier that keeps the index, the
worker that sends mails, and what reads listings for their meaning.

All are processes of their own, watched from here: those beside gunicorn are started again if they
die, and when either gunicorn or the operator ends, so does everything. Visitors knock at a socket
that is held here, so that on SIGHUP another gunicorn, of a newer version of the program perhaps,
takes over from the one before without a request being lost.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence

from connectdo import meaning
from connectdo.config import reads_meaning

APP = "wsgi:app"
READER = ("connectdo.cli", "meaning", "keep")
BESIDE = (("connectdo.cli", "index", "keep"), ("connectdo.cli", "work"))
# In gunicorn's environment: the process that served before, which it takes over from.
BEFORE = "CONNECTDO_SERVED_BEFORE"
WAITING_AT_THE_DOOR = 2048
SECONDS_BETWEEN_LOOKS = 0.5

Process = subprocess.Popen[bytes]
Module = tuple[str, ...]


def serve(host: str, port: int, workers: int, others: Sequence[Module] = ()) -> int:
    """Serves until told to stop, with others beside gunicorn; returns gunicorn's exit code."""
    told: list[int] = []
    for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(each, lambda number, _frame: told.append(number))
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family, backlog=WAITING_AT_THE_DOOR) as door:
        last = _gunicorn(door, workers)
        answering = [last]
        modules = [*BESIDE, *([READER] if _reads() else []), *others]
        beside = [_start(*each) for each in modules]
        while answering:
            if set(told) - {signal.SIGHUP}:
                door.close()
                _end(*answering)
            elif told and len(answering) == 1:
                told.clear()
                answering.append(_gunicorn(door, workers, after=answering[0]))
                for process in beside:
                    process.terminate()
            for number, process in enumerate(beside):
                if process.poll() is not None and not told:
                    beside[number] = _start(*modules[number])
            time.sleep(SECONDS_BETWEEN_LOOKS)
            last = answering[-1]
            answering = [each for each in answering if each.poll() is None]
    _end(*beside)
    return last.returncode


def _reads() -> bool:
    return meaning.state(wanted=reads_meaning()) == meaning.ON


def shape(bind: str, workers: int, app: str = APP) -> list[str]:
    """What gunicorn is told, beside its settings."""
    settings = ["--config", "python:connectdo.gunicorn_settings"]
    return [*settings, "--workers", str(workers), "--bind", bind, app]


def _gunicorn(door: socket.socket, workers: int, after: Process | None = None) -> Process:
    """One that ends the one before it as soon as it can answer itself; if it cannot, that stays."""
    before = {BEFORE: str(after.pid)} if after else {}
    return _start("gunicorn", *shape(f"fd://{door.fileno()}", workers), door=door, **before)


def _start(*module: str, door: socket.socket | None = None, **environment: str) -> Process:
    """Python running a module, out of reach of the terminal's Ctrl+C: we end it ourselves."""
    return subprocess.Popen(  # noqa: S603  # nosec B603
        [sys.executable, "-m", *module],
        start_new_session=True,
        pass_fds=(door.fileno(),) if door else (),
        env={**os.environ, **environment},
    )


def _end(*processes: Process) -> None:
    """Each finishes what it has begun."""
    for each in processes:
        each.terminate()
    for each in processes:
        each.wait()
