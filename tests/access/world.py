"""What one team, one group and one area have, and who comes near it without its being theirs."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from connectdo.access import ADMINISTRATOR, MODERATOR
from connectdo.clients.actions import (
    break_glass,
    cover,
    hand_over,
    leave,
    mend_glass,
    worry,
)
from connectdo.clients.models import COACH, LEAD, VOLUNTEER, Client, Team
from connectdo.days import london_today
from connectdo.db import db, utc_now
from connectdo.listings.models import HIDDEN, OURS, Listing
from connectdo.listings.said import said
from connectdo.moderation.actions import propose
from connectdo.moderation.claims import claim
from connectdo.moderation.models import Question
from connectdo.moderation.reports import report
from connectdo.organisations.models import Membership, Organisation
from connectdo.outcomes import actions as outcomes
from connectdo.outcomes.instruments import START, UCLA
from connectdo.outcomes.models import LINK
from connectdo.outcomes.queries import open_links_of, went_on_of
from connectdo.people.models import Person
from connectdo.posting.answers import blank
from connectdo.posting.models import CalendarDraft, Draft, FollowedCalendar
from connectdo.shortlists.actions import keep
from tests.factories import (
    make_assessment,
    make_client,
    make_coach,
    make_contact,
    make_listing,
    make_organisation,
    make_person,
    make_programme,
    make_team,
)

A_DAY = date(2026, 8, 1)


@dataclass
class World:
    """`ids` are what addresses ask for, `people` who there is, by what ties them to it."""

    client: Client
    group: Organisation
    people: dict[str, Person]
    ids: dict[str, int] = field(default_factory=dict)

    @property
    def team(self) -> Team:
        return self.client.team


def make_world(area: str) -> World:
    """With everything in it that an address may name."""
    team = make_team()
    people = {kind: make_coach(kind, team=team) for kind in (LEAD, COACH, VOLUNTEER)}
    people["moderator"] = make_person("", MODERATOR, areas=[area])
    group = make_organisation(f"Singers {team.id}")
    people["organiser"] = make_person(looks_after=group)
    client = make_client(people[COACH], loves=["Choir"])
    world = World(client, group, people)
    listing = make_listing("Choir", interests=["Choir"], serves=[area], weekly="Tue 18:30")
    listing.organisation = group
    world.ids = {"team_id": team.id, "client_id": client.id, "organisation_id": group.id}
    world.ids |= _of_the_client(world, listing) | _of_the_group(world, listing)
    db.session.commit()
    return world


def add_who_comes_near(world: World, other: World) -> None:
    """Those whom another's work brings close, and those who once had more to do with it."""
    people, team, client = world.people, world.team, world.client
    for kind in (LEAD, COACH, VOLUNTEER, "organiser", "moderator"):
        people[f"{kind} elsewhere"] = other.people[kind]
    for name in ("colleague", "covered until yesterday", "left the team", "had them before"):
        people[name] = make_coach(team=team)
    cover(client, people["covered until yesterday"], london_today() - timedelta(days=1))
    hand_over(client, people[COACH], people["had them before"])
    hand_over(client, people["had them before"], people[COACH])
    leave(team, people["left the team"])
    people["administrator"] = make_person("", ADMINISTRATOR)
    people["broke the glass, which is whole again"] = make_person("", ADMINISTRATOR)
    mend_glass(break_glass(people["broke the glass, which is whole again"], client, "A fall"))
    people["member"] = make_person()
    people["organiser no more"] = make_person()
    people["another organiser"] = make_person(looks_after=world.group)
    db.session.commit()


def _of_the_client(world: World, listing: Listing) -> dict[str, int]:
    client, coach = world.client, world.client.coach
    item = keep(client, coach, listing, A_DAY)
    outcomes.went_on(client, ["group"], A_DAY, "")
    outcomes.choose(world.team, [UCLA], [])
    outcomes.ask(client, coach, UCLA, START, LINK)
    make_programme(client)
    colleague = make_coach(team=world.team)
    cover(client, colleague, london_today() + timedelta(days=3))
    broken = break_glass(make_person("", ADMINISTRATOR), client, "Nobody can be reached")
    return {
        "item_id": item.id,
        "contact_id": make_contact(client).id,
        "interest_id": client.interests[0].id,
        "assessment_id": make_assessment(client).id,
        "went_on_id": went_on_of(client)[0].id,
        "link_id": open_links_of(client, utc_now())[0].id,
        "worry_id": worry(world.team, coach, "A bruise", client).id,
        "glass_id": broken.id,
        "covers_id": colleague.id,
        "colleague_id": colleague.id,
    }


def _of_the_group(world: World, listing: Listing) -> dict[str, int]:
    organiser, group = world.people["organiser"], world.group
    version = propose(organiser, listing, {**said(listing), "cost": "£2"}, 0)
    question = Question(listing=listing, asked_on=A_DAY, last_on=A_DAY)
    draft = Draft(person=organiser, listing=listing, based_on=0, answers=blank())
    calendar = FollowedCalendar(organisation=group, person=organiser, name="calendar.example")
    given = CalendarDraft(person=organiser, name="events.ics", data=b"")
    second = Membership(organisation=group, person=make_person())
    imported = make_listing("Bowls", serves=[area.name for area in listing.serves])
    hidden = make_listing("Chess", serves=[area.name for area in listing.serves], status=HIDDEN)
    hidden.organisation = make_organisation(f"Chess club {world.team.id}")
    hidden.organisation.source = f"{OURS}:{world.team.id}"
    db.session.add_all([question, draft, calendar, given, second])
    mine = claim(make_person(), imported, "Ring the hall.")
    db.session.commit()
    return {
        "listing_id": listing.id,
        "imported_id": imported.id,
        "hidden_id": hidden.id,
        "not_shown_id": hidden.organisation.id,
        "number": version.number,
        "report_id": report(listing, "other", "", "").id,
        "claim_id": mine.id,
        "question_id": question.id,
        "draft_id": draft.id,
        "calendar_id": calendar.id,
        "given_id": given.id,
        "organiser_id": second.person_id,
    }
