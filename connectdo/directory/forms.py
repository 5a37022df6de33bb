"""What a visitor may ask of the search. All of it is in the address, and read leniently:
a value that no field has is left out, and what was typed is kept to be shown again."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any
from urllib.parse import urlencode
from zlib import crc32

from flask import url_for
from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from connectdo.listings.choices import ACCESS, DAYS, DELIVERY, KINDS, TIMES
from connectdo.listings.vocabulary import Vocabulary
from connectdo.places import area_names
from connectdo.search.facets import Counts, Facets
from connectdo.search.finding import snapshot
from connectdo.search.query import LONGEST_TEXT, MOST_MILES, SORTS, BadQuery, Query, query_from
from connectdo.search.reading import LONGEST_SAID, Reading
from connectdo.text import one_line, slug
from connectdo.wording import sentence

WITHIN = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
MOST_CHOSEN = 20
MOST_SHOWN = {"interest": 8, "area": 6}
FILTERS = ("interest", "day", "time", "free", "access", "delivery", "kind", "area")
# The filters whose values are fixed: the values, and how a visitor reads each.
LABELS = {
    name: {value: sentence(label) for value, label in values.items()}
    for name, values in {
        "day": DAYS,
        "time": TIMES,
        "free": {"1": "free"},
        "access": ACCESS,
        "delivery": DELIVERY,
        "kind": KINDS,
    }.items()
}
# How addresses name what was read of a sentence.
KEY = re.compile(r"[a-z_-]{1,30}")
# What may stand in a query as it is: RFC 3986, section 3.4.
SAFE_IN_A_QUERY = "!$'()*,/:;?@"
# Where addresses write another value than what is counted.
COUNTED_AS = {"1": "yes"}

# A value of a filter, how a visitor reads it, and how many have it: None where nothing has.
Offered = tuple[str, str, Mapping[str, Any] | None]


class SearchForm(Form):
    """The fields of the search. Names are those in the address."""

    q = StringField("What do you enjoy?")
    near = StringField("Postcode or place")
    within = SelectField("How far")
    interest = SelectMultipleField("Interest")
    day = SelectMultipleField("Day")
    time = SelectMultipleField("Time of day")
    free = SelectMultipleField("Cost")
    access = SelectMultipleField("Access")
    delivery = SelectMultipleField("How you join in")
    kind = SelectMultipleField("Groups and events")
    area = SelectMultipleField("Area")
    sort = SelectField("Sort by")
    view = HiddenField()
    not_read = SelectMultipleField()
    of = HiddenField()

    longest_said = str(LONGEST_SAID)
    # What the place that was typed may mean, when it may mean several.
    candidates: tuple[str, ...] = ()

    def query(self) -> Query:
        """The search asked for. A fault of the place goes on its field; the place is left out."""
        options: dict[str, object] = {name: self[name].data for name in FILTERS}
        options |= {"text": self.q.data, "sort": self.sort.data, "free": bool(self.free.data)}
        options["not_read"] = self.not_read.data
        place = {"near": self.near.data, "within": self.within.data}
        try:
            query = query_from(options | place)
        except BadQuery as fault:
            self.candidates = tuple(each.name for each in fault.candidates)
            message = f"There is more than one {self.near.data}. Which one do you mean?"
            self.near.errors = [message if self.candidates else str(fault)]
            query = query_from(options)
        self._offer_sorts(query)
        return query

    def address(self, **changes: object) -> str:
        """The address of this search, with some of it changed or, where None, left out."""
        # What was taken off was taken off these words, and says nothing of others.
        changes = {"not_read": None, **changes} if "q" in changes else changes
        said = self._said | {name: _in_address(name, value) for name, value in changes.items()}
        query = "&".join(filter(None, said.values()))
        return url_for("directory.search") + (query and f"?{query}")

    @cached_property
    def _said(self) -> dict[str, str]:
        """What each field says in an address: written once, for a page has several addresses."""
        state: dict[str, object] = {n: self[n].data for n in ("q", "near", "within", *FILTERS)}
        state["sort"] = None if self.sort.data == "best" else self.sort.data
        state["view"] = self.view.data
        state["not_read"] = self.not_read.data
        return {name: _in_address(name, value) for name, value in state.items()}

    def chosen(self) -> list[tuple[str, str]]:
        """Each filter that is set: how to say it, and the address without it."""
        found = []
        if self.within.data:
            miles = miles_away(float(self.within.data))
            found.append((f"Within {miles}", self.address(within=None)))
        for name in FILTERS:
            values = self[name].data
            for value in values:
                others = [each for each in values if each != value]
                found.append((label_of(name, value), self.address(**{name: others})))
        return found

    def read(self, reading: Reading | None) -> list[tuple[str, str]]:
        """Each thing that was read of the words: how to say it, and the address without it."""
        taken_off = self.not_read.data or []
        return [
            (sentence(each.label), self.address(not_read=[*taken_off, each.key]))
            for each in (reading.reads if reading else ())
        ]

    def offer(self, facets: Facets) -> None:
        """Sets what each filter has to choose from: what there is, how many, and what is chosen."""
        for name in FILTERS:
            offer = _most if name in MOST_SHOWN else _fixed
            field: Any = self[name]
            field.choices = [
                SelectChoice(value, f"{label} ({_count(counted)})")
                for value, label, counted in offer(name, facets[name], self[name].data)
            ]

    def _offer_sorts(self, query: Query) -> None:
        """Sets the orders to choose from. Nothing is nearest where there is no place."""
        sorts = [value for value in SORTS if query.place or value != "nearest"]
        self.sort.choices = [SelectChoice(value, SORTS[value]) for value in sorts]
        if self.sort.data not in sorts:
            self.sort.data = "best"


def search_form(address: MultiDict[str, str]) -> SearchForm:
    """The form as an address fills it, without what no field has."""
    form = SearchForm(address)
    form.q.data = one_line(form.q.data or "")[:LONGEST_SAID]
    # Words that were changed since are read anew.
    of = f"{crc32(form.q.data.encode()):x}"
    taken_off = [key for key in form.not_read.data or [] if KEY.fullmatch(key)][:MOST_CHOSEN]
    form.not_read.data = taken_off if form.of.data in (None, "", of) else []
    form.of.data = of
    form.near.data = one_line(form.near.data or "")[:LONGEST_TEXT]
    for name in FILTERS:
        form[name].data = list(_known(name, form[name].data or []))[:MOST_CHOSEN]
    form.within.data = _miles(form.within.data or "")
    steps = {f"{miles:g}": miles for miles in WITHIN}
    if form.within.data:
        steps.setdefault(form.within.data, float(form.within.data))
    form.within.choices = [SelectChoice("", "Any distance")] + [
        SelectChoice(value, miles_away(miles).capitalize())
        for value, miles in sorted(steps.items(), key=lambda step: step[1])
    ]
    form.sort.data = form.sort.data if form.sort.data in SORTS else "best"
    form.view.data = "map" if form.view.data == "map" else ""
    return form


def miles_away(miles: float) -> str:
    """A radius in words."""
    if miles == 0.5:
        return "half a mile"
    return f"{miles:g} mile" if miles == 1 else f"{miles:g} miles"


def _in_address(name: str, value: object) -> str:
    return urlencode({name: value}, doseq=True, safe=SAFE_IN_A_QUERY) if value else ""


def _known(name: str, values: Sequence[str]) -> dict[str, None]:
    """The values that a filter has, each once, as addresses write them.

    An interest that we have no name for is kept: the search looks for its words and says so.
    """
    if not values:
        return {}
    plain = filter(None, (one_line(value)[:LONGEST_TEXT] for value in values))
    if name == "interest":
        vocabulary = snapshot().vocabulary
        named = ((text, vocabulary.named(text)) for text in plain)
        return dict.fromkeys(t if n is None else vocabulary.concepts[n].slug for t, n in named)
    if name == "area":
        areas = _areas()
        return dict.fromkeys(area for area in map(slug, plain) if area in areas)
    return dict.fromkeys(value for value in plain if value in LABELS[name])


def label_of(name: str, value: str) -> str:
    """How a visitor reads a value of a filter; one that we have no name for as it is."""
    if name == "interest":
        vocabulary = snapshot().vocabulary
        number = vocabulary.position.get(value)
        return value if number is None else vocabulary.concepts[number].name
    if name == "area":
        return _areas().get(value, value)
    return LABELS[name][value]


def _fixed(name: str, counts: Counts, chosen: Sequence[str]) -> Iterator[Offered]:
    """Of a filter's fixed values those that anything has, and those that are chosen."""
    counted = {each["value"]: each for each in counts}
    for value, label in LABELS[name].items():
        each = counted.get(COUNTED_AS.get(value, value))
        if each or value in chosen:
            yield value, label, each


