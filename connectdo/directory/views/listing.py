"""One thing and what leads to it: a listing, who runs it, an interest, an area."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from connectdo.access import public
from connectdo.db import db
from connectdo.directory.cards import Card, card, cards
from connectdo.directory.keeping import kept_ids
from connectdo.directory.report_form import ReportForm
from connectdo.directory.structured import listing_data
from connectdo.directory.views import bp
from connectdo.listings import wording
from connectdo.listings.calendar import calendar_of
from connectdo.listings.models import Listing
from connectdo.listings.queries import (
    coming_listing_ids,
    get_listing,
    listings_by_id,
    times_of,
)
from connectdo.listings.schedules import Occurrence, Times, coming, coming_of_all
from connectdo.listings.vocabulary import Concept
from connectdo.moderation.actions import report as keep_report
from connectdo.organisations.models import KINDS
from connectdo.organisations.queries import get_organisation
from connectdo.places import boundary_areas, place_at
from connectdo.search.facets import Facets
from connectdo.search.finding import Reasons, find, moment, snapshot
from connectdo.search.query import Query
from connectdo.text import slug as slug_of
from connectdo.wording import date_in_words

LISTING = f"/listings/<int(max={2**31 - 1}):listing_id>"
NEXT_DATES = 5
MOST_ALIKE = 4
NEARBY_MILES = 10.0
A_PAGE = 50
MOST_INTERESTS = 8


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
        notices=wording.notices(found, dates, now.date()),
        when=wording.schedules_in_words(schedules, found.schedule_words, now.date()),
        dates=_dates_in_words(dates, now.date(), hours=len(schedules) > 1),
        repeats=any(times.recurrence or times.cancelled_dates for times in schedules),
        where=wording.where_in_words(found),
        who=wording.who_in_words(found),
        access=wording.access_in_words(found),
        description=wording.paragraphs(found.description),
        first_visit=wording.paragraphs(found.first_visit),
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


@bp.get(f"/organisations/<int(max={2**31 - 1}):organisation_id>")
@public
def organisation(organisation_id: int) -> ResponseReturnValue:
    """Makes ten statements at most, however many listings there are."""
    found = get_organisation(organisation_id)
    if found is None:
        abort(404)
    now = moment(None)
    ids = coming_listing_ids(found.id, now)
    pages = max(1, -(-len(ids) // A_PAGE))
    page = _page_number(pages)
    return render_template(
        "directory/organisation.html",
        organisation=found,
        kind=KINDS[found.kind] if found.kind != "other" else "",
        description=wording.paragraphs(found.description),
        cards=_coming_cards(ids[(page - 1) * A_PAGE : page * A_PAGE], now),
        total=len(ids),
        page=page,
        pages=pages,
    )


@bp.get("/interests")
@public
def interests() -> ResponseReturnValue:
    children: dict[str | None, list[Concept]] = {}
    for concept in sorted(snapshot().vocabulary.concepts, key=lambda each: each.name):
        children.setdefault(concept.parent, []).append(concept)
    counts = _counts(find(Query(limit=0)).facets, "interest")
    return render_template("directory/interests.html", children=children, counts=counts)


@bp.get("/interests/<slug>")
@public
def interest(slug: str) -> ResponseReturnValue:
    vocabulary = snapshot().vocabulary
    number = vocabulary.position.get(slug)
    if number is None:
        abort(404)
    concepts = vocabulary.concepts
    above = vocabulary.parent[number]
    found = find(Query(interests=(slug,)))
    return render_template(
        "directory/interest.html",
        interest=concepts[number],
        parent=None if above is None else concepts[above],
        children=sorted((concepts[n] for n in vocabulary.children[number]), key=lambda c: c.name),
        total=found.total,
        cards=cards(found.results, found.now),
    )


@bp.get("/areas")
@public
def areas() -> ResponseReturnValue:
    counts = _counts(find(Query(limit=0)).facets, "area")
    names = {area.name for area in boundary_areas()} | set(counts)
    areas = [(slug_of(name), name, counts.get(name, 0)) for name in sorted(names)]
    return render_template("directory/areas.html", areas=areas)


@bp.get("/areas/<slug>")
@public
def area(slug: str) -> ResponseReturnValue:
    known = [*(area.name for area in boundary_areas()), *snapshot().area_names.values()]
    name = next((each for each in known if slug_of(each) == slug), None)
    if name is None:
        abort(404)
    found = find(Query(areas=(name,)))
    here = _counts(found.facets, "interest")
    concepts = {concept.name: concept for concept in snapshot().vocabulary.concepts}
    return render_template(
        "directory/area.html",
        name=name,
        slug=slug,
        total=found.total,
        interests=[(concepts[each], here[each]) for each in list(here)[:MOST_INTERESTS]],
        cards=cards(found.results, found.now),
    )


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


def _page_number(pages: int) -> int:
    """The page asked for; the first where there is no such page."""
    asked = request.args.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return number if 1 <= number <= pages else 1


def _coming_cards(ids: Sequence[int], now: datetime) -> list[Card]:
    kept = kept_ids()
    return [card(each, _next_of(each, now), now, kept) for each in listings_by_id(ids, whole=True)]


def _next_of(found: Listing, now: datetime) -> Reasons:
    """The next date that stands, as a card shows it."""
    dates = coming_of_all([times_of(schedule) for schedule in found.schedules], now)
    standing = next((each for each in dates if not each.cancelled), None)
    if standing is None:
        return Reasons()
    starts = datetime.combine(standing.on, standing.at or time.min)
    return Reasons(next=starts, next_has_time=standing.at is not None)


def _counts(found: Facets, facet: str) -> dict[str, int]:
    """How many listings have each value of a facet, most first."""
    return {each["value"]: each["count"] for each in found[facet]}
