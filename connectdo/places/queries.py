"""Finding the place that was meant. What people type is never logged."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from connectdo.places.areas import area_at
from connectdo.places.boundaries import boundary_areas
from connectdo.places.distance import miles_between
from connectdo.places.gazetteer import current_gazetteer
from connectdo.places.gazetteer.known_names import KnownName
from connectdo.places.geocoder import geocode
from connectdo.places.names import readings, search_key
from connectdo.places.place import AmbiguousPlace, Place, Point, UnknownPlace
from connectdo.places.postcodes import outcode_of, tidy_outcode, tidy_postcode

LONGEST_TEXT = 100
SAME_PLACE_MILES = 3.0
# Someone who types "Bristol" means the city, whatever hamlet is called so too.
CITY_POPULATION = 100_000
CITY_TIMES_LARGER = 20
# A town this large is worth asking about when an area bears the same name.
TOWN_POPULATION = 10_000


def find_place(text: str) -> Place:
    """The place a visitor means by a postcode, half a postcode, an area or a town.

    Raises UnknownPlace or AmbiguousPlace, whose sentences are for the visitor.
    """
    typed = _readable(text)
    place = known_place(typed)
    if place is None and not (tidy_postcode(typed) or tidy_outcode(typed)):
        # A postcode, even half of one, is not sent to the live geocoder.
        place = _postcode_at_end(typed) or geocode(typed)
    if place is None:
        raise UnknownPlace(typed)
    return place


def known_place(text: str) -> Place | None:
    """The place of a postcode, half a postcode or a name, as far as we know it ourselves: nobody
    else is asked. Raises AmbiguousPlace."""
    if tidy_postcode(text) or tidy_outcode(text):
        return find_postcode(text)
    return _named(text)


def find_postcode(text: str) -> Place | None:
    """The place of a full postcode or an outcode, and of nothing else.

    A full postcode we do not have becomes its outcode, with a note that says so.
    """
    postcode = tidy_postcode(text)
    if postcode is None:
        outcode = tidy_outcode(text)
        return _outcode_place(outcode) if outcode else None
    found = current_gazetteer().postcode(postcode)
    if found is None:
        outcode = outcode_of(postcode)
        return _outcode_place(
            outcode,
            f"We do not have {postcode}, so distances are from the middle of {outcode}.",
        )
    point, area = found
    return Place(postcode, "postcode", point, area or area_at(point))


def place_at(latitude: float, longitude: float) -> Place:
    """The place at a position a device has told us, in degrees.

    Raises ValueError, in words for the visitor, when it cannot be a position.
    """
    if not (math.isfinite(latitude) and -90 <= latitude <= 90):
        raise ValueError("Latitude must be a number from -90 to 90.")
    if not (math.isfinite(longitude) and -180 <= longitude <= 180):
        raise ValueError("Longitude must be a number from -180 to 180.")
    if latitude == 0 and longitude == 0:
        raise ValueError("Latitude and longitude are both 0, so the position is not known.")
    point = Point(latitude, longitude)
    return Place(f"{latitude:.4f}, {longitude:.4f}", "point", point, area_at(point))


def _readable(text: str) -> str:
    """The text without what cannot be seen at its ends or from a paste."""
    seen = "".join(letter for letter in text if unicodedata.category(letter) != "Cf").strip()
    if len(seen) > LONGEST_TEXT or any(unicodedata.category(letter)[0] == "C" for letter in seen):
        raise UnknownPlace
    return seen


def _outcode_place(outcode: str, note: str | None = None) -> Place | None:
    found = current_gazetteer().outcode(outcode)
    if found is None:
        return None
    point, area = found
    return Place(outcode, "outcode", point, area, note)


def _postcode_at_end(typed: str) -> Place | None:
    """The postcode in "Brixton SW9" or at the end of an address."""
    words = typed.replace(",", " ").split()
    endings = (" ".join(words[-size:]) for size in (2, 1) if len(words) > size)
    return next((place for place in map(find_postcode, endings) if place), None)


def _named(typed: str) -> Place | None:
    gazetteer = current_gazetteer()
    for key, wheres in readings(typed):
        same_named = gazetteer.named(key)
        # What we ask with ("Which one?") must be understood when it is the answer.
        labelled = [known for known in same_named if search_key(known.label) == search_key(typed)]
        there = [known for known in same_named if not wheres or _is_in(known, wheres)]
        if labelled or there:
            return _chosen(key, labelled or there, said_where=bool(wheres))
        if same_named and "," in typed:
            # The old postal county, or a neighbouring town: "Chislehurst, Kent".
            place = _chosen(key, same_named, said_where=True)
            return replace(place, note=f"This is {place.name}.")
    return None


def _is_in(known: KnownName, wheres: Sequence[str]) -> bool:
    names = [search_key(name).split() for name in (known.area, known.county) if name]
    return any(set(where.split()) <= set(words) for where in wheres for words in names)


def _chosen(key: str, same_named: list[KnownName], said_where: bool) -> Place:
    candidates = _apart(same_named)
    chosen = candidates[0] if len(candidates) == 1 else _outstanding(key, candidates)
    if chosen:
        return _as_place(chosen, chosen.label if said_where else chosen.name)
    names = [known.name for known in candidates if search_key(known.name) == key]
    raise AmbiguousPlace(
        names[0] if names else key.title(),
        [_as_place(known, known.label) for known in candidates],
    )


def _apart(same_named: list[KnownName]) -> list[KnownName]:
    """One for each place: names close together, or inside an area so named, are the same."""
    ours = {area.name for area in boundary_areas()}
    ranked = sorted(
        same_named,
        key=lambda known: (
            known.kind != "area",
            known.area not in ours,
            known.population is not None,
            -(known.population or 0),
        ),
    )
    apart: list[KnownName] = []
    for known in ranked:
        if not any(_is_same(known, other) for other in apart):
            apart.append(known)
    return apart


def _is_same(known: KnownName, other: KnownName) -> bool:
    inside = other.kind == "area" and known.area == other.name
    return inside or miles_between(known.point, other.point) <= SAME_PLACE_MILES


def _outstanding(key: str, candidates: list[KnownName]) -> KnownName | None:
    """The one that people mean unless they say otherwise, if there is one."""
    area = candidates[0] if candidates[0].kind == "area" else None
    if area and all(_at_most(TOWN_POPULATION, known) for known in candidates if known is not area):
        return area
    city = max(candidates, key=lambda known: known.population or 0)
    population = city.population or 0
    # A city called by half its name ("Kingston") does not stand out from the others.
    if population < CITY_POPULATION or search_key(city.name) != key:
        return None
    small = population // CITY_TIMES_LARGER
    return (
        city if all(_at_most(small, known) for known in candidates if known is not city) else None
    )


def _at_most(population: int, known: KnownName) -> bool:
    """Whether a place is known to be no larger. Our own neighbourhoods were never counted."""
    counted = known.kind == "place" and known.population is not None
    return counted and (known.population or 0) <= population


def _as_place(known: KnownName, name: str) -> Place:
    return Place(name, known.kind, known.point, known.area)
