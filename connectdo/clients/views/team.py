"""For leads: who is in the team, what it does when somebody is worried, how long records stay."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from connectdo.access import TEAM_LEAD, staff
from connectdo.clients import actions, queries
from connectdo.clients.here import team_led_here
from connectdo.clients.limits import INVITATIONS
from connectdo.clients.models import LEAD, Team, TeamMember
from connectdo.clients.record_forms import InviteForm, KindForm, TeamForm
from connectdo.clients.views import bp
from connectdo.clients.wording import KINDS
from connectdo.db import db
from connectdo.editing import hold_to_edit
from connectdo.pages import ID
from connectdo.people.actions import person_for
from connectdo.people.here import person_here, within

TEAM = f"/coaching/team/<{ID}:team_id>"
MEMBER = f"{TEAM}/people/<{ID}:person_id>"
ONLY_LEAD = "Make somebody else a team lead first. Somebody has to lead the team"
HAS_CLIENTS = "Somebody has to take over their clients first. Hand each of them over"


@bp.get(TEAM)
@staff(TEAM_LEAD)
def team(team_id: int) -> ResponseReturnValue:
    return _page(team_led_here(team_id), InviteForm())


@bp.post(f"{TEAM}/people")
@staff(TEAM_LEAD)
def invite(team_id: int) -> ResponseReturnValue:
    """Somebody joins the team."""
    own, form = team_led_here(team_id), InviteForm()
    if not form.validate_on_submit():
        return _page(own, form)
    within(INVITATIONS)
    person = person_for(form.email.data or "")
    if queries.member_in(own, person.id) or person.disabled_at:
        db.session.rollback()
        form.email.errors = ["This person is in your team already, or their account is closed"]
        return _page(own, form)
    actions.join(own, person, form.kind.data)
    db.session.commit()
    flash(f"{person.called} is in your team now.")
    return redirect(url_for(".team", team_id=team_id), 303)


@bp.route(MEMBER, methods=["GET", "POST"])
@staff(TEAM_LEAD)
def member(team_id: int, person_id: int) -> ResponseReturnValue:
    """What somebody is in the team."""
    own = team_led_here(team_id)
    found = _member(own, person_id)
    hold_to_edit(found)
    form = KindForm({"kind": found.kind})
    if form.validate_on_submit():
        try:
            actions.join(own, found.person, form.kind.data)
        except actions.LastLead:
            db.session.rollback()
            form.kind.errors = [ONLY_LEAD]
        else:
            db.session.commit()
            flash(f"{found.person.called} is a {KINDS[form.kind.data]} now.")
            return _back(own)
    page = render_template(
        "clients/member.html",
        team=own,
        member=found,
        form=form,
        clients=queries.count_clients(found.person, own),
    )
    return page, form.status


@bp.post(f"{MEMBER}/remove")
@staff(TEAM_LEAD)
def remove(team_id: int, person_id: int) -> ResponseReturnValue:
    own = team_led_here(team_id)
    found = _member(own, person_id)
    name = found.person.called
    try:
        actions.leave(own, found.person)
    except (actions.StillHasClients, actions.LastLead) as refusal:
        db.session.rollback()
        flash(ONLY_LEAD if isinstance(refusal, actions.LastLead) else HAS_CLIENTS, "note")
        return redirect(url_for(".member", team_id=team_id, person_id=person_id), 303)
    db.session.commit()
    flash(f"{name} is not in your team any more.")
    return _back(own)


@bp.route(f"{TEAM}/about", methods=["GET", "POST"])
@staff(TEAM_LEAD)
def set_up_team(team_id: int) -> ResponseReturnValue:
    own = team_led_here(team_id)
    hold_to_edit(own)
    form = TeamForm(own)
    if form.validate_on_submit():
        actions.set_up_team(
            own,
            form.safeguarding.data or "",
            form.close_after_months.data,
            form.forget_after_months.data,
        )
        db.session.commit()
        flash("What you wrote about your team is saved.")
        return _back(own)
    page = render_template("clients/set_up_team.html", team=own, form=form)
    return page, form.status


def _member(own: Team, person_id: int) -> TeamMember:
    found: TeamMember = queries.member_in(own, person_id) or abort(404)
    return found


def _back(own: Team) -> ResponseReturnValue:
    """To the team's page, or home where who is here leads it no more."""
    mine = queries.member_in(own, person_here().id)
    if mine is None or mine.kind != LEAD:
        return redirect(url_for("coaching.home"), 303)
    return redirect(url_for(".team", team_id=own.id), 303)


def _page(own: Team, form: InviteForm) -> ResponseReturnValue:
    page = render_template(
        "clients/team.html", team=own, members=queries.members_of(own), kinds=KINDS, form=form
    )
    return page, 422 if form.errors else 200
