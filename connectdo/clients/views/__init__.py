"""The pages of a client's record: what is known of them, what they agreed to, who may see it."""

from flask import Blueprint

from connectdo.access import ADMINISTRATOR, COACH, TEAM_LEAD, staff
from connectdo.clients.wording import pieces
from connectdo.days import said_at, said_on

bp = Blueprint("clients", __name__, template_folder="../templates")
# Whoever may have a client to see; the rules say which.
coaches = staff(COACH, TEAM_LEAD)
# The same, and who may break the glass.
those_who_may_see = staff(COACH, TEAM_LEAD, ADMINISTRATOR)

for _words in (said_at, said_on, pieces):
    bp.add_app_template_filter(_words)

from connectdo.clients.views import (  # noqa: E402
    about,
    consent,
    glass,
    people,
    record,
    team,
    worries,
)

__all__ = [
    "about",
    "bp",
    "coaches",
    "consent",
    "glass",
    "people",
    "record",
    "team",
    "those_who_may_see",
    "worries",
]
