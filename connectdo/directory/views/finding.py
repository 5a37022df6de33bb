"""Finding something to do: the home page, the results, and the outlines that their map draws."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import Any, NamedTuple

from flask import current_app, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from connectdo.access import public
from connectdo.directory import counted
from connectdo.directory.cards import Card, cards
from connectdo.directory.forms import (
    FILTERS,
    WITHIN,
    SearchForm,
    label_of,
    miles_away,
    search_form,
)
from connectdo.directory.views import bp
from connectdo.listings.vocabulary import Concept
from connectdo.places import boundary_areas, miles_between
from connectdo.search.crisis import help_for
from connectdo.search.finding import Found, find, snapshot
from connectdo.search.query import Query
from connectdo.search.wording import notes_in_words
from connectdo.text import slug
from connectdo.wording import listed, lowered

A_PAGE = 20
SOON = 6
A_WEEK = timedelta(days=7)
MILES_FOR_THIS_WEEK = 5.0
FAR_MILES = 20.0
MOST_AREAS = 12
MOST_OFFERS = 3
LONGEST_IN_A_HEADING = 60
A_DAY_IN_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Offer:
    """Another search that finds more: what it does, its address, how many it finds."""

    words: str
    address: str
    total: int


class PageLink(NamedTuple):
    """A page of the results and its address; neither where pages are left out."""

    number: int | None = None
    address: str = ""


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
    """Asks the database only for the cards: one statement, and one more for who has a list."""
    form = search_form(request.args)
    found, page = _page(form.query(), request.args.get("page", ""))
    # However long it is: what is shown is cut, and the words that matter may stand at its end.
    crisis = help_for(request.args.get("q", ""))
    form.offer(found.facets)
    shown = cards(found.results, found.now)
    counted.results(found, page)
    return render_template(
        "directory/search.html",
        form=form,
        found=found,
        heading=_heading(found, say_words=not crisis),
        notes=notes_in_words(found),
        crisis=crisis,
        results=[card for card in shown if not card.farther],
        farther=[card for card in shown if card.farther],
        first_number=found.query.offset + 1,
        points=_points(shown, found) if form.view.data else [],
        did_you_mean=_did_you_mean(form, found),
        offers=_offers(form, found.query) if not found.total else [],
        radius=miles_away(found.query.within) if found.query.within else "",
        chosen=form.chosen(),
        read=form.read(found.query.reading),
        which=_which(form, found.query),
        nothing_chosen=form.address(within=None, **dict.fromkeys(FILTERS)),
        other_view=form.address(view=None if form.view.data else "map", page=_but_first(page)),
        page=page,
        pages=_pages(found.total),
        page_links=_page_links(form, page, _pages(found.total)),
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
    search.q.description = (
        "Like singing or gardening. Or say it in your own words: "
        "I have just retired and I miss company."
    )
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


def _page_links(form: SearchForm, page: int, pages: int) -> list[PageLink]:
    """The first page, the last and those around this one."""
    links: list[PageLink] = []
    last = 0
    for number in sorted({1, page - 1, page, page + 1, pages} & set(range(1, pages + 1))):
        if number > last + 1:
            links.append(PageLink())
        links.append(PageLink(number, form.address(page=_but_first(number))))
        last = number
    return links


def _but_first(page: int) -> int | None:
    """A page's number as addresses write it: the first needs none."""
    return page if page > 1 else None


def _heading(found: Found, *, say_words: bool) -> str:
    """ "14 results for choir near SE24 0NG".

    Words that speak of a crisis are not said back in large letters, nor put in a browser's history;
    nor is a long sentence.
    """
    query = found.query
    count = f"{found.total:,} result{'' if found.total == 1 else 's'}"
    words = [count if found.total else "No results"]
    if query.text and say_words and len(query.text) <= LONGEST_IN_A_HEADING:
        words.append(f"for {query.text}")
    elif query.text and say_words:
        words.append("for what you said")
    elif query.interests:
        names = [lowered(label_of("interest", each)) for each in query.interests]
        words.append("for " + listed(names))
    if query.place:
        words.append(f"near {query.place.name}")
    return " ".join(words)


def _points(shown: list[Card], found: Found) -> list[dict[str, Any]]:
    """The cards that have a place, for map.js, which opens on those that are not far."""
    place = found.query.place
    return [
        {
            "name": card.name,
            "url": url_for("directory.listing", listing_id=card.listing_id),
            "lat": card.point.latitude,
            "lon": card.point.longitude,
            "number": number,
            "far": bool(place and miles_between(place.point, card.point) > FAR_MILES),
        }
        for number, card in enumerate(shown, found.query.offset + 1)
        if card.point is not None
    ]


def _did_you_mean(form: SearchForm, found: Found) -> Offer | None:
    """The same search with a more usual word, where few say the one that was typed."""
    meant = found.did_you_mean
    if not meant:
        return None
    asked = replace(found.query, text=meant, reading=None, limit=0, offset=0)
    total = find(asked).total
    return Offer(meant, form.address(q=meant), total)


def _which(form: SearchForm, query: Query) -> list[tuple[str, str]]:
    """The places that share the name that was said, each with the address that means it."""
    which = query.reading.which if query.reading and not query.place else ()
    return [(place.name, form.address(near=place.name)) for place in which[:MOST_OFFERS]]


def _offers(form: SearchForm, query: Query) -> list[Offer]:
    """Wider searches than one that found nothing: the first few that find something."""
    offers = (
        Offer(words, address, find(replace(wider, limit=0)).total)
        for words, address, wider in _wider(form, query)
    )
    return list(islice((offer for offer in offers if offer.total), MOST_OFFERS))


def _wider(form: SearchForm, query: Query) -> Iterator[tuple[str, str, Query]]:
    """What to call each wider search, its address and its query, the closest to this one first."""
    if query.within:
        for miles in [step for step in WITHIN if step > query.within][:1]:
            address = form.address(within=f"{miles:g}")
            yield f"Look within {miles_away(miles)}", address, replace(query, within=miles)
        address = form.address(within=None)
        yield "Look at any distance", address, replace(query, within=None)
    unfiltered = Query(query.text, query.place, query.within, reading=query.reading)
    no_filters = dict.fromkeys(FILTERS)
    if any(form[name].data for name in FILTERS):
        yield "Look without the filters", form.address(**no_filters), unfiltered
    if query.text:
        where = f" near {query.place.name}" if query.place else ""
        address = form.address(q=None, **no_filters)
        yield f"See everything{where}", address, Query("", query.place, query.within)


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
