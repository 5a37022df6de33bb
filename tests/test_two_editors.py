"""Two people change one record at once: the second is told, and keeps what they wrote.

Every form that changes something is in the table below, so that a new one without an answer fails.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import pytest
from flask import Flask

from connectdo.access import MODERATOR
from connectdo.clients.actions import worry
from connectdo.clients.models import LEAD, Client
from connectdo.clients.queries import consents_of
from connectdo.db import db
from connectdo.listings.said import said
from connectdo.moderation.actions import propose
from connectdo.moderation.claims import claim
from connectdo.moderation.models import Question
from connectdo.moderation.reports import report
from connectdo.people.models import Person
from connectdo.shortlists.actions import keep
from tests.conftest import Comes
from tests.factories import (
    make_client,
    make_coach,
    make_contact,
    make_listing,
    make_person,
    make_programme,
    make_team,
)

# A form with a whole record: the second is told, looks at both, and saves again.
EDITS = "edits"
# What is decided once: the second is told, and nothing of theirs is kept.
DECIDES = "decides"
# A new row beside the others, or one more try of one person: nothing of another's is lost by it.
ADDS = "adds"
# A button that says what is to become of a thing, whatever another did to it meanwhile.
PRESSES = "presses"
# Only one person has it, on one page at a time; the row is held while it is written.
OWN = "own"
# The change itself is worked out from what is there, under a lock: one date moved, a row up.
STEPS = "steps"

HOW = {
    EDITS: """
        clients.learn clients.set_up_team clients.member clients.consent clients.hand_over
        programmes.change programmes.begin programmes.support outcomes.choose
        shortlists.change
    """,
    DECIDES: """
        moderation.version moderation.report moderation.claim moderation.question
        clients.see_to
    """,
    ADDS: """
        directory.report directory.share posting.add posting.add_calendar
        posting.change_calendar posting.claim posting.ask_a_moderator posting.edit
        posting.another posting.copy posting.people clients.add clients.add_interest
        clients.cover clients.worried clients.worried_about clients.break_glass
        clients.invite shortlists.keep shortlists.decline shortlists.share shortlists.mail
        shortlists.reply shortlists.key programmes.log programmes.write outcomes.went_on
        outcomes.ask outcomes.paper outcomes.answer people.sign_in people.password
        people.code
    """,
    PRESSES: """
        directory.keep directory.drop directory.clear directory.stop_sharing people.sign_out
        people.sign_out_everywhere moderation.restore moderation.hide moderation.show
        moderation.trust moderation.confirm moderation.stop posting.look_at_calendar
        posting.take_off_missing posting.stop_following posting.stop posting.take_back
        posting.remove posting.invited posting.claimed clients.drop_interest clients.forget
        clients.close clients.open_again clients.end_cover clients.mend_glass clients.remove
        shortlists.drop shortlists.seen shortlists.stop_sharing programmes.end
        programmes.go_on programmes.say programmes.another_day programmes.remove
        outcomes.remove outcomes.drop_went_on outcomes.stop_link people.follow
    """,
    OWN: """
        people.choose_password people.set_up_app people.name people.change_password
        people.change_app posting.calendar_rest posting.calendar_preview posting.write
        posting.when posting.times posting.dates_to_check posting.remove_times posting.photo
        posting.delete posting.both
    """,
    # `send` leads whoever comes second to a page with both, where they choose (tests/posting).
    STEPS: """
        posting.send posting.cancel posting.restore posting.move posting.skip posting.end
        shortlists.move
    """,
}
TABLE = {each: how for how, every in HOW.items() for each in every.split()}

HIDDEN = re.compile(r'name="(as_read|number)" type="hidden" value="([^"]*)"')
Fields = dict[str, Any]


class Form(NamedTuple):
    """The address of a form that two people have open, what each of them sends, and what of the
    second's words has to be on the page that tells them."""

    address: str
    theirs: Fields
    mine: Fields
    kept: str
    people: tuple[Person, Person]


def coaching(client: Client, more: str = "") -> str:
    return f"/coaching/clients/{client.id}{more}"


def colleagues() -> tuple[Client, tuple[Person, Person]]:
    """A client, their coach and the lead of their team."""
    team = make_team()
    coach = make_coach(team=team)
    return make_client(coach), (coach, make_coach(LEAD, team))


