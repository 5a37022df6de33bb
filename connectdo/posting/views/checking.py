"""The page as the public will see it, before it is sent; and when somebody else was quicker."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from connectdo.access import members
from connectdo.db import db
from connectdo.directory.showing import what_it_shows
from connectdo.listings.models import LIVE, Listing
from connectdo.listings.queries import vocabulary
from connectdo.listings.said import as_listing
from connectdo.moderation.actions import Overtaken
from connectdo.moderation.queries import start_of
from connectdo.organisations.models import Organisation
from connectdo.people.here import person_here, within
from connectdo.posting import actions, answers, comparing, pages, queries
from connectdo.posting.limits import CHANGES, POSTS
from connectdo.posting.models import Draft
from connectdo.posting.views import DRAFT, bp, own_draft
from connectdo.posting.views.writing import address_of, go_on
from connectdo.search.finding import moment

CHANGED = {
    pages.WHAT: "what it is",
    pages.INTERESTS: "what it is about",
    pages.WHEN: "when it is",
    pages.WHERE: "where it is",
    pages.WHO: "who it is for and what it costs",
    pages.VISIT: "how to join and the first visit",
    pages.CONTACT: "how to get in touch",
    pages.PHOTO: "the photo",
}


@bp.get(f"{DRAFT}/check")
@members
def check(draft_id: int) -> ResponseReturnValue:
    """What is missing is asked first."""
    draft = own_draft(draft_id)
    if pages.next_page(draft.answers, draft.done):
        return go_on(draft)

    def change(page: str, what: str = "") -> Markup:
        link = Markup('<p class="cd-change"><a class="govuk-link cd-tap" href="{}">{} {}</a></p>')
        is_more = page == pages.PHOTO and not draft.answers["photo"]
        words = what or ("a photo" if is_more else CHANGED[page])
        return link.format(address_of(draft, page), "Add" if is_more else "Change", words)

    now = moment(None)
    listing = _as_it_will_be(draft)
    listing.confirmed_on = now.date()
    page = render_template(
        "posting/check.html", draft=draft, change=change, **what_it_shows(listing, now)
    )
    # What was made to be looked at is not kept.
    db.session.rollback()
    return page


@bp.post(f"{DRAFT}/send")
@members
def send(draft_id: int) -> ResponseReturnValue:
    draft = own_draft(draft_id)
    if pages.next_page(draft.answers, draft.done):
        return go_on(draft)
    is_new = draft.listing is None
    within(POSTS if is_new else CHANGES)
    _leave_out_interests_that_are_gone(draft)
    try:
        listing = actions.send(draft)
    except Overtaken:
        db.session.rollback()
        return redirect(url_for(".both", draft_id=draft_id), 303)
    except actions.NotTheirs:
        db.session.rollback()
        flash("You do not look after that organisation any more. Choose who runs it.", "note")
        return redirect(url_for(".write", draft_id=draft_id, page=pages.WHAT), 303)
    db.session.commit()
    return _sent(listing, is_new=is_new)


@bp.route(f"{DRAFT}/both", methods=["GET", "POST"])
@members
def both(draft_id: int) -> ResponseReturnValue:
    """Somebody else changed the listing meanwhile: what they did, and a choice where both did."""
    draft = own_draft(draft_id)
    if draft.listing is None:
        abort(404)
    start = start_of(draft.listing)
    if start.based_on == draft.based_on:
        return go_on(draft)
    mine, today = answers.to_values(draft.answers), moment(None).date()
    known = {**answers.blank(), **draft.base}, mine, {**answers.blank(), **start.values}
    found = comparing.differences(*known, today)
    chosen = {each.part: request.form.get(each.part, "") for each in found}
    missing = [
        each for each in found if chosen[each.part] not in (comparing.MINE, comparing.THEIRS)
    ]
    if request.method == "POST" and not missing:
        values = comparing.merged(*known, chosen)
        draft.answers = answers.from_values(values, draft.answers["organisation_id"], today)
        draft.base, draft.based_on = dict(start.values), start.based_on
        db.session.commit()
        return redirect(url_for(".check", draft_id=draft.id), 303)
    tried = request.method == "POST"
    page = render_template(
        "posting/both.html",
        draft=draft,
        differences=found,
        changed=comparing.changed_by_them(known[0], known[2], today),
        chosen=chosen,
        missing={each.part: f"Choose what to use for: {each.label}" for each in missing}
        if tried
        else {},
    )
    return page, 422 if tried else 200


@bp.route(f"{DRAFT}/delete", methods=["GET", "POST"])
@members
def delete(draft_id: int) -> ResponseReturnValue:
    """Asks first."""
    draft = own_draft(draft_id)
    if request.method != "POST":
        return render_template("posting/delete.html", draft=draft)
    actions.discard(draft)
    db.session.commit()
    flash("It is deleted.")
    return redirect(url_for(".groups"), 303)


def _as_it_will_be(draft: Draft) -> Listing:
    """The listing that the draft would make. It is not in the session."""
    _leave_out_interests_that_are_gone(draft)
    listing = as_listing(answers.to_values(draft.answers))
    listing.id = draft.listing_id or 0
    known = draft.answers["organisation_id"]
    theirs = [each for each in queries.looked_after(person_here()) if each.id == known]
    name = draft.answers["organisation_name"] or draft.answers["name"]
    held = draft.listing.organisation if draft.listing else None
    listing.organisation = next(iter(theirs), None) or held or Organisation(name=name)
    return listing


def _leave_out_interests_that_are_gone(draft: Draft) -> None:
    here = vocabulary().position
    kept = [each for each in draft.answers["interests"] if each in here]
    if kept != draft.answers["interests"]:
        draft.answers = {**draft.answers, "interests": kept}


def _sent(listing: Listing, *, is_new: bool) -> Answer:
    if listing.status == LIVE and is_new:
        flash(f"{listing.name} is on the site.")
    elif is_new:
        flash(
            f"Thank you. {listing.name} is sent. A moderator looks at it. "
            "We email you when it is on the site."
        )
    else:
        flash(f"Your change to {listing.name} is sent.")
    return redirect(url_for(".groups"), 303)
