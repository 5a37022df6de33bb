"""The page of one listing, its calendar file, and the report of a problem with it."""

from flask import Response, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from connectdo.access import public
from connectdo.db import db
from connectdo.directory import counted
from connectdo.directory.cards import Card, cards
from connectdo.directory.counted import results_before
from connectdo.directory.keeping import kept_ids
from connectdo.directory.report_form import ReportForm
from connectdo.directory.showing import next_dates, what_it_shows
from connectdo.directory.structured import listing_data
from connectdo.directory.views import bp
from connectdo.listings.calendar import calendar_of
from connectdo.listings.models import LIVE, STOPPED, Listing
from connectdo.listings.queries import get_listing
from connectdo.moderation.reports import report as keep_report
from connectdo.moderation.rules import can_be_claimed
from connectdo.pages import ID
from connectdo.places import place_at
from connectdo.search.finding import find, moment
from connectdo.search.index import Unusable
from connectdo.search.passages import key_of_whole
from connectdo.search.query import Query
from connectdo.text import slug as slug_of

LISTING = f"/listings/<{ID}:listing_id>"
MOST_ALIKE = 4
MOST_INSTEAD = 3
NEARBY_MILES = 10.0


@bp.get(LISTING)
@public
def listing(listing_id: int) -> ResponseReturnValue:
    found = get_listing(listing_id)
    if found and found.status == STOPPED:
        return _stopped(found)
    found = _live(found)
    counted.opened(found.id)
    now = moment(None)
    run_by = found.organisation
    run_by_address = (
        url_for(".organisation", organisation_id=run_by.id, _external=True) if run_by else ""
    )
    return render_template(
        "directory/listing.html",
        **what_it_shows(found, now),
        kept=found.id in kept_ids(),
        alike=_alike(found, MOST_ALIKE),
        can_be_claimed=can_be_claimed(found),
        results=results_before(),
        structured=listing_data(found, next_dates(found, now), _address(found), run_by_address),
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
    return _live(get_listing(listing_id))


def _live(found: Listing | None) -> Listing:
    """One that the public does not see looks like one that is not there."""
    return found if found and found.status == LIVE else abort(404)


def _stopped(found: Listing) -> ResponseReturnValue:
    page = render_template(
        "directory/stopped.html", listing=found, alike=_alike(found, MOST_INSTEAD)
    )
    return page, {"X-Robots-Tag": "noindex"}


def _address(found: Listing) -> str:
    return url_for(".listing", listing_id=found.id, _external=True)


def _alike(found: Listing, most: int) -> list[Card]:
    """Other things for the same interests or that mean much the same, near by; in the same areas
    where it has no place.

    None while there is no index: the page itself needs none.
    """
    venue, place, within = found.venue, None, None
    if venue and venue.latitude is not None and venue.longitude is not None:
        place, within = place_at(venue.latitude, venue.longitude), NEARBY_MILES
    query = Query(
        interests=tuple(each.slug for each in found.interests),
        like=key_of_whole(found),
        place=place,
        within=within,
        areas=() if place else tuple(each.name for each in found.serves),
        limit=most + 1,
    )
    try:
        answer = find(query)
    except Unusable:
        return []
    others = [
        result
        for result in answer.results
        if result.listing_id != found.id and not result.reasons.farther
    ]
    return cards(others[:most], answer.now)
