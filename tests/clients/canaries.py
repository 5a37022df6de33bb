"""Words that stand nowhere else, in every field that says something about a client.

A room whose tables lead to clients adds a function to `SOWERS`, which fills all of them, and to
`PLAIN` the columns of words that say nothing by themselves.
"""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import JSON, String, Table

from connectdo.clients import actions
from connectdo.clients.models import KEEP, PASSION, Client
from connectdo.clients.wording import QUESTIONS
from connectdo.days import london_today
from connectdo.db import Base, db
from connectdo.outcomes import actions as outcomes
from connectdo.outcomes.instruments import START, UCLA
from connectdo.outcomes.models import LINK
from connectdo.programmes.models import DONE, INTRODUCTION, StepSaid
from connectdo.shortlists.actions import keep
from connectdo.shortlists.models import SAYS_REMIND
from connectdo.shortlists.sharing import reply, share
from tests.factories import (
    make_assessment,
    make_coach,
    make_contact,
    make_listing,
    make_person,
    make_programme,
)

# Longer than chance would spell it in a token.
CANARY = "zqxfinch"
Sower = Callable[[Client], None]


def canary(where: str) -> str:
    """A word that shows where it was written."""
    return f"{CANARY}{where}"


def sow_clients(client: Client) -> None:
    """What the clients room keeps. The administrator who broke the glass has closed it again."""
    client.name, client.near = canary("name"), canary("near")
    client.languages = [canary("language")]
    actions.add_interest(client, canary("said"), PASSION, [canary("slug")])
    actions.consent(client, client.coach, KEEP, QUESTIONS[KEEP] + canary("asked"), given=True)
    actions.cover(client, make_coach(team=client.team), london_today() + timedelta(days=3))
    outside = make_person("", "administrator")
    actions.mend_glass(actions.break_glass(outside, client, canary("reason")))
    for client_or_none in (client, None):
        worry = actions.worry(client.team, client.coach, canary("words"), client_or_none)
        actions.see_to(worry, client.coach, canary("done"))
    actions.hand_over(client, client.coach, make_coach(team=client.team))


def sow_shortlists(client: Client) -> None:
    """What a shortlist keeps."""
    item = keep(client, client.coach, make_listing("Pottery"), london_today())
    item.why, item.why_not = canary("why"), canary("whynot")
    item.note, item.private_note = canary("note"), canary("private")
    link = share(client, client.coach, [item])
    reply(link, item.id, SAYS_REMIND)


def sow_outcomes(client: Client) -> None:
    """What is kept of how somebody is."""
    make_assessment(client)
    outcomes.went_on(client, ["group"], london_today(), canary("wenton"))
    outcomes.ask(client, client.coach, UCLA, START, LINK)


def sow_programmes(client: Client) -> None:
    """What is kept of the twelve weeks."""
    make_programme(client, ending="others", ended_on=london_today())
    make_contact(client, line=canary("line"))
    db.session.add(StepSaid(client_id=client.id, step=INTRODUCTION, state=DONE, day=london_today()))


SOWERS: list[Sower] = [sow_clients, sow_shortlists, sow_outcomes, sow_programmes]
# A kind, a question, an endpoint, what a listing says: the same for everybody. What a link's secret
# is made from, and its hash: they say nothing.
PLAIN = {
    "asking_link.secret_hash",
    "asking_link.questionnaire",
    "asking_link.moment",
    "asking_link.how",
    "assessment.questionnaire",
    "assessment.moment",
    "assessment.how",
    "assessment.answers",
    "assessment.scores",
    "went_on.kind",
    "contact.kind",
    "contact.step",
    "programme.ending",
    "programme_level.level",
    "step_said.step",
    "step_said.state",
    "client.travel",
    "client.free_when",
    "client.needs",
    "client_interest.kind",
    "consent.about",
    "look.page",
    "shortlist_item.state",
    "shortlist_item.seen",
    "shortlist_step.state",
    "shortlist_reply.said",
    "shared_list.salt",
    "shared_list.secret_hash",
    "shared_list.item_ids",
}


def sow(client: Client) -> None:
    """Fills every table that leads to a client."""
    for sower in SOWERS:
        sower(client)
    db.session.commit()


def tables_about_clients() -> dict[str, Table]:
    """Every table that leads to a client, by itself or through another; that of clients first."""
    tables = Base.metadata.tables
    found = {"client": tables["client"]}
    while more := {
        name: table
        for name, table in tables.items()
        if name not in found and any(key.column.table.name in found for key in table.foreign_keys)
    }:
        found |= more
    return found


def columns_with_words() -> list[tuple[Table, str]]:
    """The columns of those tables in which somebody may write about a client."""
    return [
        (table, column.name)
        for name, table in tables_about_clients().items()
        for column in table.columns
        if isinstance(column.type, String | JSON) and f"{name}.{column.name}" not in PLAIN
    ]
