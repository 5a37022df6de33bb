"""What fields of forms share in every room: how their text is taken, and what is asked of it."""

import re
from collections.abc import Callable, Mapping

from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import ValidationError

from connectdo.text import one_line, tidy
from connectdo.wording import sentence

Validator = Callable[[FlaskForm, Field], None]
# Signs that turn the direction of what follows, on a page that is not theirs.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def line(text: str | None) -> str:
    """What was typed, on one line."""
    return one_line(TURNING.sub("", text or ""))


def lines(text: str | None) -> str:
    """What was typed, with its lines."""
    return tidy(TURNING.sub("", text or ""))


def choices(words: Mapping[str, str]) -> list[SelectChoice]:
    """The choices of a field, each with a capital letter."""
    return [SelectChoice(value, sentence(label)) for value, label in words.items()]


def needed(message: str) -> Validator:
    """Asks for an answer."""

    def check(_form: FlaskForm, field: Field) -> None:
        if not field.data:
            raise ValidationError(message)

    return check


def at_most(most: int, what: str = "What you write") -> Validator:
    """Refuses a longer text, and says how much of it has to go."""

    def check(_form: FlaskForm, field: Field) -> None:
        length = len(field.data or "")
        if length > most:
            raise ValidationError(f"{what} must be {most:,} characters or fewer. It has {length:,}")

    return check
