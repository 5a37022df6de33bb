"""What a programme offers, and when. Nothing here is ever demanded. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from connectdo.programmes.models import (
    ASIDE,
    DONE,
    FIRST_MEETING,
    INTRODUCTION,
    LAST_MEETING,
    LOOK_BACK,
    NEXT_DAY,
    PLANNED,
    REVIEW,
    VISIT,
    VISITS,
    Contact,
    Programme,
    StepSaid,
)
from connectdo.programmes.totals import FACE_TO_FACE, KINDS
from connectdo.programmes.weeks import A_WEEK, WEEKS

REVIEW_AFTER = 6 * A_WEEK
LOOK_BACK_AFTER = relativedelta(months=3)
# Somebody who was not rung for so long after a visit is not rung because of it any more.
NEXT_DAY_LASTS = timedelta(days=7)
REVIEWS = (REVIEW, LAST_MEETING, LOOK_BACK)


class Offered(NamedTuple):
    """A step: done on a day, put aside, or open. An open one that has no day suits on any.

    A call the day after says which visit it is after. `was_said`: a coach said so, and may take it
    back.
    """

    step: str
    due: date | None = None
    done_on: date | None = None
    is_aside: bool = False
    visit: Contact | None = None
    was_said: bool = False

    @property
    def is_open(self) -> bool:
        """Neither done nor put aside."""
        return self.done_on is None and not self.is_aside


def steps_of(
    programme: Programme | None,
    contacts: Sequence[Contact],
    said: Iterable[StepSaid],
    today: date,
) -> list[Offered]:
    """The steps of a programme, in their order, from its own contacts and what was said of its
    steps. None: those before the first meeting. When it has ended, only looking back is offered.
    """
    told = {(each.step, each.visit_id): each for each in sorted(said, key=lambda each: each.id)}
    if programme is None:
        return [
            _once(INTRODUCTION, None, contacts, told, first_day(contacts)),
            _once(FIRST_MEETING, None, contacts, told, first_day(contacts, FACE_TO_FACE)),
        ]
    start = programme.started_on
    before = min(first_day(contacts) or start, start)
    last = start + WEEKS * A_WEEK
    found = [
        Offered(INTRODUCTION, done_on=before),
        Offered(FIRST_MEETING, done_on=start),
        _visits(contacts, told),
        *_next_days(contacts, told, today),
        _once(REVIEW, start + REVIEW_AFTER, contacts, told),
        _once(LAST_MEETING, last, contacts, told),
        _once(LOOK_BACK, (programme.ended_on or last) + LOOK_BACK_AFTER, contacts, told),
    ]
    if programme.ended_on:
        return [each for each in found if not each.is_open or each.step == LOOK_BACK]
    return found


def first_day(contacts: Iterable[Contact], kinds: Sequence[str] = KINDS) -> date | None:
    """The day of the first contact of some kinds."""
    return min((each.day for each in contacts if each.kind in kinds), default=None)


Told = dict[tuple[str, int | None], StepSaid]


def _once(
    step: str,
    due: date | None,
    contacts: Sequence[Contact],
    told: Told,
    done_on: date | None = None,
) -> Offered:
    done = [each.day for each in contacts if each.step == step]
    return _as_told(Offered(step, due, max(done, default=done_on)), told.get((step, None)))


def _visits(contacts: Sequence[Contact], told: Told) -> Offered:
    """Done with the last visit, unless there is a day for another."""
    last = max((each.day for each in contacts if each.kind == VISIT), default=None)
    said = told.get((VISITS, None))
    if last and said and said.state == PLANNED and said.day > last:
        return Offered(VISITS, said.day)
    return _as_told(Offered(VISITS, done_on=last), said)


def _next_days(contacts: Sequence[Contact], told: Told, today: date) -> list[Offered]:
    """A call the day after each visit. Any contact on a later day will do, and so will a call for
    this on the same one."""
    found = []
    for visit in sorted(contacts, key=lambda each: (each.day, each.id)):
        if visit.kind == VISIT:
            after = [
                each.day
                for each in contacts
                if each.day > visit.day or (each.day == visit.day and each.step == NEXT_DAY)
            ]
            due = visit.day + timedelta(days=1)
            offered = Offered(NEXT_DAY, due, min(after, default=None), visit=visit)
            found.append(_as_told(offered, told.get((NEXT_DAY, visit.id))))
    return [each for each in found if not each.is_open or _still_suits(each, today)]


def _still_suits(call: Offered, today: date) -> bool:
    return call.due is None or today <= call.due + NEXT_DAY_LASTS


def _as_told(offered: Offered, said: StepSaid | None) -> Offered:
    if offered.done_on or said is None:
        return offered
    if said.state == DONE:
        return offered._replace(done_on=said.day, was_said=True)
    if said.state == ASIDE:
        return offered._replace(is_aside=True, was_said=True)
    return offered._replace(due=said.day)
