"""When it happens: how often first, then what that needs to know. `listings.when` reads it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import AnyOf

from connectdo.listings.choices import DAYS
from connectdo.listings.when import NATIONS, REPEATS, WHICH, When, read_when
from connectdo.listings.when.answers import BOXES
from connectdo.posting.answers import Values
from connectdo.posting.forms import choices

NO_TIMES = "no_times"
HOURS = ("starts", "ends")
EXCEPTIONS = ("skip", "off", "also")
# What each way of repeating asks, and what it may be told besides.
ASKED: dict[str, tuple[str, ...]] = {
    "weekly": ("weekday", *HOURS),
    "fortnightly": ("weekday", "first", *HOURS),
    "monthly_weekday": ("which", "weekday", *HOURS),
    "monthly_date": ("month_day", *HOURS),
    "terms": ("weekday", "terms", *HOURS),
    "dates": ("dates", *HOURS),
    "once": ("first", *HOURS),
}
BESIDES: dict[str, tuple[str, ...]] = {
    "weekly": ("first", "last", *EXCEPTIONS),
    "fortnightly": ("last", *EXCEPTIONS),
    "monthly_weekday": ("first", "last", *EXCEPTIONS),
    "monthly_date": ("first", "last", *EXCEPTIONS),
    "terms": EXCEPTIONS,
    "dates": (),
    "once": (),
}
SEVERAL = ("weekday", "which")
DATES = ("first", "last")


class RepeatsForm(FlaskForm):  # type: ignore[misc]
    """Asks how often."""

    repeats = RadioField("How often does it happen?", choices=[], validate_choice=False)

    def __init__(self, chosen: str, *, is_first: bool) -> None:
        super().__init__(data={"repeats": chosen})
        words = dict(REPEATS)
        if is_first:
            words[NO_TIMES] = "There are no set times: people ask first"
        self.repeats.choices = choices(words)
        self.repeats.validators = [AnyOf(words, message="Choose how often it happens")]


class TimesForm(FlaskForm):  # type: ignore[misc]
    """Every field that a way of repeating may ask for. A date has three boxes, see below."""

    hints: ClassVar[Mapping[str, str]] = {}

    weekday = SelectMultipleField("Which days?", choices=choices(DAYS), validate_choice=False)
    which = SelectMultipleField(
        "Which one of the month?", choices=choices(WHICH), validate_choice=False
    )
    month_day = StringField("Which day of the month?", description='Like 15, "1 and 15" or "last".')
    dates = TextAreaField("Which dates?", description="One on a line, like 6 October 2026.")
    terms = TextAreaField(
        "When are the terms?",
        description="One on a line, like 7 September 2026 to 23 October 2026.",
    )
    starts = StringField("When does it start?", description='Like 6:30pm. Or write "all day".')
    ends = StringField(
        "When does it end? (optional)", description="Like 8pm, or how long it lasts: 90 minutes."
    )
    skip = TextAreaField(
        "When is there a break? (optional)",
        description="Dates, or the first and last day, like 21 December 2026 to 3 January 2027.",
    )
    off = SelectField(
        "Do you meet on bank holidays?",
        choices=choices(
            {"": "Yes, or we do not know yet"}
            | {each: f"No: leave out those of {name}" for each, name in NATIONS.items()}
        ),
        validate_choice=False,
    )
    also = TextAreaField("More dates (optional)", description="One on a line.")

    def __init__(self, repeats: str, said: Mapping[str, Any]) -> None:
        super().__init__(data=said)
        self.how = repeats

    def read(self, today: date) -> When:
        """The schedules, with what is wrong beside each field."""
        when = read_when(self.answers(), today)
        for name, message in when.wrong.items():
            self.field_for(name).errors = [message.removesuffix(".")]
        return when

    def answers(self) -> Values:
        """What this way of repeating was told, as `read_when` takes it."""
        said: Values = {"repeats": self.how}
        for name in self.names():
            if name in DATES:
                said |= {f"{name}-{box}": self[f"{name}-{box}"].data or "" for box in BOXES}
            else:
                said[name] = self[name].data or ([] if name in SEVERAL else "")
        return said

    def names(self) -> tuple[str, ...]:
        """The fields this way of repeating has."""
        return ASKED[self.how] + BESIDES[self.how]

    def main(self) -> tuple[str, ...]:
        """What is always asked."""
        return ASKED[self.how]

    def besides(self) -> tuple[str, ...]:
        """What may be said besides."""
        return BESIDES[self.how]

    def says_more(self) -> bool:
        """Whether any of it is said, or said wrongly."""
        return any(
            self[f"{name}-{box}"].data or self[f"{name}-{box}"].errors
            for name in self.besides()
            if name in DATES
            for box in BOXES
        ) or any(
            self[name].data or self[name].errors for name in self.besides() if name not in DATES
        )

    def field_for(self, name: str) -> Any:
        """The field that is told what is wrong; of a date the first box, of another page's any."""
        if name in DATES:
            return self[f"{name}-day"]
        return self._fields.get(name, self.starts)


for _date in DATES:
    for _box in BOXES:
        setattr(TimesForm, f"{_date}-{_box}", StringField(_box.capitalize()))
