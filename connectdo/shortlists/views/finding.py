"""Finding things with a client: what suits them, narrowed as they talk, kept in place."""

from datetime import datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as Answer

from connectdo.clients.here import CLIENT, client_here, client_to_change
from connectdo.clients.models import Client
from connectdo.clients.views import coaches, those_who_may_see
from connectdo.clients.wording import needs_in_words, where_in_words
from connectdo.db import db, utc_now
from connectdo.directory.cards import cards
from connectdo.insight.counting import SHORTLISTED, count
from connectdo.listings.models import LIVE, Listing
from connectdo.local import is_local
from connectdo.pages import ID
from connectdo.people.here import person_here
from connectdo.search.finding import Found, moment
from connectdo.search.reading import LONGEST_SAID
from connectdo.search.wording import notes_in_words
from connectdo.shortlists import actions, queries
from connectdo.shortlists.finding import suiting
from connectdo.shortlists.views import bp
from connectdo.shortlists.wording import STATES, TAGS
from connectdo.text import one_line
from connectdo.wording import listed

LISTING = f"{CLIENT}/find/<{ID}:listing_id>"


@bp.get(f"{CLIENT}/find")
@those_who_may_see
def find(client_id: int) -> ResponseReturnValue:
    """What suits them, with no words needed. Those made since the last look are marked."""
    # Before this look is written down.
    opened = utc_now()
    here = client_here(client_id)
    words = one_line(request.args.get("q", ""))[:LONGEST_SAID]
    states = queries.states_of(here.client)
    found = suiting(here.client, states, words, _page())
    shown = cards(found.found.results, found.found.now)
    return render_template(
        "shortlists/find.html",
        here=here,
        words=words,
        suiting=found,
        notes=[*filter(None, [found.note, _read(found.found)]), *notes_in_words(found.found)],
        cards=shown,
        states=states,
        in_words=STATES,
        tags=TAGS,
        new=_new(here.client, [each.listing_id for each in shown], opened),
        kept=len(queries.items_of(here.client)),
        where=where_in_words(here.client),
        needs=needs_in_words(here.client),
    )


@bp.post(LISTING)
@coaches
def keep(client_id: int, listing_id: int) -> ResponseReturnValue:
    here = client_to_change(client_id)
    listing = _listing(listing_id)
    is_new = queries.item_for(here.client, listing.id) is None
    try:
        actions.keep(here.client, person_here(), listing, moment(None).date())
    except actions.ShortlistIsFull:
        db.session.rollback()
        flash(f"A shortlist holds {actions.MOST_KEPT} things. Take something off first.", "note")
        return _back(client_id)
    db.session.commit()
    if is_new:
        count(SHORTLISTED, [listing.id])
    flash(f"{listing.name} is on the shortlist.")
    return _back(client_id)


@bp.post(f"{LISTING}/no")
@coaches
def decline(client_id: int, listing_id: int) -> ResponseReturnValue:
    here = client_to_change(client_id)
    listing = _listing(listing_id)
    actions.decline(here.client, person_here(), listing, moment(None).date())
    db.session.commit()
    flash(f"{listing.name} is not suggested again.")
    return _back(client_id)


def _read(found: Found) -> str:
    """What decides the order besides what is known of them."""
    reading = found.query.reading
    labels = [each.label for each in reading.reads] if reading else []
    return f"In these words we read: {listed(labels)}." if labels else ""


def _page() -> int:
    asked = request.args.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 4 else 1


def _new(client: Client, ids: list[int], opened: datetime) -> set[int]:
    """Those that were made since whoever is here last looked; none where they never have."""
    before = queries.looked_before(person_here(), client, opened)
    return queries.made_since(ids, before) if before else set()


def _listing(listing_id: int) -> Listing:
    found = db.session.get(Listing, listing_id)
    return found if found and found.status == LIVE else abort(404)


def _back(client_id: int) -> Answer:
    """To the same place in what was found."""
    came_from = request.form.get("next", "")
    here = url_for(".find", client_id=client_id)
    return redirect(came_from if is_local(came_from) else here, 303)
