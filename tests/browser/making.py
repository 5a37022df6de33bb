"""What a coach has on the running site, made in a process of its own: Playwright's loop owns that
of the tests. `coaching.py` runs it, and reads what it prints."""

import json
import sys
import uuid
from datetime import timedelta
from typing import Any

from flask import Flask, current_app
from sqlalchemy import select

from connectdo import create_app
from connectdo.clients import actions
from connectdo.clients.models import FIGURES, KEEP, LEAD, PASSION, Client, Team
from connectdo.clients.wording import QUESTIONS
from connectdo.days import london_today
from connectdo.db import db
from connectdo.listings.models import LIVE, Listing
from connectdo.outcomes import actions as outcomes
from connectdo.outcomes.instruments import END, SIX_WEEKS, START, UCLA
from connectdo.outcomes.models import LINK, TABLET
from connectdo.people import here
from connectdo.people.coming_in import sign_in
from connectdo.people.models import Person
from connectdo.people.rules import work_of
from connectdo.programmes.models import CALL, MEETING, REVIEW, TEXT, VISIT
from connectdo.shortlists.actions import keep
from connectdo.shortlists.models import LIKES, NO, SAYS_REMIND, TRIED, VISITING, Item
from connectdo.shortlists.sharing import reply, secret_of, share
from tests.factories import (
    make_assessment,
    make_client,
    make_coach,
    make_contact,
    make_person,
    make_programme,
    make_team,
)

TODAY = london_today()
A_DAY, A_WEEK = timedelta(days=1), timedelta(weeks=1)
# Not pages: a file, a script, and what is an administrator's.
NO_PAGES = {"shortlists.sheet_pdf", "shortlists.worker", "clients.break_glass"}


def a_coach() -> dict[str, Any]:
    """A coach without clients, whose team asks how lonely people are."""
    coach = make_coach(team=a_team(), email=an_address())
    return {"cookie": cookie_of(coach)}


def mary_with(things: int) -> dict[str, Any]:
    """A coach whose client, Mary, has so many things on her shortlist."""
    coach = make_coach(team=a_team(), email=an_address())
    client = make_client(coach, "Mary")
    items = kept_for(client, things)
    return {
        "cookie": cookie_of(coach),
        "client": client.id,
        "items": [each.id for each in items],
        "names": [each.listing.name for each in items],
    }


def some_of_everything() -> dict[str, Any]:
    """A coach and the lead of their team; the addresses of all that there is for coaches. Mary has
    some of everything, and there is something to do for others."""
    team = a_team()
    lead = make_coach(LEAD, team=team, email=an_address(), name="Ines Fairweather")
    coach = make_coach(team=team, email=an_address(), name="Jean Oduya")
    mary = make_client(coach, "Mary", near="SE27", within=1.5, languages=["English", "Somali"])
    mary.travel, mary.needs, mary.free_when = ["foot", "bus"], ["step_free"], ["tue morning"]
    actions.add_interest(mary, "Growing tomatoes with my grandad", PASSION, ["gardening"])
    items = tried_and_planned(mary)
    link = share(mary, coach, items[:3])
    reply(link, items[0].id, SAYS_REMIND)
    contact_id = half_way_through(mary)
    worry_id = looked_after(mary, lead)
    others_of(coach, lead)
    outcomes.ask(mary, coach, UCLA, END, LINK)
    on_tablet = outcomes.ask(make_client(coach, "Ruth"), coach, UCLA, START, TABLET)
    db.session.commit()
    known = {
        "client_id": mary.id,
        "team_id": team.id,
        "person_id": coach.id,
        "worry_id": worry_id,
        "item_id": items[0].id,
        "contact_id": contact_id,
        "kind": "call",
        "step": "review",
        "questionnaire": UCLA,
        "moment": END,
    }
    compared = "&".join(f"item={each.id}" for each in items[:3])
    return {
        "coach": cookie_of(coach),
        "lead": cookie_of(lead),
        "other_for_leads": ["/coaching", "/coaching?team=1", f"/coaching/clients/{mary.id}/record"],
        "paths": [
            *pages_about(known),
            f"/coaching/clients/{mary.id}/compare?{compared}",
            f"/coaching/clients/{mary.id}/find?q=choir",
            "/coaching?team=1",
            f"/l/{secret_of(link)}",
            f"/questions/{on_tablet}",
            "/questions/thank-you/tablet",
        ],
    }


def a_team() -> Team:
    """One that has steps of its own, and asks how lonely people are."""
    team = make_team(f"Lantern Street Coaches {uuid.uuid4().hex[:6]}")
    steps = "If anyone is in danger, ring 999.\nRing Ines Fairweather on 01632 960123."
    actions.set_up_team(team, steps, close_after=6, forget_after=12)
    outcomes.choose(team, [UCLA], ["I feel more supported"])
    db.session.commit()
    return team


