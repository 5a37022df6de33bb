"""What a visitor types to report a problem with a listing. No name is asked for."""

from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import AnyOf, Length

from connectdo.fields import at_most, line, lines
from connectdo.moderation.models import PROBLEMS
from connectdo.people.forms import is_address_if_any

LONGEST_DETAILS = 2_000


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
        filters=[lines],
        validators=[at_most(LONGEST_DETAILS, "What we should know")],
    )
    email = StringField(
        "Your email address (optional)",
        description="Only if you would like an answer.",
        filters=[line],
        validators=[is_address_if_any],
    )
    home_page = StringField(
        "Leave this empty",
        filters=[line],
        validators=[Length(max=0, message="Leave the last field empty")],
    )
