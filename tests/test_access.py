"""Who may enter what: every route, by every method, as every kind of visitor.

A route or a role that is not in the table fails; so does a form that is taken without its token,
a page that changes something by being looked at, and an answer that does not tell the browser what
it has to. Whose record a page shows is in tests/access.
"""

from collections.abc import Callable, Mapping
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from connectdo.access import (
    ADMINISTRATOR,
    COACH,
    MEMBER,
    MODERATOR,
    STAFF,
    STRANGER,
    TEAM_LEAD,
    public,
    staff,
    who_may_enter,
)
from connectdo.access import members as members_only
from connectdo.clients.actions import break_glass, worry
from connectdo.clients.models import LEAD
from connectdo.clients.models import VOLUNTEER as VOLUNTEERS
from connectdo.db import Base, db, utc_now
from connectdo.listings.models import Listing
from connectdo.listings.said import said
from connectdo.moderation.actions import propose
from connectdo.moderation.claims import claim
from connectdo.moderation.models import Question
from connectdo.moderation.reports import report as keep_report
from connectdo.outcomes import actions as outcomes
from connectdo.outcomes.instruments import START, UCLA
from connectdo.outcomes.models import LINK
from connectdo.outcomes.queries import open_links_of, went_on_of
from connectdo.people import here
from connectdo.people.tickets import CODE, issue
from connectdo.posting.answers import blank
from connectdo.posting.models import CalendarDraft, Draft, FollowedCalendar
from connectdo.search.sync import sync
from connectdo.shortlists.actions import keep as keep_item
from tests.access.answers import faults_of
from tests.factories import (
    make_area,
    make_assessment,
    make_client,
    make_coach,
    make_contact,
    make_listing,
    make_organisation,
    make_person,
)
from tests.visitor import Visitor

ORGANISER = "organiser"
OF_ANOTHER_TEAM, VOLUNTEER = "coach of another team", "volunteer of another team"
LEADS_ANOTHER = "lead of another team"
HALF_WAY, DISABLED = "staff who have not said their code", "somebody whose account was closed"
ROLES = (STRANGER, MEMBER, ORGANISER, MODERATOR, COACH, TEAM_LEAD, ADMINISTRATOR)
# Who gets what another kind gets, where a row does not say otherwise. The coach and the team lead
# among the roles are in no team.
LIKE = {
    OF_ANOTHER_TEAM: COACH,
    VOLUNTEER: COACH,
    LEADS_ANOTHER: TEAM_LEAD,
    HALF_WAY: STRANGER,
    DISABLED: STRANGER,
}
KINDS = (*ROLES, *LIKE)
MODERATORS = (MODERATOR, ADMINISTRATOR)
COACHES = (COACH, TEAM_LEAD)
LEADS = (TEAM_LEAD,)
# Coaches, and who may break the glass.
MAY_SEE = (*COACHES, ADMINISTRATOR)
SIGN_IN = "is led to sign in"

Answer = int | str


class NotTheirs(int):
    """A page that members have, asked for a record that is another's: the page itself says so,
    after the form's token was looked at."""


NOT_THEIRS = NotTheirs(404)
Answers = dict[str, Answer]


def everyone(answer: Answer, **others: Answer) -> Answers:
    """The same for all roles but some, and for who is like one of them."""
    answers = {**dict.fromkeys(ROLES, answer), **others}
    return answers | {kind: answers[like] for kind, like in LIKE.items()}


def members(answer: Answer, *, strangers: Answer = SIGN_IN) -> Answers:
    return everyone(answer, stranger=strangers)


def only(roles: tuple[str, ...], answer: Answer) -> Answers:
    return everyone(404, stranger=SIGN_IN, **dict.fromkeys(roles, answer))


def whose(others: tuple[str, ...] = (), answer: Answer = 404) -> Answers:
    """A page of a record that is none of these people's, which some may see all the same."""
    return everyone(NOT_THEIRS, stranger=SIGN_IN, **dict.fromkeys(others, answer))


def in_a_team(answer: Answer) -> Answers:
    """A page for coaches who are in a team, whichever."""
    theirs = dict.fromkeys((OF_ANOTHER_TEAM, VOLUNTEER, LEADS_ANOTHER), answer)
    return {**only(COACHES, 403), **theirs}


def anothers_client(roles: tuple[str, ...] = COACHES) -> Answers:
    """A page about a client who is none of these people's."""
    return only(roles, NOT_THEIRS)


