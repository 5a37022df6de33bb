"""Who looks after an organisation: invite, remove, leave."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from connectdo.access import allow, members
from connectdo.db import db, utc_now
from connectdo.limits import allow as allow_tries
from connectdo.moderation.rules import looks_after
from connectdo.organisations.models import Organisation
from connectdo.organisations.queries import get_organisation
from connectdo.pages import ID
from connectdo.people.here import person_here, within
from connectdo.people.models import Person
from connectdo.people.queries import open_ticket
from connectdo.people.tickets import INVITED
from connectdo.posting import organisers
from connectdo.posting.forms.invite import InviteForm
from connectdo.posting.limits import INVITATIONS, INVITATIONS_TO_AN_ADDRESS
from connectdo.posting.views import bp

PEOPLE = f"/organisations/<{ID}:organisation_id>/people"
ONE = f"{PEOPLE}/<{ID}:person_id>/remove"
INVITATION = "/invited/<secret>"


@bp.route(PEOPLE, methods=["GET", "POST"])
@members
def people(organisation_id: int) -> ResponseReturnValue:
    """Lists them, and invites one more."""
    organisation = own_organisation(organisation_id)
    form, person = InviteForm(), person_here()
    everyone = organisers.organisers_of(organisation)
    if form.validate_on_submit():
        email = form.email.data or ""
        if email not in {each.email for each in everyone}:
            _invite(person, organisation, email)
            return redirect(url_for(".people", organisation_id=organisation_id), 303)
        form.email.errors = ["This person looks after it already. Enter another email address"]
    page = render_template(
        "posting/people.html",
        organisation=organisation,
        form=form,
        person=person,
        everyone=everyone,
        invited=organisers.invited_to(organisation),
    )
    return page, 422 if form.errors else 200


@bp.post(f"{PEOPLE}/take-back")
@members
def take_back(organisation_id: int) -> ResponseReturnValue:
    """Ends an invitation that nobody has used yet."""
    organisation = own_organisation(organisation_id)
    organisers.take_back(person_here(), organisation, request.form.get("email", ""))
    db.session.commit()
    flash("The link that we sent them does not work any more.")
    return redirect(url_for(".people", organisation_id=organisation_id), 303)


@bp.route(ONE, methods=["GET", "POST"])
@members
def remove(organisation_id: int, person_id: int) -> ResponseReturnValue:
    """Asks first. To remove oneself is to leave; who is the last is told what to do instead."""
    organisation, person = own_organisation(organisation_id), person_here()
    everyone = {each.id: each for each in organisers.organisers_of(organisation)}
    other = everyone.get(person_id) or abort(404)
    if request.method == "POST":
        try:
            organisers.remove(person, other, organisation)
        except organisers.LastOne:
            db.session.rollback()
            return redirect(request.path, 303)
        return _removed(person, other, organisation)
    return render_template(
        "posting/remove_person.html",
        organisation=organisation,
        person=person,
        other=other,
        is_last=organisers.is_last(organisation, other),
    )


@bp.route(INVITATION, methods=["GET", "POST"])
@members
def invited(secret: str) -> ResponseReturnValue:
    """Behind the link of an invitation: a button for whom it was sent to, and for nobody else."""
    person = person_here()
    ticket = open_ticket(secret, [INVITED], utc_now())
    organisation = get_organisation(ticket.about) if ticket and ticket.about else None
    if ticket is None or organisation is None:
        return render_template("posting/invitation_ended.html"), 410
    if ticket.email != person.email:
        return render_template("posting/invited_other.html", person=person), 403
    if request.method != "POST":
        return render_template("posting/invited.html", organisation=organisation, person=person)
    if not organisers.accept(person, ticket):
        db.session.rollback()
        return render_template("posting/invitation_ended.html"), 410
    name = organisation.name
    db.session.commit()
    flash(f"You look after {name} now.")
    return redirect(url_for(".groups"), 303)


def own_organisation(organisation_id: int) -> Organisation:
    """The organisation, if they look after it; another's is not there."""
    organisation = get_organisation(organisation_id) or abort(404)
    allow(looks_after(person_here(), organisation))
    return organisation


def _invite(person: Person, organisation: Organisation, email: str) -> None:
    within(INVITATIONS)
    if not allow_tries(INVITATIONS_TO_AN_ADDRESS, email):
        abort(429)
    organisers.invite(person, organisation, email)
    db.session.commit()
    flash(f"We have sent a link to {email}. It works for 7 days.")


def _removed(person: Person, other: Person, organisation: Organisation) -> ResponseReturnValue:
    left, name, email = person.id == other.id, organisation.name, other.email
    db.session.commit()
    if left:
        flash(f"You do not look after {name} any more.")
        return redirect(url_for(".groups"), 303)
    flash(f"{email} does not look after {name} any more.")
    return redirect(url_for(".people", organisation_id=organisation.id), 303)
