"""Whom a coach has, and what is known of one of them."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from connectdo.clients import queries, wording
from connectdo.clients.forms import InterestForm
from connectdo.clients.here import CLIENT, client_here
from connectdo.clients.models import KEEP
from connectdo.clients.rules import leads_any
from connectdo.clients.views import coaches, those_who_may_see
from connectdo.coaching.diary import diary, due_for
from connectdo.coaching.views import bp
from connectdo.days import london_today
from connectdo.listings.queries import interest_names
from connectdo.people.here import person_here
from connectdo.programmes.due import not_heard_of
from connectdo.programmes.queries import kept_of
from connectdo.programmes.views import just_logged, logged_with
from connectdo.programmes.wording import where_they_are
from connectdo.shortlists.sharing import heard_from


@bp.get("")
@coaches
def home() -> ResponseReturnValue:
    """What is due for a coach's own clients; a lead may ask for the whole team's."""
    person, today = person_here(), london_today()
    memberships = queries.memberships_of(person)
    is_lead = leads_any(memberships)
    own = queries.clients_of(person, today)
    of_teams = queries.clients_of_teams(person) if is_lead else ()
    others = [each for each in of_teams if each not in own]
    whole_team = bool(others) and "team" in request.args
    clients = [*own, *(others if whole_team else [])]
    kept = kept_of(clients)
    return render_template(
        "coaching/home.html",
        person=person,
        memberships=memberships,
        own=own,
        others=others,
        whole_team=whole_team,
        is_lead=is_lead,
        heard=heard_from(own),
        diary=diary(due_for(clients, kept, today), today),
        silent=not_heard_of(clients, kept, today),
        logged=logged_with(clients, kept),
        today=today,
    )


@bp.get(CLIENT.removeprefix("/coaching"))
@those_who_may_see
def client(client_id: int) -> ResponseReturnValue:
    here = client_here(client_id)
    kept, today = kept_of([here.client])[client_id], london_today()
    names = interest_names(slug for each in here.client.interests for slug in each.slugs)
    return render_template(
        "coaching/client.html",
        here=here,
        heard=heard_from([here.client]),
        logged=just_logged(kept),
        where_they_are=where_they_are(kept.latest, today),
        first_met_on=kept.first_met_on,
        never_asked=KEEP not in queries.consents_of(here.client),
        today=today,
        form=InterestForm(),
        said=wording.SAID,
        names=names,
        where=wording.where_in_words(here.client),
        free=wording.free_in_words(here.client),
        needs=wording.needs_in_words(here.client),
        languages=wording.languages_in_words(here.client),
    )
