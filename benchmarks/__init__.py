"""The search beside other engines, on the same listings and the same questions.

`make bench`, or `python -m benchmarks.search --help`. Nothing here is part of the site.
"""

import os

# Linear algebra on many threads makes the slowest searches slower. Numpy reads this when it is
# first imported, so it is said here, before any module of this package can import it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
