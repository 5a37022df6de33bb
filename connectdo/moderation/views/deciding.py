"""The queue, and deciding about what is in it."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as Answer

from connectdo.access import ADMINISTRATOR, MODERATOR, staff
from connectdo.days import london_day, london_today
from connectdo.db import db
from connectdo.listings.models import WAITING
from connectdo.listings.said import said
from connectdo.moderation import actions, asking, forms, queries, reports, wording
from connectdo.moderation.likely import likely_the_same
from connectdo.moderation.models import (
    PROBLEMS,
    SHOWN,
    UNDECIDED,
    UNSEEN,
    Question,
    Report,
    Version,
)
from connectdo.moderation.queue import KINDS, queue_of
from connectdo.moderation.views import LISTING, bp, decided_meanwhile, moderated
from connectdo.pages import ID
from connectdo.people.here import person_here
from connectdo.people.models import Person
from connectdo.wording import date_in_words

VERSION = f"{LISTING}/versions/<{ID}:number>"
DONE = {
    forms.APPROVE: "{name} is approved.",
    forms.ASK: "We have asked for a change of {name}.",
    forms.REFUSE: "{name} is refused. We have told them why.",
}


@bp.get("/moderation")
@staff(MODERATOR, ADMINISTRATOR)
def queue() -> ResponseReturnValue:
    person, today = person_here(), london_today()
    found = queue_of(person, today)
    rows = [(item, date_in_words(london_day(item.since), today)) for item in found.items]
    page = "moderation/queue.html"
    return render_template(page, rows=rows, total=found.total, kinds=KINDS, person=person)


@bp.route(VERSION, methods=["GET", "POST"])
@staff(MODERATOR, ADMINISTRATOR)
def version(listing_id: int, number: int) -> ResponseReturnValue:
    listing = moderated(listing_id)
    found = queries.get_version(listing_id, number) or abort(404)
    is_shown = found.decision == UNSEEN
    as_it_is = f"version {found.id}, {found.decision}"
    form = forms.DecisionForm(forms.IS_SHOWN if is_shown else forms.WAITS, as_it_is)
    if form.validate_on_submit():
        try:
            _decide(person_here(), found, form.decision.data, form.said)
        except actions.Decided:
            db.session.rollback()
            return decided_meanwhile(form, listing_id)
        db.session.commit()
        flash(DONE[form.decision.data].format(name=found.said["name"]))
        return redirect(url_for(".queue"), 303)
    if form.overtaken:
        return decided_meanwhile(form, listing_id)
    today = london_today()
    before = _before(found)
    is_open = found.decision in (UNDECIDED, UNSEEN)
    page = render_template(
        "moderation/version.html",
        listing=listing,
        version=found,
        form=form,
        is_open=is_open,
        is_shown=is_shown,
        differences=wording.differences(before, found.said, today) if before else [],
        is_new=before is None,
        likely=likely_the_same(listing, found.said) if is_open and before is None else [],
        lines=wording.in_words(found.said, today),
        made=date_in_words(london_day(found.made_at), today),
        decided=wording.DECISIONS[found.decision],
    )
    return page, 422 if form.errors else 200


@bp.route(f"/moderation/reports/<{ID}:report_id>", methods=["GET", "POST"])
@staff(MODERATOR, ADMINISTRATOR)
def report(report_id: int) -> ResponseReturnValue:
    found = db.session.get(Report, report_id) or abort(404)
    listing = moderated(found.listing_id)
    form = forms.ReportForm(forms.OF_A_REPORT, f"report {report_id}")
    if form.validate_on_submit():
        person = person_here()
        if form.decision.data == forms.HIDE:
            actions.hide(person, listing, form.said)
        if form.decision.data == forms.STOPPED:
            actions.stop(person, listing)
        try:
            reports.close_report(person, found, form.said, form.answer.data or "")
        except actions.Decided:
            db.session.rollback()
            return decided_meanwhile(form, listing.id)
        return _done("The report is closed.")
    today = london_today()
    page = render_template(
        "moderation/report.html",
        listing=listing,
        report=found,
        form=form,
        problem=PROBLEMS[found.problem],
        reported=date_in_words(london_day(found.reported_at), today),
        lines=wording.in_words(said(listing), today),
    )
    return page, 422 if form.errors else 200


@bp.route(f"/moderation/questions/<{ID}:question_id>", methods=["GET", "POST"])
@staff(MODERATOR, ADMINISTRATOR)
def question(question_id: int) -> ResponseReturnValue:
    found = db.session.get(Question, question_id)
    form = forms.NoteForm(forms.OF_SILENCE, f"question {question_id}")
    if found is None:
        return decided_meanwhile(form)
    listing = moderated(found.listing_id)
    if form.validate_on_submit():
        person = person_here()
        actions.hold(listing)
        if db.session.get(Question, question_id, populate_existing=True) is None:
            return decided_meanwhile(form, listing.id)
        if form.decision.data == forms.RIGHT:
            asking.confirm(person, listing, words=form.said)
        elif form.decision.data == forms.STOPPED:
            actions.stop(person, listing)
        else:
            asking.leave(person, found, words=form.said)
        return _done(f"{listing.name} is done.")
    today = london_today()
    page = render_template(
        "moderation/question.html",
        listing=listing,
        question=found,
        form=form,
        asked=date_in_words(found.asked_on, today),
        lines=wording.in_words(said(listing), today),
    )
    return page, 422 if form.errors else 200


def _decide(person: Person, version: Version, decision: str, words: str) -> None:
    act = {forms.APPROVE: actions.approve, forms.ASK: actions.ask, forms.REFUSE: actions.refuse}
    act[decision](person, version, words)


def _before(version: Version) -> dict[str, object] | None:
    """What a version is to be compared with: what is shown now, or was before it. None where that
    is nothing."""
    if version.decision in SHOWN or (version.number > 1 and version.decision != UNDECIDED):
        before = queries.shown_before(version)
        return before.said if before else None
    return None if version.listing.status == WAITING else said(version.listing)


def _done(message: str) -> Answer:
    db.session.commit()
    flash(message)
    return redirect(url_for(".queue"), 303)
