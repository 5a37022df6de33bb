"""The pages on which people write their listings and look after them."""

from flask import Blueprint, Response, abort
from werkzeug.wrappers import Response as Answer

from connectdo.headers import keep_private
from connectdo.pages import ID
from connectdo.people.here import person_here
from connectdo.posting import queries
from connectdo.posting.models import Draft

bp = Blueprint("posting", __name__, template_folder="../templates", url_prefix="/your-groups")

DRAFT = f"/drafts/<{ID}:draft_id>"
LISTING = f"/<{ID}:listing_id>"


def own_draft(draft_id: int) -> Draft:
    """The draft, if it is theirs who ask; another's is not there."""
    draft = queries.draft_of(person_here(), draft_id)
    if draft is None:
        abort(404)
    return draft


from connectdo.posting.views import (  # noqa: E402
    calendars,
    checking,
    claiming,
    dates,
    figures,
    groups,
    organisers,
    photo,
    times,
    writing,
)

__all__ = [
    "bp", "calendars", "checking", "claiming", "dates", "figures", "groups", "organisers",
    "own_draft", "photo", "times", "writing",
]  # fmt: skip


@bp.after_request
def private(response: Response) -> Answer:
    """Every page here is about somebody."""
    keep_private(response)
    return response
