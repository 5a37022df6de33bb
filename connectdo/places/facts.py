"""Reading the facts that travel in the package, in the folder gazetteer/."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from importlib.resources import files


def fact_rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV file by column name, whether or not the file is gzipped."""
    content = fact_bytes(name)
    text = gzip.decompress(content) if name.endswith(".gz") else content
    yield from csv.DictReader(io.StringIO(text.decode("utf-8"), newline=""))


def fact_bytes(name: str) -> bytes:
    """A file as it is."""
    return files("connectdo.places").joinpath("gazetteer", name).read_bytes()
