"""A coach asks: on the tablet, by link, or from paper."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from connectdo.clients.here import Here
from connectdo.clients.views import coaches
from connectdo.days import london_today
from connectdo.db import db
from connectdo.outcomes import actions, queries
from connectdo.outcomes.forms import AskForm, paper_form
from connectdo.outcomes.here import colleague_to_change
from connectdo.outcomes.instruments import LOOK_BACK, MOMENTS
from connectdo.outcomes.models import LINK, PAPER, TABLET
from connectdo.outcomes.views import bp
from connectdo.outcomes.views.client import PAGE
from connectdo.pages import ID, whole_address
from connectdo.people.here import person_here
from connectdo.wording import date_in_words


@bp.route(f"{PAGE}/ask", methods=["GET", "POST"])
@coaches
def ask(client_id: int) -> ResponseReturnValue:
    """Leads on to the questions, to a link to send, or to a form to copy paper into."""
    here = colleague_to_change(client_id)
    asked = queries.questionnaires_of(here.client.team)
    form = AskForm(asked, _next_moment(here))
    if not asked or not form.validate_on_submit():
        page = render_template("outcomes/ask.html", here=here, form=form, asked=asked)
        return page, 422 if form.errors else 200
    key, moment, how = form.questionnaire.data, form.moment.data, form.how.data
    if how == PAPER:
        to = url_for(".paper", client_id=client_id, questionnaire=key, moment=moment)
        return redirect(to, 303)
    secret = actions.ask(here.client, person_here(), key, moment, how)
    db.session.commit()
    if how == TABLET:
        return redirect(url_for(".questions", secret=secret), 303)
    return _link_to_send(here, secret)


@bp.route(f"{PAGE}/paper/<questionnaire>/<moment>", methods=["GET", "POST"])
@coaches
def paper(client_id: int, questionnaire: str, moment: str) -> ResponseReturnValue:
    here = colleague_to_change(client_id)
    asked = queries.questionnaires_of(here.client.team).get(questionnaire) or abort(404)
    if moment not in MOMENTS:
        abort(404)
    form = paper_form(asked)(london_today())
    if form.validate_on_submit() and form.on.day:
        by, on = person_here(), form.on.day
        actions.keep(here.client, asked, moment, PAPER, on, form.answers(), by.id)
        db.session.commit()
        return redirect(url_for(".client", client_id=client_id), 303)
    page = render_template(
        "outcomes/paper.html", here=here, form=form, questionnaire=asked, moment=MOMENTS[moment]
    )
    return page, 422 if form.errors else 200


@bp.post(f"{PAGE}/links/<{ID}:link_id>/stop")
@coaches
def stop_link(client_id: int, link_id: int) -> ResponseReturnValue:
    here = colleague_to_change(client_id)
    actions.stop(queries.link_of(here.client, link_id) or abort(404))
    db.session.commit()
    return redirect(url_for(".client", client_id=client_id), 303)


def _link_to_send(here: Here, secret: str) -> str:
    """Shown once, in answer to the form: only the hash of the secret is kept."""
    today = london_today()
    return render_template(
        "outcomes/link.html",
        here=here,
        address=whole_address("outcomes.questions", secret=secret),
        until=date_in_words(today + actions.LASTS[LINK], today),
    )


def _next_moment(here: Here) -> str:
    """What comes after the last that was answered."""
    order = list(MOMENTS)
    last = [order.index(each.moment) for each in queries.assessments_of(here.client)]
    return order[min(max(last, default=-1) + 1, order.index(LOOK_BACK))]
