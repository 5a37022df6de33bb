"""Change is always that of the same people."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectdo.outcomes.change import Pair, Taken, change_of, pair_of
from connectdo.outcomes.instruments import FIXED_MEASURES, WELLBEING
from connectdo.outcomes.wording import change_in_words, fixed, mean_in_words, share_in_words

DAY = date(2026, 9, 1)
LONELINESS = FIXED_MEASURES[1]
ONCE = st.floats(0, 35).map(lambda before: Pair(before, None, DAY))


def seven_people() -> list[Pair]:
    before = (17, 18, 19, 20, 24, 25, 26)
    after = (None, None, None, None, 25, 25, 27)
    return [Pair(*each, DAY) for each in zip(before, after, strict=True)]


def taken(days: int, moment: int, value: float) -> Taken:
    return Taken(DAY + timedelta(days=days), moment, value)


def test_seven_people_of_whom_three_came_back() -> None:
    change = change_of(seven_people())

    assert change.came_back == 3
    assert share_in_words(change.share) == "43%"
    assert mean_in_words(change.mean, 2) == "+0.67"


@given(st.lists(ONCE, max_size=20))
def test_people_who_did_not_come_back_never_move_the_average(others: list[Pair]) -> None:
    change = change_of([*seven_people(), *others])

    assert change.mean == change_of(seven_people()).mean
    assert change.came_back == 3
    assert change.began == 7 + len(others)


def test_of_nobody_there_is_no_change_and_no_share() -> None:
    change = change_of([])

    assert (change.mean, change.share) == (None, None)


def test_before_is_the_first_and_after_the_last() -> None:
    points = [taken(84, 2, 22), taken(0, 0, 17), taken(42, 1, 30)]

    assert pair_of(points) == Pair(17, 22, DAY + timedelta(days=84))


def test_once_is_no_change() -> None:
    assert pair_of([taken(0, 0, 17)]) == Pair(17, None, DAY)
    assert pair_of([]) is None


def test_two_of_the_same_moment_and_day_are_no_change() -> None:
    assert pair_of([taken(0, 0, 17), taken(0, 0, 18)]) == Pair(17, None, DAY)


def test_start_and_end_on_one_day_are_told_apart() -> None:
    assert pair_of([taken(0, 2, 18), taken(0, 0, 17)]) == Pair(17, 18, DAY)


def test_a_change_is_said_in_words() -> None:
    assert change_in_words("Mary", WELLBEING, 19.25, 23.21) == (
        "Mary’s wellbeing went from 19.3 to 23.2. It is higher than before."
    )
    assert change_in_words("Mary", LONELINESS, 8, 5) == (
        "Mary’s loneliness went from 8 to 5. It is lower than before."
    )
    assert change_in_words("Mary", LONELINESS, 8, 8).endswith("It is the same as before.")
    assert change_in_words("Mary", LONELINESS, 8, None) == (
        "Mary’s loneliness was 8. Ask again later to see if it changes."
    )


@pytest.mark.parametrize(
    ("number", "places", "said"),
    [(19.25, 1, "19.3"), (2 / 3, 2, "0.67"), (8.0, 0, "8"), (-0.25, 1, "-0.3")],
)
def test_halves_are_rounded_away_from_nothing(number: float, places: int, said: str) -> None:
    assert fixed(number, places) == said


@pytest.mark.parametrize(("mean", "said"), [(0.0, "0.00"), (-1.5, "-1.50"), (None, "")])
def test_an_average_has_its_sign(mean: float | None, said: str) -> None:
    assert mean_in_words(mean, 2) == said
