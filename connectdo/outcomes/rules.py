"""What may be told outside the team, where `insight.rules.told` says what of a count. Pure.

0 is 0, 1 to 7 are not told, others are rounded to 5, and no average is of fewer than 8. A share is
worked out from rounded counts: one of exact counts would tell them again. A total is rounded as its
parts are, so that what is left of it when a part is taken away is not known to the person.
"""

from connectdo.insight.rules import FEWEST_TOLD, ROUNDED_TO


def is_told(count: int) -> bool:
    """Whether a count is told, rounded."""
    return count == 0 or count >= FEWEST_TOLD


def rounded(count: int) -> int:
    """A count to the nearest 5."""
    return round(count / ROUNDED_TO) * ROUNDED_TO


def told_share(part: int, whole: int) -> float | None:
    """What share a part is, from 0 to 1, as far as the two counts are told."""
    if whole == 0 or not (is_told(part) and is_told(whole)):
        return None
    return rounded(part) / rounded(whole)


def told_mean(mean: float | None, count: int) -> float | None:
    """An average, if it is of enough people."""
    return mean if count >= FEWEST_TOLD else None
