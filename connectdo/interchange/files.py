"""Opens a file as text, plain or gzipped, and says in words what is wrong with it."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

# Of a line longer than this only the beginning is read, so that no file fills the memory.
LONGEST_LINE = 8 * 1024 * 1024
GZIP = b"\x1f\x8b"


class Unreadable(Exception):
    """A file that cannot be read; the message says why."""


@contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """The file as text. Bytes that are not UTF-8 are kept aside as lone surrogates.

    Gzip is known by how it begins, as files are unpacked on their way without a new name.
    """
    try:
        if path.exists() and not path.is_file():
            raise Unreadable(f"{path} is not a file.")
        with path.open("rb") as raw:
            packed = raw.peek(len(GZIP)).startswith(GZIP)
            plain = gzip.GzipFile(fileobj=raw) if packed else raw
            with io.TextIOWrapper(plain, "utf-8-sig", "surrogateescape", newline="") as text:
                yield text
    except FileNotFoundError as error:
        raise Unreadable(f"There is no file {path}.") from error
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise Unreadable(f"{path} is damaged: the rest of it cannot be unpacked.") from error
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror or error}.") from error


def lines(file: TextIO) -> Iterator[str]:
    """The lines of a file with their ends, each up to the longest we read."""
    while line := file.readline(LONGEST_LINE):
        yield line
        while len(line) == LONGEST_LINE and not line.endswith(("\n", "\r")):
            line = file.readline(LONGEST_LINE)


def is_json(path: Path) -> bool:
    """JSON Lines by its name or, where that does not tell, by how it begins; else CSV."""
    name = path.name.lower().removesuffix(".gz")
    if name.endswith((".jsonl", ".ndjson", ".json", ".csv")):
        return not name.endswith(".csv")
    with opened(path) as file:
        return file.read(1000).lstrip().startswith("{")
