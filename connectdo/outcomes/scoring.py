"""Answers -> scores, or why there is none. Pure.

A score is the sum of its items, and needs all of them. So say the rules of SWEMWBS, whose sum is
then turned into a metric score by its table. The three-item loneliness scale is published without
a rule for what is missing, so a sum needs all three. The Office for National Statistics publishes
no score of its four questions together: each is its own, as each statement of a team is, and one
that is missing takes nothing from the others.
"""

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from connectdo.outcomes.instruments import Measure, Questionnaire

TABLE = Path(__file__).with_name("swemwbs_raw_to_metric.csv")
# By the key of an item; None where somebody would rather not say.
Answers = Mapping[str, int | None]


class Scored(NamedTuple):
    """A score, or None and why."""

    value: float | None
    why: str = ""


def score(measure: Measure, answers: Answers) -> Scored:
    """The score of one measure."""
    given = [answers.get(each) for each in measure.items]
    values = [each for each in given if each is not None]
    if len(values) < len(given):
        return Scored(None, _why(len(values), len(given)))
    total = sum(values)
    return Scored(metric()[total] if measure.by_table else float(total))


def scores(questionnaire: Questionnaire, answers: Answers) -> dict[str, float]:
    """The scores that there are, by the key of their measure."""
    found = {each.key: score(each, answers).value for each in questionnaire.measures}
    return {key: value for key, value in found.items() if value is not None}


@lru_cache(maxsize=1)
def metric() -> dict[int, float]:
    """The metric score of each sum of SWEMWBS."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {int(row["raw"]): float(row["metric"]) for row in csv.DictReader(file)}


def _why(answered: int, asked: int) -> str:
    if asked == 1:
        return "Not answered."
    return f"{answered} of {asked} questions were answered. A score needs all {asked}."
