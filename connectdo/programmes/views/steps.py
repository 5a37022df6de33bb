"""What a coach says of a step: done, not needed, another day, or offered again."""

from datetime import date

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from connectdo.clients.here import CLIENT, Here, client_to_change
from connectdo.clients.views import coaches
from connectdo.days import london_today
from connectdo.db import db
from connectdo.programmes import actions, queries
from connectdo.programmes.forms import DayForm
from connectdo.programmes.models import ASIDE, DONE, NEXT_DAY, PLANNED, Contact
from connectdo.programmes.views import bp
from connectdo.programmes.wording import STEPS

STEP = f"<any({','.join(map(repr, STEPS))}):step>"


@bp.post(f"{CLIENT}/twelve-weeks/<any(done, aside, again):what>/{STEP}")
@coaches
def say(client_id: int, what: str, step: str) -> ResponseReturnValue:
    here = client_to_change(client_id)
    states = {"done": DONE, "aside": ASIDE}
    return _keep(here, step, (states[what], london_today()) if what in states else None)


@bp.route(f"{CLIENT}/twelve-weeks/another-day/{STEP}", methods=["GET", "POST"])
@coaches
def another_day(client_id: int, step: str) -> ResponseReturnValue:
    here = client_to_change(client_id)
    form = DayForm(london_today())
    if form.validate_on_submit():
        return _keep(here, step, (PLANNED, form.planned))
    page = render_template(
        "programmes/another_day.html",
        here=here,
        form=form,
        step=STEPS[step],
        visit=request.values.get("visit", type=int),
    )
    return page, 422 if form.errors else 200


def _keep(here: Here, step: str, said: tuple[str, date] | None) -> ResponseReturnValue:
    kept = queries.kept_of([here.client])[here.client.id]
    visit: Contact | None = None
    if step == NEXT_DAY:
        visit = kept.contact(request.values.get("visit", type=int)) or abort(404)
    actions.say_of_step(here.client, kept.latest, step, visit, said)
    db.session.commit()
    return redirect(url_for(".weeks", client_id=here.client.id, _anchor="steps"), 303)
