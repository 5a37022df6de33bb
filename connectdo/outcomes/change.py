"""How people changed: the same people, before and after, and never two different groups. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from statistics import fmean
from typing import NamedTuple

from connectdo.outcomes.instruments import MOMENTS
from connectdo.outcomes.models import Assessment

ORDER = list(MOMENTS)


class Taken(NamedTuple):
    """A score, with the day it is of and which of `instruments.MOMENTS` it was (0 the first)."""

    on: date
    moment: int
    value: float


class Pair(NamedTuple):
    """Somebody's first score, and the last one later than it; None if they did not come back."""

    before: float
    after: float | None
    last_on: date


# By the key of a measure.
Pairs = dict[str, list[Pair]]


class Change(NamedTuple):
    """How many began, how many came back, and by how much those changed on average."""

    began: int
    came_back: int
    mean: float | None

    @property
    def share(self) -> float | None:
        """How many of those who began came back, from 0 to 1."""
        return self.came_back / self.began if self.began else None


def pair_of(taken: Iterable[Taken]) -> Pair | None:
    """One person's scores of one measure as a pair. Two of the same day and moment are no change:
    one of them puts the other right."""
    ordered = sorted(taken, key=lambda each: (each.on, each.moment))
    if not ordered:
        return None
    first, last = ordered[0], ordered[-1]
    is_later = (last.on, last.moment) > (first.on, first.moment)
    return Pair(first.value, last.value if is_later else None, last.on)


def pairs_in(assessments: Iterable[Assessment]) -> Pairs:
    """Each client's first and last score, by measure."""
    taken: dict[tuple[str, int], list[Taken]] = defaultdict(list)
    for each in assessments:
        for measure, value in each.scores.items():
            point = Taken(each.on, ORDER.index(each.moment), value)
            taken[measure, each.client_id].append(point)
    pairs: Pairs = defaultdict(list)
    for (measure, _), points in taken.items():
        if pair := pair_of(points):
            pairs[measure].append(pair)
    return pairs


def change_of(pairs: Sequence[Pair]) -> Change:
    """The change of those who came back."""
    changes = [each.after - each.before for each in pairs if each.after is not None]
    return Change(len(pairs), len(changes), fmean(changes) if changes else None)
