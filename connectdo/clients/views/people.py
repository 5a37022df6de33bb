"""Who else sees a client: a colleague who covers, and the one who takes over."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from connectdo.access import allow
from connectdo.clients import actions, everything, queries
from connectdo.clients.here import CLIENT, Here, client_here, client_to_look_after
from connectdo.clients.models import LEAD, TeamMember
from connectdo.clients.record_forms import CoverForm, HandOverForm
from connectdo.clients.views import bp, coaches, those_who_may_see
from connectdo.days import london_today, said_on
from connectdo.db import db
from connectdo.editing import hold_to_edit
from connectdo.pages import ID
from connectdo.people.here import person_here


@bp.route(f"{CLIENT}/cover", methods=["GET", "POST"])
@coaches
def cover(client_id: int) -> ResponseReturnValue:
    here = _open_record(client_id)
    form = CoverForm([each for each in _others(here) if each.kind != LEAD], london_today())
    if form.validate_on_submit():
        actions.cover(here.client, form.people[form.person.data], form.day)
        db.session.commit()
        flash(f"Your colleague sees this record up to {said_on(form.day)}.")
        return redirect(url_for(".record", client_id=client_id), 303)
    return render_template("clients/cover.html", here=here, form=form), 422 if form.errors else 200


@bp.post(f"{CLIENT}/cover/<{ID}:person_id>/end")
@coaches
def end_cover(client_id: int, person_id: int) -> ResponseReturnValue:
    here = client_to_look_after(client_id)
    actions.end_cover(here.client, person_id)
    db.session.commit()
    flash("Your colleague does not see this record any more.")
    return redirect(url_for(".record", client_id=client_id), 303)


@bp.route(f"{CLIENT}/hand-over", methods=["GET", "POST"])
@coaches
def hand_over(client_id: int) -> ResponseReturnValue:
    here = _open_record(client_id)
    hold_to_edit(here.client)
    form = HandOverForm(here.client, _others(here))
    if form.validate_on_submit():
        to = form.people[form.person.data]
        actions.hand_over(here.client, person_here(), to)
        db.session.commit()
        flash(f"{to.called} has the record now, and we have sent them an email.")
        return redirect(url_for("coaching.home"), 303)
    page = render_template("clients/hand_over.html", here=here, form=form)
    return page, form.status


@bp.get(f"{CLIENT}/summary")
@those_who_may_see
def summary(client_id: int) -> ResponseReturnValue:
    """One page, for who takes over."""
    here = client_here(client_id)
    parts = everything.summary_of(here)
    return render_template("clients/summary.html", here=here, parts=parts)


def _open_record(client_id: int) -> Here:
    here = client_to_look_after(client_id)
    allow(here.can_change)
    return here


def _others(here: Here) -> list[TeamMember]:
    """Those of the team who do not have the client now."""
    members = queries.members_of(here.client.team)
    return [each for each in members if each.person_id != here.client.coach_id]
