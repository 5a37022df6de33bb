"""One client's scores as a page shows them: in words first, then as bars, then as a table. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from connectdo.outcomes import wording
from connectdo.outcomes.change import pairs_in
from connectdo.outcomes.instruments import MOMENTS, Measure
from connectdo.outcomes.models import Assessment
from connectdo.outcomes.scoring import score
from connectdo.wording import date_in_words

MOST_BARS = 4


class Row(NamedTuple):
    """One score in the table; `why` where there is none."""

    when: str
    on: str
    score: str
    why: str


class Bar(NamedTuple):
    """One score in the chart. `share` is how far it is up the scale, from 0 to 1."""

    label: str
    score: str
    share: float


class Course(NamedTuple):
    """How one measure went."""

    measure: Measure
    sentence: str
    scale: str
    bars: list[Bar]
    rows: list[Row]


def courses(
    name: str, measures: Sequence[Measure], assessments: Sequence[Assessment], today: date
) -> list[Course]:
    """Of each measure that was asked, in the order of the measures. `assessments` are in theirs."""
    asked = (
        (each, [one for one in assessments if set(each.items) & set(one.answers)])
        for each in measures
    )
    return [_course(name, each, those, today) for each, those in asked if those]


def _course(name: str, measure: Measure, those: Sequence[Assessment], today: date) -> Course:
    pairs = pairs_in(those).get(measure.key)
    scored = [each for each in those if measure.key in each.scores]
    # The first is what the others are held against, however many there are.
    shown = scored if len(scored) <= MOST_BARS else [scored[0], *scored[1 - MOST_BARS :]]
    return Course(
        measure=measure,
        sentence=wording.change_in_words(name, measure, *pairs[0][:2])
        if pairs
        else f"There is no score for {name}’s {measure.name} yet.",
        scale=wording.scale_in_words(measure),
        bars=[_bar(measure, each, today) for each in shown] if len(shown) > 1 else [],
        rows=[_row(measure, each, today) for each in those],
    )


def _bar(measure: Measure, assessment: Assessment, today: date) -> Bar:
    value = assessment.scores[measure.key]
    share = (value - measure.lowest) / (measure.highest - measure.lowest)
    day = date_in_words(assessment.on, today, weekday=False)
    label = f"{MOMENTS[assessment.moment].split(',')[0]}, {day}"
    return Bar(label, wording.score_in_words(measure, value), share)


def _row(measure: Measure, assessment: Assessment, today: date) -> Row:
    value = assessment.scores.get(measure.key)
    return Row(
        MOMENTS[assessment.moment],
        date_in_words(assessment.on, today, weekday=False),
        "" if value is None else wording.score_in_words(measure, value),
        score(measure, assessment.answers).why if value is None else "",
    )
