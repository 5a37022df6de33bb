"""Scores and changes in plain words. Pure."""

from decimal import ROUND_HALF_UP, Decimal

from connectdo.outcomes.change import Change
from connectdo.outcomes.instruments import Measure
from connectdo.outcomes.models import LINK, PAPER, TABLET

HOW = {
    TABLET: "On this device, which you hand over",
    LINK: "By a link that you send",
    PAPER: "On paper: I have the answers here",
}
ASKED = {TABLET: "on a device", LINK: "by link", PAPER: "on paper"}
# What people go on to do, in the order it is asked.
WENT_ON = {
    "group": "Joined a group",
    "course": "Started a course",
    "volunteering": "Started to volunteer",
    "work": "Found work",
    "exercise": "Took up exercise",
    "skill": "Learned a skill",
    "reconnected": "Reconnected with family or friends",
    "new_people": "Met new people",
}


def fixed(number: float, places: int) -> str:
    """A number to so many places, halves away from 0 as people round them: 19.25 -> 19.3."""
    step = Decimal(1).scaleb(-places)
    return str(Decimal(str(number)).quantize(step, ROUND_HALF_UP))


def score_in_words(measure: Measure, value: float) -> str:
    """ "19.3" of SWEMWBS, "8" of the others."""
    return fixed(value, 1 if measure.by_table else 0)


def scale_in_words(measure: Measure) -> str:
    """ "From 7 to 35. Higher is better." """
    better = "Higher" if measure.high_is_good else "Lower"
    return f"From {measure.lowest:g} to {measure.highest:g}. {better} is better."


def change_in_words(name: str, measure: Measure, before: float, after: float | None) -> str:
    """What became of one person's score."""
    first = score_in_words(measure, before)
    if after is None:
        return f"{name}’s {measure.name} was {first}. Ask again later to see if it changes."
    last = score_in_words(measure, after)
    return f"{name}’s {measure.name} went from {first} to {last}. {_compared(before, after)}"


def _compared(before: float, after: float) -> str:
    if before == after:
        return "It is the same as before."
    return f"It is {'higher' if after > before else 'lower'} than before."


def mean_in_words(mean: float | None, places: int) -> str:
    """An average change with its sign: "+0.67"; "" where there is none."""
    if mean is None:
        return ""
    text = fixed(mean, places)
    return text if text.startswith("-") or not Decimal(text) else f"+{text}"


def share_in_words(share: float | None) -> str:
    """ "43%"; "" where there is none."""
    return "" if share is None else f"{fixed(share * 100, 0)}%"


def exact_in_words(measure: Measure, change: Change) -> str:
    """A team's change of one measure, for its lead."""
    if change.mean is None:
        return f"{_people(change.began)} told us once. Nobody has told us again yet."
    return (
        f"{change.came_back} of {_people(change.began)} told us again "
        f"({share_in_words(change.share)}). "
        f"Their {measure.name} changed by {mean_in_words(change.mean, 2)} on average."
    )


def told_in_words(measure: Measure, mean: float | None) -> str:
    """The same, as it may leave the team."""
    if mean is None:
        return "Too few people told us twice to say how it changed."
    return (
        f"The {measure.name} of those who told us again changed by {mean_in_words(mean, 1)} on "
        "average."
    )


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"
