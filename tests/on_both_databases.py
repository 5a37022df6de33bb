"""The whole suite on SQLite, then on PostgreSQL where a server answers: `make test`.

The server is CONNECTDO_TEST_DATABASE_URL, or the usual local one. Where none answers the
second run is skipped with a loud line, or fails if CONNECTDO_TEST_EVERYTHING is set.
"""

import os
import subprocess
import sys

import psycopg

USUAL = "postgresql://postgres@127.0.0.1:5432"


def main() -> int:
    server = os.environ.pop("CONNECTDO_TEST_DATABASE_URL", USUAL)
    print("== On SQLite", flush=True)
    failed = _pytest({})
    if not _answers(server):
        print(f"== SKIPPED: NO POSTGRESQL ANSWERS AT {server}", flush=True)
        return failed or int("CONNECTDO_TEST_EVERYTHING" in os.environ)
    print("== On PostgreSQL", flush=True)
    return failed or _pytest({"CONNECTDO_TEST_DATABASE_URL": server})


def _pytest(more: dict[str, str]) -> int:
    command = [sys.executable, "-m", "pytest", *sys.argv[1:]]
    return subprocess.run(command, env={**os.environ, **more}, check=False).returncode


def _answers(server: str) -> bool:
    try:
        psycopg.connect(f"{server}/postgres", connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


if __name__ == "__main__":
    raise SystemExit(main())
