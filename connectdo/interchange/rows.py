"""Rows of a file, one at a time, whatever is wrong with some of them.

A row comes as (line, fields) or (line, BadRow). `Unreadable` is raised for a file that holds
no rows at all: missing, empty of columns we know, broken half-way.
"""

import csv
import gzip
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from connectdo.interchange.drafts import BadRow

LARGEST_CELL = 16 * 1024 * 1024
Row = tuple[int, dict[str, Any] | BadRow]


class Unreadable(Exception):
    """A file that cannot be read; the message says why."""


def rows(path: Path) -> Iterator[Row]:
    """The rows of a CSV or JSON Lines file, plain or gzipped."""
    with _readable(path), _open(path) as file:
        yield from _json_rows(file) if is_json(path) else _csv_rows(file)


def is_json(path: Path) -> bool:
    """JSON Lines by its name or, where that does not tell, by how it begins; else CSV."""
    name = path.name.lower().removesuffix(".gz")
    if name.endswith((".jsonl", ".ndjson", ".json", ".csv")):
        return not name.endswith(".csv")
    with _readable(path), _open(path) as file:
        return file.read(1000).lstrip().startswith("{")


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """What can go wrong with a file, in words."""
    try:
        yield
    except FileNotFoundError as error:
        raise Unreadable(f"There is no file {path}.") from error
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise Unreadable(f"{path} is damaged: the rest of it cannot be unpacked.") from error
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror or error}.") from error
    except csv.Error as error:
        raise Unreadable(f"{path} is not a CSV file: {error}.") from error


def _open(path: Path) -> TextIO:
    """The file as text. Bytes that are not UTF-8 are kept aside as lone surrogates."""
    opened = gzip.open if path.suffix == ".gz" else open
    return opened(path, "rt", encoding="utf-8-sig", errors="surrogateescape", newline="")


def _json_rows(file: TextIO) -> Iterator[Row]:
    for number, line in enumerate(file, 1):
        if line.strip():
            yield number, _json_row(line)


def _json_row(line: str) -> dict[str, Any] | BadRow:
    if any("\udc80" <= letter <= "\udcff" for letter in line):
        return BadRow("The line has letters that are not UTF-8. Save the file as UTF-8.")
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return BadRow("The line is not a JSON object.")
    if not isinstance(row, dict):
        return BadRow("The line is not a JSON object.")
    return row


def _csv_rows(file: TextIO) -> Iterator[Row]:
    csv.field_size_limit(LARGEST_CELL)
    reader = csv.reader(file, skipinitialspace=True)
    header = [cell.strip().lower().replace(" ", "_") for cell in next(reader, [])]
    if "name" not in header:
        raise Unreadable('The first line must name the columns, "name" and "kind" among them.')
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            said = f"The row has {len(cells)} values for {len(header)} columns."
            yield reader.line_num, BadRow(f"{said} Put quotes around text with commas.")
            continue
        yield (
            reader.line_num,
            {
                name: cell.removeprefix("'") if cell[1:2] in tuple("=+-@") else cell
                for name, cell in zip(header, cells, strict=False)
            },
        )
