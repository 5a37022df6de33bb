"""Questions that people have judged over the sample listings, in two halves.

What anything is tuned by is the half for tuning alone; the other half is held out, and only
measured. A question's own letters say which half it is in, whatever stands beside it.
"""

import csv
import tomllib
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from connectdo.interchange.commands import SAMPLE

FOLDER = Path(__file__).parent
KINDS = ("sentences", "keywords")
HALVES = ("tuning", "held out")
FIRST, ALSO = 2.0, 1.0


@dataclass(frozen=True)
class Judged:
    """What somebody types, the listings that a good signposter would offer first, and those that
    are good too: ids of the samples."""

    said: str
    first: frozenset[str]
    also: frozenset[str]

    @property
    def half(self) -> str:
        return HALVES[crc32(self.said.encode()) % 2 == 0]

    @property
    def worths(self) -> dict[str, float]:
        return dict.fromkeys(self.also, ALSO) | dict.fromkeys(self.first, FIRST)


def read_judged(kind: str) -> list[Judged]:
    """All the sentences, or all the keywords."""
    rows = tomllib.loads((FOLDER / f"{kind}.toml").read_text(encoding="utf-8"))["question"]
    return [
        Judged(row["said"], frozenset(row["first"]), frozenset(row.get("also", ()))) for row in rows
    ]


def sample_rows() -> list[dict[str, str]]:
    """The sample listings as they stand in their files."""
    rows: list[dict[str, str]] = []
    for path in sorted(SAMPLE.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file)
    return rows
