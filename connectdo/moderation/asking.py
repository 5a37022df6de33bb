"""Asks organisers whether their listings are still right: the daily job, and what is answered.

A listing is asked about some months after it was last confirmed, and again after two and four
weeks. Where nobody answers, it says since when nobody has confirmed it, ranks lower for it, and a
moderator sees it in the queue. A year after it was last confirmed it is hidden, not deleted. Only
listings that somebody looks after are asked about, and hidden for silence.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import exists, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import joinedload, selectinload

from connectdo.days import london_today, months_before
from connectdo.db import db
from connectdo.listings.models import HIDDEN, LIVE, Listing
from connectdo.listings.queries import is_over
from connectdo.listings.rules import DAYS_TO_ANSWER, MAILS
from connectdo.moderation import letters, rules
from connectdo.moderation.actions import answered, hide, hold, note
from connectdo.moderation.models import Question
from connectdo.organisations.models import Membership
from connectdo.people.models import Person

MONTHS_UNTIL_HIDDEN = 12
INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}

Asked = defaultdict[Person, list[tuple[Listing, Question]]]


def ask_around() -> None:
    """The job."""
    ask_on(london_today())
    db.session.commit()


def ask_on(today: date) -> None:
    """Does all that is due on a day in London. Once or several times a day is the same; a day on
    which nothing ran is made up for on the next."""
    _forget_what_is_settled()
    asked: Asked = defaultdict(list)
    for question in [*_first_asked(today), *_reminded(today)]:
        note(None, question.listing, "asked if right")
        for person in letters.organisers_of(question.listing):
            asked[person].append((question.listing, question))
    hidden = list(_hide_the_silent(today))
    for person, every in asked.items():
        letters.send_still_right(person, [(each, link_for(q, person)) for each, q in every])
    for question in hidden:
        for person in letters.organisers_of(question.listing):
            letters.send_hidden(person, question.listing, link_for(question, person))


def link_for(question: Question, person: Person) -> str:
    """The secret part of the link that a person gets: it ends when the question is answered."""
    said = [question.listing_id, person.id, question.asked_on.isoformat()]
    token = _signer().dumps(said)
    return token if isinstance(token, str) else token.decode()


def behind(token: str) -> tuple[Listing, Person, bool] | None:
    """The listing that a link asks about, whom it was sent to, and whether that is still open. None
    for no link of ours, and for who no longer looks after the listing."""
    try:
        listing_id, person_id, asked_on = _signer().loads(token)
    except (BadSignature, ValueError, TypeError):
        return None
    listing, person = db.session.get(Listing, listing_id), db.session.get(Person, person_id)
    if listing is None or person is None or person.disabled_at:
        return None
    if not rules.looks_after(person, listing.organisation):
        return None
    question = db.session.scalar(select(Question).where(Question.listing_id == listing_id))
    return listing, person, bool(question and question.asked_on.isoformat() == asked_on)


def confirm(
    person: Person | None, listing: Listing, words: str = "", *, today: date | None = None
) -> None:
    """Somebody who knows says that a listing is right. One that was hidden because nobody did is
    shown again."""
    hold(listing)
    question = db.session.scalar(select(Question).where(Question.listing_id == listing.id))
    if question and question.hidden_on and listing.status == HIDDEN:
        listing.status = LIVE
    listing.confirmed_on = today or london_today()
    answered(listing)
    note(person, listing, "confirmed", words)


def leave(
    person: Person, question: Question, words: str = "", *, today: date | None = None
) -> None:
    """A moderator lets a listing be whose organisers do not answer."""
    question.left_on = today or london_today()
    note(person, question.listing, "left", words)


def _first_asked(today: date) -> Iterable[Question]:
    """Begins to ask. Two workers that do this at once ask once."""
    months = int(current_app.config["CONFIRM_MONTHS"])
    looked_after = (
        exists()
        .where(Membership.organisation_id == Listing.organisation_id)
        .where(Membership.person_id == Person.id, Person.disabled_at.is_(None))
    )
    old = or_(Listing.confirmed_on.is_(None), Listing.confirmed_on <= months_before(today, months))
    asked = exists().where(Question.listing_id == Listing.id)
    query = (
        select(Listing)
        .where(Listing.status == LIVE, old, looked_after, ~asked)
        .options(selectinload(Listing.schedules))
        .order_by(Listing.id)
    )
    midnight = datetime.combine(today, time.min)
    for listing in db.session.scalars(query).all():
        if is_over(listing, midnight):
            continue
        new = INSERT[db.engine.dialect.name](Question).values(
            listing_id=listing.id, asked_on=today, last_on=today, mails=1
        )
        made = db.session.scalar(new.on_conflict_do_nothing().returning(Question.id))
        if made is not None:
            yield db.session.get_one(Question, made)


def _reminded(today: date) -> Iterable[Question]:
    long_ago = today - timedelta(days=DAYS_TO_ANSWER)
    query = (
        _open_questions()
        .where(Question.mails < MAILS, Question.last_on <= long_ago)
        .order_by(Question.id)
    )
    for question in db.session.scalars(query).all():
        again = (
            update(Question)
            .where(Question.id == question.id, Question.mails == question.mails)
            .values(mails=question.mails + 1, last_on=today)
            .returning(Question.id)
        )
        if db.session.scalar(again) is not None:
            db.session.refresh(question)
            yield question


def _hide_the_silent(today: date) -> Iterable[Question]:
    waited = today - timedelta(days=DAYS_TO_ANSWER)
    query = (
        _open_questions()
        .where(Question.mails >= MAILS, Question.last_on <= waited, Question.hidden_on.is_(None))
        .order_by(Question.id)
    )
    year = months_before(today, MONTHS_UNTIL_HIDDEN)
    months = int(current_app.config["CONFIRM_MONTHS"])
    for question in db.session.scalars(query).all():
        since = question.listing.confirmed_on or months_before(question.asked_on, months)
        if since <= year:
            question.hidden_on = today
            hide(None, question.listing, f"Nobody has confirmed it since {since.isoformat()}.")
            yield question


def _open_questions() -> Any:
    return (
        select(Question)
        .join(Question.listing)
        .where(Listing.status == LIVE)
        .options(joinedload(Question.listing))
    )


def _forget_what_is_settled() -> None:
    """Questions about listings that have stopped or were hidden by somebody, or that nobody looks
    after any more."""
    query = select(Question).options(joinedload(Question.listing)).order_by(Question.id)
    for question in db.session.scalars(query).all():
        settled = question.listing.status != LIVE and question.hidden_on is None
        if settled or not letters.organisers_of(question.listing):
            db.session.delete(question)
    db.session.flush()


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt="still right")
