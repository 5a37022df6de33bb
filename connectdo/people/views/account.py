"""Your account: what is known of you, where you are signed in, and how you sign in."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from connectdo.access import STAFF, members, staff
from connectdo.db import db, utc_now
from connectdo.people import actions, coming_in, here, queries, rules
from connectdo.people.forms import (
    ChangePasswordForm,
    CurrentPasswordForm,
    NameForm,
    NewPasswordForm,
    said,
)
from connectdo.people.limits import PASSWORDS_FOR_AN_ADDRESS
from connectdo.people.models import Person
from connectdo.people.tickets import APP
from connectdo.people.views import bp
from connectdo.people.views.signing_in import gone
from connectdo.people.wording import roles_in_words

NOT_RIGHT = "Check the password you have now. It is not right"
TOO_MANY = "There were many wrong tries. Wait 1 hour, then try again"


@bp.get("/account")
@members
def account() -> ResponseReturnValue:
    person = here.person_here()
    return render_template(
        "people/account.html",
        person=person,
        roles=roles_in_words(person),
        sign_ins=queries.count_sign_ins(person),
        recovery_codes=queries.count_recovery_codes(person),
        is_staff=rules.is_staff(person),
    )


@bp.route("/account/name", methods=["GET", "POST"])
@members
def name() -> ResponseReturnValue:
    person = here.person_here()
    form = NameForm(obj=person)
    if form.validate_on_submit():
        person.name = said(form.name)
        db.session.commit()
        flash("Your name is saved.")
        return redirect(url_for(".account"), 303)
    return render_template("people/name.html", form=form), 422 if form.errors else 200


@bp.route("/account/password", methods=["GET", "POST"])
@members
def change_password() -> ResponseReturnValue:
    person, sign_in = here.person_here(), here.sign_in_here()
    must_say = rules.must_say_password(sign_in, utc_now())
    form = (ChangePasswordForm if must_say else NewPasswordForm)(person.email)
    if form.validate_on_submit():
        fault = _try(person, said(form.current)) if must_say else ""
        if not fault:
            way = sign_in.way
            actions.choose_password(person, said(form.password))
            here.enter(person, way)
            db.session.commit()
            flash("Your password is saved. You are signed out everywhere else.")
            return redirect(url_for(".account"), 303)
        form.current.errors = [fault]
    page = render_template("people/change_password.html", form=form, person=person)
    return page, 422 if form.errors else 200


@bp.post("/account/sign-out-everywhere")
@members
def sign_out_everywhere() -> ResponseReturnValue:
    actions.end_sign_ins(here.person_here())
    here.leave()
    db.session.commit()
    return gone()


@bp.route("/account/app", methods=["GET", "POST"])
@staff(*STAFF)
def change_app() -> ResponseReturnValue:
    """For a new phone. They are signed out until it shows its first code."""
    person = here.person_here()
    form = CurrentPasswordForm()
    if form.validate_on_submit():
        fault = _try(person, said(form.current))
        if not fault:
            actions.end_sign_ins(person)
            actions.begin_second_step(person)
            here.leave()
            here.go_half_way(APP, person, "")
            db.session.commit()
            return redirect(url_for(".set_up_app"), 303)
        form.current.errors = [fault]
    return render_template("people/change_app.html", form=form), 422 if form.errors else 200


def _try(person: Person, typed: str) -> str:
    """Tries the current password: "" if it was right, else what to do."""
    if not here.may_try(PASSWORDS_FOR_AN_ADDRESS, person.email):
        return TOO_MANY
    if coming_in.say_password(person.email, typed):
        return ""
    db.session.commit()
    return NOT_RIGHT
