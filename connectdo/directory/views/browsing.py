"""What leads to listings: who runs them, interests and areas."""

from collections.abc import Sequence
from datetime import datetime, time

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from connectdo.access import public
from connectdo.directory.cards import Card, cards
from connectdo.directory.views import bp
from connectdo.listings import facts
from connectdo.listings.models import Listing
from connectdo.listings.queries import coming_listing_ids, is_shown, listings_by_id, times_of
from connectdo.listings.schedules import coming_of_all
from connectdo.listings.vocabulary import Concept
from connectdo.moderation.rules import is_nobodys
from connectdo.organisations.models import KINDS
from connectdo.organisations.queries import get_organisation
from connectdo.pages import ID
from connectdo.places import boundary_areas
from connectdo.search.explaining import Reasons
from connectdo.search.facets import Facets
from connectdo.search.finding import Result, find, moment, snapshot
from connectdo.search.query import Query
from connectdo.text import slug as slug_of

A_PAGE = 50
MOST_INTERESTS = 8


@bp.get(f"/organisations/<{ID}:organisation_id>")
@public
def organisation(organisation_id: int) -> ResponseReturnValue:
    """Makes ten statements at most, however many listings there are."""
    found = get_organisation(organisation_id)
    if found is None or not is_shown(found):
        abort(404)
    now = moment(None)
    ids = coming_listing_ids(found.id, now)
    pages = max(1, -(-len(ids) // A_PAGE))
    page = _page_number(pages)
    return render_template(
        "directory/organisation.html",
        organisation=found,
        kind=KINDS[found.kind] if found.kind != "other" else "",
        description=facts.paragraphs(found.description),
        claim=ids[0] if ids and is_nobodys(found) else None,
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


def _page_number(pages: int) -> int:
    """The page asked for; the first where there is no such page."""
    asked = request.args.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return number if 1 <= number <= pages else 1


def _coming_cards(ids: Sequence[int], now: datetime) -> list[Card]:
    listings = listings_by_id(ids, whole=True)
    return cards([Result(each.id, 0.0, _next_of(each, now)) for each in listings], now)


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
