"""The answers of a form as they were posted, read one by one, and what is wrong with them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from typing import TypeVar

from connectdo.listings.when.words import (
    Span,
    Unclear,
    day_in,
    days_in,
    minutes_in,
    spans_in,
    time_in,
)
from connectdo.text import one_line, tidy

# A field's text, or the several values of one that was ticked more than once.
Answers = Mapping[str, str | Sequence[str]]
T = TypeVar("T")
BOXES = ("day", "month", "year")
ALL_DAY = "all day"


class Answered:
    """`wrong` says for each field what to do about it; the first fault of a field is told.

    A date has three boxes: `first-day`, `first-month` and `first-year` for the field `first`.
    """

    def __init__(self, answers: Answers, today: date) -> None:
        self.answers, self.today = answers, today
        self.wrong: dict[str, str] = {}

    def refuse(self, field: str, message: str) -> None:
        self.wrong.setdefault(field, message)

    def text(self, field: str) -> str:
        """What stands in a field, with its lines; the first value where there are several."""
        value = self.answers.get(field, "")
        return tidy(value if isinstance(value, str) else next(iter(value), ""))

    def chosen(self, field: str, allowed: Mapping[str, str]) -> list[str]:
        """The values ticked that there are, in the order they are offered."""
        value = self.answers.get(field, ())
        ticked = {value} if isinstance(value, str) else set(value)
        return [each for each in allowed if each in ticked]

    def day(self, field: str) -> date | None:
        """The date in a field's three boxes, None where all are empty or it is wrong."""
        boxes = {box: one_line(self.text(f"{field}-{box}")) for box in BOXES}
        missing = [box for box, text in boxes.items() if not text]
        if len(missing) == len(BOXES):
            return None
        if missing:
            self.refuse(field, f"The date must include a {' and a '.join(missing)}.")
            return None
        return self._read(field, lambda: day_in(" ".join(boxes.values()), self.today))

    def days(self, field: str) -> list[date]:
        """Every date of a list, spans of dates among them."""
        return self._read(field, lambda: days_in(self.text(field), self.today)) or []

    def spans(self, field: str) -> list[Span]:
        return self._read(field, lambda: spans_in(self.text(field), self.today)) or []

    def hours(self) -> tuple[time | None, int | None]:
        """The start (None: all day) and how many minutes it lasts (None: not said)."""
        starts, ends = one_line(self.text("starts")), self.text("ends")
        at = None
        if not starts:
            self.refuse("starts", 'Enter when it starts, like 6:30pm, or write "all day".')
        elif starts.casefold() != ALL_DAY:
            at = self._read("starts", lambda: time_in(starts))
        if not ends or "starts" in self.wrong:
            return at, None
        return at, self._read("ends", lambda: minutes_in(ends, at))

    def _read(self, field: str, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except Unclear as unclear:
            self.refuse(field, str(unclear))
            return None
