"""What is served under load: the site as it is, and beside it a page that does nothing.

`python -m benchmarks.load.served PORT WORKERS` serves both as `connectdo serve` does.
"""

import os
import sys
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from werkzeug.middleware.dispatcher import DispatcherMiddleware

from connectdo import serving

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

NOTHING = b"Nothing"


def nothing(_environment: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(NOTHING)))])
    return [NOTHING]


def both() -> DispatcherMiddleware:
    from wsgi import app

    return DispatcherMiddleware(app, {"/nothing": nothing})


if __name__ == "__main__":
    serving.shape = partial(serving.shape, app="benchmarks.load.served:both()")
    raise SystemExit(serving.serve("127.0.0.1", int(sys.argv[1]), int(sys.argv[2])))
