"""What somebody looks after, and what they can do with it."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from connectdo.access import allow, members
from connectdo.db import db
from connectdo.listings.models import HIDDEN, LIVE, STOPPED, WAITING, Listing
from connectdo.listings.queries import get_listing, is_over, times_of
from connectdo.listings.wording import schedules_in_words
from connectdo.moderation.actions import stop as stop_listing
from connectdo.moderation.rules import can_edit
from connectdo.organisations.models import Organisation
from connectdo.pages import whole_address
from connectdo.people.here import person_here
from connectdo.posting import actions, queries
from connectdo.posting.models import MISSING, Draft
from connectdo.posting.views import LISTING, bp
from connectdo.posting.views.writing import MOST, go_on
from connectdo.posting.wording import State, calendar_state, state_of
from connectdo.search.finding import moment


class Held(NamedTuple):
    """A listing as its organiser sees it among others."""

    listing: Listing
    state: State
    when: list[str]
    is_live: bool
    is_stopped: bool
    is_over: bool
    has_dates: bool


@bp.get("")
@members
def groups() -> ResponseReturnValue:
    person = person_here()
    listings = queries.listings_of(person)
    last, now = queries.last_versions(listings), moment(None)
    held = [
        Held(
            each,
            state_of(each, last.get(each.id)),
            _when(each, now.date()),
            each.status == LIVE,
            each.status == STOPPED,
            is_over(each, now),
            bool(each.schedules) and each.status in (LIVE, WAITING, HIDDEN),
        )
        for each in listings
    ]
    calendars = queries.calendars_of(person)
    events = queries.event_states(calendars)
    return render_template(
        "posting/groups.html",
        calendars=[
            (each, calendar_state(each, events[each.id], now), events[each.id][MISSING])
            for each in calendars
        ],
        held=held,
        drafts=queries.drafts_of(person),
        with_many=_with_many(listings),
        whole_address=whole_address,
    )


@bp.post(f"{LISTING}/edit")
@members
def edit(listing_id: int) -> ResponseReturnValue:
    listing = own_listing(listing_id)
    return _begun(lambda: actions.begin_change(person_here(), listing, moment(None).date()))


@bp.post(f"{LISTING}/another")
@members
def another(listing_id: int) -> ResponseReturnValue:
    """One like it, whose dates are asked."""
    listing = own_listing(listing_id)
    today = moment(None).date()
    return _begun(lambda: actions.begin_like(person_here(), listing, today, same_dates=False))


@bp.post(f"{LISTING}/copy")
@members
def copy(listing_id: int) -> ResponseReturnValue:
    """Last year's, with its dates a year on to be looked at."""
    listing = own_listing(listing_id)
    today = moment(None).date()
    return _begun(lambda: actions.begin_like(person_here(), listing, today, same_dates=True))


@bp.route(f"{LISTING}/stop", methods=["GET", "POST"])
@members
def stop(listing_id: int) -> ResponseReturnValue:
    """Asks first."""
    listing = own_listing(listing_id)
    if request.method != "POST":
        return render_template("posting/stop.html", listing=listing)
    stop_listing(person_here(), listing)
    db.session.commit()
    flash(f"The page about {listing.name} says now that it has stopped.")
    return redirect(url_for(".groups"), 303)


def own_listing(listing_id: int) -> Listing:
    """The listing, if they may change it; another's is not there."""
    listing = get_listing(listing_id)
    if listing is None:
        abort(404)
    allow(can_edit(person_here(), listing))
    return listing


def _begun(begin: Callable[[], Draft]) -> ResponseReturnValue:
    try:
        draft = begin()
    except actions.TooManyDrafts:
        flash(MOST, "note")
        return redirect(url_for(".groups"), 303)
    db.session.commit()
    return go_on(draft)


def _with_many(listings: Sequence[Listing]) -> list[Organisation]:
    """The organisations of which the public sees more than one listing, by name."""
    live = Counter(each.organisation for each in listings if each.status == LIVE)
    many = [organisation for organisation, number in live.items() if organisation and number > 1]
    return sorted(many, key=lambda each: (each.name, each.id))


def _when(listing: Listing, today: date) -> list[str]:
    schedules = [times_of(each) for each in listing.schedules]
    return schedules_in_words(schedules, listing.schedule_words, today)
