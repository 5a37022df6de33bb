"""A form's answers, with as little as a test needs to say."""

from datetime import date

from connectdo.listings.schedules import Times, planned_dates
from connectdo.listings.when import read_when
from connectdo.listings.when.answers import Answers

# A Wednesday.
TODAY = date(2026, 10, 7)


def boxes(field: str, day: date) -> dict[str, str]:
    """A date in its three boxes."""
    values = {"day": day.day, "month": day.month, "year": day.year}
    return {f"{field}-{box}": str(value) for box, value in values.items()}


def answers(repeats: str, **fields: str | list[str] | date) -> Answers:
    """From 6:30pm to 8pm unless said otherwise."""
    said: dict[str, str | list[str]] = {"repeats": repeats, "starts": "6:30pm", "ends": "8pm"}
    for name, value in fields.items():
        said |= boxes(name, value) if isinstance(value, date) else {name: value}
    return said


def schedules(repeats: str, **fields: str | list[str] | date) -> tuple[Times, ...]:
    when = read_when(answers(repeats, **fields), TODAY)
    assert when.wrong == {}
    return when.schedules


def wrong(repeats: str, **fields: str | list[str] | date) -> dict[str, str]:
    when = read_when(answers(repeats, **fields), TODAY)
    assert when.schedules == ()
    return when.wrong


def days(found: tuple[Times, ...], how_many: int = 5) -> list[str]:
    """The first dates planned, like "24 Nov"."""
    planned = sorted(day for times in found for day in planned_dates(times))
    return [f"{day.day} {day:%b}" for day in planned[:how_many]]
