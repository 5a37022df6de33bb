"""What gunicorn serves: `gunicorn --preload wsgi:app`."""

import os

# One thread does the arithmetic of a search; more only wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from connectdo import create_app
from connectdo.ready import make_ready, warm

app = warm(make_ready(create_app()))