def about() -> Form:
    client, people = colleagues()
    theirs, mine = {"name": "Mary", "languages": "Welsh"}, {"name": "Mary", "languages": "Somali"}
    return Form(coaching(client, "/about"), theirs, mine, "Somali", people)


def the_team() -> Form:
    team = make_team()
    mine = {"close_after_months": "3", "forget_after_months": "24"}
    return Form(
        f"/coaching/team/{team.id}/about",
        {"safeguarding": "Ring Ada.", **mine},
        {"safeguarding": "Ring Vic.", **mine},
        "Ring Vic.",
        (make_coach(LEAD, team), make_coach(LEAD, team)),
    )


def a_member() -> Form:
    team = make_team()
    people = make_coach(LEAD, team), make_coach(LEAD, team)
    address = f"/coaching/team/{team.id}/people/{make_coach(team=team).id}"
    return Form(address, {"kind": "volunteer"}, {"kind": "lead"}, 'value="lead" checked', people)


def agreed() -> Form:
    client, people = colleagues()
    address = coaching(client, "/consent")
    return Form(address, {"keep": "no"}, {"keep": "yes"}, 'value="yes" checked', people)


def handed_over() -> Form:
    team = make_team()
    lead, other = make_coach(LEAD, team), make_coach(LEAD, team)
    client = make_client(make_coach(team=team))
    to, not_to = make_coach(team=team), make_coach(team=team)
    address, kept = coaching(client, "/hand-over"), f'value="{to.id}" checked'
    return Form(address, {"person": str(not_to.id)}, {"person": str(to.id)}, kept, (lead, other))


def a_contact() -> Form:
    client, people = colleagues()
    same = {"kind": "call", "minutes": "10", "day": "6 October 2026", "times": "1", "step": ""}
    return Form(
        coaching(client, f"/contacts/{make_contact(client).id}"),
        {**same, "line": "She was cheerful."},
        {**same, "line": "She was tired."},
        "She was tired.",
        people,
    )


def the_first_day() -> Form:
    client, people = colleagues()
    make_programme(client)
    day = {"level": "supported"}
    return Form(
        coaching(client, "/twelve-weeks/begin"),
        {"day": "7 October 2026", **day},
        {"day": "8 October 2026", **day},
        "8 October 2026",
        people,
    )


def support() -> Form:
    client, people = colleagues()
    make_programme(client)
    kept = 'value="intensive" checked'
    levels: tuple[Fields, Fields] = {"level": "signposting"}, {"level": "intensive"}
    return Form(coaching(client, "/twelve-weeks/support"), *levels, kept, people)


def what_is_asked() -> Form:
    team = make_team()
    return Form(
        f"/coaching/team/{team.id}/outcomes/choose",
        {"questionnaires": ["ucla"], "statements": "I feel at home."},
        {"questionnaires": ["ucla"], "statements": "I feel supported."},
        "I feel supported.",
        (make_coach(LEAD, team), make_coach(LEAD, team)),
    )


def an_item() -> Form:
    client, people = colleagues()
    item = keep(client, None, make_listing("Choir"), date(2026, 8, 1))
    db.session.commit()
    return Form(
        coaching(client, f"/shortlist/{item.id}"),
        {"state": "likes", "note": "Bring a coat."},
        {"state": "likes", "note": "Bring a cake."},
        "Bring a cake.",
        people,
    )


def a_version() -> Form:
    listing, people = moderated()
    version = propose(make_person(), listing, {**said(listing), "cost": "£2"}, 0)
    return decided(f"listings/{listing.id}/versions/{version.number}", people, "ask")


def a_report() -> Form:
    listing, people = moderated()
    return decided(f"reports/{report(listing, 'other', '', '').id}", people, "nothing")


def a_claim() -> Form:
    listing, people = moderated()
    made = claim(make_person(), listing, "Ring the hall.")
    db.session.flush()
    return decided(f"claims/{made.id}", people, "refuse")


def a_question() -> Form:
    listing, people = moderated()
    made = Question(listing=listing, asked_on=date(2026, 8, 1), last_on=date(2026, 8, 1))
    db.session.add(made)
    db.session.flush()
    return decided(f"questions/{made.id}", people, "right")


def a_worry() -> Form:
    team = make_team()
    leads = make_coach(LEAD, team), make_coach(LEAD, team)
    note = worry(team, leads[0], "A bruise", None)
    db.session.commit()
    words: tuple[Fields, Fields] = {"done": "I rang her."}, {"done": "I visited her."}
    return Form(f"/coaching/worries/{note.id}", *words, "I visited her.", leads)


