"""Deciding whether somebody looks after a listing."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from connectdo.access import ADMINISTRATOR, MODERATOR, staff
from connectdo.days import london_day, london_today
from connectdo.db import db
from connectdo.listings.queries import live_listings_of
from connectdo.listings.said import said
from connectdo.moderation import claims, forms, wording
from connectdo.moderation.actions import Decided
from connectdo.moderation.models import Claim
from connectdo.moderation.views import bp, decided_meanwhile, moderated
from connectdo.pages import ID
from connectdo.people.here import person_here
from connectdo.wording import date_in_words

CANNOT = "They cannot look after it any more: somebody else does, or it is not shown. We told them."


@bp.route(f"/moderation/claims/<{ID}:claim_id>", methods=["GET", "POST"])
@staff(MODERATOR, ADMINISTRATOR)
def claim(claim_id: int) -> ResponseReturnValue:
    found = db.session.get(Claim, claim_id)
    form = forms.ClaimDecisionForm(forms.OF_A_CLAIM, f"claim {claim_id}")
    if found is None:
        return decided_meanwhile(form)
    listing = moderated(found.listing_id)
    if form.validate_on_submit():
        return _decide(found, form)
    today = london_today()
    run_by = listing.organisation
    page = render_template(
        "moderation/claim.html",
        listing=listing,
        claim=found,
        form=form,
        pages=live_listings_of(run_by.id) if run_by else [],
        asked=date_in_words(london_day(found.made_at), today),
        lines=wording.in_words(said(listing), today),
    )
    return page, 422 if form.errors else 200


def _decide(claim: Claim, form: forms.ClaimDecisionForm) -> ResponseReturnValue:
    person, email, name = person_here(), claim.person.email, claim.listing.name
    told = f"{email} does not look after {name}. We have told them why."
    try:
        if form.decision.data == forms.REFUSE:
            claims.refuse(person, claim, form.said)
        else:
            agreed = claims.agree(person, claim, form.said)
            told = f"{email} looks after {name} now." if agreed else CANNOT
    except Decided:
        db.session.rollback()
        return decided_meanwhile(form)
    db.session.commit()
    flash(told)
    return redirect(url_for(".queue"), 303)