# What is answered to a form is said of an empty one.
TABLE: dict[tuple[str, str], Answers] = {
    ("GET", "static"): everyone(200),
    ("GET", "running.health"): everyone(200),
    ("GET", "directory.home"): everyone(200),
    ("GET", "directory.search"): everyone(200),
    ("GET", "directory.outlines"): everyone(200),
    ("GET", "directory.interests"): everyone(200),
    ("GET", "directory.interest"): everyone(200),
    ("GET", "directory.areas"): everyone(200),
    ("GET", "directory.area"): everyone(200),
    ("GET", "directory.organisation"): everyone(200),
    ("GET", "directory.listing"): everyone(200),
    ("GET", "directory.calendar"): everyone(200),
    ("GET", "directory.embed"): everyone(200),
    ("GET", "directory.poster"): everyone(200),
    ("GET", "directory.organisation_calendar"): everyone(200),
    ("GET", "directory.organisation_embed"): everyone(200),
    ("GET", "directory.photo"): everyone(404),
    ("GET", "directory.report"): everyone(200),
    ("POST", "directory.report"): everyone(422),
    ("GET", "directory.reported"): everyone(200),
    ("GET", "directory.my_list"): everyone(200),
    ("POST", "directory.keep"): everyone(303),
    ("POST", "directory.drop"): everyone(303),
    ("POST", "directory.clear"): everyone(303),
    ("POST", "directory.share"): everyone(303),
    ("POST", "directory.stop_sharing"): everyone(303),
    ("GET", "directory.shared"): everyone(404),
    ("GET", "directory.help_now"): everyone(200),
    ("GET", "directory.privacy"): everyone(200),
    ("GET", "directory.cookies"): everyone(200),
    ("GET", "directory.accessibility"): everyone(200),
    ("GET", "directory.robots"): everyone(200),
    ("GET", "directory.sitemap"): everyone(200),
    ("GET", "directory.sitemap_page"): everyone(200),
    ("GET", "people.add_group"): members(303, strangers=200),
    ("GET", "people.sign_in"): members(303, strangers=200),
    ("POST", "people.sign_in"): everyone(422),
    ("GET", "people.sent"): everyone(200),
    ("GET", "people.link"): everyone(410),
    ("POST", "people.follow"): everyone(410),
    ("GET", "people.password"): members(303, strangers=200),
    ("POST", "people.password"): everyone(422),
    ("GET", "people.choose_password"): everyone(303),
    ("POST", "people.choose_password"): everyone(303),
    ("GET", "people.set_up_app"): everyone(303),
    ("POST", "people.set_up_app"): everyone(303),
    ("GET", "people.code"): {**everyone(303), HALF_WAY: 200},
    ("POST", "people.code"): {**everyone(303), HALF_WAY: 422},
    ("POST", "people.sign_out"): everyone(303),
    ("GET", "people.signed_out"): everyone(200),
    ("GET", "people.account"): members(200),
    ("GET", "people.name"): members(200),
    ("POST", "people.name"): members(303),
    ("GET", "people.change_password"): members(200),
    ("POST", "people.change_password"): members(422),
    ("POST", "people.sign_out_everywhere"): members(303),
    ("GET", "people.change_app"): only(STAFF, 200),
    ("POST", "people.change_app"): only(STAFF, 422),
    ("GET", "posting.claim"): members(200),
    ("POST", "posting.claim"): members(200),
    ("POST", "posting.ask_a_moderator"): members(422),
    ("GET", "moderation.queue"): only(MODERATORS, 200),
    ("GET", "moderation.version"): only(MODERATORS, 200),
    ("POST", "moderation.version"): only(MODERATORS, 422),
    ("GET", "moderation.report"): only(MODERATORS, 200),
    ("POST", "moderation.report"): only(MODERATORS, 422),
    ("GET", "moderation.claim"): only(MODERATORS, 200),
    ("POST", "moderation.claim"): only(MODERATORS, 422),
    ("GET", "moderation.question"): only(MODERATORS, 200),
    ("POST", "moderation.question"): only(MODERATORS, 422),
    ("GET", "moderation.history"): only(MODERATORS, 200),
    ("POST", "moderation.restore"): only(MODERATORS, 303),
    ("POST", "moderation.hide"): only(MODERATORS, 303),
    ("POST", "moderation.show"): only(MODERATORS, 303),
    ("POST", "moderation.trust"): only(MODERATORS, 303),
    ("GET", "moderation.still_right"): everyone(410),
    ("POST", "moderation.confirm"): everyone(303),
    ("GET", "moderation.has_stopped"): everyone(410),
    ("POST", "moderation.stop"): everyone(303),
    ("GET", "posting.groups"): members(200),
    ("GET", "posting.figures"): members(200),
    ("GET", "posting.add"): members(200),
    ("POST", "posting.add"): members(422),
    ("GET", "posting.add_calendar"): members(200),
    ("POST", "posting.add_calendar"): members(422),
    ("GET", "posting.change_calendar"): whose(),
    ("POST", "posting.change_calendar"): whose(),
    ("GET", "posting.calendar_rest"): whose(),
    ("POST", "posting.calendar_rest"): whose(),
    ("GET", "posting.calendar_preview"): whose(),
    ("POST", "posting.calendar_preview"): whose(),
    ("POST", "posting.look_at_calendar"): whose(),
    ("POST", "posting.take_off_missing"): whose(),
    ("GET", "posting.stop_following"): whose(),
    ("POST", "posting.stop_following"): whose(),
    ("GET", "posting.resume"): whose(),
    ("GET", "posting.write"): whose(),
    ("POST", "posting.write"): whose(),
    ("GET", "posting.when"): whose(),
    ("POST", "posting.when"): whose(),
    ("GET", "posting.times"): whose(),
    ("POST", "posting.times"): whose(),
    ("GET", "posting.dates_to_check"): whose(),
    ("POST", "posting.dates_to_check"): whose(),
    ("POST", "posting.remove_times"): whose(),
    ("GET", "posting.photo"): whose(),
    ("POST", "posting.photo"): whose(),
    ("GET", "posting.check"): whose(),
    ("POST", "posting.send"): whose(),
    ("GET", "posting.both"): whose(),
    ("POST", "posting.both"): whose(),
    ("GET", "posting.delete"): whose(),
    ("POST", "posting.delete"): whose(),
    ("POST", "posting.edit"): whose(MODERATORS, 303),
    ("POST", "posting.another"): whose(MODERATORS, 303),
    ("POST", "posting.copy"): whose(MODERATORS, 303),
    ("GET", "posting.dates"): whose(MODERATORS, 200),
    ("POST", "posting.cancel"): whose(MODERATORS, 303),
    ("POST", "posting.restore"): whose(MODERATORS, 303),
    ("GET", "posting.move"): whose(MODERATORS, 200),
    ("POST", "posting.move"): whose(MODERATORS, 422),
    ("GET", "posting.skip"): whose(MODERATORS, 200),
    ("POST", "posting.skip"): whose(MODERATORS, 422),
    ("GET", "posting.end"): whose(MODERATORS, 200),
    ("POST", "posting.end"): whose(MODERATORS, 422),
    ("GET", "posting.stop"): whose(MODERATORS, 200),
    ("POST", "posting.stop"): whose(MODERATORS, 303),
    ("GET", "posting.people"): whose(),
    ("POST", "posting.people"): whose(),
    ("POST", "posting.take_back"): whose(),
    ("GET", "posting.remove"): whose(),
    ("POST", "posting.remove"): whose(),
    ("GET", "posting.invited"): members(410),
    ("POST", "posting.invited"): members(410),
    ("GET", "posting.claimed"): everyone(410),
    ("POST", "posting.claimed"): everyone(410),
    ("GET", "coaching.home"): only(COACHES, 200),
    ("GET", "coaching.client"): anothers_client(MAY_SEE),
    ("GET", "clients.add"): in_a_team(200),
    ("POST", "clients.add"): in_a_team(422),
    ("GET", "clients.about"): anothers_client(MAY_SEE),
    ("POST", "clients.learn"): anothers_client(),
    ("POST", "clients.add_interest"): anothers_client(),
    ("POST", "clients.drop_interest"): anothers_client(),
    ("GET", "clients.consent"): anothers_client(),
    ("POST", "clients.consent"): anothers_client(),
    ("GET", "clients.record"): anothers_client(MAY_SEE),
    ("GET", "clients.looks"): anothers_client(MAY_SEE),
    ("GET", "clients.summary"): anothers_client(MAY_SEE),
    ("GET", "clients.copy"): anothers_client(),
    ("GET", "clients.whole_copy"): anothers_client(),
    ("GET", "clients.before_forgetting"): anothers_client(),
    ("POST", "clients.forget"): anothers_client(),
    ("POST", "clients.close"): anothers_client(),
    ("POST", "clients.open_again"): anothers_client(),
    ("GET", "clients.cover"): anothers_client(),
    ("POST", "clients.cover"): anothers_client(),
    ("POST", "clients.end_cover"): anothers_client(),
    ("GET", "clients.hand_over"): anothers_client(),
    ("POST", "clients.hand_over"): anothers_client(),
    ("GET", "clients.closed"): only(COACHES, 200),
    ("GET", "clients.worried"): only(MAY_SEE, 200),
    ("POST", "clients.worried"): only(MAY_SEE, 422),
    ("GET", "clients.worried_about"): anothers_client(MAY_SEE),
    ("POST", "clients.worried_about"): anothers_client(MAY_SEE),
    ("GET", "clients.worries"): only(LEADS, 200),
    ("GET", "clients.see_to"): only(LEADS, NOT_THEIRS),
    ("POST", "clients.see_to"): only(LEADS, NOT_THEIRS),
    ("GET", "clients.break_glass"): only((ADMINISTRATOR,), 200),
    ("POST", "clients.break_glass"): only((ADMINISTRATOR,), 422),
    ("GET", "clients.glass"): only((TEAM_LEAD, ADMINISTRATOR), 200),
    ("POST", "clients.mend_glass"): only((TEAM_LEAD, ADMINISTRATOR), NOT_THEIRS),
    ("GET", "clients.team"): only(LEADS, NOT_THEIRS),
    ("POST", "clients.invite"): only(LEADS, NOT_THEIRS),
    ("GET", "clients.member"): only(LEADS, NOT_THEIRS),
    ("POST", "clients.member"): only(LEADS, NOT_THEIRS),
    ("POST", "clients.remove"): only(LEADS, NOT_THEIRS),
    ("GET", "clients.set_up_team"): only(LEADS, NOT_THEIRS),
    ("POST", "clients.set_up_team"): only(LEADS, NOT_THEIRS),
    ("GET", "shortlists.find"): anothers_client(MAY_SEE),
    ("POST", "shortlists.keep"): anothers_client(),
    ("POST", "shortlists.decline"): anothers_client(),
    ("GET", "shortlists.shortlist"): anothers_client(MAY_SEE),
    ("GET", "shortlists.item"): anothers_client(MAY_SEE),
    ("POST", "shortlists.change"): anothers_client(),
    ("POST", "shortlists.move"): anothers_client(),
    ("POST", "shortlists.seen"): anothers_client(),
    ("POST", "shortlists.drop"): anothers_client(),
    ("GET", "shortlists.compare"): anothers_client(MAY_SEE),
    ("GET", "shortlists.take_home"): anothers_client(MAY_SEE),
    ("GET", "shortlists.sheet"): anothers_client(MAY_SEE),
    ("GET", "shortlists.sheet_pdf"): anothers_client(MAY_SEE),
    ("POST", "shortlists.share"): anothers_client(),
    ("POST", "shortlists.stop_sharing"): anothers_client(),
    ("POST", "shortlists.mail"): anothers_client(),
    ("GET", "shortlists.shared"): everyone(410),
    ("POST", "shortlists.reply"): everyone(410),
    ("GET", "shortlists.without_signal"): only(COACHES, 200),
    ("POST", "shortlists.key"): only(COACHES, 200),
    ("GET", "shortlists.worker"): only(COACHES, 200),
    ("GET", "programmes.weeks"): anothers_client(MAY_SEE),
    ("GET", "programmes.begin"): anothers_client(),
    ("POST", "programmes.begin"): anothers_client(),
    ("GET", "programmes.support"): anothers_client(),
    ("POST", "programmes.support"): anothers_client(),
    ("GET", "programmes.end"): anothers_client(),
    ("POST", "programmes.end"): anothers_client(),
    ("POST", "programmes.go_on"): anothers_client(),
    ("POST", "programmes.say"): anothers_client(),
    ("GET", "programmes.another_day"): anothers_client(),
    ("POST", "programmes.another_day"): anothers_client(),
    ("GET", "programmes.add"): anothers_client(),
    ("POST", "programmes.log"): anothers_client(),
    ("GET", "programmes.write"): anothers_client(),
    ("POST", "programmes.write"): anothers_client(),
    ("GET", "programmes.contact"): anothers_client(MAY_SEE),
    ("POST", "programmes.change"): anothers_client(),
    ("POST", "programmes.remove"): anothers_client(),
    ("GET", "outcomes.client"): anothers_client(MAY_SEE),
    ("POST", "outcomes.remove"): anothers_client(),
    ("GET", "outcomes.went_on"): anothers_client(),
    ("POST", "outcomes.went_on"): anothers_client(),
    ("POST", "outcomes.drop_went_on"): anothers_client(),
    ("GET", "outcomes.ask"): anothers_client(),
    ("POST", "outcomes.ask"): anothers_client(),
    ("GET", "outcomes.paper"): anothers_client(),
    ("POST", "outcomes.paper"): anothers_client(),
    ("POST", "outcomes.stop_link"): anothers_client(),
    ("GET", "outcomes.team"): anothers_client((TEAM_LEAD,)),
    ("GET", "outcomes.to_send_on"): anothers_client((TEAM_LEAD,)),
    ("GET", "outcomes.choose"): anothers_client((TEAM_LEAD,)),
    ("POST", "outcomes.choose"): anothers_client((TEAM_LEAD,)),
    ("GET", "outcomes.questions"): everyone(410),
    ("POST", "outcomes.answer"): everyone(410),
    ("GET", "outcomes.thank_you"): everyone(200),
}
A_DATE = {"day": "2026-12-01", "at": "1830"}
IN_AN_ADDRESS = {
    "directory.photo": {"name": "0" * 32, "size": "large", "ending": "jpg"},
    "posting.write": {"page": "what"},
    "posting.times": {"repeats": "weekly"},
    "posting.cancel": A_DATE,
    "posting.restore": A_DATE,
    "posting.move": A_DATE,
    "directory.interest": {"slug": "choir"},
    "directory.area": {"slug": "lambeth"},
    "directory.shared": {"token": "never-was"},
    "directory.sitemap_page": {"page": "1"},
    "moderation.still_right": {"token": "never-was"},
    "moderation.confirm": {"token": "never-was"},
    "moderation.has_stopped": {"token": "never-was"},
    "moderation.stop": {"token": "never-was"},
    "programmes.say": {"what": "done", "step": "review"},
    "programmes.another_day": {"step": "review"},
    "programmes.add": {"kind": "call"},
    "programmes.log": {"kind": "call"},
    "programmes.write": {"kind": "call"},
    "people.link": {"secret": "never-was"},
    "people.follow": {"secret": "never-was"},
    "outcomes.paper": {"questionnaire": "ucla", "moment": "start"},
    "outcomes.questions": {"secret": "never-was"},
    "outcomes.answer": {"secret": "never-was"},
    "outcomes.thank_you": {"how": "tablet"},
    "posting.remove": {"person_id": "1"},
    "clients.end_cover": {"person_id": "1"},
    "clients.member": {"person_id": "1"},
    "clients.remove": {"person_id": "1"},
    "shortlists.move": {"way": "up"},
    "shortlists.shared": {"secret": "never-was"},
    "shortlists.reply": {"secret": "never-was", "said": "like"},
    "posting.invited": {"secret": "never-was"},
    "posting.claimed": {"secret": "never-was"},
    "static": {"filename": "app.css"},
}
TURNED_AWAY = (SIGN_IN, 404)


