"""Reading a file of postcodes: the full list for Great Britain, or the directory of the ONS.

The full list has the columns postcode, latitude, longitude, live (1 or 0) and lad, the
area's name. The ONS Postcode Directory has pcds (or pcd7, pcd8, pcd), lat, long, doterm
(the month a postcode was closed; blank means live) and the area's code, in oslaua or a
column such as lad23cd. Either may be gzipped.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from connectdo.places.boundaries import boundary_areas
from connectdo.places.postcodes import tidy_postcode

POSTCODE = ("postcode", "pcds", "pcd8", "pcd7", "pcd")
LATITUDE = ("latitude", "lat")
LONGITUDE = ("longitude", "long")
AREA_CODE = re.compile(r"oslaua|laua|lad\d\dcd")
GZIP_MARK = b"\x1f\x8b"
# The directory writes this latitude where a postcode has no position.
NO_POSITION = 99.0
UNREADABLE = (OSError, EOFError, zlib.error, csv.Error)

NOT_A_POSTCODE = "not a UK postcode"
NOT_A_POSITION = "latitude or longitude is missing or not a number"
NOT_IN_UK = "position is outside the UK"
TOO_SHORT = "the row has too few columns"
SOUTH, NORTH, WEST, EAST = 49.0, 61.0, -9.0, 2.5
TELL_EVERY = 20_000


class NotPostcodes(Exception):
    """The file cannot be read, or is not a file of postcodes. Says why in a sentence."""


@dataclass(frozen=True)
class PostcodeRow:
    """A row as it is kept. `area` is None where the file's code is not one we know."""

    postcode: str
    latitude: float
    longitude: float
    live: bool
    area: str | None


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be kept, and why."""

    reason: str


NumberedRow = tuple[int, PostcodeRow | BadRow | None]


def postcode_rows(path: Path, advance: Callable[[int], None]) -> Iterator[NumberedRow]:
    """Each row with its line number; None for a row that rightly has no position.

    Tells `advance`, now and then, how many more bytes of the file were read.
    Raises NotPostcodes.
    """
    try:
        with open(path, "rb") as file:
            unpacked = gzip.GzipFile(fileobj=file) if file.peek(2)[:2] == GZIP_MARK else file
            text = io.TextIOWrapper(unpacked, encoding="utf-8-sig", errors="replace", newline="")
            lines = csv.reader(text)
            columns = Columns(next(lines, []))
            told = 0
            for cells in lines:
                if not cells:
                    continue
                yield lines.line_num, columns.read(cells)
                if lines.line_num % TELL_EVERY == 0:
                    advance(file.tell() - told)
                    told = file.tell()
            advance(file.tell() - told)
    except UNREADABLE as error:
        raise NotPostcodes(f"The file cannot be read to its end: {error}.") from error


class Columns:
    """Where in a row each thing stands, found by the names in the first line."""

    def __init__(self, header: list[str]) -> None:
        names = [name.strip().lower() for name in header]
        self._postcode = _first(names, POSTCODE)
        self._latitude = _first(names, LATITUDE)
        self._longitude = _first(names, LONGITUDE)
        self._live = names.index("live") if "live" in names else None
        self._closed = names.index("doterm") if "doterm" in names else None
        self._area = names.index("lad") if "lad" in names else None
        self._area_code = next((i for i, n in enumerate(names) if AREA_CODE.fullmatch(n)), None)
        self._area_names = {area.code: area.name for area in boundary_areas()}

    def read(self, cells: list[str]) -> PostcodeRow | BadRow | None:
        try:
            postcode = tidy_postcode(cells[self._postcode])
            latitude = float(cells[self._latitude])
            longitude = float(cells[self._longitude])
            live, area = self._is_live(cells), self._area_name(cells)
        except ValueError:
            return BadRow(NOT_A_POSITION)
        except IndexError:
            return BadRow(TOO_SHORT)
        if postcode is None:
            return BadRow(NOT_A_POSTCODE)
        if latitude >= NO_POSITION:
            return None
        if not (SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST):
            return BadRow(NOT_IN_UK)
        return PostcodeRow(postcode, latitude, longitude, live, area)

    def _is_live(self, cells: list[str]) -> bool:
        if self._closed is not None:
            return not cells[self._closed].strip()
        return self._live is None or cells[self._live].strip() != "0"

    def _area_name(self, cells: list[str]) -> str | None:
        if self._area is not None:
            return cells[self._area].strip() or None
        if self._area_code is not None:
            return self._area_names.get(cells[self._area_code].strip())
        return None


def _first(names: list[str], wanted: tuple[str, ...]) -> int:
    for name in wanted:
        if name in names:
            return names.index(name)
    raise NotPostcodes(f'The first line names no column "{wanted[0]}".')
