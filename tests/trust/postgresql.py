"""A PostgreSQL of the test's own, in a temporary folder, to be crashed as one likes.

It refuses to run as root, so where the tests do it runs as the user `postgres`.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from tests.trust.site import children, free_port, kill, wait_until

USER = "postgres"
PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
BINARIES = next((each for each in PLACES if (each / "initdb").exists()), None)
AS_WHOM = USER if os.geteuid() == 0 else None


class OwnServer:
    """Listens at a port of its own and at nothing else."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.address = f"postgresql://{USER}@127.0.0.1:{self.port}/postgres"
        self._run("initdb", "--username", USER, "--auth", "trust", "--encoding", "UTF8")
        self.start()

    def start(self) -> None:
        """Starts it, at once or when what was killed has let go of its memory."""
        wait_until(self._starts)

    def stop(self, how: str) -> None:
        """`how` is pg_ctl's: "fast", or "immediate", which leaves recovery to the next start."""
        self._run("pg_ctl", "stop", "--mode", how, "--wait")
        self._process.wait()

    def stop_at_once_and_start(self) -> None:
        self.stop("immediate")
        self.start()

    def lose_a_connection_in_the_middle(self) -> None:
        """One of its processes dies; it ends all the others and recovers by itself."""
        with suppress(psycopg.OperationalError), psycopg.connect(self.address) as connection:
            kill(connection.info.backend_pid)
        wait_until(self.answers)

    def lose_its_head_and_start(self) -> None:
        """The process above all others dies; they end when they see it."""
        above = self._process.pid
        below = children(above)
        kill(above)
        self._process.wait()
        wait_until(lambda: not any(Path(f"/proc/{each}").exists() for each in below))
        self.start()

    def answers(self) -> bool:
        try:
            psycopg.connect(self.address, connect_timeout=3).close()
        except psycopg.OperationalError:
            return False
        return True

    def _starts(self) -> bool:
        at = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={self.folder}"]
        assert BINARIES
        self._process = subprocess.Popen(
            [BINARIES / "postgres", "-D", self.folder, "-p", str(self.port), *at],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=AS_WHOM,
            group=AS_WHOM,
        )
        wait_until(lambda: self.answers() or self._process.poll() is not None)
        return self._process.poll() is None

    def _run(self, program: str, *told: str) -> None:
        assert BINARIES
        subprocess.run(
            [BINARIES / program, "-D", self.folder, *told],
            cwd=self.folder,
            check=True,
            capture_output=True,
            user=AS_WHOM,
            group=AS_WHOM,
        )


@contextmanager
def own_server() -> Iterator[OwnServer]:
    """One for as long as it is open."""
    folder = Path(tempfile.mkdtemp(prefix="connectdo-postgresql-"))
    try:
        if AS_WHOM:
            shutil.chown(folder, AS_WHOM, AS_WHOM)
        server = OwnServer(folder)
        try:
            yield server
        finally:
            server.stop("fast")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
