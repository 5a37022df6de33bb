"""What every benchmark does around its measuring: a folder to work in, and saying how it goes."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def folder_of(cache: Path | None) -> Iterator[Path]:
    """The folder that is kept for the next run, or one that is gone afterwards."""
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
        yield cache
        return
    with tempfile.TemporaryDirectory(prefix="connectdo-benchmark-") as folder:
        yield Path(folder)


def say(line: str) -> None:
    """On standard error, so that what a program reads stays clean."""
    print(line, file=sys.stderr, flush=True)
