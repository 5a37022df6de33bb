"""A real site in processes of its own, and somebody who asks it for pages all the while."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

from connectdo.config import ROOT
from connectdo.serving import shape

FULL = os.environ.get("CONNECTDO_TRUST") == "full"
SECONDS_TO_WAIT = 60.0
CONNECTDO = (sys.executable, "-m", "connectdo.cli")


def say(words: str) -> None:
    """Past pytest's capture, so that whoever runs the full form sees how far it is."""
    if FULL:
        print(words, file=sys.__stderr__, flush=True)


def wait_until(is_so: Callable[[], object], seconds: float = SECONDS_TO_WAIT) -> float:
    """Seconds waited. Raises TimeoutError."""
    start = time.monotonic()
    while not is_so():
        if time.monotonic() - start > seconds:
            raise TimeoutError(f"Not so after {seconds} seconds.")
        time.sleep(0.02)
    return time.monotonic() - start


class Site:
    """gunicorn with two workers and the carrier, as `connectdo serve` runs them."""

    def __init__(self, *module: str) -> None:
        """`module` is Python's to run, and serves at the port put after it."""
        serve = module or ("-m", "connectdo.cli", "serve", "--port")
        port = free_port()
        self._begin(port, *serve, str(port))

    def _begin(self, port: int, *command: str) -> None:
        self.port = port
        self._command = [sys.executable, *command]
        self.blackouts = 0
        self.start()

    def start(self) -> None:
        # Quiet: gunicorn and the carrier would tell at length what is done to them here.
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(self._command, cwd=ROOT, stdout=quiet, stderr=quiet)

    @property
    def pid(self) -> int:
        """The process id of the one above all others."""
        return self._process.pid

    def __enter__(self) -> "Site":
        try:
            wait_until(self.is_serving)
        except TimeoutError:
            self.kill_all()
            raise
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self._process.terminate()
        try:
            self._process.wait(SECONDS_TO_WAIT)
        finally:
            self.kill_all()

    def is_open(self) -> bool:
        return answers(self.port)

    def is_serving(self) -> bool:
        """Whether it answers: its door is open before what it answers with has been read."""
        try:
            self.get("/health")
        except (OSError, http.client.HTTPException):
            return False
        return True

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page. Raises what `ask` does."""
        return self.ask("GET", path)

    def ask(
        self, method: str, path: str, body: str = "", headers: Mapping[str, str] | None = None
    ) -> tuple[int, str]:
        """Status and text. Raises OSError or HTTPException where no whole answer came."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS_TO_WAIT)
        try:
            connection.request(method, path, body or None, headers or {})
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    def workers(self) -> list[int]:
        """The process ids of gunicorn's workers."""
        return [child for master in self.gunicorn() for child in children(master)]

    def gunicorn(self) -> list[int]:
        """The process id of the one above the workers, in a list; none while there is none."""
        return self._children("gunicorn")

    def carrier(self) -> list[int]:
        """The process id of the carrier, in a list; none while there is none."""
        return self._children("keep")

    def kill_all(self) -> None:
        """Everything at once, as when the power goes."""
        self.blackouts += 1
        everything = [self._process.pid, *_below(self._process.pid)]
        for each in everything:
            kill(each)
        self._process.wait()
        # A worker that was forked in that moment ends when it sees that nobody is above it.
        wait_until(lambda: not self.is_open())

    def _children(self, word: str) -> list[int]:
        return [each for each in children(self._process.pid) if word in _command(each)]


class GunicornAlone(Site):
    """Two workers and nothing beside them, which is there sooner."""

    def __init__(self) -> None:
        port = free_port()
        self._begin(port, "-m", "gunicorn", *shape(f"127.0.0.1:{port}", 2))


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as attempt:
        return attempt.connect_ex(("127.0.0.1", port)) == 0


def kill(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


class Visits:
    """How the pages answered that were asked for while something else was going on."""

    def __init__(self) -> None:
        self.statuses: Counter[str] = Counter()
        self.slowest = 0.0

    def note(self, ask: Callable[[], tuple[int, str]], shows: str) -> None:
        start = time.monotonic()
        try:
            status, text = ask()
            told = str(status) if shows in text else f"{status} {_title(text)}"
        except (OSError, http.client.HTTPException):
            told = "no answer"
        self.slowest = max(self.slowest, time.monotonic() - start)
        self.statuses[told] += 1


@contextmanager
def visits(site: Site, paths: Callable[[], str], shows: str) -> Iterator[Visits]:
    """Asks for pages that should show something, one after another, for as long as it is open."""
    told, enough = Visits(), threading.Event()

    def visit() -> None:
        while not enough.is_set():
            told.note(lambda: site.get(paths()), shows)
            time.sleep(0.01)

    visitor = threading.Thread(target=visit)
    visitor.start()
    try:
        yield told
    finally:
        enough.set()
        visitor.join()


def _title(page: str) -> str:
    return page.partition("<title>")[2].partition(" - ")[0]


def children(process: int) -> list[int]:
    try:
        return [
            int(n) for n in Path(f"/proc/{process}/task/{process}/children").read_text().split()
        ]
    except OSError:
        return []


def _below(process: int) -> list[int]:
    return [each for child in children(process) for each in (child, *_below(child))]


def _command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text()
    except OSError:
        return ""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
