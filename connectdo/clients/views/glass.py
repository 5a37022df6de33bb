"""Opening a record in an emergency: who is outside the team sees it for some hours, says why, and
the team's leads are told."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from connectdo import audit
from connectdo.access import ADMINISTRATOR, TEAM_LEAD, allow, staff
from connectdo.clients import actions, alarms, queries
from connectdo.clients.limits import EMERGENCIES
from connectdo.clients.models import Client
from connectdo.clients.record_forms import EmergencyForm
from connectdo.clients.views import bp
from connectdo.days import said_at
from connectdo.db import db, utc_now
from connectdo.pages import ID
from connectdo.people.here import person_here, within


@bp.route("/coaching/emergency", methods=["GET", "POST"])
@staff(ADMINISTRATOR)
def break_glass() -> ResponseReturnValue:
    form, person = EmergencyForm(), person_here()
    if form.validate_on_submit():
        within(EMERGENCIES)
        found = _found(form)
        if len(found) == 1:
            made = actions.break_glass(person, found[0], form.reason.data or "")
            audit.about("client", made.client_id)
            db.session.commit()
            flash(f"You can read this record until {said_at(made.ends_at)}.")
            return redirect(url_for("coaching.client", client_id=found[0].id), 303)
        form.number.errors = [_what_now(found)]
    return render_template("clients/emergency.html", form=form), 422 if form.errors else 200


@bp.get("/coaching/glass")
@staff(TEAM_LEAD, ADMINISTRATOR)
def glass() -> ResponseReturnValue:
    """What a team's leads are told, and what one has opened oneself."""
    person = person_here()
    return render_template(
        "clients/glass.html", person=person, all=alarms.glass_told_to(person), now=utc_now()
    )


@bp.post(f"/coaching/glass/<{ID}:glass_id>/close")
@staff(TEAM_LEAD, ADMINISTRATOR)
def mend_glass(glass_id: int) -> ResponseReturnValue:
    """By who opened the record, or by a lead of its team."""
    person = person_here()
    broken = alarms.get_glass(glass_id) or abort(404)
    allow(broken in alarms.glass_told_to(person))
    audit.about("client", broken.client_id)
    actions.mend_glass(broken)
    db.session.commit()
    flash("The record is closed to them again.")
    return redirect(url_for(".glass"), 303)


def _found(form: EmergencyForm) -> list[Client]:
    if not form.number.data:
        return queries.clients_called(form.name.data or "", form.team.data or "")
    client = queries.get_client(int(form.number.data))
    return [client] if client else []


def _what_now(found: list[Client]) -> str:
    if found:
        return "The team has several people of that name. Ask the team for the number"
    return "There is no such record. Check how the number, the team and the name are written"