def moderated() -> tuple[Any, tuple[Person, Person]]:
    listing = make_listing("Choir", miles=0.0)
    return listing, (
        make_person("", MODERATOR, areas=["Lambeth"]),
        make_person("", MODERATOR, areas=["Lambeth"]),
    )


def decided(path: str, people: tuple[Person, Person], decision: str) -> Form:
    db.session.commit()
    theirs, mine = {"words": "I rang them."}, {"words": "I wrote to them."}
    sent = {"decision": decision}
    return Form(f"/moderation/{path}", {**sent, **theirs}, {**sent, **mine}, mine["words"], people)


FORMS: dict[str, Callable[[], Form]] = {
    "clients.learn": about,
    "clients.set_up_team": the_team,
    "clients.member": a_member,
    "clients.consent": agreed,
    "clients.hand_over": handed_over,
    "programmes.change": a_contact,
    "programmes.begin": the_first_day,
    "programmes.support": support,
    "outcomes.choose": what_is_asked,
    "shortlists.change": an_item,
    "moderation.version": a_version,
    "moderation.report": a_report,
    "moderation.claim": a_claim,
    "moderation.question": a_question,
    "clients.see_to": a_worry,
}
EDITED = [each for each in FORMS if TABLE[each] == EDITS]
ONCE = [each for each in FORMS if TABLE[each] == DECIDES]


def taken_along(page: str) -> Fields:
    return dict(HIDDEN.findall(page))


def test_every_form_says_what_becomes_of_two_who_send_it_at_once(app: Flask) -> None:
    sent = {each.endpoint for each in app.url_map.iter_rules() if "POST" in (each.methods or ())}

    assert sent == set(TABLE)
    assert {each for each, how in TABLE.items() if how in (EDITS, DECIDES)} == set(FORMS)


@pytest.mark.parametrize("endpoint", EDITED)
def test_who_saves_second_is_told_and_keeps_what_they_wrote(comes: Comes, endpoint: str) -> None:
    form = FORMS[endpoint]()
    first, second = (comes(each) for each in form.people)
    seen = taken_along(second.get(form.address).text)
    before = taken_along(first.get(form.address).text)
    assert first.post(form.address, **before, **form.theirs).status_code == 303

    told = second.post(form.address, **seen, **form.mine)
    again = second.post(form.address, **taken_along(told.text), **form.mine)

    assert told.status_code == 409
    assert form.kept in told.text
    assert "Somebody else changed this meanwhile" in told.text
    assert again.status_code == 303


@pytest.mark.parametrize("endpoint", ONCE)
def test_who_decides_second_is_told_and_keeps_what_they_wrote(comes: Comes, endpoint: str) -> None:
    form = FORMS[endpoint]()
    first, second = (comes(each) for each in form.people)
    seen = taken_along(second.get(form.address).text)
    assert first.post(form.address, **form.theirs).status_code == 303

    told = second.post(form.address, **seen, **form.mine)

    assert told.status_code == 409
    assert form.kept in told.text
    assert "Somebody was quicker" in told.text


def test_a_no_is_not_turned_into_a_yes_by_a_page_that_was_opened_before(comes: Comes) -> None:
    form = agreed()
    first, second = (comes(each) for each in form.people)
    first.post(form.address, keep="yes")
    seen = taken_along(second.get(form.address).text)
    first.post(form.address, keep="no")

    second.post(form.address, **seen, keep="yes", figures="yes")

    client = db.session.get_one(Client, int(form.address.split("/")[3]))
    assert not consents_of(client)["keep"].given


def test_who_writes_of_one_thing_is_not_kept_from_it_by_who_writes_of_another(
    comes: Comes,
) -> None:
    client, people = colleagues()
    first, second = map(comes, people)
    address = coaching(client, "/about")
    seen = taken_along(second.get(address).text)
    first.post(coaching(client, "/consent"), keep="yes")
    first.post(coaching(client, "/interests"), said="Singing", kind="passion")

    saved = second.post(address, **seen, name="Mary", languages="Welsh")

    assert saved.status_code == 303


def test_what_is_decided_of_something_that_never_was_is_not_there(comes: Comes) -> None:
    _, (moderator, _) = moderated()

    for kind in ("claims", "questions"):
        sent = comes(moderator).post(f"/moderation/{kind}/999", decision="refuse", words="No.")
        assert sent.status_code == 404
