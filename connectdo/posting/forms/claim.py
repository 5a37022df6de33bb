"""How a moderator can check whose group it is."""

from flask_wtf import FlaskForm
from wtforms import TextAreaField

from connectdo.fields import at_most, lines, needed

LONGEST_WORDS = 1_000


class ClaimForm(FlaskForm):  # type: ignore[misc]
    """Asks for it in a few words."""

    words = TextAreaField(
        "How can a moderator check that it is your group?",
        description="For example: a page of the group that names you, or who answers when we ring "
        "the number on its page. Only moderators read this.",
        filters=[lines],
        validators=[
            needed("Write how a moderator can check that it is your group"),
            at_most(LONGEST_WORDS, "What you write"),
        ],
    )
