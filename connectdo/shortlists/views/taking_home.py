"""What a client takes home: a sheet to print, the same as a PDF, and a link to the list as it is
now, which is mailed or sent as a text."""

from datetime import datetime

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as Answer

from connectdo import limits
from connectdo.clients.here import CLIENT, Here, client_here, client_to_change
from connectdo.clients.views import coaches, those_who_may_see
from connectdo.db import db
from connectdo.directory.paper import picture
from connectdo.pages import whole_address
from connectdo.people.forms import said
from connectdo.people.here import person_here, within
from connectdo.search.finding import moment
from connectdo.shortlists import queries, sharing
from connectdo.shortlists.forms import MailForm
from connectdo.shortlists.getting_there import PLANNER_NAME
from connectdo.shortlists.limits import MAILS, MAILS_TO_AN_ADDRESS
from connectdo.shortlists.models import SharedList
from connectdo.shortlists.taking_home import PLAN, WHERE, Sheet, chosen, offered, parts_of
from connectdo.shortlists.views import bp

TAKE_HOME = f"{CLIENT}/take-home"
NO_LETTERS = (
    "Some words are in letters that the PDF does not have. Print the sheet instead: choose "
    "“See the sheet”, then print from your browser."
)


@bp.get(TAKE_HOME)
@those_who_may_see
def take_home(client_id: int) -> ResponseReturnValue:
    return _page(client_here(client_id))


@bp.get(f"{TAKE_HOME}/sheet")
@those_who_may_see
def sheet(client_id: int) -> ResponseReturnValue:
    here = client_here(client_id)
    made = _sheet(here)
    return render_template(
        "shortlists/sheet.html",
        here=here,
        sheet=made,
        picture=picture(made.link) if made.link else "",
        plan=PLAN,
        where=WHERE,
        planner=PLANNER_NAME,
        asked=request.args,
    )


@bp.get(f"{TAKE_HOME}/sheet.pdf")
@those_who_may_see
def sheet_pdf(client_id: int) -> ResponseReturnValue:
    # What writes it would take a sixth of every start and every command to read.
    from connectdo.shortlists.pdf import NoLetters, pdf_of

    here = client_here(client_id)
    try:
        file = pdf_of(_sheet(here))
    except NoLetters:
        flash(NO_LETTERS, "note")
        return _back(client_id)
    response = Response(file, mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="things-to-do.pdf"'
    return response


@bp.post(f"{TAKE_HOME}/link")
@coaches
def share(client_id: int) -> ResponseReturnValue:
    """Opens what was ticked to whoever has the link or the paper."""
    here = client_to_change(client_id)
    items = chosen(queries.items_of(here.client), request.form.getlist("item"))
    if not items:
        flash("Put something on the shortlist first.", "note")
        return _back(client_id)
    sharing.share(here.client, person_here(), items)
    db.session.commit()
    flash("The link is made. The square picture for phones is on the sheet now.")
    return _back(client_id, "link")


@bp.post(f"{TAKE_HOME}/link/end")
@coaches
def stop_sharing(client_id: int) -> ResponseReturnValue:
    here = client_to_change(client_id)
    sharing.stop_sharing(here.client)
    db.session.commit()
    flash("The link has ended. It does not work any more, on paper too.")
    return _back(client_id)


@bp.post(f"{TAKE_HOME}/mail")
@coaches
def mail(client_id: int) -> ResponseReturnValue:
    here = client_to_change(client_id)
    link = sharing.link_of(here.client)
    address = _address(link)
    if link is None or not address:
        flash("Make the link first.", "note")
        return _back(client_id)
    form = MailForm()
    if not form.validate_on_submit():
        return _page(here, form), 422
    recipient = said(form.email)
    within(MAILS)
    if not limits.allow(MAILS_TO_AN_ADDRESS, recipient):
        abort(429)
    sharing.mail(recipient, address, sharing.ends_in_words(link, moment(None).date()))
    db.session.commit()
    flash("The mail is on its way. We do not keep the address.")
    return _back(client_id, "link")


def _page(here: Here, form: MailForm | None = None) -> str:
    link, now = sharing.link_of(here.client), moment(None)
    items = offered(queries.items_of(here.client))
    address = _address(link)
    until = sharing.ends_in_words(link, now.date()) if link else ""
    return render_template(
        "shortlists/take_home.html",
        here=here,
        items=items,
        ticked={each.id for each in chosen(items, request.args.getlist("item"))},
        link=link,
        on_link=[each for each in items if link and each.id in link.item_ids],
        address=address,
        until=until,
        as_text=sharing.as_text(address),
        subject=sharing.SUBJECT,
        body=sharing.as_mail(address, until),
        form=form or MailForm(formdata=None),
    )


def _sheet(here: Here) -> Sheet:
    """What was ticked, by the ids in the address; the first five where nothing was."""
    now, link = moment(None), sharing.link_of(here.client)
    items = chosen(queries.items_of(here.client), request.args.getlist("item"))
    if not items:
        abort(404)
    return Sheet(
        name=f"For {here.client.name}" if "name" in request.args else "Things to do",
        parts=parts_of(here.client, items, now),
        day=_day(now),
        link=_address(link),
        until=sharing.ends_in_words(link, now.date()) if link else "",
    )


def _address(link: SharedList | None) -> str:
    """The whole address of a link, as it is mailed and printed; "" where there is none to show."""
    secret = sharing.secret_of(link) if link else ""
    return whole_address("shortlists.shared", secret=secret) if secret else ""


def _day(now: datetime) -> str:
    return f"{now.day} {now:%B %Y}"


def _back(client_id: int, anchor: str | None = None) -> Answer:
    return redirect(url_for(".take_home", client_id=client_id, _anchor=anchor), 303)
