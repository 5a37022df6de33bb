"""The rows that stayed out, as a CSV file that can be mended and sent again."""

import csv
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from connectdo.interchange.account import Rejected
from connectdo.interchange.cells import as_cell

OUR_OWN = ("reason", "file", "line")


class RejectsFile:
    """Written row by row beside its place and put there at the end, because the file that is
    being read may be the last one's rejects. There is none if no row was rejected."""

    def __init__(self, path: Path | None, columns: Iterable[str]) -> None:
        self.path = path
        # A row that names no source is known by its file's name, so that has to stay with it.
        names = [name for name in dict.fromkeys(["source", *columns]) if name not in OUR_OWN]
        self.columns = names
        self._file: TextIO | None = None

    def __enter__(self) -> "RejectsFile":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._file and self.path:
            self._file.close()
            os.replace(self._file.name, self.path)

    @property
    def written(self) -> Path | None:
        """Where the rejects are, None where there are none."""
        return self.path if self._file else None

    def add(self, rejected: Rejected, values: Mapping[str, Any], source: str) -> None:
        """Writes a row with the reason, the file and the line before it."""
        if self.path is None:
            return
        if self._file is None:
            part = self.path.with_name(f"{self.path.name}.{os.getpid()}.part")
            self._file = part.open("w", encoding="utf-8", newline="")
            _write(self._file, [*OUR_OWN, *self.columns])
        row = {**values, "source": values.get("source") or source}
        cells = [row.get(name) for name in self.columns]
        _write(self._file, [rejected.reason, rejected.file, rejected.line, *cells])


def _write(file: TextIO, values: Iterable[object]) -> None:
    csv.writer(file).writerow([as_cell(value) for value in values])
