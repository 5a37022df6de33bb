"""What a client agrees to. It can be taken back when the record is closed, too."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from connectdo.clients import actions, queries
from connectdo.clients.here import CLIENT, client_to_answer_for
from connectdo.clients.record_forms import ConsentForm
from connectdo.clients.views import bp, coaches
from connectdo.clients.wording import QUESTIONS
from connectdo.db import db
from connectdo.editing import hold_to_edit
from connectdo.people.here import person_here


@bp.route(f"{CLIENT}/consent", methods=["GET", "POST"])
@coaches
def consent(client_id: int) -> ResponseReturnValue:
    here = client_to_answer_for(client_id)
    hold_to_edit(here.client)
    form = ConsentForm(queries.consents_of(here.client))
    if form.validate_on_submit():
        for about, given in form.changed().items():
            actions.consent(here.client, person_here(), about, QUESTIONS[about], given=given)
        db.session.commit()
        flash("What they said is saved.")
        return redirect(url_for(".record", client_id=client_id), 303)
    page = render_template(
        "clients/consent.html",
        here=here,
        form=form,
        questions=QUESTIONS,
        said=queries.consents_of_all_time(here.client),
    )
    return page, form.status