@pytest.fixture
def comes(app: Flask) -> Callable[[str], Visitor]:
    """A visitor of a kind, with a browser of their own."""
    people = {MEMBER: make_person()}
    people[ORGANISER] = make_person(looks_after=make_organisation("Singers"))
    people |= {role: make_person("", role) for role in STAFF}
    people[MODERATOR].areas = [make_area("Lambeth")]
    people[OF_ANOTHER_TEAM] = make_coach()
    people[VOLUNTEER], people[LEADS_ANOTHER] = make_coach(VOLUNTEERS), make_coach(LEAD)
    people[DISABLED] = make_coach(disabled_at=utc_now())
    db.session.commit()

    def come(kind: str) -> Visitor:
        visitor = Visitor(app)
        if kind == HALF_WAY:
            visitor.put_in_cookie(**{here.HALF: issue(CODE, people[COACH].email)})
            db.session.commit()
        elif kind != STRANGER:
            visitor.sign_in(people[kind])
        return visitor

    return come


@pytest.fixture
def address(app: Flask) -> Callable[[str], str]:
    """The path of a page, of a listing or an organisation that is there."""
    listing = make_listing(
        "Choir", miles=0.0, interests=["Choir"], organisation="Choirs", weekly="Tue 18:30"
    )
    assert listing.organisation
    known = {"listing_id": listing.id, "organisation_id": listing.organisation.id}
    known |= what_is_to_be_looked_at(listing)
    sync()
    addresses = app.url_map.bind("localhost")

    def of(endpoint: str) -> str:
        rule = next(app.url_map.iter_rules(endpoint))
        values = {**known, **IN_AN_ADDRESS.get(endpoint, {})}
        return addresses.build(endpoint, {each: values[each] for each in rule.arguments})

    return of


