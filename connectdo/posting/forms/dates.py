"""What is asked to change the dates of a listing that is there."""

from collections.abc import Callable
from datetime import date, time
from typing import TypeVar

from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import ValidationError

from connectdo.fields import line, lines
from connectdo.listings.when.words import Span, Unclear, day_in, minutes_in, spans_in, time_in

T = TypeVar("T")


class DateForm(FlaskForm):  # type: ignore[misc]
    """A day in words: "6 October 2026"."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today


class MoveForm(DateForm):
    """Another date for one of them, and another time if it is another."""

    to: date
    new_time: time | None = None
    new_minutes: int | None = None

    day = StringField("What is the new date?", description="Like 6 October 2026.", filters=[line])
    starts = StringField(
        "When does it start? (optional)",
        description="Only if it is another time than usual, like 6:30pm.",
        filters=[line],
    )
    ends = StringField(
        "When does it end? (optional)", description="Like 8pm, or 90 minutes.", filters=[line]
    )

    def validate_day(self, field: StringField) -> None:
        if not field.data:
            raise ValidationError("Enter the new date")
        self.to = _read(lambda: day_in(field.data or "", self.today))

    def validate_starts(self, field: StringField) -> None:
        if field.data:
            self.new_time = _read(lambda: time_in(field.data or ""))

    def validate_ends(self, field: StringField) -> None:
        if field.data and not self.starts.data:
            raise ValidationError("Say when it starts too, or leave the end empty")
        if field.data and self.new_time:
            self.new_minutes = _read(lambda: minutes_in(field.data or "", self.new_time))


class SkipForm(DateForm):
    """Days on which it does not happen."""

    spans: list[Span]

    skip = TextAreaField(
        "When is the break?",
        description="Dates, or the first and last day, like 21 December 2026 to 3 January 2027. "
        "Put each on a line of its own.",
        filters=[lines],
    )

    def validate_skip(self, field: TextAreaField) -> None:
        if not field.data:
            raise ValidationError("Enter when the break is")
        self.spans = _read(lambda: spans_in(field.data or "", self.today))


class EndForm(DateForm):
    """The last date of a series."""

    last: date

    day = StringField("What is the last date?", description="Like 6 October 2026.", filters=[line])

    def validate_day(self, field: StringField) -> None:
        if not field.data:
            raise ValidationError("Enter the last date")
        self.last = _read(lambda: day_in(field.data or "", self.today))
        if self.last < self.today:
            raise ValidationError("The last date must be today or later")


def _read(read: Callable[[], T]) -> T:
    """What was written, or what is wrong with it beside its field."""
    try:
        return read()
    except Unclear as unclear:
        raise ValidationError(str(unclear).removesuffix(".")) from unclear
