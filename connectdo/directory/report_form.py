"""What a visitor types to report a problem with a listing. No name is asked for."""

from email_validator import EmailNotValidError, validate_email
from flask_wtf import FlaskForm
from wtforms import Field, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import AnyOf, Length, ValidationError

from connectdo.moderation.models import PROBLEMS
from connectdo.text import one_line, tidy

LONGEST_DETAILS = 2_000


def _tidied(text: str | None) -> str:
    return tidy(text or "")


def _on_one_line(text: str | None) -> str:
    return one_line(text or "")


def is_email_address(_form: FlaskForm, field: Field) -> None:
    """Refuses what nobody could be written to at, or is too long. An empty field is fine."""
    try:
        if field.data:
            validate_email(field.data, check_deliverability=False)
    except EmailNotValidError as error:
        raise ValidationError("Enter an email address like name@mail.example") from error


class ReportForm(FlaskForm):  # type: ignore[misc]
    """`home_page` is a trap: people do not see it, and programs that fill in forms do."""

    problem = RadioField(
        "What is wrong?",
        choices=[SelectChoice(value, words) for value, words in PROBLEMS.items()],
        validate_choice=False,
        validators=[AnyOf(PROBLEMS, message="Choose what is wrong")],
    )
    details = TextAreaField(
        "What should we know? (optional)",
        description="Do not write anything private, such as your health.",
        filters=[_tidied],
        validators=[
            Length(
                max=LONGEST_DETAILS,
                message=f"What we should know must be {LONGEST_DETAILS:,} characters or fewer",
            )
        ],
    )
    email = StringField(
        "Your email address (optional)",
        description="Only if you would like an answer.",
        filters=[_on_one_line],
        validators=[is_email_address],
    )
    home_page = StringField(
        "Leave this empty",
        filters=[_on_one_line],
        validators=[Length(max=0, message="Leave the last field empty")],
    )
