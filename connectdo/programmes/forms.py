"""What a coach writes of a contact, of a programme and of a step."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import AnyOf, ValidationError

from connectdo.editing import EditForm
from connectdo.fields import at_most, choices, line
from connectdo.listings.when.words import Unclear
from connectdo.programmes.days import coming_day, past_day
from connectdo.programmes.models import SUPPORTED, Contact, Programme
from connectdo.programmes.wording import ENDINGS, KINDS, LEVELS, STEPS
from connectdo.wording import date_in_words

MOST_MINUTES = 24 * 60
MOST_TIMES = 500
LONGEST_LINE = 300
DAY_HINT = "Like yesterday, or 6 October."


def whole_number(text: str, most: int) -> int | None:
    """The number that was written, None where it is no number from 1 to `most`."""
    plain = text.replace(",", "")
    number = int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 6 else 0
    return number if 1 <= number <= most else None


def minutes_in(text: str) -> int:
    """The minutes that were written. Raises ValidationError."""
    number = whole_number(text.casefold().removesuffix("minutes").strip(), MOST_MINUTES)
    if number is None:
        raise ValidationError("Write how many minutes, like 25")
    return number


def written(day: date) -> str:
    """A day as a box shows it: "6 October 2026"."""
    return f"{day.day} {day:%B %Y}"


def day_beside_its_field(read: Callable[[str, date], date], text: str, today: date) -> date:
    """The day that was written. Raises ValidationError."""
    try:
        return read(text, today)
    except Unclear as unclear:
        raise ValidationError(str(unclear).removesuffix(".")) from unclear


class MinutesForm(FlaskForm):  # type: ignore[misc]
    """One press on a number of minutes, or one that is written."""

    minutes = StringField("How long did it take?", filters=[line])
    other = StringField("Another number of minutes", filters=[line])
    taken: int

    def validate_other(self, field: Field) -> None:
        self.taken = minutes_in(field.data or self.minutes.data or "")


class ContactForm(EditForm):
    """All that there is of a contact."""

    kind = SelectField("What was it?", choices=choices(KINDS), validate_choice=False)
    minutes = StringField(
        "How many minutes did it take?",
        description="If there were several, all of them together.",
        filters=[line],
    )
    day = StringField("Which day was it?", description=DAY_HINT, filters=[line])
    times = StringField(
        "How many were there?",
        description="More than 1 if you write several down at once, like 12 texts.",
        filters=[line],
    )
    step = SelectField(
        "What was it for?",
        choices=[SelectChoice("", "Nothing in particular"), *choices(STEPS)],
        validators=[AnyOf(("", *STEPS), message="Choose what it was for")],
        validate_choice=False,
    )
    line = StringField(
        "A line about it (optional)",
        description="For you and your colleagues.",
        filters=[line],
        validators=[at_most(LONGEST_LINE)],
    )

    def __init__(self, said: dict[str, Any], today: date) -> None:
        super().__init__(
            {
                **said,
                "minutes": str(said.get("minutes", "")),
                "day": written(said.get("day", today)),
                "times": str(said.get("times", 1)),
            }
        )
        self.today = today
        self.said: dict[str, Any] = {}

    def validate_kind(self, field: Field) -> None:
        if field.data not in KINDS:
            raise ValidationError("Choose what it was")

    def validate_minutes(self, field: Field) -> None:
        self.said["minutes"] = minutes_in(field.data or "")

    def validate_day(self, field: Field) -> None:
        self.said["day"] = day_beside_its_field(past_day, field.data or "", self.today)

    def validate_times(self, field: Field) -> None:
        number = whole_number(field.data or "", MOST_TIMES)
        if number is None:
            raise ValidationError(f"Write how many there were, from 1 to {MOST_TIMES}")
        self.said["times"] = number

    def contact(self) -> dict[str, Any]:
        """What is kept."""
        return {
            **self.said,
            "kind": self.kind.data,
            "step": self.step.data,
            "line": self.line.data or "",
        }


class StartForm(EditForm):
    """The first meeting. `after` is the day on which the last programme ended, `current` the one
    that goes on."""

    first: date

    day = StringField("When did you first meet?", description=DAY_HINT, filters=[line])
    level = RadioField(
        "How much support suits them?",
        choices=choices(LEVELS),
        default=SUPPORTED,
        validators=[AnyOf(LEVELS, message="Choose how much support suits them")],
        validate_choice=False,
    )

    def __init__(
        self, current: Programme | None, day: date, after: date | None, today: date
    ) -> None:
        if current:
            super().__init__({"day": written(day), "current": current.id})
        else:
            super().__init__({"current": None}, day=written(day))
        self.after, self.today = after, today

    def validate_day(self, field: Field) -> None:
        self.first = day_beside_its_field(past_day, field.data or "", self.today)
        if self.after and self.first <= self.after:
            ended = date_in_words(self.after, self.today)
            raise ValidationError(f"The day must be after {ended}, when the last 12 weeks ended")


class LevelForm(EditForm):
    """Another level of support."""

    level = RadioField(
        "How much support suits them now?",
        choices=choices(LEVELS),
        validators=[AnyOf(LEVELS, message="Choose how much support suits them")],
        validate_choice=False,
    )


class EndForm(FlaskForm):  # type: ignore[misc]
    """The end of a programme."""

    last: date

    day = StringField("When did they end?", description=DAY_HINT, filters=[line])
    ending = RadioField(
        "How did they end?",
        choices=choices(ENDINGS),
        validators=[AnyOf(ENDINGS, message="Choose how they ended")],
        validate_choice=False,
    )

    def __init__(self, programme: Programme, today: date) -> None:
        super().__init__(data={"day": written(today)})
        self.programme, self.today = programme, today

    def validate_day(self, field: Field) -> None:
        self.last = day_beside_its_field(past_day, field.data or "", self.today)
        if self.last < self.programme.started_on:
            raise ValidationError("The day must be after you first met")


class DayForm(FlaskForm):  # type: ignore[misc]
    """Another day for a step."""

    planned: date

    day = StringField(
        "Which day suits?", description="Like tomorrow, or 6 October.", filters=[line]
    )

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today

    def validate_day(self, field: Field) -> None:
        self.planned = day_beside_its_field(coming_day, field.data or "", self.today)


def said_of(contact: Contact) -> dict[str, Any]:
    """A contact as the form shows it."""
    names = ("kind", "minutes", "day", "times", "step", "line")
    return {each: getattr(contact, each) for each in names}
