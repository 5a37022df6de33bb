"""Reads of outcomes."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from connectdo.clients.models import FIGURES, Client, Consent, Team
from connectdo.db import db
from connectdo.outcomes.change import ORDER, Pair, Pairs, pairs_in
from connectdo.outcomes.instruments import (
    FIXED_MEASURES,
    NAMES,
    SHIPPED,
    STATEMENTS,
    SWEMWBS,
    Measure,
    Questionnaire,
    statement,
    statements,
    swemwbs,
)
from connectdo.outcomes.models import (
    AskingLink,
    Assessment,
    ChosenQuestionnaire,
    CountedPair,
    CountedWentOn,
    LicensedWording,
    Statement,
    WentOn,
)
from connectdo.people.secrets import hash_of


def licensed_wording() -> LicensedWording | None:
    """The words of SWEMWBS, if they were entered."""
    return db.session.get(LicensedWording, SWEMWBS)


def chosen_by(team: Team) -> set[str]:
    """The keys of the questionnaires that a team chose."""
    query = select(ChosenQuestionnaire.questionnaire)
    return set(db.session.scalars(query.where(ChosenQuestionnaire.team_id == team.id)))


def statements_of(team: Team) -> Sequence[Statement]:
    """Every statement that a team asks or has asked, in its order."""
    query = select(Statement).where(Statement.team_id == team.id)
    return db.session.scalars(query.order_by(Statement.position, Statement.id)).all()


def questionnaires_of(team: Team) -> dict[str, Questionnaire]:
    """What a team asks, by key."""
    chosen, words = chosen_by(team), licensed_wording()
    own = [(each.id, each.words) for each in statements_of(team) if each.is_asked]
    there = dict(SHIPPED)
    if words:
        there[SWEMWBS] = swemwbs(words.items, words.answers)
    asked = {key: there[key] for key in NAMES if key in chosen and key in there}
    return asked | ({STATEMENTS: statements(own)} if own else {})


def measures_of(team: Team) -> list[Measure]:
    """All that a team can have scores of, whether or not it asks it now."""
    own = [statement(each.id, each.words)[1] for each in statements_of(team)]
    return [*FIXED_MEASURES, *own]


def assessments_of(client: Client) -> list[Assessment]:
    """What a client answered, the first first."""
    query = select(Assessment).where(Assessment.client_id == client.id).order_by(Assessment.id)
    found = db.session.scalars(query)
    return sorted(found, key=lambda each: (each.on, ORDER.index(each.moment), each.id))


def assessment_of(client: Client, assessment_id: int) -> Assessment | None:
    """One questionnaire that a client answered."""
    found = db.session.get(Assessment, assessment_id)
    return found if found and found.client_id == client.id else None


def open_links_of(client: Client, now: datetime) -> Sequence[AskingLink]:
    """What waits for a client's answer, the first to end first."""
    query = (
        select(AskingLink)
        .where(AskingLink.client_id == client.id, AskingLink.ends_at > now)
        .order_by(AskingLink.ends_at, AskingLink.id)
    )
    return db.session.scalars(query).all()


def link_of(client: Client, link_id: int) -> AskingLink | None:
    """One link to questions for a client."""
    found = db.session.get(AskingLink, link_id)
    return found if found and found.client_id == client.id else None


def open_link(secret: str, now: datetime) -> AskingLink | None:
    """The link that can still be answered by, of a client whose record is open."""
    query = (
        select(AskingLink)
        .join(AskingLink.client)
        .where(AskingLink.secret_hash == hash_of(secret), AskingLink.ends_at > now)
        .where(Client.closed_at.is_(None))
        .options(joinedload(AskingLink.client).joinedload(Client.team))
    )
    return db.session.scalar(query)


def went_on_of(client: Client) -> Sequence[WentOn]:
    """What a client went on to do, the first first."""
    query = select(WentOn).where(WentOn.client_id == client.id)
    return db.session.scalars(query.order_by(WentOn.on, WentOn.id)).all()


def went_on_with(client: Client, went_on_id: int) -> WentOn | None:
    """One thing that a client went on to do."""
    found = db.session.get(WentOn, went_on_id)
    return found if found and found.client_id == client.id else None


# Figures.


def pairs_of(team: Team, *, agreed: bool = False) -> Pairs:
    """The pairs of a team, those of people who were forgotten among them. With `agreed`, only of
    those who agreed to be counted, which those forgotten had done."""
    query = select(Assessment).join(Assessment.client).where(Client.team_id == team.id)
    assessments = db.session.scalars(query.order_by(Assessment.id)).all()
    those = agreed_to_figures(team) if agreed else None
    pairs = pairs_in(each for each in assessments if those is None or each.client_id in those)
    counted = select(CountedPair).where(CountedPair.team_id == team.id).order_by(CountedPair.id)
    for each in db.session.scalars(counted):
        pairs[each.measure].append(Pair(each.before, each.after, each.month))
    return pairs


def went_on_in(team: Team, *, agreed: bool = False) -> dict[str, int]:
    """How many people of a team went on to each kind of thing, counted as `pairs_of` does."""
    query = select(WentOn.kind, WentOn.client_id).join(WentOn.client)
    rows = db.session.execute(query.where(Client.team_id == team.id).distinct()).all()
    those = agreed_to_figures(team) if agreed else None
    counts: dict[str, int] = defaultdict(int)
    for kind, client_id in rows:
        counts[kind] += those is None or client_id in those
    counted = select(CountedWentOn.kind, func.count()).where(CountedWentOn.team_id == team.id)
    for kind, count in db.session.execute(counted.group_by(CountedWentOn.kind)):
        counts[kind] += count
    return counts


def agreed_to_figures(team: Team) -> set[int]:
    """The ids of the clients whose last word was that they may be counted."""
    last = (
        select(func.max(Consent.id))
        .join(Client, Client.id == Consent.client_id)
        .where(Client.team_id == team.id, Consent.about == FIGURES)
        .group_by(Consent.client_id)
    )
    query = select(Consent.client_id).where(Consent.id.in_(last), Consent.given.is_(True))
    return set(db.session.scalars(query))
