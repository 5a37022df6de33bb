"""How one client is, and what they went on to do."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from connectdo.clients.here import CLIENT
from connectdo.clients.views import coaches, those_who_may_see
from connectdo.days import london_day, london_today
from connectdo.db import db, utc_now
from connectdo.outcomes import actions, queries, wording
from connectdo.outcomes.forms import WentOnForm
from connectdo.outcomes.here import colleague_here, colleague_to_change
from connectdo.outcomes.instruments import MOMENTS, NAMES
from connectdo.outcomes.showing import courses
from connectdo.outcomes.views import bp
from connectdo.pages import ID
from connectdo.wording import date_in_words

PAGE = f"{CLIENT}/outcomes"


@bp.get(PAGE)
@those_who_may_see
def client(client_id: int) -> ResponseReturnValue:
    here = colleague_here(client_id)
    today = london_today()
    assessments = queries.assessments_of(here.client)
    return render_template(
        "outcomes/client.html",
        here=here,
        courses=courses(
            here.client.name, queries.measures_of(here.client.team), assessments, today
        ),
        assessments=assessments,
        links=queries.open_links_of(here.client, utc_now()),
        went_on=queries.went_on_of(here.client),
        names=NAMES,
        moments=MOMENTS,
        asked=wording.ASKED,
        kinds=wording.WENT_ON,
        day=lambda on: date_in_words(on, today, weekday=False),
        day_of=lambda moment: date_in_words(london_day(moment), today),
    )


@bp.post(f"{PAGE}/answers/<{ID}:assessment_id>/remove")
@coaches
def remove(client_id: int, assessment_id: int) -> ResponseReturnValue:
    here = colleague_to_change(client_id)
    found = queries.assessment_of(here.client, assessment_id) or abort(404)
    actions.remove(here.client, found)
    db.session.commit()
    return redirect(url_for(".client", client_id=client_id), 303)


@bp.route(f"{PAGE}/went-on", methods=["GET", "POST"])
@coaches
def went_on(client_id: int) -> ResponseReturnValue:
    here = colleague_to_change(client_id)
    form = WentOnForm(london_today())
    if form.validate_on_submit() and form.on.day:
        actions.went_on(here.client, form.kinds.data or [], form.on.day, form.words.data or "")
        db.session.commit()
        return redirect(url_for(".client", client_id=client_id, _anchor="went-on"), 303)
    page = render_template("outcomes/went_on.html", here=here, form=form)
    return page, 422 if form.errors else 200


@bp.post(f"{PAGE}/went-on/<{ID}:went_on_id>/remove")
@coaches
def drop_went_on(client_id: int, went_on_id: int) -> ResponseReturnValue:
    here = colleague_to_change(client_id)
    found = queries.went_on_with(here.client, went_on_id) or abort(404)
    actions.remove(here.client, found)
    db.session.commit()
    return redirect(url_for(".client", client_id=client_id, _anchor="went-on"), 303)