def an_address() -> str:
    return f"coach-{uuid.uuid4().hex}@mail.example"


def kept_for(client: Client, things: int) -> list[Item]:
    """So many of the site's listings on a client's shortlist."""
    query = select(Listing).where(Listing.status == LIVE).order_by(Listing.id).limit(things)
    listings = db.session.scalars(query).all()
    return [keep(client, client.coach, each, TODAY) for each in listings]


def tried_and_planned(client: Client) -> list[Item]:
    """A shortlist of five, of which one is not for them."""
    items = kept_for(client, 5)
    for item, state in zip(items, (VISITING, TRIED, LIKES, NO), strict=False):
        item.state = state
    items[0].visit_on = TODAY + A_DAY
    items[0].why, items[0].note = "Mum sang alto", "Bring a coat. Ask for Ines."
    items[0].private_note, items[3].why_not = "Sit by the door.", "Too loud"
    items[2].seen = {**items[2].seen, "times": []}
    return items


def half_way_through(client: Client) -> int:
    """Seven weeks of a programme; a contact."""
    start = TODAY - 7 * A_WEEK
    make_programme(client, start)
    make_contact(client, CALL, 12, start - A_DAY)
    make_contact(client, MEETING, 60, start, line="We met in the cafe. She likes to talk.")
    make_contact(client, TEXT, 40, start + A_WEEK, times=12)
    contact = make_contact(client, VISIT, 90, TODAY - A_DAY, line="The garden, together.")
    make_contact(client, MEETING, 30, start + 6 * A_WEEK, step=REVIEW)
    make_assessment(client, (3, 3, 2), START, on=start)
    make_assessment(client, (2, 2, 2), SIX_WEEKS, on=start + 6 * A_WEEK)
    outcomes.went_on(client, ["group"], TODAY, "The garden, every Tuesday")
    return contact.id


def looked_after(client: Client, lead: Person) -> int:
    """What is agreed, who covers, who opened the record, and a note that waits for the lead."""
    coach, team = client.coach, client.team
    actions.consent(client, coach, KEEP, QUESTIONS[KEEP], given=True)
    actions.consent(client, coach, FIGURES, QUESTIONS[FIGURES], given=False)
    colleague = make_coach(team=team, email=an_address(), name="Tom Ashdown")
    actions.cover(client, colleague, TODAY + A_WEEK)
    outside = make_person(an_address(), "administrator", name="Ada Long")
    actions.break_glass(outside, client, "Her sister rang, and nobody could be reached.")
    actions.see_to(actions.worry(team, coach, "She had not eaten.", client), lead, "I rang her.")
    return actions.worry(team, coach, "I could not reach him all week.", None).id


def others_of(coach: Person, lead: Person) -> None:
    """People for whom there is something to do today, this week and later; one is the lead's."""
    for name, weeks in (("Nora", 6), ("Abdi", 4), ("Pat", 12)):
        client = make_client(coach, name)
        make_programme(client, TODAY - weeks * A_WEEK + 2 * A_DAY)
        make_contact(client, CALL, 10, TODAY - 3 * A_DAY)
    make_contact(make_client(coach, "Grace"), MEETING, 60, TODAY - 20 * A_DAY)
    make_programme(make_client(lead, "Sam"), TODAY - 6 * A_WEEK)
    actions.close(make_client(coach, "Joan"))


def pages_about(known: dict[str, Any]) -> list[str]:
    """Every page for coaches, each about what is known. One that asks for more is an error."""
    addresses = current_app.url_map.bind("localhost")
    return [
        addresses.build(rule.endpoint, {each: known[each] for each in rule.arguments})
        for rule in sorted(current_app.url_map.iter_rules(), key=str)
        if rule.rule.startswith("/coaching")
        and "GET" in (rule.methods or ())
        and rule.endpoint not in NO_PAGES
    ]


def cookie_of(person: Person) -> str:
    """The cookie of somebody who has signed in, as coming in leaves it in the browser."""
    secret = sign_in(person, "code")
    db.session.commit()
    app: Flask = current_app
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    held = {
        here.SIGNED_IN: secret,
        here.SEEN: here.now_in_seconds(),
        here.WORK: work_of(person),
    }
    cookie: str = signer.dumps(held)
    return cookie


if __name__ == "__main__":
    what, *numbers = sys.argv[1:]
    makers = {"coach": a_coach, "mary": mary_with, "everything": some_of_everything}
    with create_app().app_context():
        made = makers[what](*map(int, numbers))  # type: ignore[operator]
        db.session.commit()
    print(json.dumps(made))
