"""The questionnaires: what is asked, what may be answered, what each measures. Pure.

UCLA: the three-item loneliness scale of Hughes, Waite, Hawkley and Cacioppo (2004), with the
answers that the Office for National Statistics uses. ONS4: personal well-being of the Office for
National Statistics, Open Government Licence v3.0. The words of SWEMWBS are never here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

SWEMWBS, UCLA, ONS4, STATEMENTS = "swemwbs", "ucla", "ons4", "statements"
# In the order in which they are asked. The last one is every team's own.
NAMES = {
    SWEMWBS: "Wellbeing (SWEMWBS)",
    UCLA: "Loneliness (UCLA, 3 questions)",
    ONS4: "Life and feelings (ONS4)",
    STATEMENTS: "Our own statements",
}
# When something is asked, in their order.
START, SIX_WEEKS, END, LOOK_BACK = "start", "six_weeks", "end", "look_back"
MOMENTS = {
    START: "At the start",
    SIX_WEEKS: "At 6 weeks",
    END: "At the end",
    LOOK_BACK: "Looking back, 3 months later",
}
SWEMWBS_ITEMS = 7
SWEMWBS_NOTICE = (
    "Short Warwick Edinburgh Mental Wellbeing Scale (SWEMWBS) © NHS Health Scotland, University of "
    "Warwick and University of Edinburgh, 2008, all rights reserved."
)
UCLA_NOTICE = (
    "Three-item loneliness scale: Hughes, M. E., Waite, L. J., Hawkley, L. C. and Cacioppo, J. T. "
    "(2004), Research on Aging 26(6)."
)
ONS_NOTICE = (
    "Source: Office for National Statistics, licensed under the Open Government Licence v3.0."
)
# What is published of its answers without a licence: the two ends.
SWEMWBS_ANSWERS = ("1, none of the time", "2", "3", "4", "5, all of the time")
OFTEN = ("Hardly ever or never", "Some of the time", "Often")
AGREE = ("I disagree a lot", "I disagree", "I am not sure", "I agree", "I agree a lot")


@dataclass(frozen=True)
class Item:
    """One question. `answers` are in words, the first of them worth `lowest`, each next one more.
    `hint` says what the ends of a scale of figures mean."""

    key: str
    words: str
    answers: tuple[str, ...]
    lowest: int = 1
    hint: str = ""

    @property
    def values(self) -> range:
        """What the answers are worth."""
        return range(self.lowest, self.lowest + len(self.answers))


@dataclass(frozen=True)
class Measure:
    """One score, of one or more items. `name` goes on after "Mary's"."""

    key: str
    name: str
    items: tuple[str, ...]
    lowest: float
    highest: float
    high_is_good: bool = True
    by_table: bool = False


@dataclass(frozen=True)
class Questionnaire:
    """What is asked on one page. `notice` is said wherever its items are."""

    key: str
    items: tuple[Item, ...]
    measures: tuple[Measure, ...]
    notice: str = ""
    name: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", NAMES[self.key])


def _ons(
    key: str, words: str, name: str, feeling: str, *, high_is_good: bool = True
) -> tuple[Item, Measure]:
    figures = tuple(str(each) for each in range(11))
    hint = f"0 is not at all {feeling}. 10 is completely {feeling}."
    return (
        Item(key, words, figures, 0, hint),
        Measure(key, name, (key,), 0, 10, high_is_good),
    )


_LONELY = (
    Item("ucla-companionship", "How often do you feel that you lack companionship?", OFTEN),
    Item("ucla-left-out", "How often do you feel left out?", OFTEN),
    Item("ucla-isolated", "How often do you feel isolated from others?", OFTEN),
)
_ONS = (
    _ons(
        "ons4-satisfied",
        "Overall, how satisfied are you with your life nowadays?",
        "satisfaction with life",
        "satisfied",
    ),
    _ons(
        "ons4-worthwhile",
        "Overall, to what extent do you feel that the things you do in your life are worthwhile?",
        "sense that life is worthwhile",
        "worthwhile",
    ),
    _ons("ons4-happy", "Overall, how happy did you feel yesterday?", "happiness", "happy"),
    _ons(
        "ons4-anxious",
        "Overall, how anxious did you feel yesterday?",
        "anxiety",
        "anxious",
        high_is_good=False,
    ),
)
_WELL = tuple(f"swemwbs-{number}" for number in range(1, SWEMWBS_ITEMS + 1))
WELLBEING = Measure(SWEMWBS, "wellbeing", _WELL, 7, 35, by_table=True)
LONELINESS = Measure(
    UCLA, "loneliness", tuple(each.key for each in _LONELY), 3, 9, high_is_good=False
)
FIXED_MEASURES = (WELLBEING, LONELINESS, *(measure for _, measure in _ONS))
SHIPPED = {
    UCLA: Questionnaire(UCLA, _LONELY, (LONELINESS,), UCLA_NOTICE),
    ONS4: Questionnaire(
        ONS4, tuple(item for item, _ in _ONS), tuple(measure for _, measure in _ONS), ONS_NOTICE
    ),
}


def swemwbs(words: Sequence[str], answers: Sequence[str] = ()) -> Questionnaire:
    """SWEMWBS in the words of the installation's licensed copy."""
    labels = tuple(answers) or SWEMWBS_ANSWERS
    items = tuple(Item(key, each, labels) for key, each in zip(_WELL, words, strict=True))
    return Questionnaire(SWEMWBS, items, (WELLBEING,), SWEMWBS_NOTICE)


def statement(number: int, words: str) -> tuple[Item, Measure]:
    """A statement of a team's own, and the answer to it as a score of its own."""
    key = f"statement-{number}"
    return Item(key, words, AGREE), Measure(key, f"answer to “{words}”", (key,), 1, len(AGREE))


def statements(each: Sequence[tuple[int, str]]) -> Questionnaire:
    """A team's statements on one page."""
    items, measures = zip(*(statement(number, words) for number, words in each), strict=True)
    return Questionnaire(STATEMENTS, items, measures)