def _most(name: str, counts: Counts, chosen: Sequence[str]) -> Iterator[Offered]:
    """What is chosen, then the interests or areas that most have. They are counted by name."""
    counted = {each["value"]: each for each in counts}
    labels = {value: label_of(name, value) for value in chosen}
    slugs = _interests(snapshot().vocabulary) if name == "interest" else {}
    for label in islice(counted, MOST_SHOWN[name]):
        labels.setdefault(slugs.get(label) or slug(label), label)
    return ((value, label, counted.get(label)) for value, label in labels.items())


@lru_cache(maxsize=2)
def _interests(vocabulary: Vocabulary) -> dict[str, str]:
    """Slugs by name."""
    return {concept.name: concept.slug for concept in vocabulary.concepts}


def _areas() -> dict[str, str]:
    """The areas there are, and those that listings are in: names by slug."""
    return _by_slug((*area_names(), *snapshot().area_names.values()))


@lru_cache(maxsize=2)
def _by_slug(names: tuple[str, ...]) -> dict[str, str]:
    return {slug(name): name for name in names}


def _count(counted: Mapping[str, Any] | None) -> str:
    """How many, in words."""
    if counted is None:
        return "0"
    count, unsaid = f"{counted['count']:,}", counted.get("not_stated", 0)
    if not unsaid:
        return count
    return f"{count}, and {unsaid:,} {'does' if unsaid == 1 else 'do'} not say"


def _miles(text: str) -> str:
    """A radius as addresses write it, "" for none and for what is not one."""
    try:
        miles = float(text)
    except ValueError:
        return ""
    return f"{miles:g}" if 0 < miles <= MOST_MILES else ""
