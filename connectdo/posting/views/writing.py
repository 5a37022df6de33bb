"""One page for each thing that is asked, in order; each is kept when it is sent."""

from types import SimpleNamespace
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as Answer

from connectdo.access import members
from connectdo.db import db
from connectdo.listings.queries import vocabulary
from connectdo.people.here import person_here
from connectdo.posting import actions, pages, queries
from connectdo.posting.answers import blank
from connectdo.posting.forms import StepForm
from connectdo.posting.forms.what import InterestsForm, WhatForm
from connectdo.posting.forms.where import ReachForm, VenueForm, WhereForm
from connectdo.posting.forms.who import ContactForm, VisitForm, WhoForm
from connectdo.posting.models import Draft
from connectdo.posting.suggesting import suggested, ticked, with_meant
from connectdo.posting.views import DRAFT, bp, own_draft
from connectdo.search.alike import interests_like

PLAIN: dict[str, type[StepForm]] = {
    pages.WHERE: WhereForm,
    pages.REACH: ReachForm,
    pages.WHO: WhoForm,
    pages.VISIT: VisitForm,
    pages.CONTACT: ContactForm,
}
MOST = f"You have {actions.MOST_DRAFTS} that you have not finished. Finish or delete one first."


@bp.route("/add", methods=["GET", "POST"])
@members
def add() -> ResponseReturnValue:
    """The first page. There is a draft once it is sent."""
    person = person_here()
    form = WhatForm(blank(), queries.looked_after(person))
    if form.validate_on_submit():
        try:
            draft = actions.begin(person, blank())
        except actions.TooManyDrafts:
            flash(MOST, "note")
            return redirect(url_for(".groups"), 303)
        actions.keep(draft, pages.WHAT, form.said())
        db.session.commit()
        return go_on(draft)
    context = {"drafts": queries.drafts_of(person), "draft": None}
    return _page(pages.WHAT, form, url_for(".groups"), context)


@bp.route(f"{DRAFT}/<any({', '.join([pages.WHAT, pages.INTERESTS, pages.VENUE, *PLAIN])}):page>",
          methods=["GET", "POST"])  # fmt: skip
@members
def write(draft_id: int, page: str) -> ResponseReturnValue:
    draft = own_draft(draft_id)
    form = _form(draft, page)
    if form.validate_on_submit():
        actions.keep(draft, page, form.said())
        db.session.commit()
        return go_on(draft)
    return _page(page, form, back_from(draft, page), {"draft": draft, "drafts": []})


@bp.get(DRAFT)
@members
def resume(draft_id: int) -> ResponseReturnValue:
    """Where they stopped."""
    return go_on(own_draft(draft_id))


def go_on(draft: Draft) -> Answer:
    """To the first page without an answer, or to look at it all."""
    page = pages.next_page(draft.answers, draft.done)
    return redirect(address_of(draft, page) if page else url_for(".check", draft_id=draft.id), 303)


def address_of(draft: Draft, page: str) -> str:
    """Where a page of a draft is."""
    if page == pages.WHEN:
        there = ".dates_to_check" if draft.answers["times"] else ".when"
        return url_for(there, draft_id=draft.id)
    if page == pages.PHOTO:
        return url_for(".photo", draft_id=draft.id)
    return url_for(".write", draft_id=draft.id, page=page)


def back_from(draft: Draft, page: str) -> str:
    """Where "Back" leads: to the page before, or to the whole where that was seen already."""
    if pages.next_page(draft.answers, draft.done) is None:
        return url_for(".check", draft_id=draft.id)
    before = pages.page_before(draft.answers, page)
    return address_of(draft, before) if before else url_for(".groups")


def _form(draft: Draft, page: str) -> StepForm:
    answers = draft.answers
    if page == pages.WHAT:
        return WhatForm(answers, queries.looked_after(draft.person))
    if page == pages.INTERESTS:
        words, texts = vocabulary(), (answers["name"], answers["description"])
        tick = [] if pages.INTERESTS in draft.done else ticked(words, *texts)
        meant = [
            each for each in interests_like(SimpleNamespace(**answers)) if each in words.position
        ]
        offered = with_meant(words, suggested(words, *texts), meant)
        return InterestsForm(answers, words, offered, ticked=tick)
    if page == pages.VENUE:
        if not answers["postcode"]:
            abort(404)
        return VenueForm(answers, queries.venues_at(answers["postcode"]))
    return PLAIN[page](answers)


def _page(page: str, form: StepForm, back: str, context: dict[str, Any]) -> ResponseReturnValue:
    shown = render_template(f"posting/{page}.html", form=form, back=back, **context)
    return shown, 422 if form.errors else 200
