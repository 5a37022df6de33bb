"""A contact in two taps: what it was, and how long it took. All else may be written too."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from connectdo.access import allow
from connectdo.clients.here import CLIENT, Here, client_here, client_to_change
from connectdo.clients.views import coaches, those_who_may_see
from connectdo.days import london_today
from connectdo.db import db
from connectdo.editing import hold_to_edit
from connectdo.pages import ID
from connectdo.people.here import person_here
from connectdo.programmes import actions, queries
from connectdo.programmes.forms import ContactForm, MinutesForm, said_of
from connectdo.programmes.models import Contact
from connectdo.programmes.rules import sees_line
from connectdo.programmes.views import back_to, bp
from connectdo.programmes.wording import KINDS, MINUTES, STEPS

KIND = f"<any({','.join(KINDS)}):kind>"


@bp.get(f"{CLIENT}/contacts/add/{KIND}")
@coaches
def add(client_id: int, kind: str) -> ResponseReturnValue:
    return _minutes_page(client_to_change(client_id), kind, MinutesForm())


@bp.post(f"{CLIENT}/contacts/add/{KIND}")
@coaches
def log(client_id: int, kind: str) -> ResponseReturnValue:
    """Keeps a contact of today."""
    here = client_to_change(client_id)
    form = MinutesForm()
    if not form.validate_on_submit():
        return _minutes_page(here, kind, form), 422
    said = {"kind": kind, "minutes": form.taken, "day": london_today(), "step": _step_asked_for()}
    contact = actions.log_contact(here.client, person_here(), said)
    db.session.commit()
    return back_to(here.client, logged=contact.id)


@bp.route(f"{CLIENT}/contacts/write/{KIND}", methods=["GET", "POST"])
@coaches
def write(client_id: int, kind: str) -> ResponseReturnValue:
    """A contact of another day, several at once, or with a line."""
    here = client_to_change(client_id)
    form = ContactForm({"kind": kind, "step": _step_asked_for()}, london_today())
    if form.validate_on_submit():
        contact = actions.log_contact(here.client, person_here(), form.contact())
        db.session.commit()
        return back_to(here.client, logged=contact.id)
    page = render_template("programmes/contact.html", here=here, form=form, contact=None)
    return page, 422 if form.errors else 200


@bp.get(f"{CLIENT}/contacts/<{ID}:contact_id>")
@those_who_may_see
def contact(client_id: int, contact_id: int) -> ResponseReturnValue:
    here = client_here(client_id)
    found = _contact(here, contact_id)
    form = ContactForm(said_of(found), london_today())
    return render_template("programmes/contact.html", here=here, form=form, contact=found)


@bp.post(f"{CLIENT}/contacts/<{ID}:contact_id>")
@coaches
def change(client_id: int, contact_id: int) -> ResponseReturnValue:
    here = client_to_change(client_id)
    found = _contact(here, contact_id)
    hold_to_edit(found)
    form = ContactForm(said_of(found), london_today())
    if not form.validate_on_submit():
        page = render_template("programmes/contact.html", here=here, form=form, contact=found)
        return page, form.status
    actions.change_contact(here.client, found, form.contact())
    db.session.commit()
    flash("Your changes are saved.")
    return redirect(url_for("programmes.weeks", client_id=client_id), 303)


@bp.post(f"{CLIENT}/contacts/<{ID}:contact_id>/remove")
@coaches
def remove(client_id: int, contact_id: int) -> ResponseReturnValue:
    here = client_to_change(client_id)
    actions.drop_contact(here.client, _contact(here, contact_id))
    db.session.commit()
    flash("It is taken back. Nothing is kept of it.")
    return back_to(here.client)


def _contact(here: Here, contact_id: int) -> Contact:
    found: Contact = queries.contact_of(here.client, contact_id) or abort(404)
    allow(sees_line(here.ties, found))
    return found


def _step_asked_for() -> str:
    """What the contact is for, as the page before says."""
    step = request.values.get("step", "")
    return step if step in STEPS else ""


def _minutes_page(here: Here, kind: str, form: MinutesForm) -> str:
    return render_template(
        "programmes/minutes.html",
        here=here,
        form=form,
        kind=kind,
        words=KINDS[kind],
        minutes=MINUTES[kind],
        step=_step_asked_for(),
        steps=STEPS,
    )
