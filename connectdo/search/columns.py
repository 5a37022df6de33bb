"""What the index keeps of a listing besides its words: numbers, packed for numpy.

One record of fixed length (`FACTS`) and three lists: interests, areas served, runs of dates.
Days are counted from 1970-01-01, minutes from midnight, both London wall time.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from connectdo.listings.choices import ACCESS, DELIVERY
from connectdo.listings.runs import Run

UNKNOWN = -1
NO_POINT = np.float32(np.nan)
EPOCH_DAY = date(1970, 1, 1)

FACTS = np.dtype(
    [
        ("listing", "<i8"),
        ("digest", "<u8"),
        ("latitude", "<f4"),
        ("longitude", "<f4"),
        ("area", "<i4"),
        ("confirmed", "<i4"),
        ("access_yes", "<u2"),
        ("access_no", "<u2"),
        ("heading_length", "<u2"),
        ("summary_length", "<u2"),
        ("body_length", "<u2"),
        ("delivery", "u1"),
        ("is_event", "?"),
        ("is_free", "i1"),
        ("youngest", "i1"),
        ("oldest", "i1"),
        ("residents_only", "?"),
        ("serves_everywhere", "?"),
    ]
)
RUNS = np.dtype([("first", "<i4"), ("last", "<i4"), ("period", "<i4"), ("minute", "<i4")])
IDS = np.dtype("<i4")

# A place of a word: document, text and position in one number that sorts in that order.
POSITION_BITS = 18
TEXT_BITS = 2
DOCUMENT_SHIFT = POSITION_BITS + TEXT_BITS
MOST_PLACES = 1 << POSITION_BITS
WITHIN_DOCUMENT = (1 << DOCUMENT_SHIFT) - 1
WITHIN = np.dtype("<u4")

ACCESS_BIT = {feature: 1 << n for n, feature in enumerate(ACCESS)}
ALL_ACCESS = (1 << len(ACCESS)) - 1
# What a listing may answer with yes or no: in `access_yes` and `access_no`, or in neither.
NEED_BIT = ACCESS_BIT | {
    need: 1 << n for n, need in enumerate(("free", "women_only", "men_only"), len(ACCESS))
}
DELIVERY_BIT = {way: 1 << n for n, way in enumerate(DELIVERY)}


# What the facets count beside ways of delivery.
EVENT_BIT, FREE_BIT = 1 << len(DELIVERY), 2 << len(DELIVERY)
# The ways of delivery that need no travelling.
REMOTE = DELIVERY_BIT["phone"] | DELIVERY_BIT["online"]


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH_DAY).days


def bits(words: Iterable[str], bit: dict[str, int]) -> int:
    """The bits of several words, together."""
    return sum(bit[word] for word in set(words) if word in bit)


def pack_runs(runs: Iterable[Run]) -> bytes:
    """Runs of dates as bytes."""
    rows = [
        (
            day_number(run.first),
            day_number(run.last),
            run.period,
            UNKNOWN if run.minute is None else run.minute,
        )
        for run in runs
    ]
    return np.array(rows, dtype=RUNS).tobytes()


def pack_ids(ids: Iterable[int]) -> bytes:
    """Ids of interests or areas as bytes."""
    return np.array(sorted(set(ids)), dtype=IDS).tobytes()


def _dense(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which small numbers there are, and the place of each value among them: a quicker
    `np.unique`, that sorts nothing."""
    here = np.zeros(int(values.max(initial=0)) + 1, dtype=bool)
    here[values] = True
    place = np.cumsum(here) - 1
    return np.flatnonzero(here), place.take(values)


@dataclass(frozen=True)
class Groups:
    """Documents by the pattern of bits they have: `patterns`, and which of them each has.

    Many documents share a pattern, so bits are counted over a few patterns and not over all.
    `tables` say which patterns have any of the bits that were asked for.
    """

    patterns: np.ndarray
    which: np.ndarray
    tables: dict[tuple[int, ...], np.ndarray] = field(default_factory=dict)

    @classmethod
    def of(cls, values: np.ndarray) -> "Groups":
        """The groups of an array of bit patterns."""
        low, which_low = _dense(values & 0xFFFF)
        high, which_high = _dense(values >> 16)
        pairs, which = _dense(which_high * len(low) + which_low)
        patterns = low[pairs % len(low)] | high[pairs // len(low)] << 16
        return cls(patterns, which.astype(np.min_scalar_type(len(patterns))))

    def count(self, documents: np.ndarray) -> np.ndarray:
        """How many of some documents have each pattern."""
        return np.bincount(self.which.take(documents), minlength=len(self.patterns))

    def having(self, counts: np.ndarray, bits: tuple[int, ...]) -> list[int]:
        """How many of those counted have any of these bits, for each of several sets of bits."""
        if bits not in self.tables:
            has = (self.patterns[:, None] & np.array(bits)) != 0
            self.tables[bits] = has.astype(np.float64)
        return (counts @ self.tables[bits]).astype(np.int64).tolist()
