"""What may be told of a count: no number from 1 to 7 can be read from it, nor worked out."""

import pytest

from connectdo.insight.rules import told
from connectdo.outcomes.change import Change
from connectdo.outcomes.figures import told_line
from connectdo.outcomes.instruments import FIXED_MEASURES
from connectdo.outcomes.rules import rounded, told_mean, told_share

LONELINESS = FIXED_MEASURES[1]
# The last that is told as "about 60".
MANY = 62
# Of how many values at least a hidden number must still be able to have any.
AS_MANY = 5


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0"),
        (1, "fewer than 8"),
        (7, "fewer than 8"),
        (8, "about 10"),
        (12, "about 10"),
        (13, "about 15"),
        (1234, "about 1,235"),
    ],
)
def test_a_count_is_told_rounded_or_not_at_all(count: int, said: str) -> None:
    assert told(count) == said


def test_no_average_of_fewer_than_8_is_told() -> None:
    assert [told_mean(1.5, count) for count in (7, 8)] == [None, 1.5]


def test_a_share_is_of_what_is_told() -> None:
    assert told_share(8, 9) == 1.0
    assert told_share(11, 22) == 0.5
    assert told_share(3, 7) is None
    assert told_share(3, 20) is None
    assert told_share(0, 0) is None


def test_who_did_not_come_back_cannot_be_worked_out_from_those_who_did() -> None:
    """All that is told of a line is held against every pair of counts that would be told so: a
    number from 1 to 7, told or left over, could be any of several."""
    seen: dict[object, set[tuple[int, int]]] = {}
    for began in range(MANY + 1):
        for came_back in range(began + 1):
            mean = 0.5 if came_back else None
            line = told_line(LONELINESS, Change(began, came_back, mean))
            seen.setdefault(line, set()).add((began, came_back))

    for cells in seen.values():
        back = {came_back for _, came_back in cells}
        gone = {began - came_back for began, came_back in cells}
        for numbers in (back, gone):
            hidden = {each for each in numbers if 0 < each < 8}
            assert not hidden or len(numbers) >= AS_MANY


@pytest.mark.parametrize(("count", "told_as"), [(0, 0), (8, 10), (12, 10), (13, 15), (62, 60)])
def test_a_count_is_rounded_to_five(count: int, told_as: int) -> None:
    assert rounded(count) == told_as
