"""Finding something to do: the home page, the results, and the outlines that their map draws."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from flask import current_app, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from connectdo.access import public
from connectdo.directory.cards import Card, cards
from connectdo.directory.crisis import help_for
from connectdo.directory.forms import FILTERS, WITHIN, SearchForm, miles_away, search_form
from connectdo.directory.views import bp
from connectdo.listings.vocabulary import Concept
from connectdo.places import boundary_areas
from connectdo.search.finding import Found, find, snapshot
from connectdo.search.query import Query
from connectdo.search.wording import notes_in_words
from connectdo.text import slug
from connectdo.wording import listed, lowered

A_PAGE = 20
SOON = 6
A_WEEK = timedelta(days=7)
MILES_FOR_THIS_WEEK = 5.0
MOST_AREAS = 12
MOST_OFFERS = 3
A_DAY_IN_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Offer:
    """Another search that finds more: what it does, its address, how many it finds."""

    words: str
    address: str
    total: int


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    """Shows what is on this week, near a place where the address has one. It is not remembered."""
    search, form = _home_forms(request.args.get("near", ""))
    query = form.query()
    within = MILES_FOR_THIS_WEEK if query.place else None
    everything = find(Query(limit=0))
    soon = find(replace(query, sort="soonest", within=within, limit=SOON))
    return render_template(
        "directory/home.html",
        search=search,
        form=form,
        place=query.place,
        interests=_headings(everything),
        areas=_areas(everything),
        this_week=_this_week(soon),
        within=miles_away(MILES_FOR_THIS_WEEK),
    )


@bp.get("/search")
@public
def search() -> ResponseReturnValue:
    """Makes three database statements at most, however many results a page has: see `cards`."""
    form = search_form(request.args)
    found, page = _page(form.query(), request.args.get("page", ""))
    form.offer(found.facets)
    shown = cards(found.results, found.now)
    return render_template(
        "directory/search.html",
        form=form,
        found=found,
        heading=_heading(found, form),
        notes=notes_in_words(found),
        crisis=help_for(found.query.text),
        results=[card for card in shown if not card.farther],
        farther=[card for card in shown if card.farther],
        first_number=found.query.offset + 1,
        points=_points(shown, found.query.offset + 1) if form.view.data else [],
        offers=_offers(form, found.query) if not found.total else [],
        chosen=form.chosen(),
        nothing_chosen=form.address(within=None, **dict.fromkeys(FILTERS)),
        page=page,
        pages=_pages(found.total),
        tiles=current_app.config["TILES"],
        tiles_credit=current_app.config["TILES_CREDIT"],
    )


@bp.get("/outlines.geojson")
@public
def outlines() -> ResponseReturnValue:
    """The areas whose boundaries we have, for the map to draw where there are no tiles."""
    features = [
        {"type": "Feature", "properties": {"name": area.name}, "geometry": area.geometry}
        for area in boundary_areas()
    ]
    response = jsonify(type="FeatureCollection", features=features)
    response.cache_control.public = True
    response.cache_control.max_age = A_DAY_IN_SECONDS
    return response


def _home_forms(near: str) -> tuple[SearchForm, SearchForm]:
    """The search at the top of the home page, and the smaller one for what is on this week."""
    search, week = (search_form(MultiDict({"near": near})) for _ in range(2))
    search.q.description = "Like singing, gardening or a chat over tea."
    search.near.description = "Like SE24 0NG or Herne Hill."
    week.near.id = "week-near"
    return search, week


def _page(query: Query, asked: str) -> tuple[Found, int]:
    """What is found for a page, and its number. A page that is not there is the first."""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    first = replace(query, limit=A_PAGE)
    if number > 1:
        found = find(replace(first, offset=(number - 1) * A_PAGE))
        if number <= _pages(found.total):
            return found, number
    return find(first), 1


def _pages(total: int) -> int:
    return max(1, -(-total // A_PAGE))


def _heading(found: Found, form: SearchForm) -> str:
    """ "14 results for choir near SE24 0NG"."""
    query = found.query
    count = f"{found.total:,} result{'' if found.total == 1 else 's'}"
    words = [count if found.total else "No results"]
    names = {concept.slug: concept.name for concept in snapshot().vocabulary.concepts}
    if query.text:
        words.append(f"for {query.text}")
    elif query.interests:
        words.append("for " + listed([lowered(names.get(each, each)) for each in query.interests]))
    if query.place:
        words.append(f"near {query.place.name}")
    return " ".join(words)


def _points(shown: list[Card], first_number: int) -> list[dict[str, Any]]:
    """The cards that have a place, for map.js."""
    return [
        {
            "name": card.listing.name,
            "url": url_for("directory.listing", listing_id=card.listing.id),
            "lat": card.listing.venue.latitude,
            "lon": card.listing.venue.longitude,
            "number": number,
        }
        for number, card in enumerate(shown, first_number)
        if card.listing.venue and card.listing.venue.latitude is not None
    ]


def _offers(form: SearchForm, query: Query) -> list[Offer]:
    """Wider searches than one that found nothing, those that find something."""
    wider: list[tuple[str, str, Query]] = []
    if query.within:
        for miles in [step for step in WITHIN if step > query.within][:1]:
            address = form.address(within=f"{miles:g}")
            wider.append(
                (f"Look within {miles_away(miles)}", address, replace(query, within=miles))
            )
        address = form.address(within=None)
        wider.append(("Look at any distance", address, replace(query, within=None)))
    if any(form[name].data for name in FILTERS):
        unfiltered = Query(query.text, query.place, query.within)
        address = form.address(**dict.fromkeys(FILTERS))
        wider.append(("Look without the filters", address, unfiltered))
    if query.text:
        where = f" near {query.place.name}" if query.place else ""
        wider.append((f"See everything{where}", form.address(q=None), replace(query, text="")))
    offers = (
        Offer(words, address, find(replace(other, limit=0)).total)
        for words, address, other in wider[:MOST_OFFERS]
    )
    return [offer for offer in offers if offer.total]


def _headings(everything: Found) -> list[Concept]:
    """The interests at the top of the tree that have listings, by name."""
    listed_names = {each["value"] for each in everything.facets["interest"]}
    concepts = snapshot().vocabulary.concepts
    found = [each for each in concepts if not each.parent and each.name in listed_names]
    return sorted(found, key=lambda concept: concept.name)


def _areas(everything: Found) -> list[tuple[str, str]]:
    """Slug and name of the areas with most listings, by name."""
    names = [each["value"] for each in everything.facets["area"][:MOST_AREAS]]
    return [(slug(name), name) for name in sorted(names)]


def _this_week(soon: Found) -> list[Card]:
    end = soon.now + A_WEEK
    results = [
        result for result in soon.results if result.reasons.next and result.reasons.next < end
    ]
    return cards(results, soon.now)
