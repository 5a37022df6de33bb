"""What a group takes away from here: dates for its own website, a calendar to follow, a poster."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import NamedTuple

from flask import Response, abort, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from connectdo.access import public
from connectdo.directory.paper import beginning, picture
from connectdo.directory.sheet import entries
from connectdo.directory.showing import next_dates, what_it_shows
from connectdo.directory.views import bp
from connectdo.directory.views.listing import LISTING
from connectdo.headers import show_anywhere
from connectdo.listings.calendar import calendar_of_all
from connectdo.listings.models import LIVE, STOPPED, Listing
from connectdo.listings.queries import get_listing, is_shown, live_listings_of
from connectdo.listings.schedules import Occurrence
from connectdo.listings.wording import occurrence_in_words
from connectdo.organisations.models import Organisation
from connectdo.organisations.queries import get_organisation
from connectdo.pages import ID, whole_address
from connectdo.search.finding import moment
from connectdo.text import slug as slug_of

ORGANISATION = f"/organisations/<{ID}:organisation_id>"
MOST_DATES = 5
# What a poster has room for: letters of what to expect on a first visit.
MOST_LETTERS = 160


class Coming(NamedTuple):
    """A date of one of many listings, in words."""

    listing: Listing
    when: str
    cancelled: bool


@bp.get(f"{ORGANISATION}/calendar.ics")
@public
def organisation_calendar(organisation_id: int) -> ResponseReturnValue:
    found = _organisation(organisation_id)
    file = calendar_of_all(found.name, live_listings_of(found.id), _address)
    name = slug_of(found.name)[:60] or f"organisation-{found.id}"
    response = Response(file, mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


@bp.get(f"{ORGANISATION}/embed")
@public
def organisation_embed(organisation_id: int) -> ResponseReturnValue:
    found = get_organisation(organisation_id)
    if found is None or not is_shown(found):
        return _gone()
    coming = _coming(live_listings_of(found.id), moment(None))
    page = render_template("directory/organisation_embed.html", organisation=found, coming=coming)
    return _for_any_site(page)


@bp.get(f"{LISTING}/embed")
@public
def embed(listing_id: int) -> ResponseReturnValue:
    """Other sites go on showing the frame when there is nothing to show any more."""
    found = get_listing(listing_id)
    if found and found.status == STOPPED:
        return _for_any_site(render_template("directory/embed_stopped.html", listing=found))
    if found is None or found.status != LIVE:
        return _gone()
    shown = what_it_shows(found, moment(None))
    return _for_any_site(render_template("directory/embed.html", **shown))


@bp.get(f"{LISTING}/poster")
@public
def poster(listing_id: int) -> ResponseReturnValue:
    """One sheet of A4. The square picture and the address beside it lead to the listing's page."""
    found = _listing(listing_id)
    address = whole_address("directory.listing", listing_id=found.id)
    (entry,) = entries([found], moment(None))
    page = render_template(
        "directory/poster.html",
        entry=entry,
        first_visit=beginning(entry.first_visit[0], MOST_LETTERS) if entry.first_visit else "",
        address=address,
        picture=picture(address),
    )
    return page, {"X-Robots-Tag": "noindex"}


def _gone() -> Response:
    """The same for what is hidden, waits or never was."""
    return _for_any_site(render_template("directory/embed_gone.html"), 410)


def _for_any_site(page: str, status: int = 200) -> Response:
    response = make_response(page, status)
    response.headers["X-Robots-Tag"] = "noindex"
    show_anywhere(response)
    return response


def _coming(listings: Sequence[Listing], now: datetime) -> list[Coming]:
    """The next dates of all, earliest first. Cancelled ones are among them, not counted."""
    every = [(each, listing) for listing in listings for each in next_dates(listing, now)]
    every.sort(key=_moment_and_name)
    found: list[Coming] = []
    left = MOST_DATES
    for each, listing in every:
        if not left:
            break
        found.append(Coming(listing, occurrence_in_words(each, now.date()), each.cancelled))
        left -= not each.cancelled
    return found


def _moment_and_name(coming: tuple[Occurrence, Listing]) -> tuple[datetime, str, int]:
    each, listing = coming
    return datetime.combine(each.on, each.at or time.min), listing.name, listing.id


def _listing(listing_id: int) -> Listing:
    found = get_listing(listing_id)
    return found if found and found.status == LIVE else abort(404)


def _organisation(organisation_id: int) -> Organisation:
    found = get_organisation(organisation_id)
    return found if found and is_shown(found) else abort(404)


def _address(found: Listing) -> str:
    return url_for(".listing", listing_id=found.id, _external=True)
