"""What a visitor may ask of the search. All of it is in the address, and read leniently:
a value that no field has is left out, and what was typed is kept to be shown again."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from connectdo.listings.choices import ACCESS, DAYS, DELIVERY, KINDS, TIMES
from connectdo.places import area_names
from connectdo.search.facets import Facets
from connectdo.search.finding import snapshot
from connectdo.search.query import LONGEST_TEXT, MOST_MILES, SORTS, BadQuery, Query, query_from
from connectdo.text import one_line, slug

WITHIN = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
MOST_CHOSEN = 20
MOST_SHOWN = {"interest": 8, "area": 6}
FILTERS = ("interest", "day", "time", "free", "access", "delivery", "kind", "area")


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

    # What the place that was typed may mean, when it may mean several.
    candidates: tuple[str, ...] = ()

    def query(self) -> Query:
        """The search asked for. A fault of the place goes on its field; the place is left out."""
        options: dict[str, object] = {name: self[name].data for name in FILTERS}
        options |= {"text": self.q.data, "sort": self.sort.data, "free": bool(self.free.data)}
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
        state = {name: self[name].data for name in ("q", "near", "within", *FILTERS)}
        state["sort"] = None if self.sort.data == "best" else self.sort.data
        state["view"] = self.view.data
        state |= changes
        return url_for("directory.search", **{k: v for k, v in state.items() if v})

    def chosen(self) -> list[tuple[str, str]]:
        """Each filter that is set: how to say it, and the address without it."""
        found = []
        if self.within.data:
            miles = miles_away(float(self.within.data))
            found.append((f"Within {miles}", self.address(within=None)))
        for name in FILTERS:
            labels = _labels(name)
            values = self[name].data
            for value in values:
                others = [each for each in values if each != value]
                found.append((labels.get(value, value), self.address(**{name: others})))
        return found

    def offer(self, facets: Facets) -> None:
        """Sets what each filter has to choose from: what there is, how many, and what is chosen."""
        for name in FILTERS:
            labels, counts = _labels(name), _counts(name, facets)
            chosen = self[name].data
            if name in MOST_SHOWN:
                offered = [*chosen, *list(counts)[: MOST_SHOWN[name]]]
            else:
                offered = [value for value in labels if value in counts or value in chosen]
            field: Any = self[name]
            field.choices = [
                SelectChoice(value, f"{labels.get(value, value)} ({counts.get(value, '0')})")
                for value in dict.fromkeys(offered)
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
    form.q.data = one_line(form.q.data or "")[:LONGEST_TEXT]
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


def _known(name: str, values: Iterable[str]) -> dict[str, None]:
    """The values that a filter has, each once, as addresses write them.

    An interest that we have no name for is kept: the search looks for its words and says so.
    """
    plain = filter(None, (one_line(value)[:LONGEST_TEXT] for value in values))
    if name == "interest":
        vocabulary = snapshot().vocabulary
        named = ((text, vocabulary.named(text)) for text in plain)
        return dict.fromkeys(t if n is None else vocabulary.concepts[n].slug for t, n in named)
    labels = _labels(name)
    spelt = (slug(value) if name == "area" else value for value in plain)
    return dict.fromkeys(value for value in spelt if value in labels)


def _labels(name: str) -> Mapping[str, str]:
    """The values of a filter and how a visitor reads them."""
    if name == "interest":
        return {concept.slug: concept.name for concept in snapshot().vocabulary.concepts}
    if name == "area":
        return {slug(area): area for area in area_names()}
    fixed = {"day": DAYS, "time": TIMES, "access": ACCESS, "delivery": DELIVERY, "kind": KINDS}
    labels = {"free": {"1": "Free"}, **fixed}[name]
    return {value: label[:1].upper() + label[1:] for value, label in labels.items()}


def _counts(name: str, facets: Facets) -> dict[str, str]:
    """How many have each value, in words, by value as addresses write it."""
    values = {"yes": "1"}
    if name in MOST_SHOWN:
        values = {label: value for value, label in _labels(name).items()}
    return {
        values.get(str(each["value"]), str(each["value"])): _count(each) for each in facets[name]
    }


def _count(counted: Mapping[str, int]) -> str:
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
