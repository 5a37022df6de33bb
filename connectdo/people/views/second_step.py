"""How staff come in: a password they choose, an app they set up, a code it shows."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from segno import make
from werkzeug.wrappers import Response as Answer

from connectdo.access import public
from connectdo.db import db
from connectdo.people import actions, coming_in, here, letters, rules
from connectdo.people.forms import CodeForm, NewPasswordForm, said
from connectdo.people.limits import CODES, CODES_A_DAY
from connectdo.people.models import Person, SecondStep
from connectdo.people.secrets import app_address
from connectdo.people.tickets import APP, CHOOSE, CODE
from connectdo.people.views import bp
from connectdo.people.views.signing_in import come_in, go_on
from connectdo.post.actions import write

LETTERS_IN_A_GROUP = 4


@bp.route("/sign-in/new-password", methods=["GET", "POST"])
@public
def choose_password() -> ResponseReturnValue:
    """After a mailed link: not signed in yet."""
    found = here.half_way(CHOOSE)
    if not found:
        return _begin_again()
    ticket, person = found
    form = NewPasswordForm(person.email)
    if form.validate_on_submit():
        next_page = ticket.next_page
        actions.choose_password(person, said(form.password))
        if rules.has_second_step(person):
            here.go_half_way(CODE, person, next_page)
        else:
            actions.begin_second_step(person)
            here.go_half_way(APP, person, next_page)
        db.session.commit()
        return redirect(url_for(".code" if rules.has_second_step(person) else ".set_up_app"), 303)
    page = render_template("people/choose_password.html", form=form, person=person)
    return page, 422 if form.errors else 200


@bp.route("/sign-in/app", methods=["GET", "POST"])
@public
def set_up_app() -> ResponseReturnValue:
    """Shows the secret until the app has shown its first code. The recovery codes are in the answer
    to that code, and nowhere else."""
    ticket, person = here.half_way(APP) or (None, None)
    step = person.second_step if person else None
    if not ticket or not person or not step:
        return _begin_again()
    form = CodeForm()
    if form.validate_on_submit():
        fault = _try(person, said(form.code))
        if not fault:
            codes = coming_in.make_recovery_codes(step)
            here.enter(person, "code")
            db.session.commit()
            next_page = ticket.next_page or url_for(".account")
            return render_template("people/recovery_codes.html", codes=codes, next_page=next_page)
        form.code.errors = [fault]
    page = render_template(
        "people/set_up_app.html",
        form=form,
        picture=_picture(person, step),
        secret=_in_groups(step.secret),
        person=person,
    )
    return page, 422 if form.errors else 200


@bp.route("/sign-in/code", methods=["GET", "POST"])
@public
def code() -> ResponseReturnValue:
    found = here.half_way(CODE)
    if not found:
        return _begin_again()
    ticket, person = found
    form = CodeForm()
    if form.validate_on_submit():
        fault = _try(person, said(form.code))
        if not fault:
            return come_in(person, "code", ticket)
        form.code.errors = [fault]
    return render_template("people/code.html", form=form), 422 if form.errors else 200


def _try(person: Person, typed: str) -> str:
    """Tries a code: "" if it was right, else what to do. Whoever tries many knows the password, so
    its owner is told."""
    tries = here.tries(CODES, person.email)
    if tries > CODES.most or not here.may_try(CODES_A_DAY, person.email):
        if tries == CODES.most + 1:
            write(person.email, *letters.codes_tried())
            db.session.commit()
        return f"There were many wrong codes. Wait {CODES.minutes} minutes, then try a new code"
    if not coming_in.use_code(person, typed):
        db.session.commit()
        return "Check the code. Each code works once, for about 30 seconds, so wait for a new one"
    return ""


def _begin_again() -> Answer:
    return go_on(url_for(".password"))


def _picture(person: Person, step: SecondStep) -> Markup:
    """A square picture that the app's camera reads. Drawn here: no other site may see it."""
    square = make(app_address(step.secret, person.email), error="m", micro=False)
    drawn = square.svg_inline(
        scale=4, border=4, light="#fff", title="Square picture for your app's camera"
    )
    return Markup(drawn)  # noqa: S704  # nosec B704


def _in_groups(secret: str) -> str:
    return " ".join(
        secret[at : at + LETTERS_IN_A_GROUP] for at in range(0, len(secret), LETTERS_IN_A_GROUP)
    )
