""" "Is this your group?": a link is mailed to the address that an imported listing shows, or a
moderator is asked."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from connectdo import audit, limits
from connectdo.access import allow, members, public
from connectdo.db import db, utc_now
from connectdo.listings.models import Listing
from connectdo.listings.queries import get_listing
from connectdo.moderation import claims
from connectdo.moderation.queries import claim_of
from connectdo.moderation.rules import can_be_claimed
from connectdo.people.here import person_here, within
from connectdo.people.models import Person, Ticket
from connectdo.people.queries import open_ticket
from connectdo.people.tickets import CLAIM
from connectdo.posting import claiming
from connectdo.posting.forms.claim import ClaimForm
from connectdo.posting.limits import CLAIMS, CLAIMS_TO_AN_ADDRESS
from connectdo.posting.views import LISTING, bp

LINK = "/claimed/<secret>"


@bp.route(f"/claim{LISTING}", methods=["GET", "POST"])
@members
def claim(listing_id: int) -> ResponseReturnValue:
    """Who reads the mail to that address already needs no link."""
    listing = get_listing(listing_id) or abort(404)
    allow(can_be_claimed(listing))
    person, email = person_here(), claiming.address_of(listing)
    if request.method == "POST" and email == person.email:
        return _take(person, listing)
    if request.method == "POST" and email:
        return _ask(person, listing, email)
    return _page(listing, ClaimForm())


@bp.post(f"/claim{LISTING}/ask-a-moderator")
@members
def ask_a_moderator(listing_id: int) -> ResponseReturnValue:
    listing = get_listing(listing_id) or abort(404)
    allow(can_be_claimed(listing))
    form = ClaimForm()
    if not form.validate_on_submit():
        return _page(listing, form)
    within(CLAIMS)
    claims.claim(person_here(), listing, form.words.data or "")
    db.session.commit()
    flash("A moderator will check it and write to you.")
    return redirect(url_for("directory.listing", listing_id=listing.id), 303)


@bp.route(LINK, methods=["GET", "POST"])
@public
def claimed(secret: str) -> ResponseReturnValue:
    """For whoever reads that mail: it needs no account. Looking changes nothing, since programs
    that look through mail open links; a person presses the button."""
    found = _open(secret)
    if found is None:
        return render_template("posting/claim_ended.html"), 410
    ticket, listing = found
    if request.method != "POST":
        return render_template("posting/claimed.html", listing=listing, email=ticket.email)
    email, name = ticket.email, listing.name
    audit.about("listing", listing.id)
    if not claiming.agree(ticket, listing):
        db.session.rollback()
        return render_template("posting/claim_ended.html"), 410
    db.session.commit()
    return render_template("posting/claim_agreed.html", email=email, name=name)


def _page(listing: Listing, form: ClaimForm) -> ResponseReturnValue:
    person, email = person_here(), claiming.address_of(listing)
    page = render_template(
        "posting/claim.html",
        listing=listing,
        person=person,
        email=email,
        masked=claiming.masked(email) if email else "",
        form=form,
        is_waiting=claim_of(person, listing) is not None,
    )
    return page, 422 if form.errors else 200


def _open(secret: str) -> tuple[Ticket, Listing] | None:
    ticket = open_ticket(secret, [CLAIM], utc_now())
    listing = get_listing(ticket.about) if ticket and ticket.about else None
    return (ticket, listing) if ticket and listing and can_be_claimed(listing) else None


def _take(person: Person, listing: Listing) -> ResponseReturnValue:
    name = listing.name
    allow(claims.take(person, listing))
    db.session.commit()
    flash(f"You look after {name} now.")
    return redirect(url_for(".groups"), 303)


def _ask(person: Person, listing: Listing, email: str) -> ResponseReturnValue:
    within(CLAIMS)
    if not limits.allow(CLAIMS_TO_AN_ADDRESS, email):
        abort(429)
    claiming.ask(person, listing, email)
    db.session.commit()
    flash(f"We have sent a link to {claiming.masked(email)}. It works for 7 days.")
    return redirect(url_for("directory.listing", listing_id=listing.id), 303)
