"""The moderator's pages, and the page behind the link of "is this still right?"."""

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from connectdo import audit
from connectdo.access import allow
from connectdo.headers import keep_private
from connectdo.listings.models import Listing
from connectdo.listings.queries import get_listing
from connectdo.moderation import rules
from connectdo.moderation.forms import WordsForm
from connectdo.pages import ID
from connectdo.people.here import person_here

bp = Blueprint("moderation", __name__, template_folder="../templates")

LISTING = f"/moderation/listings/<{ID}:listing_id>"


def moderated(listing_id: int) -> Listing:
    """A listing in the areas of the moderator who is here; another's looks like none."""
    listing = get_listing(listing_id) or abort(404)
    allow(rules.can_moderate(person_here(), listing))
    audit.about("listing", listing.id)
    return listing


def decided_meanwhile(form: WordsForm, listing_id: int | None = None) -> ResponseReturnValue:
    """For who decides what another has just decided: what they wrote is not lost. Of some things
    nothing is left then: to who was never shown one there is no such page."""
    allow(listing_id is not None or form.was_shown)
    words = "\n".join(filter(None, form.words_said))
    page = render_template("moderation/too_late.html", words=words, listing_id=listing_id)
    return page, 409


from connectdo.moderation.views import claims, deciding, history, still_right  # noqa: E402

__all__ = [
    "bp", "claims", "decided_meanwhile", "deciding", "history", "moderated", "still_right",
]  # fmt: skip


@bp.after_request
def private(response: Response) -> Response:
    """These pages are about people, and the links in mails hold secrets."""
    keep_private(response)
    return response
