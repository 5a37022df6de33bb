"""What is posted of a calendar is kept in step with it."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from connectdo.calendars import CannotFetch, fetch_calendar
from connectdo.db import db, utc_now
from connectdo.listings.models import HIDDEN, LIVE, STOPPED, Listing
from connectdo.listings.said import said
from connectdo.moderation.actions import hide, post, propose, stop
from connectdo.moderation.models import Version
from connectdo.moderation.queries import latest, start_of
from connectdo.organisations.models import Membership
from connectdo.posting import following, looking
from connectdo.posting.models import FollowedCalendar, PostedEvent
from tests.calendars.conftest import site
from tests.calendars.writing import event
from tests.factories import make_person
from tests.people.conftest import Later, Mails, later, mails
from tests.posting.own_calendar import Keeper, ada, choir, keeper, listing_called, names, october

__all__ = ["ada", "choir", "keeper", "later", "mails", "october", "site"]
pytestmark = pytest.mark.usefixtures("october")


def walk(uid: str = "walk", *lines: str, **fields: str) -> str:
    return event(*lines, uid=uid, **{"summary": f"The {uid}", **fields})


WEEKLY = "RRULE:FREQ=WEEKLY"


def versions() -> int:
    return db.session.execute(select(func.count(Version.id))).scalar_one()


def by_hand(keeper: Keeper, listing: Listing, **values: object) -> None:
    """An organiser changes a listing on its own pages."""
    start = start_of(listing)
    propose(keeper.ada, listing, {**start.values, **values}, start.based_on)
    db.session.commit()


def test_what_is_new_is_posted_and_what_has_changed_is_changed(keeper: Keeper) -> None:
    keeper.give_and_follow(walk())

    keeper.look(walk(summary="The long walk", starts="20261020T110000"), walk("swim"))

    long_walk = listing_called("The long walk")
    assert names() == ["The long walk", "The swim"]
    assert said(long_walk)["schedules"][0]["starts_on"] == "2026-10-20"
    assert long_walk.status == LIVE
    last = latest(long_walk)
    assert last
    assert (last.number, last.made_by) == (2, keeper.ada)


def test_a_second_look_changes_nothing(keeper: Keeper) -> None:
    keeper.give_and_follow(walk(), walk("swim", WEEKLY))
    before = versions()

    keeper.look(walk(), walk("swim", WEEKLY))
    keeper.look(walk("swim", WEEKLY, "SEQUENCE:3"), walk())

    assert versions() == before


def test_what_people_changed_by_hand_stays(keeper: Keeper) -> None:
    keeper.give_and_follow(walk("walk", description="Bring boots."))
    by_hand(keeper, listing_called("The walk"), cost="£1", description="Bring your own boots.")

    keeper.look(walk("walk", description="Bring boots.", starts="20261020T110000"))

    now = said(listing_called("The walk"))
    assert (now["cost"], now["description"]) == ("£1", "Bring your own boots.")
    assert now["schedules"][0]["starts_on"] == "2026-10-20"


def test_the_calendar_wins_where_it_has_changed_the_same_since(keeper: Keeper) -> None:
    keeper.give_and_follow(walk("walk", description="Bring boots."))
    by_hand(keeper, listing_called("The walk"), description="Bring your own boots.")
    keeper.look(walk("walk", description="Bring boots."))
    assert listing_called("The walk").description == "Bring your own boots."

    keeper.look(walk("walk", description="Bring two boots."))

    assert listing_called("The walk").description == "Bring two boots."


def test_a_date_cancelled_by_hand_stays_off_when_the_calendar_changes(keeper: Keeper) -> None:
    keeper.give_and_follow(walk("walk", WEEKLY))
    listing = listing_called("The walk")
    keeper.visitor.post(f"/your-groups/{listing.id}/dates/2026-10-20/1830/cancel")

    keeper.look(walk("walk", WEEKLY, "EXDATE;TZID=Europe/London:20261103T183000"))

    (schedule,) = said(listing_called("The walk"))["schedules"]
    assert schedule["cancelled_dates"] == ["2026-10-20"]
    assert schedule["skip_dates"] == ["2026-11-03"]


def test_a_date_that_the_calendar_cancels_and_restores_is_on_again(keeper: Keeper) -> None:
    off = event("RECURRENCE-ID;TZID=Europe/London:20261020T183000", uid="walk", status="CANCELLED")
    keeper.give_and_follow(walk("walk", WEEKLY))
    keeper.look(walk("walk", WEEKLY), off)
    assert listing_called("The walk").schedules[0].cancelled_dates == ["2026-10-20"]

    keeper.look(walk("walk", WEEKLY))

    assert listing_called("The walk").schedules[0].cancelled_dates == []


def test_a_cancelled_event_has_its_coming_dates_cancelled(keeper: Keeper) -> None:
    keeper.give_and_follow(walk(), walk("swim", WEEKLY))

    keeper.look(walk("walk", status="CANCELLED"), walk("swim", WEEKLY, status="CANCELLED"))

    once, weekly = listing_called("The walk"), listing_called("The swim")
    assert once.schedules[0].cancelled_dates == ["2026-10-13"]
    assert len(weekly.schedules[0].cancelled_dates) == 12
    assert "Not on Tuesday 13 October" in keeper.visitor.get(f"/listings/{once.id}").text
    assert (once.status, weekly.status) == (LIVE, LIVE)


def test_a_cancelled_event_that_is_on_again_is_as_before(keeper: Keeper) -> None:
    keeper.give_and_follow(walk("swim", WEEKLY))
    before = said(listing_called("The swim"))
    keeper.look(walk("swim", WEEKLY, status="CANCELLED"))

    keeper.look(walk("swim", WEEKLY))

    assert said(listing_called("The swim")) == before


def test_what_has_gone_has_stopped_and_comes_back(keeper: Keeper) -> None:
    keeper.give_and_follow(walk(), walk("swim"))

    keeper.look(walk("swim"))
    assert listing_called("The walk").status == STOPPED
    keeper.look(walk("swim"), walk())

    assert listing_called("The walk").status == LIVE
    assert names() == ["The swim", "The walk"]


def test_what_is_over_is_left_when_it_goes(keeper: Keeper, later: Later) -> None:
    keeper.give_and_follow(walk(), walk("swim", WEEKLY))
    later(days=10)

    keeper.look(walk("swim", WEEKLY))

    assert listing_called("The walk").status == LIVE
    assert db.session.scalars(select(PostedEvent.uid)).all() == ["swim"]


@pytest.mark.parametrize("end", [stop, hide])
def test_what_somebody_has_taken_off_stays_off(keeper: Keeper, end: Callable[..., None]) -> None:
    keeper.give_and_follow(walk(), walk("swim"))
    end(keeper.ada, listing_called("The walk"))
    db.session.commit()

    keeper.look(walk("walk", starts="20261020T110000"), walk("swim"))
    keeper.look(walk("swim"))
    keeper.look(walk("walk", starts="20261027T110000"), walk("swim"))

    assert listing_called("The walk").status in (STOPPED, HIDDEN)
    assert names() == ["The swim", "The walk"]


MANY = [walk(each) for each in ("walk", "swim", "chess", "lunch", "quiz")]


@pytest.mark.parametrize("left", [(), MANY[:2]], ids=["empty", "most"])
def test_a_calendar_that_lost_most_of_its_events_stops_nothing(
    keeper: Keeper, mails: Mails, left: tuple[str, ...]
) -> None:
    keeper.give_and_follow(*MANY)

    keeper.look(*left)
    keeper.look(*left)

    gone = len(MANY) - len(left)
    assert {listing_called(each).status for each in names()} == {LIVE}
    (mail,) = mails("ada@mail.example")
    assert mail["Subject"] == "Have your events stopped?"
    assert f"their pages are still here ({gone})" in keeper.groups()


def test_an_organiser_says_that_what_is_missing_has_stopped(keeper: Keeper) -> None:
    keeper.give_and_follow(*MANY)
    keeper.look()
    one = db.session.scalars(select(FollowedCalendar.id)).one()

    keeper.visitor.post(f"/your-groups/calendars/{one}/missing")

    assert {listing_called(each).status for each in names()} == {STOPPED}
    assert "may be a mistake" not in keeper.groups()


def test_what_was_missing_and_is_back_is_as_before(keeper: Keeper, mails: Mails) -> None:
    keeper.give_and_follow(*MANY)
    before = versions()
    keeper.look()

    keeper.look(*MANY)

    assert versions() == before
    assert "may be a mistake" not in keeper.groups()


def test_a_calendar_is_looked_at_every_six_hours(keeper: Keeper, later: Later) -> None:
    keeper.give_and_follow(walk())
    later(hours=5)
    looking.look_around()
    assert len(keeper.site.asked) == 1
    later(hours=2)

    looking.look_around()

    assert len(keeper.site.asked) == 2


def test_one_that_fails_is_asked_less_often_and_an_organiser_is_told_once(
    keeper: Keeper, later: Later, mails: Mails
) -> None:
    keeper.give_and_follow(walk())
    del keeper.site.paths["/cal.ics"]
    tries = []

    for _ in range(11 * 8):
        later(hours=3, minutes=1)
        before = len(keeper.site.asked)
        looking.look_around()
        if len(keeper.site.asked) > before:
            tries.append(utc_now())

    waits = [round((two - one) / timedelta(hours=1)) for one, two in pairwise(tries)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (6, 24)
    (mail,) = mails("ada@mail.example")
    assert "We cannot read your calendar" in mail["Subject"]
    assert "could not reach the calendar" in mail.get_content()
    assert listing_called("The walk").status == LIVE
    assert "We could not reach the calendar." in keeper.groups()


def test_one_bad_calendar_leaves_the_others_alone(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper.give_and_follow(walk())
    first = db.session.scalars(select(FollowedCalendar)).one()
    other = FollowedCalendar(
        organisation=first.organisation, person=first.person, address=keeper.site.url("/other.ics"),
        name="other", rest=first.rest, due_at=utc_now() - timedelta(days=400),
    )  # fmt: skip
    db.session.add(other)
    db.session.commit()
    in_step = following.keep_in_step

    def breaks(calendar: FollowedCalendar, *rest: object) -> None:
        if calendar.name == "other":
            raise RuntimeError("A fault of ours")
        in_step(calendar, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(following, "keep_in_step", breaks)
    keeper.site.paths["/other.ics"] = keeper.site.paths["/cal.ics"]
    first.due_at = utc_now()
    keeper.put(walk(), walk("swim"))
    db.session.commit()

    looking.look_around()

    assert names() == ["The swim", "The walk"]
    assert other.fault == looking.OUR_FAULT


def test_a_worker_that_dies_half_way_posts_nothing_twice(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper.give_and_follow(walk())
    posted = []

    class Killed(BaseException):
        """Nobody catches this."""

    def dies(*args: object) -> Listing:
        posted.append(args)
        if len(posted) == 2:
            raise Killed
        return post(*args)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(following, "post", dies)
        with pytest.raises(Killed):
            keeper.look(walk(), walk("swim"), walk("chess"))
    assert names() == ["The walk"]

    keeper.look(walk(), walk("swim"), walk("chess"))

    assert names() == ["The chess", "The swim", "The walk"]


def test_two_who_look_at_once_post_nothing_twice(keeper: Keeper) -> None:
    keeper.give_and_follow(walk())
    one = db.session.scalars(select(FollowedCalendar)).one()
    due = looking._take
    one.due_at = utc_now()
    db.session.commit()

    assert (due(one.id), due(one.id)) == (True, False)


def test_no_transaction_is_open_while_the_network_is_asked(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_then: list[bool] = []

    def watched(*args: object) -> bytes:
        open_then.append(db.session.in_transaction())
        return fetch_calendar(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(looking, "fetch_calendar", watched)

    keeper.give_and_follow(walk())
    keeper.look(walk(), walk("swim"))

    assert open_then == [False, False]


def test_look_now_looks_at_once(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper.give_and_follow(walk())
    one = db.session.scalars(select(FollowedCalendar.id)).one()
    keeper.put(walk(), walk("swim"))
    path = f"/your-groups/calendars/{one}/look"

    told = keeper.visitor.follow(keeper.visitor.post(path)).text
    monkeypatch.setattr(looking, "fetch_calendar", fails)
    failed = keeper.visitor.follow(keeper.visitor.post(path)).text

    assert "We have looked at your calendar." in told
    assert names() == ["The swim", "The walk"]
    assert "The calendar is private." in failed


def test_it_goes_on_in_the_name_of_another_when_who_gave_it_leaves(keeper: Keeper) -> None:
    keeper.give_and_follow(walk())
    other = make_person(looks_after=keeper.choir.organisation)
    mine = select(Membership).where(Membership.person_id == keeper.ada.id)
    db.session.delete(db.session.scalars(mine).one())
    db.session.commit()

    keeper.look(walk(), walk("swim"))

    last = latest(listing_called("The swim"))
    assert last
    assert last.made_by == other


def fails(*_: object) -> bytes:
    raise CannotFetch("The calendar is private.")
