"""The whole suite on SQLite and, where a server answers, on PostgreSQL beside it: `make test`.

What asks no database runs once, with SQLite's. The server is CONNECTDO_TEST_DATABASE_URL, or the
usual local one. Where none answers the second run is skipped with a loud line, or fails if
CONNECTDO_TEST_EVERYTHING is set.

What PostgreSQL's run says is shown when SQLite's has ended. What tests write need not outlive the
power, so it is kept in memory where there is room for it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

import psycopg

USUAL = "postgresql://postgres@127.0.0.1:5432"
MEMORY = Path("/dev/shm")  # noqa: S108
ROOM = 4 * 1024**3


def main() -> int:
    server = os.environ.pop("CONNECTDO_TEST_DATABASE_URL", USUAL)
    print("== On SQLite", flush=True)
    if not _answers(server):
        failed = _pytest({}).wait()
        print(f"== SKIPPED: NO POSTGRESQL ANSWERS AT {server}", flush=True)
        return failed or int("CONNECTDO_TEST_EVERYTHING" in os.environ)
    with tempfile.TemporaryFile("w+") as said:
        other = _pytest({"CONNECTDO_TEST_DATABASE_URL": server}, said)
        failed = _pytest({}).wait()
        failed = other.wait() or failed
        print("== On PostgreSQL", flush=True)
        said.seek(0)
        shutil.copyfileobj(said, sys.stdout)
    return failed


def _pytest(more: dict[str, str], said: IO[str] | None = None) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pytest", *sys.argv[1:]]
    in_memory = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    where = {"TMPDIR": str(MEMORY)} if in_memory and "TMPDIR" not in os.environ else {}
    return subprocess.Popen(
        command, env={**os.environ, **where, **more}, stdout=said, stderr=said and subprocess.STDOUT
    )


def _answers(server: str) -> bool:
    try:
        psycopg.connect(f"{server}/postgres", connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


if __name__ == "__main__":
    raise SystemExit(main())
