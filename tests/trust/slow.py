"""The site with one page more, which takes its time. `python -m tests.trust.slow PORT` serves it as
`connectdo serve` does."""

import os
import sys
import time
from functools import partial

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from flask import Flask

from connectdo import create_app, logs, serving
from connectdo.access import public
from connectdo.ready import make_ready, warm

SECONDS = 3.0


def site() -> Flask:
    logs.as_lines("web")
    app = create_app()
    app.add_url_rule("/slow", view_func=public(slow))
    return warm(make_ready(app))


def slow() -> str:
    time.sleep(SECONDS)
    return "At last."


if __name__ == "__main__":
    serving.shape = partial(serving.shape, app="tests.trust.slow:site()")
    raise SystemExit(serving.serve("127.0.0.1", int(sys.argv[1]), 2))
