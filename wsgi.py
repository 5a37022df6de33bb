"""What gunicorn serves: `gunicorn --preload wsgi:app`."""

import os

# One thread does the arithmetic of a search; more only wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from connectdo import create_app, logs
from connectdo.insight.writing import write_now_and_then
from connectdo.ready import make_ready, warm

logs.as_lines("web")
app = write_now_and_then(warm(make_ready(create_app())))
