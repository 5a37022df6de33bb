"""Our tree of interests and some towns of the United Kingdom, without a database."""

import csv
from dataclasses import dataclass
from functools import cache

from connectdo.listings.models import Interest
from connectdo.listings.queries import TREE
from connectdo.listings.vocabulary import Concept, Vocabulary
from connectdo.places import Point
from connectdo.places.models import Area


@dataclass(frozen=True)
class Town:
    """A town or borough, where its middle is, and how many thousand people live in it."""

    area: str
    latitude: float
    longitude: float
    people: int

    @property
    def middle(self) -> Point:
        return Point(self.latitude, self.longitude)


TOWNS = [
    Town("Lambeth", 51.457, -0.123, 318),
    Town("Southwark", 51.473, -0.080, 308),
    Town("Camden", 51.549, -0.155, 210),
    Town("Hackney", 51.549, -0.058, 259),
    Town("Newham", 51.527, 0.035, 351),
    Town("Croydon", 51.372, -0.099, 391),
    Town("Ealing", 51.513, -0.305, 367),
    Town("Barnet", 51.625, -0.168, 389),
    Town("Birmingham", 52.480, -1.898, 1145),
    Town("Leeds", 53.800, -1.549, 812),
    Town("Sheffield", 53.381, -1.470, 557),
    Town("Bradford", 53.795, -1.752, 546),
    Town("Manchester", 53.479, -2.245, 552),
    Town("Liverpool", 53.408, -2.991, 486),
    Town("Bristol", 51.455, -2.588, 472),
    Town("Newcastle upon Tyne", 54.978, -1.612, 300),
    Town("Nottingham", 52.954, -1.150, 324),
    Town("Leicester", 52.637, -1.140, 369),
    Town("Coventry", 52.408, -1.511, 345),
    Town("Plymouth", 50.376, -4.143, 265),
    Town("Southampton", 50.909, -1.404, 249),
    Town("Norwich", 52.628, 1.297, 144),
    Town("Ipswich", 52.056, 1.148, 139),
    Town("Oxford", 51.752, -1.258, 162),
    Town("Exeter", 50.718, -3.534, 131),
    Town("York", 53.960, -1.087, 203),
    Town("Preston", 53.763, -2.703, 148),
    Town("Stoke-on-Trent", 53.003, -2.179, 258),
    Town("Luton", 51.879, -0.418, 225),
    Town("Cardiff", 51.481, -3.179, 362),
    Town("Swansea", 51.621, -3.943, 238),
    Town("Wrexham", 53.046, -2.993, 135),
    Town("Glasgow", 55.864, -4.252, 635),
    Town("Edinburgh", 55.953, -3.188, 512),
    Town("Dundee", 56.462, -2.971, 148),
    Town("Belfast", 54.597, -5.930, 345),
]


def areas() -> list[Area]:
    """The area of each town, with the town's place in the list, from 1, for its id."""
    return [Area(id=n, name=town.area, slug=town.area) for n, town in enumerate(TOWNS, 1)]


@cache
def vocabulary() -> Vocabulary:
    """The tree; the id of each interest is its position, from 1.

    Each has its name alone: no other engine reads other names, sayings and hints in a listing.
    """
    with TREE.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["slug"])
    return Vocabulary(
        Concept(
            id=number,
            slug=row["slug"],
            name=row["name"],
            parent=row["parent"] or None,
        )
        for number, row in enumerate(rows, 1)
    )


def interests() -> list[Interest]:
    """The interests as listings carry them, by position in the vocabulary."""
    return [
        Interest(id=concept.id, slug=concept.slug, name=concept.name)
        for concept in vocabulary().concepts
    ]
