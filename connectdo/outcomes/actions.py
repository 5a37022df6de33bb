"""Writes about outcomes."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import delete

from connectdo.clients.actions import use
from connectdo.clients.models import Client, Team
from connectdo.db import db, utc_now
from connectdo.outcomes import queries
from connectdo.outcomes.instruments import SWEMWBS, Questionnaire
from connectdo.outcomes.models import (
    LINK,
    TABLET,
    AskingLink,
    Assessment,
    ChosenQuestionnaire,
    LicensedWording,
    Statement,
    WentOn,
)
from connectdo.outcomes.scoring import Answers, scores
from connectdo.people.models import Person
from connectdo.people.secrets import hash_of, new_secret

LASTS = {LINK: timedelta(days=14), TABLET: timedelta(hours=2)}


def enter_wording(items: Sequence[str], answers: Sequence[str]) -> None:
    """Keeps the words of SWEMWBS from the installation's licensed copy."""
    words = LicensedWording(questionnaire=SWEMWBS, items=list(items), answers=list(answers))
    words.entered_at = utc_now()
    db.session.merge(words)
    db.session.flush()


def choose(team: Team, questionnaires: Iterable[str], words: Sequence[str]) -> None:
    """What a team asks from now on: these questionnaires, and these statements of its own. What
    was answered stays."""
    db.session.execute(delete(ChosenQuestionnaire).where(ChosenQuestionnaire.team_id == team.id))
    chosen = set(questionnaires)
    db.session.add_all(
        ChosenQuestionnaire(team_id=team.id, questionnaire=each) for each in sorted(chosen)
    )
    known = {each.words: each for each in queries.statements_of(team)}
    for each in known.values():
        each.is_asked = False
    for position, line in enumerate(words):
        found = known.get(line) or Statement(team_id=team.id, words=line)
        found.position, found.is_asked = position, True
        db.session.add(found)
    db.session.flush()


def ask(client: Client, by: Person, questionnaire: str, moment: str, how: str) -> str:
    """A page on which a client answers once, by a link or on the tablet; returns the secret of its
    address, which is kept nowhere. An earlier one with the same questions ends."""
    earlier = delete(AskingLink).where(AskingLink.client_id == client.id)
    db.session.execute(earlier.where(AskingLink.questionnaire == questionnaire))
    secret = new_secret()
    db.session.add(
        AskingLink(
            secret_hash=hash_of(secret),
            client_id=client.id,
            questionnaire=questionnaire,
            moment=moment,
            how=how,
            by_id=by.id,
            ends_at=utc_now() + LASTS[how],
        )
    )
    use(client)
    return secret


def stop(link: AskingLink) -> bool:
    """Takes a link out of use; False if it was answered or stopped meanwhile."""
    gone = delete(AskingLink).where(AskingLink.id == link.id)
    return db.session.scalar(gone.returning(AskingLink.id)) is not None


def answer(link: AskingLink, questionnaire: Questionnaire, on: date, answers: Answers) -> bool:
    """Keeps what was answered by a link, which works once; False if it was used meanwhile."""
    client, moment, how, by_id = link.client, link.moment, link.how, link.by_id
    if not stop(link):
        return False
    keep(client, questionnaire, moment, how, on, answers, by_id)
    return True


def keep(
    client: Client,
    questionnaire: Questionnaire,
    moment: str,
    how: str,
    on: date,
    answers: Answers,
    by_id: int,
) -> Assessment:
    """Keeps what a client answered, and its scores."""
    assessment = Assessment(
        client_id=client.id,
        questionnaire=questionnaire.key,
        moment=moment,
        how=how,
        on=on,
        answers=dict(answers),
        scores=scores(questionnaire, answers),
        by_id=by_id,
    )
    db.session.add(assessment)
    use(client)
    return assessment


def remove(client: Client, row: Assessment | WentOn) -> None:
    """Takes away what was entered by mistake."""
    db.session.delete(row)
    use(client)


def went_on(client: Client, kinds: Iterable[str], on: date, words: str) -> None:
    """Keeps what a client went on to do."""
    db.session.add_all(WentOn(client_id=client.id, kind=each, on=on, words=words) for each in kinds)
    use(client)
