"""A new client, and what is learnt of one."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from connectdo import audit
from connectdo.clients import actions, matching, queries
from connectdo.clients.forms import AboutForm, InterestForm, NameForm
from connectdo.clients.here import CLIENT, Here, client_here, client_to_change
from connectdo.clients.views import bp, coaches, those_who_may_see
from connectdo.clients.wording import PARTS
from connectdo.db import db
from connectdo.editing import hold_to_edit
from connectdo.listings.choices import DAYS
from connectdo.listings.queries import vocabulary
from connectdo.pages import ID
from connectdo.people.here import person_here


@bp.route("/coaching/clients/add", methods=["GET", "POST"])
@coaches
def add() -> ResponseReturnValue:
    """Asks for a name only."""
    person = person_here()
    form = NameForm(list(queries.memberships_of(person)))
    if not form.teams:
        return render_template("clients/no_team.html"), 403
    if form.validate_on_submit():
        client = actions.add_client(person, form.teams[form.team.data], form.name.data or "")
        audit.about("client", client.id)
        db.session.commit()
        return redirect(url_for("coaching.client", client_id=client.id), 303)
    return render_template("clients/add.html", form=form), 422 if form.errors else 200


@bp.get(f"{CLIENT}/about")
@those_who_may_see
def about(client_id: int) -> ResponseReturnValue:
    here = client_here(client_id)
    return _page(here, AboutForm(here.client))


@bp.post(f"{CLIENT}/about")
@coaches
def learn(client_id: int) -> ResponseReturnValue:
    here = client_to_change(client_id)
    hold_to_edit(here.client)
    form = AboutForm(here.client)
    if not form.validate_on_submit():
        return _page(here, form), form.status
    actions.learn(here.client, form.known())
    db.session.commit()
    flash("What you wrote is saved.")
    return redirect(url_for("coaching.client", client_id=client_id), 303)


@bp.post(f"{CLIENT}/interests")
@coaches
def add_interest(client_id: int) -> ResponseReturnValue:
    """Something they said, and what we take it to mean."""
    here = client_to_change(client_id)
    form = InterestForm()
    if form.validate_on_submit():
        said = form.said.data or ""
        actions.add_interest(here.client, said, form.kind.data, matching.meant(vocabulary(), said))
        db.session.commit()
    else:
        flash(next(iter(form.errors.values()))[0], "note")
    return redirect(url_for("coaching.client", client_id=client_id, _anchor="loves"), 303)


@bp.post(f"{CLIENT}/interests/<{ID}:interest_id>/remove")
@coaches
def drop_interest(client_id: int, interest_id: int) -> ResponseReturnValue:
    here = client_to_change(client_id)
    interest = queries.interest_of(here.client, interest_id) or abort(404)
    actions.drop_interest(here.client, interest)
    db.session.commit()
    return redirect(url_for("coaching.client", client_id=client_id, _anchor="loves"), 303)


def _page(here: Here, form: AboutForm) -> str:
    return render_template("clients/about.html", here=here, form=form, days=DAYS, parts=PARTS)
