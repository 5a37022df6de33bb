"""One date is off, on again or moved; a break; the end of a series."""

from collections.abc import Callable
from datetime import date, datetime, time

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Answer

from connectdo.access import members
from connectdo.db import db
from connectdo.listings.models import Listing
from connectdo.listings.schedules import Times, coming_of_all
from connectdo.listings.when import (
    CannotChange,
    cancel_date,
    end_after,
    move_date,
    restore_date,
    skip_days,
)
from connectdo.listings.wording import occurrence_in_words
from connectdo.moderation.queries import start_of
from connectdo.people.here import person_here, within
from connectdo.posting import actions
from connectdo.posting.answers import times_from
from connectdo.posting.forms.dates import EndForm, MoveForm, SkipForm
from connectdo.posting.limits import CHANGES
from connectdo.posting.views import LISTING, bp
from connectdo.posting.views.groups import own_listing
from connectdo.search.finding import moment
from connectdo.wording import date_in_words

DATES_SHOWN = 12
ALL_DAY = "all-day"
ONE = f"{LISTING}/dates/<day>/<at>"

Change = Callable[[tuple[Times, ...]], tuple[Times, ...]]


@bp.get(f"{LISTING}/dates")
@members
def dates(listing_id: int) -> ResponseReturnValue:
    listing, now = own_listing(listing_id), moment(None)
    coming = coming_of_all(list(_schedules(listing)), now, DATES_SHOWN)
    rows = [
        {
            "words": occurrence_in_words(each, now.date()),
            "cancelled": each.cancelled,
            "day": each.on.isoformat(),
            "at": each.at.strftime("%H%M") if each.at else ALL_DAY,
        }
        for each in coming
    ]
    repeats = any(each.recurrence or each.dates for each in _schedules(listing))
    return render_template("posting/coming.html", listing=listing, rows=rows, repeats=repeats)


@bp.post(f"{ONE}/cancel")
@members
def cancel(listing_id: int, day: str, at: str) -> ResponseReturnValue:
    on, hour = _moment(day, at)
    return _changed(
        listing_id, lambda all_: cancel_date(all_, on, hour), f"{_said(on)} is cancelled."
    )


@bp.post(f"{ONE}/restore")
@members
def restore(listing_id: int, day: str, at: str) -> ResponseReturnValue:
    on, hour = _moment(day, at)
    return _changed(listing_id, lambda all_: restore_date(all_, on, hour), f"{_said(on)} is on.")


@bp.route(f"{ONE}/move", methods=["GET", "POST"])
@members
def move(listing_id: int, day: str, at: str) -> ResponseReturnValue:
    listing, today = own_listing(listing_id), moment(None).date()
    on, hour = _moment(day, at)
    form = MoveForm(today)

    def moved(schedules: tuple[Times, ...]) -> tuple[Times, ...]:
        new = {"new_time": form.new_time, "new_minutes": form.new_minutes}
        return move_date(schedules, on, form.to, today, at=hour, **new)  # type: ignore[arg-type]

    title = f"Move {_said(on)}"
    return _asked(listing, form, "day", moved, title, "It is moved.")


@bp.route(f"{LISTING}/break", methods=["GET", "POST"])
@members
def skip(listing_id: int) -> ResponseReturnValue:
    listing = own_listing(listing_id)
    form = SkipForm(moment(None).date())
    return _asked(
        listing, form, "skip", lambda all_: skip_days(all_, form.spans), "Add a break",
        "The break is saved.",
    )  # fmt: skip


@bp.route(f"{LISTING}/end", methods=["GET", "POST"])
@members
def end(listing_id: int) -> ResponseReturnValue:
    listing = own_listing(listing_id)
    form = EndForm(moment(None).date())
    return _asked(
        listing, form, "day", lambda all_: end_after(all_, form.last), "Say when it ends",
        "The last date is saved.",
    )  # fmt: skip


def _asked(
    listing: Listing, form: FlaskForm, field: str, change: Change, title: str, done: str
) -> ResponseReturnValue:
    """A page with one question; what makes no sense is told beside it."""
    if form.validate_on_submit():
        within(CHANGES)
        try:
            return _keep(listing, change, done)
        except CannotChange as fault:
            form[field].errors = [str(fault).removesuffix(".")]
    page = render_template("posting/change_dates.html", form=form, listing=listing, title=title)
    return page, 422 if form.errors else 200


def _changed(listing_id: int, change: Change, done: str) -> ResponseReturnValue:
    listing = own_listing(listing_id)
    within(CHANGES)
    try:
        return _keep(listing, change, done)
    except CannotChange as fault:
        flash(str(fault), "note")
        return redirect(url_for(".dates", listing_id=listing.id), 303)


def _keep(listing: Listing, change: Change, done: str) -> Answer:
    """Raises CannotChange."""
    shown = actions.change_times(person_here(), listing, change)
    db.session.commit()
    flash(done if shown else f"{done} A moderator looks at it first.")
    return redirect(url_for(".dates", listing_id=listing.id), 303)


def _schedules(listing: Listing) -> tuple[Times, ...]:
    return tuple(times_from(each) for each in start_of(listing).values["schedules"])


def _moment(day: str, at: str) -> tuple[date, time | None]:
    """The date and time that an address says."""
    try:
        on = date.fromisoformat(day)
        return on, None if at == ALL_DAY else datetime.strptime(at, "%H%M").time()
    except ValueError:
        abort(404)


def _said(day: date) -> str:
    return date_in_words(day, moment(None).date())
