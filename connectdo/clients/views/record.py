"""The record itself: what was agreed, who sees it and who looked; a copy, an end."""

from dateutil.relativedelta import relativedelta
from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from connectdo.clients import actions, alarms, everything, forgetting, queries, telling
from connectdo.clients.here import (
    CLIENT,
    client_here,
    client_to_give_copy,
    client_to_look_after,
)
from connectdo.clients.models import KEEP
from connectdo.clients.views import bp, coaches, those_who_may_see
from connectdo.clients.wording import QUESTIONS
from connectdo.days import london_today
from connectdo.db import db, utc_now
from connectdo.people.here import person_here

LAST_LOOKS = 5


@bp.get(f"{CLIENT}/record")
@those_who_may_see
def record(client_id: int) -> ResponseReturnValue:
    here = client_here(client_id)
    client, team = here.client, here.client.team
    answers = queries.consents_of(client)
    return render_template(
        "clients/record.html",
        here=here,
        questions=QUESTIONS,
        answers=answers,
        wants_none=KEEP in answers and not answers[KEEP].given,
        leads=queries.leads_of(team),
        covers=queries.covers_of(client, london_today()),
        glass=[each for each in alarms.glass_of(client) if each.ends_at > utc_now()],
        looks=list(telling.looks(client))[:LAST_LOOKS],
        closes=client.used_at + relativedelta(months=team.close_after_months),
        forgets=(client.closed_at or utc_now()) + relativedelta(months=team.forget_after_months),
    )


@bp.get(f"{CLIENT}/looks")
@those_who_may_see
def looks(client_id: int) -> ResponseReturnValue:
    here = client_here(client_id)
    return render_template("clients/looks.html", here=here, looks=telling.looks(here.client))


@bp.get(f"{CLIENT}/copy")
@coaches
def copy(client_id: int) -> ResponseReturnValue:
    """Says what is in a copy before one is made."""
    here = client_to_give_copy(client_id)
    return render_template("clients/copy.html", here=here, leads=queries.leads_of(here.client.team))


@bp.get(f"{CLIENT}/copy/all")
@coaches
def whole_copy(client_id: int) -> ResponseReturnValue:
    """All that is held, to print and to hand over. What was written to the leads is for a lead to
    hand on: a coach may be who it is about."""
    here = client_to_give_copy(client_id)
    parts = everything.copy_of(here.client)
    if here.is_lead:
        parts.append(telling.worries(here.client))
    return render_template(
        "clients/whole_copy.html",
        here=here,
        parts=parts,
        leads=queries.leads_of(here.client.team),
        today=london_today(),
    )


@bp.post(f"{CLIENT}/close")
@coaches
def close(client_id: int) -> ResponseReturnValue:
    here = client_to_look_after(client_id)
    if here.can_change:
        actions.close(here.client)
        db.session.commit()
    return redirect(url_for(".record", client_id=client_id), 303)


@bp.post(f"{CLIENT}/open-again")
@coaches
def open_again(client_id: int) -> ResponseReturnValue:
    here = client_to_look_after(client_id)
    actions.open_again(here.client)
    db.session.commit()
    flash("The record is open again.")
    return redirect(url_for(".record", client_id=client_id), 303)


@bp.get(f"{CLIENT}/forget")
@coaches
def before_forgetting(client_id: int) -> ResponseReturnValue:
    """Says what goes."""
    here = client_to_give_copy(client_id)
    waits = bool(alarms.worries_about(here.client, waiting=True))
    return render_template("clients/forget.html", here=here, worry_waits=waits)


@bp.post(f"{CLIENT}/forget")
@coaches
def forget(client_id: int) -> ResponseReturnValue:
    here = client_to_give_copy(client_id)
    try:
        forgetting.forget(here.client)
    except actions.WorryWaits:
        return redirect(url_for(".before_forgetting", client_id=client_id), 303)
    flash("The record is gone, and all that was kept with it.")
    return redirect(url_for("coaching.home"), 303)


@bp.get("/coaching/closed")
@coaches
def closed() -> ResponseReturnValue:
    """The closed records of who is here, and of the teams they lead."""
    person = person_here()
    own = queries.clients_of(person, london_today(), closed=True)
    others = [each for each in queries.clients_of_teams(person, closed=True) if each not in own]
    return render_template("clients/closed.html", own=own, others=others)
