"""Whom to ask to look after an organisation too."""

from flask_wtf import FlaskForm
from wtforms import StringField

from connectdo.fields import line
from connectdo.people.forms import is_address


class InviteForm(FlaskForm):  # type: ignore[misc]
    """Asks for their address."""

    email = StringField(
        "Their email address",
        description="We send them a link. They sign in with this address, so check how it is "
        "written.",
        filters=[line],
        validators=[is_address],
    )
