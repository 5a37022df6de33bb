"""A client's twelve weeks: where they are, what is offered, the time together."""

from datetime import date, timedelta

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from connectdo.clients.here import CLIENT, Here, client_here, client_to_change
from connectdo.clients.views import coaches, those_who_may_see
from connectdo.days import london_today
from connectdo.db import db
from connectdo.editing import hold_to_edit
from connectdo.programmes import actions, queries, wording
from connectdo.programmes.due import Kept
from connectdo.programmes.forms import EndForm, LevelForm, StartForm
from connectdo.programmes.models import Programme
from connectdo.programmes.rules import sees_line
from connectdo.programmes.totals import (
    KINDS,
    time_in_words,
    totals_in_words,
    totals_of,
)
from connectdo.programmes.views import bp, just_logged
from connectdo.programmes.weeks import by_week

# What is further off is only named.
SOON = timedelta(days=14)


@bp.get(f"{CLIENT}/twelve-weeks")
@those_who_may_see
def weeks(client_id: int) -> ResponseReturnValue:
    here = client_here(client_id)
    contacts = queries.contacts_of(here.client)
    kept = _kept(here)
    return render_template(
        "programmes/weeks.html",
        here=here,
        kept=kept,
        logged=just_logged(kept),
        steps=kept.steps(today := london_today()),
        weeks=by_week(kept.programmes, contacts),
        shown={each.id for each in contacts if sees_line(here.ties, each)},
        in_programme={each.id: totals_of(kept.contacts_in(each)) for each in kept.programmes},
        in_all=totals_of(contacts),
        kinds=KINDS,
        today=today,
        soon=today + SOON,
        wording=wording,
        time_in_words=time_in_words,
        totals_in_words=totals_in_words,
    )


@bp.route(f"{CLIENT}/twelve-weeks/begin", methods=["GET", "POST"])
@coaches
def begin(client_id: int) -> ResponseReturnValue:
    """Begins them, or says that they began on another day."""
    here = client_to_change(client_id)
    hold_to_edit(here.client)
    kept, today = _kept(here), london_today()
    current = kept.current
    first = current.started_on if current else kept.first_met_on or today
    form = StartForm(current, first, _ended_on(kept), today)
    if form.validate_on_submit():
        if current:
            actions.move_start(here.client, current, form.first)
        else:
            actions.start(here.client, form.first, form.level.data)
        return _kept_and_back(here)
    page = render_template("programmes/begin.html", here=here, form=form, current=current)
    return page, form.status


@bp.route(f"{CLIENT}/twelve-weeks/support", methods=["GET", "POST"])
@coaches
def support(client_id: int) -> ResponseReturnValue:
    here = client_to_change(client_id)
    programme = _current(here)
    hold_to_edit(programme)
    form = LevelForm({"level": programme.levels[-1].level})
    if form.validate_on_submit():
        actions.change_level(here.client, programme, form.level.data, london_today())
        return _kept_and_back(here)
    page = render_template("programmes/support.html", here=here, form=form)
    return page, form.status


@bp.route(f"{CLIENT}/twelve-weeks/end", methods=["GET", "POST"])
@coaches
def end(client_id: int) -> ResponseReturnValue:
    here = client_to_change(client_id)
    programme = _current(here)
    form = EndForm(programme, london_today())
    if form.validate_on_submit():
        actions.end(here.client, programme, form.last, form.ending.data)
        return _kept_and_back(here)
    page = render_template("programmes/end.html", here=here, form=form)
    return page, 422 if form.errors else 200


@bp.post(f"{CLIENT}/twelve-weeks/go-on")
@coaches
def go_on(client_id: int) -> ResponseReturnValue:
    """They have not ended after all."""
    here = client_to_change(client_id)
    latest = _kept(here).latest
    if latest:
        actions.go_on(here.client, latest)
    return _kept_and_back(here)


def _kept(here: Here) -> Kept:
    return queries.kept_of([here.client])[here.client.id]


def _current(here: Here) -> Programme:
    return _kept(here).current or abort(404)


def _ended_on(kept: Kept) -> date | None:
    """When the programme before the one that goes on, or is to begin, ended."""
    before = [each.ended_on for each in kept.programmes if each.ended_on]
    return max(before, default=None)


def _kept_and_back(here: Here) -> ResponseReturnValue:
    db.session.commit()
    return redirect(url_for(".weeks", client_id=here.client.id), 303)
