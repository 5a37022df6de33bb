"""One listing as moderators see it: its versions, who did what, and what they may do with it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as Answer

from connectdo.access import ADMINISTRATOR, MODERATOR, staff
from connectdo.days import said_at
from connectdo.db import db
from connectdo.listings.models import HIDDEN, LIVE, STOPPED, Listing
from connectdo.moderation import actions, queries, wording
from connectdo.moderation.views import LISTING, bp, moderated
from connectdo.organisations.queries import membership_records_of
from connectdo.organisations.wording import DID
from connectdo.pages import ID
from connectdo.people.here import person_here


@bp.get(LISTING)
@staff(MODERATOR, ADMINISTRATOR)
def history(listing_id: int) -> ResponseReturnValue:
    listing = moderated(listing_id)
    run_by = listing.organisation
    return render_template(
        "moderation/history.html",
        listing=listing,
        status=wording.STATUSES[listing.status],
        versions=[
            (each, said_at(each.made_at), wording.DECISIONS[each.decision])
            for each in queries.versions_of(listing)
        ],
        records=[
            (each, said_at(each.at), wording.DID[each.did]) for each in queries.records_of(listing)
        ],
        membership_records=[
            (each, said_at(each.at), DID[each.did])
            for each in (membership_records_of(run_by) if run_by else [])
        ],
        can_hide=listing.status in (LIVE, STOPPED),
        can_show=listing.status in (HIDDEN, STOPPED),
    )


@bp.post(f"{LISTING}/versions/<{ID}:number>/restore")
@staff(MODERATOR, ADMINISTRATOR)
def restore(listing_id: int, number: int) -> ResponseReturnValue:
    listing = moderated(listing_id)
    version = queries.get_version(listing_id, number) or abort(404)
    actions.restore(person_here(), version)
    return _back(listing, f"Version {number} is shown again.")


@bp.post(f"{LISTING}/hide")
@staff(MODERATOR, ADMINISTRATOR)
def hide(listing_id: int) -> ResponseReturnValue:
    listing = moderated(listing_id)
    actions.hide(person_here(), listing)
    return _back(listing, "It is hidden.")


@bp.post(f"{LISTING}/show")
@staff(MODERATOR, ADMINISTRATOR)
def show(listing_id: int) -> ResponseReturnValue:
    listing = moderated(listing_id)
    actions.show(person_here(), listing)
    return _back(listing, "Everybody can see it again.")


@bp.post(f"{LISTING}/trust")
@staff(MODERATOR, ADMINISTRATOR)
def trust(listing_id: int) -> ResponseReturnValue:
    """`trusted` is "yes" or "no"."""
    listing = moderated(listing_id)
    trusted = request.form.get("trusted") == "yes"
    actions.trust(person_here(), listing, trusted)
    told = "be shown at once" if trusted else "wait for a moderator"
    return _back(listing, f"What they change will {told}.")


def _back(listing: Listing, message: str) -> Answer:
    db.session.commit()
    flash(message)
    return redirect(url_for(".history", listing_id=listing.id), 303)
