"""What gunicorn is told, whatever address and number of workers it is given.

Its limits on lines and headers are as it comes (4 KB for an address, 8 KB for a header). Workers
are not ended after so many requests: nothing here is known to grow, and each new one has to read
the index.
"""

import os
import signal
from contextlib import suppress
from pathlib import Path

from gunicorn.arbiter import Arbiter
from gunicorn.config import Config
from gunicorn.glogging import Logger

from connectdo.config import ROOT
from connectdo.serving import BEFORE

MEMORY = Path("/dev/shm")  # noqa: S108  # nosec B108

chdir = str(ROOT)
# What is read once before workers are forked is shared by them.
preload_app = True
# To look at a client is to write, and writers wait for one another: others are served meanwhile.
threads = 8
# Seconds: a worker that shows no sign of life is ended; pages that were asked for are finished
# before one stops; a browser may ask for the next page on the same connection.
timeout = 60
graceful_timeout = 30
keepalive = 5
# Only a proxy on this machine is believed that a visitor came by https.
forwarded_allow_ips = "127.0.0.1,::1"
# Signs of life are changes of a file, which must not wait for a busy disk.
worker_tmp_dir = str(MEMORY) if MEMORY.is_dir() else None
# Nobody steers it but by signals.
control_socket_disable = True
loglevel = "error"


class Lines(Logger):  # type: ignore[misc]
    """gunicorn's own lines, in the form of ours (`connectdo.logs`)."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True

    def exception(self, _msg: object, *_args: object, **_more: object) -> None:
        """Without its words, which may be an address."""
        self.error_log.error("gunicorn could not go on with a request.", exc_info=True)


logger_class = Lines


def when_ready(_arbiter: Arbiter) -> None:
    """The site is read and workers are about to answer: who served before may finish and go."""
    if before := os.environ.pop(BEFORE, ""):
        with suppress(ProcessLookupError):
            os.kill(int(before), signal.SIGTERM)