def what_is_to_be_looked_at(listing: Listing) -> dict[str, int]:
    """A version that waits, a report, a claim, a question, drafts, a calendar and what a coach has,
    as addresses name them."""
    stranger = make_person()
    client = make_client(loves=["Choir"])
    item = keep_item(client, client.coach, listing, date(2026, 8, 1))
    version = propose(stranger, listing, {**said(listing), "cost": "£2"}, 0)
    report = keep_report(listing, "other", "", "")
    mine = claim(stranger, listing, "Ring the hall.")
    question = Question(listing=listing, asked_on=date(2026, 8, 1), last_on=date(2026, 8, 1))
    draft = Draft(person=stranger, answers=blank())
    calendar = FollowedCalendar(
        organisation=listing.organisation, person=stranger, name="calendar.example"
    )
    given = CalendarDraft(person=stranger, name="events.ics", data=b"")
    note = worry(client.team, client.coach, "A bruise", client)
    broken = break_glass(stranger, client, "Nobody can be reached")
    assessment = make_assessment(client)
    outcomes.went_on(client, ["group"], date(2026, 10, 6), "")
    outcomes.ask(client, client.coach, UCLA, START, LINK)
    db.session.add_all([question, draft, calendar, given])
    db.session.commit()
    return {
        "calendar_id": calendar.id,
        "given_id": given.id,
        "client_id": client.id,
        "team_id": client.team_id,
        "worry_id": note.id,
        "glass_id": broken.id,
        "item_id": item.id,
        "contact_id": make_contact(client).id,
        "interest_id": client.interests[0].id,
        "assessment_id": assessment.id,
        "went_on_id": went_on_of(client)[0].id,
        "link_id": open_links_of(client, utc_now())[0].id,
        "draft_id": draft.id,
        "number": version.number,
        "report_id": report.id,
        "claim_id": mine.id,
        "question_id": question.id,
    }


