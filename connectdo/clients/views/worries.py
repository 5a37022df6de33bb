""" "I'm worried about someone": the team's own steps, and a note to its leads that waits for them
until one has seen to it."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from connectdo import audit
from connectdo.access import TEAM_LEAD, staff
from connectdo.clients import actions, alarms, queries
from connectdo.clients.here import CLIENT, Here, client_here
from connectdo.clients.models import Team, Worry
from connectdo.clients.record_forms import DoneForm, WorryForm
from connectdo.clients.views import bp, those_who_may_see
from connectdo.db import db
from connectdo.editing import hold_to_edit
from connectdo.pages import ID
from connectdo.people.here import person_here


@bp.app_template_global()
def waiting_worries() -> int:
    """How many notes wait for whoever is here, for the top of every page of theirs."""
    person = current_user
    if not person.is_authenticated or TEAM_LEAD not in person.roles:
        return 0
    return alarms.count_open_worries(person)


@bp.route("/coaching/worried", methods=["GET", "POST"])
@those_who_may_see
def worried() -> ResponseReturnValue:
    """About anybody."""
    teams = [each.team for each in queries.memberships_of(person_here())]
    return _worried(teams, None)


@bp.route(f"{CLIENT}/worried", methods=["GET", "POST"])
@those_who_may_see
def worried_about(client_id: int) -> ResponseReturnValue:
    """About one client, whose record may be closed."""
    here = client_here(client_id)
    if request.method == "POST" and not here.works_with:
        abort(404)
    return _worried([here.client.team], here)


@bp.get("/coaching/worries")
@staff(TEAM_LEAD)
def worries() -> ResponseReturnValue:
    """For leads: what waits, and what was done about the rest."""
    person = person_here()
    waiting = alarms.open_worries(person)
    audit.look("client", *sorted({each.client_id for each in waiting if each.client_id}))
    return render_template(
        "clients/worries.html",
        waiting=waiting,
        done=alarms.done_worries(person),
    )


@bp.route(f"/coaching/worries/<{ID}:worry_id>", methods=["GET", "POST"])
@staff(TEAM_LEAD)
def see_to(worry_id: int) -> ResponseReturnValue:
    """A lead says what was done."""
    worry: Worry = alarms.get_worry(person_here(), worry_id) or abort(404)
    if worry.client_id:
        audit.look("client", worry.client_id)
    hold_to_edit(worry)
    form = DoneForm(worry)
    if form.validate_on_submit() and worry.done_at is None:
        actions.see_to(worry, person_here(), form.done.data or "")
        db.session.commit()
        flash("What you have done is saved. Who left the note can see that you have read it.")
        return redirect(url_for(".worries"), 303)
    page = render_template("clients/see_to.html", worry=worry, form=form)
    return page, form.status


def _worried(teams: Sequence[Team], here: Here | None) -> ResponseReturnValue:
    person = person_here()
    leads = {each.id: queries.leads_of(each) for each in teams}
    form = WorryForm([each for each in teams if leads[each.id]])
    if form.validate_on_submit():
        team, client = form.teams[form.team.data], here.client if here else None
        actions.worry(team, person, form.words.data or "", client)
        db.session.commit()
        flash("Your note is with your team lead. They have an email to say so.")
        return redirect(request.path, 303)
    page = render_template(
        "clients/worried.html",
        here=here,
        form=form,
        teams=teams,
        leads=leads,
        left=alarms.worries_by(person),
    )
    return page, 422 if form.errors else 200
