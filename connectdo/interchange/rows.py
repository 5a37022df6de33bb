"""Rows of a file, one at a time, whatever is wrong with some of them."""

import csv
import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from connectdo.interchange.cells import from_cell
from connectdo.interchange.files import LONGEST_LINE, Unreadable, is_json, lines, opened

NOT_UTF_8 = re.compile("[\udc80-\udcff]")
TOO_LONG = f"The row is over {LONGEST_LINE:,} characters long."
BAD_LETTERS = "The line has letters that are not UTF-8. Save the file as UTF-8."
NOT_AN_OBJECT = 'The line is not a JSON object. Write one on each line: {"name": "..."}.'
BAD_QUOTES = (
    "A quote in the row is not closed, or more text follows a closing quote. "
    "Write a quote inside a text as two."
)


@dataclass(frozen=True)
class Row:
    """A row with the line it begins on. `fault` says why it could not be read; then its only
    value is how it was sent."""

    line: int
    values: dict[str, Any]
    fault: str = ""


def rows(path: Path) -> Iterator[Row]:
    """The rows of a CSV or JSON Lines file, plain or gzipped. Raises Unreadable for a file
    that holds none: missing, empty, without columns that we know, broken half-way."""
    with opened(path) as file:
        if not file.read(1):
            raise Unreadable(f"{path} is empty.")
    with opened(path) as file:
        yield from _json_rows(file) if is_json(path) else _csv_rows(file, path)


def _json_rows(file: TextIO) -> Iterator[Row]:
    for number, line in enumerate(lines(file), 1):
        if line.strip():
            yield _json_row(number, line)


def _json_row(number: int, line: str) -> Row:
    if len(line) >= LONGEST_LINE:
        return _unread(number, line, TOO_LONG)
    if NOT_UTF_8.search(line):
        return _unread(number, line, BAD_LETTERS)
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        return _unread(number, line, NOT_AN_OBJECT)
    if not isinstance(values, dict):
        return _unread(number, line, NOT_AN_OBJECT)
    return Row(number, values)


def _csv_rows(file: TextIO, path: Path) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_LINE)
    records = _records(file)
    header: list[str] = []
    for _, cells, fault in records:
        header = [cell.strip().lower().replace(" ", "_") for cell in cells]
        if fault or any(header):
            break
    if "name" not in header:
        raise Unreadable(
            f'{path}: the first line must name the columns, "name" and "kind" among them.'
        )
    for line, cells, fault in records:
        if fault:
            yield _unread(line, cells[0], fault)
        elif any(cell.strip() for cell in cells):
            yield _csv_row(line, cells, header)


def _csv_row(line: int, cells: list[str], header: list[str]) -> Row:
    if any(cell.strip() for cell in cells[len(header) :]):
        fault = f"The row has {len(cells)} values for {len(header)} columns."
        return _unread(line, ",".join(cells), f"{fault} Put quotes around text with commas.")
    return Row(line, {n: from_cell(cell) for n, cell in zip(header, cells, strict=False)})


def _unread(line: int, text: str, fault: str) -> Row:
    return Row(line, {"as_sent": text.strip()}, fault)


def _records(file: TextIO) -> Iterator[tuple[int, list[str], str]]:
    """The records of a CSV file: line, cells, and the fault of one that cannot be read.

    A quote left open makes a record of all the lines after it. So of a record with a fault
    only the first line is given up, and reading goes on with the next.
    """
    source = _Again(lines(file))
    reader = csv.reader(source, strict=True, skipinitialspace=True)
    while True:
        source.begin()
        try:
            yield source.number, next(reader), ""
        except StopIteration:
            return
        except csv.Error:
            fault = TOO_LONG if len(source.taken[0]) >= LONGEST_LINE else BAD_QUOTES
            yield source.number, [source.taken[0]], fault
            source.give_back()
            reader = csv.reader(source, strict=True, skipinitialspace=True)


class _Again(Iterator[str]):
    """Lines that can be gone back to. `number` is the line that the present record begins on,
    `taken` its lines so far."""

    def __init__(self, source: Iterator[str]) -> None:
        self.source = source
        self.waiting: deque[str] = deque()
        self.number = 1
        self.taken: list[str] = []
        self.size = 0

    def __next__(self) -> str:
        line = self.waiting.popleft() if self.waiting else next(self.source)
        self.taken.append(line)
        self.size += len(line)
        if self.size >= LONGEST_LINE:
            raise csv.Error
        return line

    def begin(self) -> None:
        """The next line begins a record."""
        self.number += len(self.taken)
        self.taken, self.size = [], 0

    def give_back(self) -> None:
        """All lines of the record but the first will be read again."""
        self.waiting.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]
