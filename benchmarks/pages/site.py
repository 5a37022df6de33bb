"""The site as it is served in earnest, for as long as it is measured."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.pages.questions import ADDRESSES
from connectdo.serving import shape

APP = "benchmarks.pages.served:app"
# The visitors have the other core. More workers would be measured waiting for them.
WORKERS = 1
SECONDS_TO_START = 120.0


@contextmanager
def serving(instance: Path, addresses: Sequence[str]) -> Iterator[int]:
    """The port of a gunicorn with what `served` has, told the addresses."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as told:
        json.dump(list(addresses), told)
        told.flush()
        environment = {**os.environ, "CONNECTDO_INSTANCE": str(instance), ADDRESSES: told.name}
        environment.pop("CONNECTDO_DATABASE_URL", None)
        port = free_port()
        command = [sys.executable, "-m", "gunicorn", *shape(f"127.0.0.1:{port}", WORKERS, APP)]
        # It writes a line for each request.
        quiet = subprocess.DEVNULL
        gunicorn = subprocess.Popen(command, env=environment, stderr=quiet)  # noqa: S603
        try:
            wait_for(port, gunicorn)
            yield port
        finally:
            gunicorn.terminate()
            gunicorn.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def wait_for(port: int, gunicorn: subprocess.Popen[bytes]) -> None:
    """Until somebody listens at a port. Raises TimeoutError."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and gunicorn.poll() is None:
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("The site did not start.")
