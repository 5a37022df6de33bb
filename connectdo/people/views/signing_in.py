"""Signing in: by a link, which is mailed, or with a password. Signing out."""

from flask import Response, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.wrappers import Response as Answer

from connectdo import audit
from connectdo.access import public
from connectdo.db import db, utc_now
from connectdo.headers import clear_device
from connectdo.people import coming_in, here, queries, rules
from connectdo.people.actions import mail_set_up
from connectdo.people.forms import EmailForm, PasswordForm, said
from connectdo.people.limits import (
    LINKS_FROM_A_NETWORK,
    LINKS_TO_AN_ADDRESS,
    PASSWORDS_FOR_AN_ADDRESS,
    PASSWORDS_FROM_A_NETWORK,
)
from connectdo.people.models import Person, Ticket
from connectdo.people.tickets import CHOOSE, CODE, MAILED, SIGN_IN
from connectdo.people.views import bp

# Where the last link was sent, to be read once more: a slip of the finger is the usual fault.
SENT_TO = "sent_to"


@bp.get("/add-your-group")
@public
def add_group() -> ResponseReturnValue:
    """No account first: the address is asked, and they go on from the mail."""
    if current_user.is_authenticated:
        return redirect(url_for("posting.add"), 303)
    form = EmailForm(next=url_for("posting.add"))
    return render_template("people/add_group.html", form=form)


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    form = EmailForm(next=request.args.get("next", ""))
    if request.method != "POST" and current_user.is_authenticated:
        return go_on(said(form.next))
    if form.validate_on_submit():
        email = said(form.email)
        if not here.may_try_from_here(LINKS_FROM_A_NETWORK, email):
            abort(429)
        if here.may_try(LINKS_TO_AN_ADDRESS, email):
            coming_in.ask_for_link(email, said(form.next))
            db.session.commit()
        session[SENT_TO] = email
        return redirect(url_for(".sent"), 303)
    return render_template("people/sign_in.html", form=form), 422 if form.errors else 200


@bp.get("/sign-in/sent")
@public
def sent() -> ResponseReturnValue:
    most = LINKS_TO_AN_ADDRESS.most
    return render_template("people/sent.html", email=session.get(SENT_TO, ""), most=most)


@bp.get("/sign-in/link/<secret>")
@public
def link(secret: str) -> ResponseReturnValue:
    """Only shows a button: programs that look through mail open links, and press nothing."""
    ticket = queries.open_ticket(secret, MAILED, utc_now())
    return render_template("people/link.html", ticket=ticket) if ticket else _ended()


@bp.post("/sign-in/link/<secret>")
@public
def follow(secret: str) -> ResponseReturnValue:
    ticket = queries.open_ticket(secret, MAILED, utc_now())
    person = coming_in.follow_link(ticket) if ticket else None
    if not ticket or not person:
        db.session.rollback()
        return _ended()
    session.pop(SENT_TO, None)
    if ticket.purpose == SIGN_IN:
        return come_in(person, "link", ticket)
    here.leave()
    here.go_half_way(CHOOSE, person, ticket.next_page)
    db.session.commit()
    return redirect(url_for(".choose_password"), 303)


@bp.route("/sign-in/password", methods=["GET", "POST"])
@public
def password() -> ResponseReturnValue:
    form = PasswordForm(next=request.args.get("next", ""))
    if request.method != "POST" and current_user.is_authenticated:
        return go_on(said(form.next))
    if form.validate_on_submit():
        if not here.may_try_from_here(PASSWORDS_FROM_A_NETWORK, said(form.email)):
            abort(429)
        if not here.may_try(PASSWORDS_FOR_AN_ADDRESS, said(form.email)):
            too_many = "There were many tries for this address. Ask for a link, or wait 1 hour"
            form.email.errors = [too_many]
            return render_template("people/password.html", form=form), 429
        person = coming_in.say_password(said(form.email), said(form.password))
        if person:
            return _password_was_right(person, said(form.next))
        db.session.commit()
        form.email.errors = ["Check your email address and password. One of them is not right"]
    return render_template("people/password.html", form=form), 422 if form.errors else 200


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """Open to all: whose sign-in has ended already gets the same answer."""
    if current_user.is_authenticated:
        audit.about("person", current_user.id)
    here.leave()
    db.session.commit()
    return gone()


@bp.get("/signed-out")
@public
def signed_out() -> ResponseReturnValue:
    return render_template("people/signed_out.html")


def gone() -> Answer:
    """After signing out: nothing stays on the device either."""
    response = redirect(url_for(".signed_out"), 303)
    clear_device(response)
    return response


def come_in(person: Person, way: str, ticket: Ticket) -> Answer:
    """The last step, whatever the way. Staff go to their work."""
    here.enter(person, way)
    db.session.commit()
    work = url_for(rules.work_of(person)) if rules.is_staff(person) else ""
    return go_on(ticket.next_page or work)


def go_on(next_page: str) -> Answer:
    """To where they were heading; only pages of this site are kept as that."""
    return redirect(next_page or url_for("people.account"), 303)


def _password_was_right(person: Person, next_page: str) -> Answer:
    if not rules.is_staff(person):
        here.enter(person, "password")
        db.session.commit()
        return go_on(next_page)
    if rules.is_set_up(person):
        here.leave()
        here.go_half_way(CODE, person, next_page)
        db.session.commit()
        return redirect(url_for(".code"), 303)
    mail_set_up(person)
    session[SENT_TO] = person.email
    db.session.commit()
    return redirect(url_for(".sent"), 303)


def _ended() -> tuple[str, int] | Response:
    """The same for a link that was used, is too old, or never was."""
    return render_template("people/link_ended.html", form=EmailForm(formdata=None)), 410
