"""Serving in earnest: gunicorn for the pages, and beside it the carrier that keeps the index.

Both are processes of their own, watched from here: the carrier is started again if it dies,
and when either gunicorn or the operator ends, so does everything.
"""

import signal
import subprocess
import sys
import time
from types import FrameType

from connectdo.config import ROOT

APP = "wsgi:app"
CARRIER = ("connectdo.cli", "index", "keep")
SECONDS_BETWEEN_LOOKS = 0.5


def serve(host: str, port: int, workers: int) -> int:
    """Serves until told to stop; returns gunicorn's exit code."""
    gunicorn = _start("gunicorn", *_shape(host, port, workers))
    carrier = _start(*CARRIER)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        gunicorn.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while gunicorn.poll() is None:
        if carrier.poll() is not None:
            carrier = _start(*CARRIER)
        time.sleep(SECONDS_BETWEEN_LOOKS)
    carrier.terminate()
    carrier.wait()
    return gunicorn.returncode


def _shape(host: str, port: int, workers: int) -> list[str]:
    process = ["--chdir", str(ROOT), "--preload", "--log-level", "warning"]
    return [*process, "--workers", str(workers), "--threads", "2", "--bind", f"{host}:{port}", APP]


def _start(*module: str) -> subprocess.Popen[bytes]:
    """Python running a module, out of reach of the terminal's Ctrl+C: we end it ourselves."""
    return subprocess.Popen([sys.executable, "-m", *module], start_new_session=True)  # noqa: S603