def a_page() -> Callable[[], dict[str, str]]:
    """A view that says nothing about who may enter yet."""

    def view() -> dict[str, str]:
        return {}

    return view


def is_turned_away(expected: Answer) -> bool:
    """At the door: before anything of the form is read."""
    return expected in TURNED_AWAY and expected is not NOT_THEIRS


def at_the_door(app: Flask, path: str, kind: str) -> Answer:
    """What is answered before a page is looked for at all."""
    endpoint, _ = app.url_map.bind("localhost").match(path, method="OPTIONS")
    expected = TABLE.get(("GET", endpoint)) or TABLE["POST", endpoint]
    is_open = STRANGER in who_may_enter(app, endpoint)
    return expected[kind] if is_turned_away(expected[kind]) and not is_open else 200


def answer(response: TestResponse) -> Answer:
    to = response.headers.get("Location", "")
    return SIGN_IN if to.split("?")[0] == "/sign-in" else response.status_code


def faults(app: Flask, answers: Mapping[str, TestResponse]) -> dict[str, list[str]]:
    """What answers leave unsaid, by the endpoint."""
    found = {each: faults_of(app, each, response) for each, response in answers.items()}
    return {each: unsaid for each, unsaid in found.items() if unsaid}


def test_every_route_and_method_is_in_the_table(app: Flask) -> None:
    routes = {
        (method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    assert routes == set(TABLE)


def test_every_role_is_in_the_table() -> None:
    assert set(ROLES) == {STRANGER, MEMBER, ORGANISER, *STAFF}
    assert all(set(answers) == set(KINDS) for answers in TABLE.values())


def test_every_view_says_who_may_enter(app: Flask) -> None:
    silent = [
        rule.endpoint for rule in app.url_map.iter_rules() if not who_may_enter(app, rule.endpoint)
    ]

    assert silent == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_gives_every_visitor_the_answer_in_the_table(
    app: Flask, comes: Callable[[str], Visitor], address: Callable[[str], str], kind: str
) -> None:
    """HEAD is answered as GET is, OPTIONS only to who may enter. None of them changes anything."""
    visitor = comes(kind)
    pages = [endpoint for method, endpoint in TABLE if method == "GET"]
    before = everything()

    looks = {each: visitor.ask("GET", address(each)) for each in pages}
    heads = {each: answer(visitor.ask("HEAD", address(each))) for each in pages}
    paths = {address(endpoint) for _, endpoint in TABLE}
    doors = {each: answer(visitor.ask("OPTIONS", each)) for each in paths}

    expected = {each: TABLE["GET", each][kind] for each in pages}
    assert {each: answer(look) for each, look in looks.items()} == expected
    assert heads == expected
    assert doors == {each: at_the_door(app, each, kind) for each in paths}
    assert faults(app, looks) == {}
    assert everything() == before


@pytest.mark.parametrize("kind", KINDS)
def test_every_form_gives_every_visitor_the_answer_in_the_table(
    app: Flask, comes: Callable[[str], Visitor], address: Callable[[str], str], kind: str
) -> None:
    """None is taken without its token."""
    forms = [endpoint for method, endpoint in TABLE if method == "POST"]
    visitor = comes(kind)

    without = {each: answer(visitor.send(address(each), token=False)) for each in forms}
    answers = {each: comes(kind).send(address(each)) for each in forms}

    expected = {each: TABLE["POST", each][kind] for each in forms}
    assert without == {
        each: answer_ if is_turned_away(answer_) else 400 for each, answer_ in expected.items()
    }
    assert {each: answer(response) for each, response in answers.items()} == expected
    assert faults(app, answers) == {}


@pytest.mark.parametrize("kind", [STRANGER, ADMINISTRATOR])
def test_no_page_takes_any_other_method(
    app: Flask, comes: Callable[[str], Visitor], address: Callable[[str], str], kind: str
) -> None:
    """Whoever asks: the address is not looked up for such a method."""
    visitor = comes(kind)

    answers = {
        (method, endpoint): visitor.ask(method, address(endpoint)).status_code
        for endpoint in {endpoint for _, endpoint in TABLE}
        for method in ("PUT", "PATCH", "DELETE", "TRACE")
    }

    assert set(answers.values()) == {405}


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_for_one_role_is_for_no_other(
    app: Flask, comes: Callable[[str], Visitor], kind: str
) -> None:
    app.add_url_rule("/for-coaches", view_func=staff(COACH)(a_page()), endpoint="coaches")

    response = comes(kind).get("/for-coaches")

    assert answer(response) == only((COACH,), 200)[kind]


def test_a_view_that_says_nothing_is_closed(app: Flask, visitor: Visitor) -> None:
    app.add_url_rule("/silent", view_func=a_page(), endpoint="silent")

    response = visitor.get("/silent")

    assert response.status_code == 404


def test_a_stranger_is_led_back_to_the_page_they_asked_for(app: Flask, visitor: Visitor) -> None:
    app.add_url_rule("/drafts", view_func=members_only(a_page()), endpoint="drafts")

    response = visitor.get("/drafts?sort=new")

    assert response.headers["Location"] == "/sign-in?next=/drafts?sort%3Dnew"


def test_only_pages_for_somebody_are_kept_by_nobody(app: Flask, visitor: Visitor) -> None:
    app.add_url_rule("/drafts", view_func=members_only(a_page()), endpoint="drafts")
    app.add_url_rule("/news", view_func=public(a_page()), endpoint="news")
    visitor.sign_in(make_person())

    private, open_to_all = (visitor.get(each).headers for each in ("/drafts", "/news"))

    assert private["Cache-Control"] == "no-store"
    assert private["Referrer-Policy"] == "no-referrer"
    assert "Cache-Control" not in open_to_all


@pytest.mark.parametrize("roles", [(), ("king",), (COACH, "king")])
def test_a_page_cannot_be_for_a_role_that_is_none(roles: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"king|\(\)"):
        staff(*roles)


def everything() -> dict[str, list[str]]:
    """Every row of every table."""
    rows = {
        name: sorted(str(row) for row in db.session.execute(select(table)))
        for name, table in Base.metadata.tables.items()
    }
    db.session.rollback()
    return rows
