"""When it is: how often, then what that needs to know, then the next dates to look at."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from connectdo.access import members
from connectdo.db import db
from connectdo.listings.schedules import coming_of_all
from connectdo.listings.when import REPEATS
from connectdo.listings.wording import occurrence_in_words, schedules_in_words
from connectdo.posting import actions, pages
from connectdo.posting.answers import times_from, times_in
from connectdo.posting.forms.when import NO_TIMES, RepeatsForm, TimesForm
from connectdo.posting.models import Draft
from connectdo.posting.views import DRAFT, bp, own_draft
from connectdo.posting.views.writing import back_from, go_on
from connectdo.search.finding import moment

DATES_SHOWN = 5
MOST_BLOCKS = 10
BLOCK = f"<int(max={MOST_BLOCKS - 1}):number>"
USUAL = {"group": "weekly", "event": "once"}


@bp.route(f"{DRAFT}/when", methods=["GET", "POST"], defaults={"number": 0})
@bp.route(f"{DRAFT}/when/{BLOCK}", methods=["GET", "POST"])
@members
def when(draft_id: int, number: int) -> ResponseReturnValue:
    """How often, for one of the ways it meets."""
    draft = own_draft(draft_id)
    form = RepeatsForm(_repeats(draft, number), is_first=number == 0)
    if form.validate_on_submit():
        if form.repeats.data != NO_TIMES:
            here = {"draft_id": draft.id, "number": number, "repeats": form.repeats.data}
            return redirect(url_for(".times", **here), 303)
        actions.keep(draft, pages.WHEN, {"times": [], "schedule_words": ""})
        db.session.commit()
        return go_on(draft)
    back = url_for(".dates_to_check", draft_id=draft.id) if number else back_from(draft, pages.WHEN)
    page = render_template("posting/when.html", form=form, draft=draft, back=back)
    return page, 422 if form.errors else 200


@bp.route(f"{DRAFT}/when/{BLOCK}/<any({', '.join(REPEATS)}):repeats>", methods=["GET", "POST"])
@members
def times(draft_id: int, number: int, repeats: str) -> ResponseReturnValue:
    """The days and hours."""
    draft = own_draft(draft_id)
    blocks = draft.answers["times"]
    if number > len(blocks):
        abort(404)
    said = (blocks[number]["said"] or {}) if number < len(blocks) else {}
    form = TimesForm(repeats, said)
    if form.validate_on_submit():
        found = form.read(moment(None).date())
        if not found.wrong:
            actions.keep_block(draft, number, form.answers(), found.schedules)
            db.session.commit()
            return redirect(url_for(".dates_to_check", draft_id=draft.id), 303)
    back = url_for(".when", draft_id=draft.id, number=number)
    page = render_template(
        "posting/times.html", form=form, draft=draft, back=back, title=REPEATS[repeats]
    )
    return page, 422 if form.errors else 200


@bp.route(f"{DRAFT}/dates", methods=["GET", "POST"])
@members
def dates_to_check(draft_id: int) -> ResponseReturnValue:
    """The next dates, as everybody will read them: is that what they meant?"""
    draft = own_draft(draft_id)
    if not draft.answers["times"]:
        return redirect(url_for(".when", draft_id=draft.id), 303)
    if request.method == "POST":
        actions.keep(draft, pages.WHEN, {})
        db.session.commit()
        return go_on(draft)
    now = moment(None)
    blocks = [[times_from(each) for each in block["schedules"]] for block in draft.answers["times"]]
    coming = coming_of_all(times_in(draft.answers), now, DATES_SHOWN)
    return render_template(
        "posting/dates.html",
        draft=draft,
        blocks=[schedules_in_words(block, "", now.date()) for block in blocks],
        dates=[(occurrence_in_words(each, now.date()), each.cancelled) for each in coming],
        may_add=len(blocks) < MOST_BLOCKS,
        back=back_from(draft, pages.WHEN),
    )


@bp.post(f"{DRAFT}/when/{BLOCK}/remove")
@members
def remove_times(draft_id: int, number: int) -> ResponseReturnValue:
    draft = own_draft(draft_id)
    actions.drop_block(draft, number)
    db.session.commit()
    return redirect(url_for(".dates_to_check", draft_id=draft.id), 303)


def _repeats(draft: Draft, number: int) -> str:
    blocks = draft.answers["times"]
    if number < len(blocks):
        return str((blocks[number]["said"] or {}).get("repeats", ""))
    if pages.WHEN in draft.done:
        return NO_TIMES
    return USUAL.get(draft.answers["kind"], "")
