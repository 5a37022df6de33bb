"""The page of one listing, its calendar file, and the report of a problem with it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from connectdo.access import public
from connectdo.db import db
from connectdo.directory.cards import Card, cards
from connectdo.directory.keeping import kept_ids
from connectdo.directory.report_form import ReportForm
from connectdo.directory.structured import listing_data
from connectdo.directory.views import bp
from connectdo.listings import facts, wording
from connectdo.listings.calendar import calendar_of
from connectdo.listings.models import Listing
from connectdo.listings.queries import (
    get_listing,
    times_of,
)
from connectdo.listings.schedules import Occurrence, Times, coming, coming_of_all
from connectdo.moderation.actions import report as keep_report
from connectdo.places import place_at
from connectdo.search.finding import find, moment
from connectdo.search.query import Query
from connectdo.text import slug as slug_of
from connectdo.wording import date_in_words

LISTING = f"/listings/<int(max={2**31 - 1}):listing_id>"
NEXT_DATES = 5
MOST_ALIKE = 4
NEARBY_MILES = 10.0


@bp.get(LISTING)
@public
def listing(listing_id: int) -> ResponseReturnValue:
    found = _listing(listing_id)
    now = moment(None)
    schedules = [times_of(schedule) for schedule in found.schedules]
    dates = _dates(schedules, now)
    run_by = found.organisation
    run_by_address = (
        url_for(".organisation", organisation_id=run_by.id, _external=True) if run_by else ""
    )
    return render_template(
        "directory/listing.html",
        listing=found,
        organisation=run_by,
        notices=facts.notices(found, dates, now.date()),
        when=wording.schedules_in_words(schedules, found.schedule_words, now.date()),
        dates=_dates_in_words(dates, now.date(), hours=len(schedules) > 1),
        repeats=any(times.recurrence or times.cancelled_dates for times in schedules),
        where=facts.where_in_words(found),
        who=facts.who_in_words(found),
        access=facts.access_in_words(found),
        description=facts.paragraphs(found.description),
        first_visit=facts.paragraphs(found.first_visit),
        kept=found.id in kept_ids(),
        alike=_alike(found),
        results=_results_before(),
        structured=listing_data(found, dates, _address(found), run_by_address),
    )


@bp.get(f"{LISTING}/calendar.ics")
@public
def calendar(listing_id: int) -> ResponseReturnValue:
    found = _listing(listing_id)
    file = calendar_of(found, _address(found))
    if file is None:
        abort(404)
    name = slug_of(found.name)[:60] or f"listing-{found.id}"
    response = Response(file, mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


@bp.route(f"{LISTING}/report", methods=["GET", "POST"])
@public
def report(listing_id: int) -> ResponseReturnValue:
    found = _listing(listing_id)
    form = ReportForm()
    if form.validate_on_submit():
        keep_report(found, form.problem.data, form.details.data or "", form.email.data or "")
        db.session.commit()
        return redirect(url_for(".reported", listing_id=found.id), code=303)
    page = render_template("directory/report.html", listing=found, form=form)
    return page, 422 if form.errors else 200


@bp.get(f"{LISTING}/reported")
@public
def reported(listing_id: int) -> ResponseReturnValue:
    return render_template("directory/reported.html", listing=_listing(listing_id))


def _listing(listing_id: int) -> Listing:
    found = get_listing(listing_id)
    if found is None:
        abort(404)
    return found


def _address(found: Listing) -> str:
    return url_for(".listing", listing_id=found.id, _external=True)


def _dates(schedules: Sequence[Times], now: datetime) -> list[Occurrence]:
    """The next dates; where there are none, one that has begun and is not over yet."""
    begun = (coming(times, now - timedelta(minutes=times.minutes or 0)) for times in schedules)
    return coming_of_all(list(schedules), now, NEXT_DATES) or sorted(
        (each for occurrences in begun for each in occurrences), key=lambda each: each.on
    )


def _dates_in_words(
    dates: Sequence[Occurrence], today: date, *, hours: bool
) -> list[tuple[str, bool]]:
    """Each date and whether it is cancelled. One schedule has said its hours already."""
    if hours:
        return [(wording.occurrence_in_words(each, today), each.cancelled) for each in dates]
    return [(date_in_words(each.on, today), each.cancelled) for each in dates]


def _alike(found: Listing) -> list[Card]:
    """Other things for the same interests, near by; in the same areas where it has no place."""
    if not found.interests:
        return []
    venue, place, within = found.venue, None, None
    if venue and venue.latitude is not None and venue.longitude is not None:
        place, within = place_at(venue.latitude, venue.longitude), NEARBY_MILES
    query = Query(
        interests=tuple(each.slug for each in found.interests),
        place=place,
        within=within,
        areas=() if place else tuple(each.name for each in found.serves),
        limit=MOST_ALIKE + 1,
    )
    answer = find(query)
    others = [
        result
        for result in answer.results
        if result.listing_id != found.id and not result.reasons.farther
    ]
    return cards(others[:MOST_ALIKE], answer.now)


def _results_before() -> str:
    """The address of the results that the visitor came from, "" if they came from elsewhere."""
    before = urlsplit(request.referrer or "")
    search = url_for("directory.search")
    if before.netloc != request.host or before.path != search:
        return ""
    return f"{search}?{before.query}"
