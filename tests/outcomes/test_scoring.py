"""Answers become scores as each questionnaire's own rules say."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectdo import outcomes
from connectdo.outcomes.instruments import (
    ONS4,
    SHIPPED,
    SWEMWBS,
    UCLA,
    WELLBEING,
    Questionnaire,
    statements,
    swemwbs,
)
from connectdo.outcomes.scoring import metric, score, scores

INVENTED = [f"Invented {number}" for number in range(1, 8)]
WELL = swemwbs(INVENTED)
QUESTIONNAIRES = [WELL, *SHIPPED.values(), statements([(1, "I feel more supported"), (2, "Ok")])]
TABLE = Path(outcomes.__file__).with_name("swemwbs_raw_to_metric.csv")
_HEADING, *LINES = csv.reader(TABLE.read_text(encoding="utf-8").splitlines())
ROWS = [(int(raw), float(to)) for raw, to in LINES]


@st.composite
def answered(draw: st.DrawFn) -> tuple[Questionnaire, dict[str, int | None]]:
    asked = draw(st.sampled_from(QUESTIONNAIRES))
    some = {each.key: st.none() | st.sampled_from(each.values) for each in asked.items}
    return asked, draw(st.fixed_dictionaries(some))


def answers(questionnaire: Questionnaire, *values: int | None) -> dict[str, int | None]:
    return {each.key: value for each, value in zip(questionnaire.items, values, strict=True)}


def with_sum(total: int) -> dict[str, int | None]:
    """Seven answers of 1 to 5 that add up to a total."""
    values = [1 + max(0, min(4, total - 7 - 4 * place)) for place in range(7)]
    return answers(WELL, *values)


def test_the_table_has_every_sum_once_and_rises() -> None:
    assert [raw for raw, _ in ROWS] == list(range(7, 36))
    assert [to for _, to in ROWS] == sorted({to for _, to in ROWS})


@pytest.mark.parametrize(("raw", "to"), ROWS)
def test_a_sum_of_swemwbs_is_turned_into_its_metric_score(raw: int, to: float) -> None:
    assert score(WELLBEING, with_sum(raw)).value == to


def test_figures_of_the_table_that_others_have_printed_too() -> None:
    assert (metric()[7], metric()[21], metric()[29], metric()[35]) == (7.0, 19.25, 26.02, 35.0)


@pytest.mark.parametrize("missing", range(7))
def test_swemwbs_has_no_score_when_one_answer_is_missing(missing: int) -> None:
    given_answers = with_sum(21) | {WELL.items[missing].key: None}

    assert score(WELLBEING, given_answers).value is None
    assert score(WELLBEING, given_answers).why == (
        "6 of 7 questions were answered. A score needs all 7."
    )


def test_loneliness_is_the_sum_of_three() -> None:
    asked = SHIPPED[UCLA]

    assert scores(asked, answers(asked, 1, 2, 3)) == {UCLA: 6}
    assert scores(asked, answers(asked, 1, None, 3)) == {}


def test_each_question_of_ons4_is_a_score_of_its_own() -> None:
    asked = SHIPPED[ONS4]

    assert scores(asked, answers(asked, 0, None, 10, 7)) == {
        "ons4-satisfied": 0,
        "ons4-happy": 10,
        "ons4-anxious": 7,
    }


def test_each_statement_is_a_score_of_its_own() -> None:
    asked = statements([(12, "I feel more supported"), (13, "I know whom to ask")])

    assert scores(asked, answers(asked, None, 4)) == {"statement-13": 4}


@given(answered())
def test_a_score_is_on_its_scale_and_is_there_when_all_its_items_are(
    case: tuple[Questionnaire, dict[str, int | None]],
) -> None:
    asked, given_answers = case

    for measure in asked.measures:
        found = score(measure, given_answers)
        complete = all(given_answers[each] is not None for each in measure.items)
        assert (found.value is not None) == complete
        assert bool(found.why) != complete
        assert found.value is None or measure.lowest <= found.value <= measure.highest


@given(answered())
def test_a_higher_answer_never_lowers_a_score(
    case: tuple[Questionnaire, dict[str, int | None]],
) -> None:
    asked, given_answers = case

    for item in asked.items:
        value = given_answers[item.key]
        if value is not None and value + 1 in item.values:
            before = scores(asked, given_answers)
            after = scores(asked, given_answers | {item.key: value + 1})
            assert all(after[each] >= before[each] for each in before)


def test_the_words_of_swemwbs_are_not_shipped() -> None:
    assert SWEMWBS not in SHIPPED
