"""A team's outcomes, for its leads: what it asks, exact figures, and those to send on."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from connectdo import audit
from connectdo.access import TEAM_LEAD, staff
from connectdo.clients.here import team_led_here
from connectdo.days import london_today
from connectdo.db import db
from connectdo.editing import hold_to_edit
from connectdo.outcomes import actions, figures, queries
from connectdo.outcomes.forms import ChooseForm
from connectdo.outcomes.instruments import NAMES, SHIPPED, SWEMWBS, SWEMWBS_NOTICE
from connectdo.outcomes.views import bp
from connectdo.pages import ID

TEAM = f"/coaching/team/<{ID}:team_id>/outcomes"
leads = staff(TEAM_LEAD)


@bp.get(TEAM)
@leads
def team(team_id: int) -> ResponseReturnValue:
    here = team_led_here(team_id)
    return render_template("outcomes/team.html", team=here, figures=figures.exact(here))


@bp.get(f"{TEAM}/to-send-on")
@leads
def to_send_on(team_id: int) -> ResponseReturnValue:
    here, today = team_led_here(team_id), london_today()
    audit.look("team", here.id)
    return render_template(
        "outcomes/to_send_on.html",
        team=here,
        figures=figures.to_send_on(here),
        today=f"{today.day} {today:%B %Y}",
    )


@bp.route(f"{TEAM}/choose", methods=["GET", "POST"])
@leads
def choose(team_id: int) -> ResponseReturnValue:
    here = team_led_here(team_id)
    hold_to_edit(here)
    has_wording = queries.licensed_wording() is not None
    there = {key: name for key, name in NAMES.items() if key in SHIPPED}
    if has_wording:
        there = {SWEMWBS: NAMES[SWEMWBS], **there}
    asked = [each.words for each in queries.statements_of(here) if each.is_asked]
    form = ChooseForm(there, queries.chosen_by(here), asked)
    if form.validate_on_submit():
        actions.choose(here, form.questionnaires.data or [], form.lines)
        db.session.commit()
        flash("What your team asks is saved.")
        return redirect(url_for(".team", team_id=team_id), 303)
    page = render_template(
        "outcomes/choose.html",
        team=here,
        form=form,
        has_wording=has_wording,
        notice=SWEMWBS_NOTICE,
    )
    return page, form.status
