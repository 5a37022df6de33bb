"""What people type to come in, and on their account page."""

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from connectdo.fields import at_most, line
from connectdo.local import is_local
from connectdo.people.addresses import NotAnAddress, normalised
from connectdo.people.secrets import LONGEST_PASSWORD, SHORTEST_PASSWORD, is_easy_to_guess

LONGEST_NAME = 100
LONGEST_CODE = 40


def _local(address: str | None) -> str:
    """Where they were heading, if that is on this site; else nowhere."""
    return address if address and is_local(address) else ""


def said(field: Field) -> str:
    """What was typed in a field of text."""
    return field.data or ""


def is_address(_form: FlaskForm, field: Field) -> None:
    """Refuses what nobody could be written to at; what is left is written as it is kept."""
    try:
        field.data = normalised(field.data)
    except NotAnAddress as error:
        message = "Enter an email address like name@mail.example"
        raise ValidationError(message if field.data else "Enter your email address") from error


def is_address_if_any(form: FlaskForm, field: Field) -> None:
    """The same of a field that may be left empty."""
    if field.data:
        is_address(form, field)


class UnseenField(PasswordField):
    """What is typed here is not sent back to the page."""

    def _value(self) -> str:
        return ""


class EmailForm(FlaskForm):  # type: ignore[misc]
    """Asks where to send a link."""

    email = StringField("Your email address", filters=[line], validators=[is_address])
    next = HiddenField(filters=[_local])


class PasswordForm(EmailForm):
    """Signs in without a link."""

    password = UnseenField(
        "Your password",
        validators=[
            InputRequired("Enter your password"),
            Length(max=LONGEST_PASSWORD, message="Check your password"),
        ],
    )


class CodeForm(FlaskForm):  # type: ignore[misc]
    """Asks for the second step."""

    code = StringField(
        "Your code",
        filters=[line],
        validators=[
            InputRequired("Enter the 6 numbers that your app shows"),
            Length(max=LONGEST_CODE, message="Enter the 6 numbers that your app shows"),
        ],
    )


class CurrentPasswordForm(FlaskForm):  # type: ignore[misc]
    """Asks who is there, before something that a stranger at an open browser must not do."""

    current = UnseenField(
        "Your password now",
        validators=[
            InputRequired("Enter the password you have now"),
            Length(max=LONGEST_PASSWORD, message="Check the password you have now"),
        ],
    )


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    """Asks for a new password. `email` is whose, for nobody's own address is a secret."""

    password = UnseenField(
        "New password",
        description=f"Use {SHORTEST_PASSWORD} characters or more. "
        "Three words that do not belong together are easy to remember and hard to guess.",
        validators=[
            InputRequired("Enter a new password"),
            Length(
                min=SHORTEST_PASSWORD,
                message=f"Use {SHORTEST_PASSWORD} characters or more for your new password",
            ),
            Length(
                max=LONGEST_PASSWORD,
                message=f"Use {LONGEST_PASSWORD:,} characters or fewer for your new password",
            ),
        ],
    )

    def __init__(self, email: str) -> None:
        super().__init__()
        self._email = email

    def validate_password(self, field: Field) -> None:
        if is_easy_to_guess(field.data, self._email):
            raise ValidationError("Choose another new password. This one is easy to guess")


class ChangePasswordForm(CurrentPasswordForm, NewPasswordForm):
    """Asks for both."""


class NameForm(FlaskForm):  # type: ignore[misc]
    """Asks what to call them."""

    name = StringField(
        "Your name (optional)",
        description="What we call you when we write to you.",
        filters=[line],
        validators=[
            at_most(LONGEST_NAME, "Your name"),
        ],
    )
