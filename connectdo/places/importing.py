"""Putting a file of postcodes into the gazetteer.

The rows go into a fresh copy, which takes the old file's place only when all of them
have been read. A broken file changes nothing, and nobody ever reads a table half full.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from connectdo.places.gazetteer.building import (
    ensure_built,
    format_of,
    locked,
    replacement,
    writing,
)
from connectdo.places.postcode_files import (
    BadRow,
    NotPostcodes,
    NumberedRow,
    PostcodeRow,
)

TWICE = "the postcode is in the file more than once"
LINES_TOLD = 5

INCOMING = """
CREATE TEMP TABLE incoming (
    postcode TEXT PRIMARY KEY, latitude REAL, longitude REAL, live INTEGER, area TEXT
) WITHOUT ROWID
"""
ADD = "INSERT OR IGNORE INTO incoming VALUES (?, ?, ?, ?, ?)"
# A file that does not know an area leaves the area we have.
COUNT = """
SELECT
    count(*) FILTER (WHERE known.postcode IS NULL),
    count(*) FILTER (
        WHERE (new.latitude, new.longitude, new.live, coalesce(new.area, known.area))
        IS NOT (known.latitude, known.longitude, known.live, known.area)
    )
FROM incoming AS new LEFT JOIN postcode AS known USING (postcode)
"""
MERGE = """
INSERT INTO postcode (postcode, latitude, longitude, live, area, imported)
SELECT postcode, latitude, longitude, live, area, 1 FROM incoming WHERE true
ON CONFLICT (postcode) DO UPDATE SET
    latitude = excluded.latitude, longitude = excluded.longitude, live = excluded.live,
    area = coalesce(excluded.area, area), imported = 1
"""


@dataclass
class Rejected:
    """How many rows were rejected for one reason, and the lines of the first few."""

    rows: int = 0
    lines: list[int] = field(default_factory=list)


@dataclass
class ImportReport:
    """What became of each row: `read` is the sum of the five counts below it.

    `without_position` are rows that the ONS lists without a position; they are no error.
    """

    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    without_position: int = 0
    rejected: int = 0
    reasons: dict[str, Rejected] = field(default_factory=dict)

    def reject(self, line: int, reason: str) -> None:
        self.rejected += 1
        rejected = self.reasons.setdefault(reason, Rejected())
        rejected.rows += 1
        if len(rejected.lines) < LINES_TOLD:
            rejected.lines.append(line)


def import_postcodes(path: Path, rows: Iterable[NumberedRow]) -> ImportReport:
    """Add the rows to the gazetteer at `path`, which is built first if need be.

    Raises NotPostcodes, and changes nothing, when there is no row to keep.
    """
    ensure_built(path)
    with locked(path), replacement(path) as fresh:
        shutil.copyfile(path, fresh)
        with writing(fresh) as connection:
            connection.execute(INCOMING)
            report = _take_in(connection, rows)
            added, changed = connection.execute(COUNT).fetchone()
            report.added, report.updated = added, changed - added
            report.unchanged = report.read - report.rejected - report.without_position - changed
            connection.execute(MERGE)
            connection.commit()
            connection.execute("VACUUM")
    return report


def count_imported(path: Path) -> int:
    """How many postcodes the gazetteer at `path` has from files; 0 where there is none."""
    if not format_of(path):
        return 0
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
        return int(file.execute("SELECT count(*) FROM postcode WHERE imported").fetchone()[0])


def _take_in(connection: sqlite3.Connection, rows: Iterable[NumberedRow]) -> ImportReport:
    report = ImportReport()
    kept = 0
    for line, row in rows:
        report.read += 1
        if row is None:
            report.without_position += 1
        elif isinstance(row, BadRow):
            report.reject(line, row.reason)
        elif connection.execute(ADD, _cells(row)).rowcount:
            kept += 1
        else:
            report.reject(line, TWICE)
    if not kept:
        raise NotPostcodes("No row of the file could be kept.")
    return report


def _cells(row: PostcodeRow) -> tuple[str, float, float, bool, str | None]:
    return (
        row.postcode.replace(" ", ""),
        row.latitude,
        row.longitude,
        row.live,
        row.area,
    )
